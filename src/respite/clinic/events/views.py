"""Pages of unwanted effects, for those who treat: list, record, report."""

from __future__ import annotations

import uuid
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from respite.clinic.accounts.access import only, user_of
from respite.clinic.accounts.models import Role
from respite.clinic.events import actions, queries, words
from respite.clinic.events.access import event_for, event_to_write
from respite.clinic.events.beginning import Beginning, beginning_of
from respite.clinic.events.forms import EventForm, ReportedForm, initial_of
from respite.clinic.events.models import EventRecord, EventVersion
from respite.clinic.events.report import report_of
from respite.clinic.events.report_file import file_of
from respite.clinic.events.told import facts_of, history_of_versions, rows_of
from respite.clinic.pages import conflict
from respite.clinic.patients.access import may_write, patient_for, patient_to_write
from respite.clinic.patients.actions import Stale, read
from respite.clinic.patients.models import PatientRecord
from respite.domain import translate as _

CARERS = (Role.CLINICIAN, Role.NURSE)


@only(*CARERS)
@require_GET
def events(request: HttpRequest, patient_id: int) -> HttpResponse:
    """List the unwanted effects of a patient, those that need somebody marked."""
    user = user_of(request)
    patient = patient_for(user, patient_id)
    read(user, patient, "unwanted effects")
    shown = {
        "patient": patient,
        "rows": rows_of(queries.standing_events(patient)),
        "may_write": may_write(user, patient),
    }
    return render(request, "events/list.html", shown)


@only(*CARERS)
@require_http_methods(["GET", "POST"])
def new_event(request: HttpRequest, patient_id: int) -> HttpResponse:
    """Put an unwanted effect on record: from a session, from a diary, or afresh."""
    user = user_of(request)
    patient = patient_to_write(user, patient_id)
    sent = request.GET if request.method == "GET" else request.POST
    start = beginning_of(user, patient, sent.get("line", ""), sent.get("entry", ""))
    may_assess = user.role == Role.CLINICIAN
    if request.method == "GET":
        read(user, patient, "new unwanted effect")
        initial = start.initial | {"client_id": uuid.uuid4()}
        form = EventForm(initial=initial, patient=patient, may_assess=may_assess)
        return _form_page(request, patient, form, start=start)
    form = EventForm(request.POST, patient=patient, may_assess=may_assess)
    if not form.is_valid():
        return _form_page(request, patient, form, start=start)
    event = actions.begin(
        user, patient, form.told(), client_id=form.cleaned_data["client_id"], line=start.line,
        entry=start.entry,
    )  # fmt: skip
    messages.success(request, _("It is on record."))
    return redirect("events:event", event.pk)


@only(*CARERS)
@require_GET
def event(request: HttpRequest, event_id: int) -> HttpResponse:
    """Show one unwanted effect, what is still to be done, and every version of it."""
    user = user_of(request)
    found = event_for(user, event_id)
    read(user, found.patient, "unwanted effect")
    stands = queries.standing(found)
    return _event_page(request, found, ReportedForm(initial=_begun(stands.version)))


@only(*CARERS)
@require_http_methods(["GET", "POST"])
def change_event(request: HttpRequest, event_id: int) -> HttpResponse:
    """Write a new version of an unwanted effect."""
    user = user_of(request)
    found = event_to_write(user, event_id)
    now = queries.latest_version(found)
    may_assess = user.role == Role.CLINICIAN
    told: dict[str, Any] = {"patient": found.patient, "may_assess": may_assess, "before": now}
    if request.method == "GET":
        read(user, found.patient, "change unwanted effect")
        form = EventForm(initial=initial_of(now) | {"client_id": uuid.uuid4()}, **told)
        return _form_page(request, found.patient, form, event=found)
    form = EventForm(request.POST, **told)
    if not form.is_valid():
        return _form_page(request, found.patient, form, event=found)
    kept = form.cleaned_data
    try:
        actions.change(
            user, found, form.told(), number=kept["number"] or 0, client_id=kept["client_id"],
            why=kept["why"],
        )  # fmt: skip
    except Stale as stale:
        mine = EventVersion(event=found, **form.told())
        return conflict(request, dict(facts_of(mine)), dict(facts_of(stale.now)))
    messages.success(request, _("The new version is on record."))
    return redirect("events:event", found.pk)


@only(*CARERS)
@require_POST
def mark_reported(request: HttpRequest, event_id: int) -> HttpResponse:
    """Put on record that an unwanted effect was reported."""
    user = user_of(request)
    found = event_to_write(user, event_id)
    form = ReportedForm(request.POST)
    if not form.is_valid():
        return _event_page(request, found, form, status=422)
    kept = form.cleaned_data
    try:
        actions.mark_reported(
            user, found, form.told(), number=kept["number"], client_id=kept["client_id"]
        )
    except Stale as stale:
        mine = {_("Version"): kept["number"]}
        return conflict(request, mine, {_("Version"): stale.now.number})
    messages.success(request, _("The report is on record."))
    return redirect("events:event", found.pk)


@only(*CARERS)
@require_GET
def report(request: HttpRequest, event_id: int) -> HttpResponse:
    """Print the report of a case."""
    user = user_of(request)
    found = event_for(user, event_id)
    read(user, found.patient, "report of an unwanted effect")
    stands = queries.standing(found)
    version = stands.version
    shown = {
        "patient": found.patient,
        "event": found,
        "report": report_of(found.patient, stands, timezone.localdate()),
        "known": version,
        "title": words.title_of(version),
        "ticked": words.told_in_words(version),
        "terms": words.in_words(version.terms, words.terms()),
        "criteria": [(said, name in version.criteria) for name, said in words.criteria().items()],
        "severity": words.severities().get(version.severity, ""),
        "outcome": words.outcomes().get(version.outcome, ""),
        "action": words.actions_taken().get(version.action_taken, ""),
        "dechallenge": words.dechallenges().get(version.dechallenge, ""),
        "rechallenge": words.rechallenges().get(version.rechallenge, ""),
        "causality": words.causalities().get(version.causality, ""),
    }
    return render(request, "events/report.html", shown)


@only(*CARERS)
@require_GET
def report_file(request: HttpRequest, event_id: int) -> HttpResponse:
    """Give the report of a case as a file."""
    user = user_of(request)
    found = event_for(user, event_id)
    read(user, found.patient, "file of an unwanted effect")
    told = file_of(report_of(found.patient, queries.standing(found), timezone.localdate()))
    answer = JsonResponse(told, json_dumps_params={"ensure_ascii": False, "indent": 1})
    answer["Content-Disposition"] = f'attachment; filename="case-{found.pk}.json"'
    return answer


def _form_page(
    request: HttpRequest,
    patient: PatientRecord,
    form: EventForm,
    *,
    event: EventRecord | None = None,
    start: Beginning | None = None,
) -> HttpResponse:
    shown = {"patient": patient, "form": form, "event": event, "start": start or Beginning()}
    return render(request, "events/form.html", shown, status=422 if form.errors else 200)


def _event_page(
    request: HttpRequest, event: EventRecord, form: ReportedForm, status: int = 200
) -> HttpResponse:
    user = user_of(request)
    stands = queries.standing(event)
    shown = {
        "patient": event.patient,
        "event": event,
        "stands": stands,
        "known": stands.version,
        "title": words.title_of(stands.version),
        "is_urgent": queries.may_not_wait(stands.version),
        "facts": facts_of(stands.version),
        "versions": history_of_versions(event),
        "form": form,
        "may_write": may_write(user, event.patient),
    }
    return render(request, "events/event.html", shown, status=status)


def _begun(version: EventVersion) -> dict[str, Any]:
    return {"number": version.number, "client_id": uuid.uuid4(), "on": timezone.localdate()}
