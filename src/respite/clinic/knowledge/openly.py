"""Pages that stand around those about ketamine where nothing else is served."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_safe


@require_safe
def beginning(request: HttpRequest) -> HttpResponse:
    """Lead to the first page."""
    return redirect("knowledge:index", permanent=True)


@require_safe
def robots(request: HttpRequest) -> HttpResponse:
    """Let search engines read every page."""
    return HttpResponse("User-agent: *\nAllow: /\n", content_type="text/plain")


def not_found(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """Say that there is no such page."""
    return render(request, "not_found.html", status=404)


def unreadable(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """Say that what was sent is broken or too large."""
    return render(request, "unreadable.html", status=400)


def failed(request: HttpRequest) -> HttpResponse:
    """Say that it is our fault."""
    return render(request, "failed.html", status=500)
