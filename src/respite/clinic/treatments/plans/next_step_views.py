"""The page of the next step: what the sessions under the current plan call for."""

from __future__ import annotations

import uuid

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from respite.clinic.accounts.access import only, user_of
from respite.clinic.accounts.models import Role
from respite.clinic.patients.access import patient_for, patient_to_write
from respite.clinic.patients.actions import read
from respite.clinic.treatments.plans import actions, queries
from respite.clinic.treatments.plans.access import may_plan
from respite.clinic.treatments.plans.forms import fault_lines
from respite.clinic.treatments.queries import current_plan
from respite.clinic.treatments.sessions.queries import record_of_sessions
from respite.domain import RespiteError
from respite.domain import translate as _
from respite.report import doses_changed, step_told


@only(Role.CLINICIAN, Role.NURSE)
@require_http_methods(["GET", "POST"])
def next_step(request: HttpRequest, patient_id: int) -> HttpResponse:
    """Show the next step with its reasons and what it changes; one click makes a draft of it."""
    user = user_of(request)
    posted = request.method == "POST"
    patient = patient_to_write(user, patient_id) if posted else patient_for(user, patient_id)
    plan = current_plan(patient)
    shown = {
        "patient": patient,
        "plan": plan,
        "client_id": uuid.uuid4(),
        "may_write": may_plan(user, patient),
    }
    if plan is None:
        read(user, patient, "next step")
        return render(request, "treatments/next_step.html", shown)
    try:
        step = queries.step_of(plan, timezone.localdate())
    except RespiteError as fault:
        read(user, patient, "next step")
        return render(request, "treatments/next_step.html", shown | {"fault": fault_lines(fault)})
    if posted and step.regimen is not None and step.regimen != plan.to_regimen():
        told = step_told(step)
        text = {"regimen": str(step.regimen), "reason": str(told["sentence"])[:300]}
        draft = actions.draft(user, patient, text, _client_id(request))
        return redirect("treatments:change-plan", draft.pk)
    read(user, patient, "next step")
    rows = (
        ()
        if step.regimen is None
        else doses_changed(plan.to_regimen(), step.regimen, weight_kg=queries.weight_of(patient))
    )
    record = record_of_sessions(plan)
    more = {
        "step": step_told(step),
        "rows": rows,
        "is_same": not any(differs for _old, _new, differs in rows),
        "sessions": () if record is None else record.records,
        "asked_on": timezone.localdate(),
        "no_regimen": _("The step names no dose: nothing can be drafted from it."),
    }
    return render(request, "treatments/next_step.html", shown | more, status=422 if posted else 200)


def _client_id(request: HttpRequest) -> uuid.UUID:
    try:
        return uuid.UUID(request.POST.get("client_id", ""))
    except ValueError:
        return uuid.uuid4()
