"""Pages of forecasts: with everything beneath for those who treat; what was shown, for patients."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_POST, require_safe

from respite.clinic.accounts.access import only, user_of
from respite.clinic.accounts.models import Role
from respite.clinic.diaries.queries import days_of, dial, first_day, urgent_entries
from respite.clinic.diaries.words import bladder_in_words, effects_in_words
from respite.clinic.forecasts import actions, asking_actions, changes, queries
from respite.clinic.forecasts.access import forecast_to_release
from respite.clinic.forecasts.inputs import Asked, asked_of, nothing_yet
from respite.clinic.forecasts.models import ForecastRecord
from respite.clinic.forecasts.own_plan import own_plan
from respite.clinic.forecasts.told import pictures_of, rows_of, told_of
from respite.clinic.patients.access import may_write, own_record, patient_for
from respite.clinic.patients.actions import read
from respite.clinic.patients.models import PatientRecord
from respite.domain import translate as _

DIARY_DAYS = 28
"""Days of the diary that staff see at once."""

MOST_LOOKS = 150
"""How often a page looks whether the worker is done, before it asks people to look."""

CARERS = (Role.CLINICIAN, Role.NURSE)


@only(*CARERS)
@require_safe
def forecast(request: HttpRequest, patient_id: int, looks: int = 0) -> HttpResponse:
    """Show the diary and the forecast of a patient, and ask for a new one where it is old."""
    user = user_of(request)
    patient = patient_for(user, patient_id)
    read(user, patient, "forecast")
    now = timezone.now()
    asked = asked_of(patient, now)
    latest = queries.latest_record(patient)
    is_waiting = _is_waiting(asked, latest)
    if is_waiting and looks == 0:
        asking_actions.ask(patient.pk)
    record = None if asked.is_empty else queries.latest_forecast(patient)
    told = told_of(patient, record, now, for_staff=True)
    page: dict[str, Any] = {
        "patient": patient,
        "record": record,
        "is_waiting": is_waiting,
        "refusal": latest.refusal if latest is not None and not is_waiting else {},
        "nothing_yet": nothing_yet() if asked.is_empty else "",
        "chances": [] if record is None else changes.chances(record),
        "looks": looks + 1,
        "has_given_up": looks >= MOST_LOOKS,
        "can_release": user.role == Role.CLINICIAN and user.clinic_id == patient.clinic_id,
        "may_write": may_write(user, patient),
        "released": queries.released_forecast(patient),
        "pictures": pictures_of(told),
        "changes": told.changes,
        "rows": rows_of(told, has_forecast=record is not None),
        **_diary_told(patient, now),
        **_moved_told(record),
    }
    return render(request, "forecasts/forecast.html", page)


@only(*CARERS)
@require_safe
def state(request: HttpRequest, patient_id: int, looks: int) -> HttpResponse:
    """Say whether the forecast of a patient is up to date; a page looks again until it is."""
    patient = patient_for(user_of(request), patient_id)
    asked = asked_of(patient, timezone.now())
    if _is_waiting(asked, queries.latest_record(patient)):
        page = {"patient": patient, "looks": looks + 1, "has_given_up": looks >= MOST_LOOKS}
        return render(request, "forecasts/_waiting.html", page)
    response = HttpResponse()
    response["HX-Redirect"] = reverse("forecasts:forecast", args=[patient.pk])
    return response


@only(Role.CLINICIAN)
@require_POST
def release(request: HttpRequest, forecast_id: int) -> HttpResponse:
    """Show a forecast to its patient."""
    user = user_of(request)
    record = forecast_to_release(user, forecast_id)
    if actions.release(user, record) is not None:
        messages.success(request, _("The patient can now see this forecast."))
    return redirect("forecasts:forecast", record.patient_id)


@only(Role.CLINICIAN)
@require_POST
def withdraw(request: HttpRequest, forecast_id: int) -> HttpResponse:
    """Take a forecast back that its patient could see."""
    user = user_of(request)
    record = forecast_to_release(user, forecast_id)
    if actions.withdraw(user, record) is not None:
        messages.success(request, _("The patient no longer sees a forecast."))
    return redirect("forecasts:forecast", record.patient_id)


@only(Role.PATIENT)
@require_safe
def mine(request: HttpRequest) -> HttpResponse:
    """Show patients their own line, and the forecast that a clinician showed them, if any."""
    user = user_of(request)
    patient = own_record(user)
    read(user, patient, "own forecast")
    record = queries.forecast_for_patient(patient)
    told = told_of(patient, record, timezone.now(), for_staff=False)
    page = {
        "patient": patient,
        "record": record,
        "pictures": pictures_of(told),
        "rows": rows_of(told, has_forecast=record is not None),
        "dial": dial(patient.clinic.phone),
    }
    return render(request, "forecasts/mine.html", page)


@only(Role.PATIENT)
@require_safe
def my_plan(request: HttpRequest) -> HttpResponse:
    """Show patients the plan that was signed for them, what comes next and how to get ready."""
    user = user_of(request)
    patient = own_record(user)
    read(user, patient, "own plan")
    page = {"patient": patient, "own": own_plan(patient, timezone.now())}
    return render(request, "forecasts/my_plan.html", page | {"dial": dial(patient.clinic.phone)})


def _is_waiting(asked: Asked, latest: ForecastRecord | None) -> bool:
    return not asked.is_empty and (latest is None or latest.digest != asked.digest)


def _diary_told(patient: PatientRecord, now: Any) -> dict[str, Any]:
    today = timezone.localdate(now)
    first, since = first_day(patient), today - timedelta(days=DIARY_DAYS)
    days = days_of(patient, since, today + timedelta(days=1))
    urgent = [
        {
            "entry": one,
            "said": [
                *effects_in_words(one.effects),
                *(question for question, said in bladder_in_words(one.bladder) if said),
            ],
            "is_taken_back": hasattr(one, "replaced_by"),
        }
        for one in urgent_entries(patient, since)
    ]
    shown = [
        {
            "day": one.day,
            "entries": [
                {
                    "entry": entry,
                    "effects": effects_in_words(entry.effects),
                    "bladder": bladder_in_words(entry.bladder),
                    "has_effect": bool(entry.effects) or any(entry.bladder.values()),
                }
                for entry in one.entries
            ],
        }
        for one in days
        if one.entries or (first is not None and first < one.day <= today)
    ]
    return {"days": shown, "urgent": urgent}


def _moved_told(record: ForecastRecord | None) -> dict[str, Any]:
    before = None if record is None else queries.forecast_before(record)
    if record is None or before is None:
        return {"before": None}
    return {
        "before": before,
        "moved": changes.moved_numbers(before, record),
        "news": changes.news(before, record),
    }
