"""Answers to programs that watch the clinic; none of them tells anything about anybody."""

from __future__ import annotations

from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.utils.crypto import constant_time_compare
from django.views.decorators.http import require_safe
from prometheus_client import CONTENT_TYPE_LATEST

from respite.clinic.watching.health import parts
from respite.clinic.watching.measures import measures


@login_not_required
@require_safe
def live(request: HttpRequest) -> HttpResponse:
    """Say that this process answers, whatever else does not: nobody need start it again."""
    return JsonResponse({"live": True})


@login_not_required
@require_safe
def ready(request: HttpRequest) -> HttpResponse:
    """Say whether people may be sent here: 200, or 503 with the parts that are not well."""
    found = parts()
    is_ready = all(part.is_well for part in found)
    return JsonResponse(
        {"ready": is_ready, "parts": {part.name: part.is_well for part in found}},
        status=200 if is_ready else 503,
    )


@login_not_required
@require_safe
def metrics(request: HttpRequest) -> HttpResponse:
    """Give what is measured to whoever brings the token; without a token set, to nobody."""
    token = settings.METRICS_TOKEN
    told = request.headers.get("Authorization", "").removeprefix("Bearer ")
    if not token or not constant_time_compare(told, token):
        raise Http404
    return HttpResponse(measures(), content_type=CONTENT_TYPE_LATEST)
