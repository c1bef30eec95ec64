"""Letters about a patient, as the patient sees those that were shared."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET

from respite.clinic.accounts.access import only, user_of
from respite.clinic.accounts.models import Role
from respite.clinic.letters import queries
from respite.clinic.letters.access import own_letter, own_letters
from respite.clinic.patients.access import own_record
from respite.clinic.patients.actions import read


@only(Role.PATIENT)
@require_GET
def mine(request: HttpRequest) -> HttpResponse:
    """List the letters that a clinician shared with the patient whom they are about."""
    user = user_of(request)
    patient = own_record(user)
    read(user, patient, "own letters")
    return render(request, "letters/mine.html", {"letters": own_letters(user)})


@only(Role.PATIENT)
@require_GET
def own(request: HttpRequest, letter_id: int) -> HttpResponse:
    """Show one letter that was shared."""
    user = user_of(request)
    found = own_letter(user, letter_id)
    read(user, found.patient, "own letter")
    shown = {
        "letter": found,
        "parts": queries.shown_parts(found),
        "correction": queries.correction_of(found),
    }
    return render(request, "letters/own.html", shown)
