"""Pages of tests: the table, entry of results, corrections, and what was done elsewhere."""

from __future__ import annotations

import uuid
from decimal import Decimal
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from respite.clinic import pages
from respite.clinic.accounts.access import only, user_of
from respite.clinic.accounts.models import Role
from respite.clinic.diaries.queries import dial
from respite.clinic.patients.access import may_write, own_record, patient_for, patient_to_write
from respite.clinic.patients.actions import Stale, read
from respite.clinic.patients.evaluation import today_of
from respite.clinic.patients.models import PatientRecord
from respite.clinic.surveillance import actions
from respite.clinic.surveillance.access import done_to_write
from respite.clinic.surveillance.due import done_of, plan_of
from respite.clinic.surveillance.forms import DoneForm, LookForm, number_sent
from respite.clinic.surveillance.looking import looked_at_of
from respite.clinic.surveillance.queries import alarms_of, due_tests
from respite.clinic.surveillance.results import EGFR, standing_results, worked_out_egfr
from respite.clinic.surveillance.table import numbered_item, table_of
from respite.clinic.surveillance.words import bladder_signs, plain_words
from respite.domain import translate as _
from respite.report import exposure_sentence, exposure_table, when_to_call


@only(Role.CLINICIAN, Role.NURSE)
@require_safe
def table(request: HttpRequest, patient_id: int) -> HttpResponse:
    """Show what is watched, with results, trend, last done and next due; and open findings."""
    user = user_of(request)
    patient = patient_for(user, patient_id)
    read(user, patient, "tests")
    return _table_page(request, patient)


@only(Role.CLINICIAN, Role.NURSE)
@require_POST
def look(request: HttpRequest, patient_id: int) -> HttpResponse:
    """Write down what was decided about a finding; it comes back with a later one only."""
    user = user_of(request)
    patient = patient_to_write(user, patient_id)
    keys = [one.key for one in alarms_of(patient, today_of(patient))]
    form = LookForm(keys, request.POST)
    if not form.is_valid():
        read(user, patient, "tests")
        return _table_page(request, patient, refused=form)
    told = form.cleaned_data
    number = told["client_id"] or uuid.uuid4()
    actions.look_at(user, patient, told["key"], told["decided"], number)
    messages.success(request, _("Written down. It comes back only with a later finding."))
    return redirect("surveillance:table", patient.pk)


def _table_page(
    request: HttpRequest, patient: PatientRecord, refused: LookForm | None = None
) -> HttpResponse:
    user, today = user_of(request), today_of(patient)
    shown = table_of(patient, today)
    alarms = alarms_of(patient, today)
    sent_key = "" if refused is None else refused.data.get("key", "")
    context = {
        "patient": patient,
        "table": shown,
        "alarms": [
            (one, refused if refused is not None and sent_key == one.key
             else LookForm([one.key]))
            for one in alarms
        ],
        "refused": refused,
        "is_refused_elsewhere": refused is not None and sent_key not in {a.key for a in alarms},
        "due": () if shown.plan is None else due_tests(shown.plan, shown.done),
        "exposure": None if shown.plan is None else exposure_sentence(shown.plan),
        "doses": None if shown.plan is None else exposure_table(shown.plan),
        "remarks": () if shown.plan is None else shown.plan.remarks,
        "looked_at": looked_at_of(patient),
        "offer": _offer(patient),
        "may_write": may_write(user, patient),
        "today": today,
    }  # fmt: skip
    return render(
        request, "surveillance/table.html", context, status=200 if refused is None else 422
    )


def _offer(patient: PatientRecord) -> dict[str, Any] | None:
    """Give the latest filtration rate where the record holds another; it is never put in unseen."""
    for row in reversed(standing_results(patient)):
        rate = worked_out_egfr(patient, row)
        if row.analyte == EGFR and row.value is not None and not row.sign:
            rate = float(row.value)
        if rate is None:
            continue
        rounded = Decimal(f"{rate:.1f}")
        is_lab = row.analyte == EGFR
        if patient.egfr is not None and abs(patient.egfr - rounded) < 1:
            return None
        return {"row": row, "rate": rounded, "is_lab": is_lab, "had": patient.egfr}
    return None


@only(Role.CLINICIAN, Role.NURSE)
@require_POST
def to_record(request: HttpRequest, patient_id: int) -> HttpResponse:
    """Put the latest filtration rate into the record, where somebody asked for it."""
    user = user_of(request)
    patient = patient_to_write(user, patient_id)
    offer = _offer(patient)
    version = request.POST.get("version", "")
    if offer is None or str(offer["rate"]) != request.POST.get("rate") or not version.isdecimal():
        messages.warning(request, _("The results changed in the meantime; nothing was written."))
        return redirect("surveillance:table", patient.pk)
    try:
        actions.put_egfr(user, patient, offer["rate"], min(int(version), 2**31))
    except Stale as stale:
        label = _("kidney function (eGFR)")
        return pages.conflict(request, {label: offer["rate"]}, {label: stale.now.egfr})
    messages.success(request, _("The record holds eGFR {rate} now.").format(rate=offer["rate"]))
    return redirect("surveillance:table", patient.pk)


@only(Role.CLINICIAN, Role.NURSE)
@require_http_methods(["GET", "POST"])
def done(request: HttpRequest, patient_id: int, number: int) -> HttpResponse:
    """Take that something was done elsewhere: told by whom, for which day."""
    user = user_of(request)
    patient = patient_to_write(user, patient_id)
    item = numbered_item(number)
    if item is None:
        raise Http404
    read(user, patient, "tests")
    form = DoneForm(patient, today_of(patient), request.POST if request.method == "POST" else None)
    if form.is_bound and form.is_valid():
        told = {name: form.cleaned_data[name] for name in ("day", "told_by", "note")}
        number_of_form = form.cleaned_data["client_id"] or uuid.uuid4()
        actions.mark_done(user, patient, {"item": item.id, **told}, number_of_form)
        messages.success(request, _("Written down: {item}.").format(item=item.title))
        return redirect("surveillance:table", patient.pk)
    context = {"patient": patient, "item": item, "form": form}
    return render(request, "surveillance/done.html", context, status=422 if form.errors else 200)


@only(Role.CLINICIAN, Role.NURSE)
@require_POST
def take_back(request: HttpRequest, done_id: int) -> HttpResponse:
    """Take back that something was done elsewhere."""
    user = user_of(request)
    told = done_to_write(user, done_id)
    actions.take_back(user, told, number_sent(request.POST))
    messages.success(request, _("Taken back. It stays on record, and counts no more."))
    return redirect("surveillance:table", told.patient_id)


@only(Role.PATIENT)
@require_safe
def mine(request: HttpRequest) -> HttpResponse:
    """Tell patients which tests are due when, and why; and the signs of a sick bladder."""
    user = user_of(request)
    patient = own_record(user)
    read(user, patient, "my tests")
    today = today_of(patient)
    known = done_of(patient, today)
    plan = plan_of(patient, today, known)
    due = () if plan is None else due_tests(plan, known)
    context = {
        "due": [(one, *plain_words(one.item, one.title)) for one in due],
        "is_treated": plan is not None and plan.exposure.first_dose is not None,
        "signs": bladder_signs(),
        "calls": list(when_to_call()),
        "dial": dial(patient.clinic.urgent_phone),
        "dial_clinic": dial(patient.clinic.phone),
        "today": today,
    }
    return render(request, "surveillance/mine.html", context)
