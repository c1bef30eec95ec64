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
from respite.clinic.diaries.forms import SCORES, EntryForm, LateForm, ReminderForm, Sent, TapForm
from respite.clinic.diaries.models import Entry
from respite.clinic.diaries.reminder import calendar_of
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


@only(Role.PATIENT)
@require_http_methods(["GET", "POST"])
def diary(request: HttpRequest) -> HttpResponse:
    """Ask how the pain is now; one tap is one entry."""
    user = user_of(request)
    patient = own_record(user)
    if request.method == "POST":
        form = TapForm(request.POST)
        if form.is_valid():
            kept = actions.add_entry(
                user,
                patient,
                form.to_told(),
                client_id=form.number,
                offset_min=form.cleaned_data["offset_minutes"],
            )
            return _answer_kept(request, kept, form.to_told())
        return _diary_page(request, patient, is_refused=True)
    read(user, patient, "diary")
    return _diary_page(request, patient)


@only(Role.PATIENT)
@require_http_methods(["GET", "POST"])
def late(request: HttpRequest) -> HttpResponse:
    """Take an entry for an earlier day."""
    user = user_of(request)
    patient = own_record(user)
    form = LateForm(request.POST or None, clinic=patient.clinic, initial={"client_id": uuid4()})
    if request.method == "POST" and form.is_valid():
        kept = actions.add_entry(
            user,
            patient,
            form.to_told(),
            client_id=form.number,
            day=form.cleaned_data["day"],
            offset_min=form.cleaned_data["offset_minutes"],
            day_offset_min=form.cleaned_data["day_offset_minutes"],
        )
        return _answer_kept(request, kept, form.to_told())
    return render(request, "diaries/late.html", {"form": form}, status=_status(form))


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
    messages.success(request, _("The entry is out of your diary."))
    return redirect("diaries:diary")


def _answer_kept(request: HttpRequest, kept: Entry, told: actions.Told) -> HttpResponse:
    """Lead to the entry; a second tap from the same page is told what the first one kept."""
    if kept.pain == told.pain:
        messages.success(request, _("Kept. That is all for today, if you like."))
    else:
        messages.warning(request, _("Your first tap was kept. If it was a slip, change it below."))
    return redirect("diaries:entry", kept.pk)


def _diary_page(
    request: HttpRequest, patient: PatientRecord, *, is_refused: bool = False
) -> HttpResponse:
    now = timezone.now()
    today = day_at(now, offset_at(patient.clinic, now))
    first = queries.first_day(patient)
    # A patient east of the clinic may already have written for the clinic's tomorrow.
    days = queries.days_of(patient, today - timedelta(days=DAYS_BACK), today + timedelta(days=1))
    shown = [one for one in days if one.entries or (first is not None and first < one.day <= today)]
    told: dict[str, Any] = {
        "scores": [value for value, _words in SCORES],
        "client_id": uuid4(),
        "days": shown,
        "is_refused": is_refused,
        "dial": queries.dial(patient.clinic.urgent_phone),
    }
    return render(request, "diaries/diary.html", told, status=422 if is_refused else 200)


def _entry_page(request: HttpRequest, shown: Entry, form: EntryForm) -> HttpResponse:
    told = {
        "entry": shown,
        "form": form,
        "effects": effects_in_words(shown.effects),
        "urgent": [*URGENT_EFFECTS, *(f"bladder_{name}" for name in URGENT_BLADDER)],
        "dial": queries.dial(shown.patient.clinic.urgent_phone),
        "removal_id": uuid4(),
    }
    return render(request, "diaries/entry.html", told, status=_status(form))


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


@only(Role.PATIENT)
@require_http_methods(["GET", "POST"])
def reminder(request: HttpRequest) -> HttpResponse:
    """Give a reminder for the calendar of the patient's own phone."""
    own_record(user_of(request))
    form = ReminderForm(request.POST or None)
    if not form.is_bound or not form.is_valid():
        status = 422 if request.method == "POST" else 200
        return render(request, "diaries/reminder.html", {"form": form}, status=status)
    text = calendar_of(form.cleaned_data["hour"], timezone.localdate(), timezone.now())
    answer = HttpResponse(text, content_type="text/calendar; charset=utf-8")
    answer["Content-Disposition"] = 'attachment; filename="reminder.ics"'
    return answer
