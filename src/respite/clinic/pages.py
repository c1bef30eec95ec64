"""Pages that belong to no app: home, refusals, and a conflict of two edits."""

from __future__ import annotations

from typing import Any

from django.contrib.auth.decorators import login_not_required
from django.db import connection
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_safe

from respite.clinic.accounts.models import Role

HOMES = {
    Role.CLINICIAN: "worklist:list",
    Role.NURSE: "worklist:list",
    Role.PATIENT: "diaries:diary",
    Role.RESEARCHER: "numbers:clinic",
    Role.ADMINISTRATOR: "accounts:staff",
}
"""Where each role begins."""


@require_safe
def home(request: HttpRequest) -> HttpResponse:
    """Lead people to where their work begins."""
    return redirect(HOMES[Role(request.user.role)])  # pyright: ignore[reportAttributeAccessIssue]


@login_not_required
@require_safe
def alive(request: HttpRequest) -> HttpResponse:
    """Say whether the program and its database answer."""
    with connection.cursor() as cursor:
        cursor.execute("select 1")
    return JsonResponse({"alive": True})


@login_not_required
def csrf_failed(request: HttpRequest, reason: str = "") -> HttpResponse:
    """Say that a form was too old, or came from elsewhere; nothing was written."""
    return render(request, "too_old.html", status=403)


@login_not_required
def not_found(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """Say that there is no such page, or that it is not for this person."""
    return render(request, "not_found.html", status=404)


@login_not_required
def refused(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """Say that this is not for this role."""
    return render(request, "refused.html", status=403)


@login_not_required
def unreadable(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """Say that what was sent is broken or too large."""
    return render(request, "unreadable.html", status=400)


@login_not_required
def failed(request: HttpRequest) -> HttpResponse:
    """Say that it is our fault."""
    return render(request, "failed.html", status=500)


def conflict(request: HttpRequest, mine: dict[str, Any], now: dict[str, Any]) -> HttpResponse:
    """Show what somebody else wrote in the meantime beside what was sent; nothing is overwritten.

    Parameters
    ----------
    request
        The request that came too late.
    mine, now
        What was sent, and what stands there, by label.
    """
    rows = [(label, mine.get(label, ""), value) for label, value in now.items()]
    return render(request, "conflict.html", {"rows": rows}, status=409)
