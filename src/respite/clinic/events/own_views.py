"""The page on which patients report an unwanted effect, and see what they reported."""

from __future__ import annotations

import uuid
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods

from respite.clinic.accounts.access import only, user_of
from respite.clinic.accounts.models import Role
from respite.clinic.diaries.queries import dial
from respite.clinic.diaries.words import URGENT_BLADDER, URGENT_EFFECTS
from respite.clinic.events import actions, words
from respite.clinic.events.access import own_events
from respite.clinic.events.own_forms import OwnReportForm
from respite.clinic.events.queries import Standing, may_not_wait, standing
from respite.clinic.patients.access import own_record
from respite.clinic.patients.actions import read
from respite.domain import translate as _


@only(Role.PATIENT)
@require_http_methods(["GET", "POST"])
def mine(request: HttpRequest) -> HttpResponse:
    """Take a report of an unwanted effect, and show those that were sent."""
    user = user_of(request)
    patient = own_record(user)
    form = OwnReportForm(request.POST or None, initial={"client_id": uuid.uuid4()})
    if request.method == "POST" and form.is_valid():
        actions.begin(user, patient, form.told(), client_id=form.cleaned_data["client_id"])
        messages.success(request, _("Your report is with your clinic. Thank you."))
        return redirect("events:mine")
    if request.method == "GET":
        read(user, patient, "own unwanted effects")
    sent = [standing(one) for one in own_events(user)]
    page = {
        "patient": patient,
        "form": form,
        "sent": [_told(one) for one in sent],
        "is_urgent": bool(sent) and may_not_wait(sent[0].version) and sent[0].is_unassessed,
        "urgent": [*URGENT_EFFECTS, *URGENT_BLADDER],
        "dial": dial(patient.clinic.urgent_phone),
    }
    status = 422 if request.method == "POST" else 200
    return render(request, "events/mine.html", page, status=status)


def _told(one: Standing) -> dict[str, Any]:
    """Say one report to its patient: what was sent, and how far the clinic has come."""
    first = one.event.versions.get(number=1)
    if one.version.is_withdrawn:
        state = _("taken back by your clinic")
    elif one.is_unassessed:
        state = _("waits for your clinic to read it")
    else:
        state = _("your clinic has looked at it")
    said = "; ".join([*words.told_in_words(first), first.words])
    return {"on": one.event.made_at, "said": said.strip("; "), "state": state}
