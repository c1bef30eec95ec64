"""Pages of the diary: one tap, then more for those who wish; for patients only."""

from __future__ import annotations

from datetime import timedelta
from typing import Any
from uuid import uuid4

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST

from respite.clinic import pages
from respite.clinic.accounts.access import only, user_of
from respite.clinic.accounts.models import Role
from respite.clinic.diaries import actions, queries
from respite.clinic.diaries.access import own_entry
from respite.clinic.diaries.days import DAYS_BACK, day_at, offset_at
from respite.clinic.diaries.flood import TooMany
from respite.clinic.diaries.forms import SCORES, EntryForm, LateForm, Sent, TapForm
from respite.clinic.diaries.models import Entry
from respite.clinic.diaries.words import (
    URGENT_BLADDER,
    URGENT_EFFECTS,
    bladder_in_words,
    effects_in_words,
)
from respite.clinic.patients.access import own_record
from respite.clinic.patients.actions import Stale, read
from respite.clinic.patients.models import PatientRecord
from respite.domain import translate as _

SCORE_VALUES = [value for value, _words in SCORES]
TOO_MANY_REQUESTS = 429


@only(Role.PATIENT)
@require_http_methods(["GET", "POST"])
def diary(request: HttpRequest) -> HttpResponse:
    """Ask how the pain is now; one tap is one entry."""
    user = user_of(request)
    patient = own_record(user)
    if request.method == "POST":
        form = TapForm(request.POST)
        if not form.is_valid():
            return _diary_page(request, patient, is_refused=True)
        try:
            kept = actions.add_entry(
                user,
                patient,
                form.to_told(),
                client_id=form.number,
                offset_min=form.cleaned_data["offset_minutes"],
            )
        except TooMany as flood:
            return _diary_page(request, patient, flood=flood)
        return _answer_kept(request, kept, form.to_told())
    read(user, patient, "diary")
    return _diary_page(request, patient)


@only(Role.PATIENT)
@require_http_methods(["GET", "POST"])
def late(request: HttpRequest) -> HttpResponse:
    """Take an entry for an earlier day."""
    user = user_of(request)
    patient = own_record(user)
    form = LateForm(request.POST or None, clinic=patient.clinic, initial={"client_id": uuid4()})
    told: dict[str, Any] = {"form": form, "scores": SCORE_VALUES, "days_back": DAYS_BACK}
    if request.method != "POST" or not form.is_valid():
        return render(request, "diaries/late.html", told, status=_status(form))
    try:
        kept = actions.add_entry(
            user,
            patient,
            form.to_told(),
            client_id=form.number,
            day=form.cleaned_data["day"],
            offset_min=form.cleaned_data["offset_minutes"],
            day_offset_min=form.cleaned_data["day_offset_minutes"],
        )
    except TooMany as flood:
        return _flooded(render(request, "diaries/late.html", told | {"flood": flood.words}), flood)
    return _answer_kept(request, kept, form.to_told())


@only(Role.PATIENT)
@require_http_methods(["GET", "POST"])
def entry(request: HttpRequest, entry_id: int) -> HttpResponse:
    """Show one entry, and take what else there is to tell, or a correction."""
    user = user_of(request)
    asked = own_entry(user, entry_id)
    if request.method == "POST":
        form = EntryForm(request.POST)
        if not form.is_valid():
            return _entry_page(request, asked, form)
        try:
            kept = actions.change_entry(user, asked, form.to_told(), client_id=form.number)
        except Stale as stale:
            return pages.conflict(request, _shown(form.to_told()), _shown(stale.now))
        except TooMany as flood:
            return _entry_page(request, asked, form, flood)
        messages.success(request, _("Kept. Thank you."))
        return redirect("diaries:entry", kept.pk)
    stands = queries.standing(asked)
    if stands.is_removed:
        return redirect("diaries:diary")
    if stands != asked:
        return redirect("diaries:entry", stands.pk)
    read(user, asked.patient, "diary entry")
    return _entry_page(request, asked, EntryForm.of(asked, uuid4()))


@only(Role.PATIENT)
@require_POST
def remove(request: HttpRequest, entry_id: int) -> HttpResponse:
    """Take one entry out of the diary."""
    asked = own_entry(user_of(request), entry_id)
    form = Sent(request.POST)
    if not form.is_valid():
        return redirect("diaries:entry", asked.pk)
    try:
        actions.remove_entry(user_of(request), asked, client_id=form.number)
    except Stale as stale:
        return pages.conflict(request, {_("Entry"): _("removed")}, _shown(stale.now))
    except TooMany as flood:
        return _entry_page(request, asked, EntryForm.of(asked, uuid4()), flood)
    messages.success(request, _("The entry is out of your diary."))
    return redirect("diaries:diary")


def _answer_kept(request: HttpRequest, kept: Entry, told: actions.Told) -> HttpResponse:
    """Lead to the entry; a second tap from the same page is told what the first one kept."""
    if kept.pain == told.pain:
        messages.success(request, _("Kept. That is all for today, if you like."))
    else:
        messages.warning(request, _("Your first tap was kept. If it was a slip, change it below."))
    return redirect("diaries:entry", kept.pk)


def _flooded(page: HttpResponse, flood: TooMany) -> HttpResponse:
    """Say how long to wait; the page says it in words."""
    page.status_code = TOO_MANY_REQUESTS
    page["Retry-After"] = str(flood.wait_s)
    return page


def _diary_page(
    request: HttpRequest,
    patient: PatientRecord,
    *,
    is_refused: bool = False,
    flood: TooMany | None = None,
) -> HttpResponse:
    now = timezone.now()
    today = day_at(now, offset_at(patient.clinic, now))
    first = queries.first_day(patient)
    # A patient east of the clinic may already have written for the clinic's tomorrow.
    days = queries.days_of(patient, today - timedelta(days=DAYS_BACK), today + timedelta(days=1))
    shown = [one for one in days if one.entries or (first is not None and first < one.day <= today)]
    told: dict[str, Any] = {
        "scores": SCORE_VALUES,
        "days_back": DAYS_BACK,
        "client_id": uuid4(),
        "days": shown,
        "is_refused": is_refused,
        "dial": queries.dial(patient.clinic.urgent_phone),
        "flood": flood and flood.words,
    }
    page = render(request, "diaries/diary.html", told, status=422 if is_refused else 200)
    return page if flood is None else _flooded(page, flood)


def _entry_page(
    request: HttpRequest, shown: Entry, form: EntryForm, flood: TooMany | None = None
) -> HttpResponse:
    told = {
        "entry": shown,
        "form": form,
        "effects": effects_in_words(shown.effects),
        "urgent": [*URGENT_EFFECTS, *(f"bladder_{name}" for name in URGENT_BLADDER)],
        "dial": queries.dial(shown.patient.clinic.urgent_phone),
        "removal_id": uuid4(),
        "flood": flood and flood.words,
    }
    page = render(request, "diaries/entry.html", told, status=_status(form))
    return page if flood is None else _flooded(page, flood)


def _shown(told: Entry | actions.Told) -> dict[str, Any]:
    """Give an entry by the labels of its form."""
    if isinstance(told, Entry) and told.is_removed:
        return {_("Entry"): _("removed")}
    answers = [
        f"{question} {_('Yes') if said else _('No')}"
        for question, said in bladder_in_words(told.bladder)
    ]
    return {
        _("Your pain"): "" if told.pain is None else f"{told.pain.normalize():f}",
        _("Did you feel any of these?"): "; ".join(effects_in_words(told.effects)),
        _("Bladder"): " ".join(answers),
        _("Anything else?"): told.note,
    }


def _status(form: Sent) -> int:
    return 422 if form.is_bound and not form.is_valid() else 200
