"""Where devices send what they kept, and ask who writes and what time it is."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.middleware.csrf import get_token
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from respite.clinic.accounts.access import only, user_of
from respite.clinic.accounts.models import Role
from respite.clinic.diaries import queries
from respite.clinic.diaries.outbox import (
    LARGEST_BYTES,
    BatchNotUnderstood,
    keep_batch,
    owner_key,
    read_batch,
)
from respite.clinic.patients.access import own_record
from respite.domain import translate as _

BAD_REQUEST, TOO_LARGE, OTHER_FORM, TOO_MANY = 400, 413, 415, 429


@only(Role.PATIENT)
@require_http_methods(["GET", "POST"])
def outbox(request: HttpRequest) -> HttpResponse:
    """Tell a device the time and who is signed in; keep the entries that it sends."""
    user = user_of(request)
    patient = own_record(user)
    if request.method == "GET":
        return JsonResponse(
            {
                "now": _now_ms(),
                "owner": owner_key(user),
                "token": get_token(request),
                "phone": patient.clinic.urgent_phone,
                "dial": queries.dial(patient.clinic.urgent_phone),
            }
        )
    if request.content_type != "application/json":
        return _said(_("That did not arrive whole. Nothing was kept."), OTHER_FORM)
    if int(request.META.get("CONTENT_LENGTH") or 0) > LARGEST_BYTES:
        return _said(_("That is more than is taken at once. Nothing was kept."), TOO_LARGE)
    try:
        batch = read_batch(request.body)
    except BatchNotUnderstood as error:
        return _said(error.words, BAD_REQUEST)
    found = keep_batch(user, patient, batch)
    if found.opened:
        messages.success(request, _("Kept. That is all for today, if you like."))
    told = {"now": _now_ms(), "answers": found.answers, "missing": found.missing}
    if found.too_many is None:
        return JsonResponse(told)
    wait = {"Retry-After": str(found.too_many.wait_s)}
    return JsonResponse(told | {"why": found.too_many.words}, status=TOO_MANY, headers=wait)


def _said(why: str, status: int) -> HttpResponse:
    return JsonResponse({"answers": [], "missing": [], "why": why}, status=status)


def _now_ms() -> int:
    return int(timezone.now().timestamp() * 1000)
