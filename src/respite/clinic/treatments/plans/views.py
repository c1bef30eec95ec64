"""Pages of plans: what is planned, drafts, signing and ending."""

from __future__ import annotations

import uuid
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from respite.clinic.accounts.access import only, user_of
from respite.clinic.accounts.models import Role
from respite.clinic.pages import conflict
from respite.clinic.patients.access import patient_for, patient_to_write
from respite.clinic.patients.actions import Stale, read
from respite.clinic.patients.models import PatientRecord
from respite.clinic.treatments.models import PlanRecord, PlanState
from respite.clinic.treatments.plans import actions, queries
from respite.clinic.treatments.plans.access import may_plan, plan_for, plan_to_write
from respite.clinic.treatments.plans.checking import checked
from respite.clinic.treatments.plans.forms import EndForm, PlanForm, SignForm, fault_lines
from respite.clinic.treatments.plans.signature import verifies
from respite.clinic.treatments.queries import current_plan
from respite.domain import Regimen, RespiteError
from respite.domain import translate as _


@only(Role.CLINICIAN, Role.NURSE)
@require_GET
def plans(request: HttpRequest, patient_id: int) -> HttpResponse:
    """Show what is planned for a patient, what is drafted, and what was."""
    user = user_of(request)
    patient = patient_for(user, patient_id)
    read(user, patient, "plans")
    now = queries.plans_now(patient)
    shown = {
        "patient": patient,
        "now": now,
        "told": None if now.current is None else queries.told_of(now.current),
        "may_write": may_plan(user, patient),
        "client_id": uuid.uuid4(),
    }
    return render(request, "treatments/plans.html", shown)


@only(Role.CLINICIAN, Role.NURSE)
@require_http_methods(["GET", "POST"])
def new_plan(request: HttpRequest, patient_id: int) -> HttpResponse:
    """Write a draft; where a plan is signed, the draft begins with its words."""
    user = user_of(request)
    patient = patient_to_write(user, patient_id)
    if request.method == "GET":
        current = current_plan(patient)
        begun = {} if current is None else {"regimen": current.regimen}
        read(user, patient, "new plan")
        return _form_page(request, patient, PlanForm(initial=begun), None)
    form = PlanForm(request.POST)
    if "read_back" in request.POST or not form.is_valid():
        return _form_page(request, patient, form, None)
    told = {name: form.cleaned_data[name] for name in ("regimen", "starts", "reason")}
    plan = actions.draft(user, patient, told, form.cleaned_data["client_id"])
    return redirect("treatments:plan", plan.pk)


@only(Role.CLINICIAN, Role.NURSE)
@require_http_methods(["GET", "POST"])
def change_plan(request: HttpRequest, plan_id: int) -> HttpResponse:
    """Change a draft; what was signed is never changed."""
    user = user_of(request)
    plan = plan_to_write(user, plan_id)
    if request.method == "GET":
        if plan.state != PlanState.DRAFT:
            return redirect("treatments:plan", plan.pk)
        read(user, plan.patient, "change plan")
        form = PlanForm(
            initial={
                "regimen": plan.regimen,
                "starts": plan.starts,
                "reason": plan.reason,
                "version": plan.version,
                "client_id": plan.client_id,
            }
        )
        return _form_page(request, plan.patient, form, plan)
    form = PlanForm(request.POST)
    if "read_back" in request.POST or not form.is_valid():
        return _form_page(request, plan.patient, form, plan)
    told = {name: form.cleaned_data[name] for name in ("regimen", "starts", "reason")}
    try:
        actions.change(user, plan, told, form.cleaned_data["version"] or 0)
    except Stale as stale:
        return conflict(request, _labelled(told), _labelled(_written(stale.now)))
    return redirect("treatments:plan", plan.pk)


@only(Role.CLINICIAN, Role.NURSE)
@require_POST
def read_back(request: HttpRequest, patient_id: int) -> HttpResponse:
    """Read a regimen back in plain words while it is written; nothing is kept."""
    patient = patient_for(user_of(request), patient_id)
    box = request.POST.get("box", "regimen")
    text = request.POST.get(box if box.startswith("regimen") else "regimen", "")
    shown = {"patient": patient, "back": _read_back(text, patient), "text": text}
    template = "treatments/_read_back.html"
    if request.headers.get("HX-Request") != "true":
        template = "treatments/read_back.html"
    return render(request, template, shown)


@only(Role.CLINICIAN, Role.NURSE)
@require_GET
def plan(request: HttpRequest, plan_id: int) -> HttpResponse:
    """Show one plan: its doses in words, what rules say of it, and its signature."""
    user = user_of(request)
    found = plan_for(user, plan_id)
    read(user, found.patient, "plan")
    shown = {
        "patient": found.patient,
        "plan": found,
        "told": queries.told_of(found),
        "check": checked(found.patient, found.to_regimen()),
        "rows": queries.changed_from(found),
        "is_verified": verifies(found),
        "may_write": may_plan(user, found.patient),
        "may_sign": user.role == Role.CLINICIAN and may_plan(user, found.patient),
    }
    return render(request, "treatments/plan.html", shown)


@only(Role.CLINICIAN)
@require_http_methods(["GET", "POST"])
def sign_plan(request: HttpRequest, plan_id: int) -> HttpResponse:
    """Sign a draft: findings, meaning, and the password once more."""
    user = user_of(request)
    found = plan_to_write(user, plan_id)
    check = checked(found.patient, found.to_regimen())
    rules = {"rules": [one["rule"] for one in check.overruled], "open_rules": check.open}
    if request.method == "GET":
        if found.state != PlanState.DRAFT:
            return redirect("treatments:plan", found.pk)
        read(user, found.patient, "sign plan")
        return _sign_page(
            request, found, check, SignForm(initial={"version": found.version}, **rules)
        )
    form = SignForm(request.POST, **rules)
    if actions.is_signed_by(found, user, _whole_number(request.POST.get("version"))):
        return redirect("treatments:plan", found.pk)
    if found.state != PlanState.DRAFT:
        return conflict(request, {}, _labelled(_written(found)))
    if not form.is_valid():
        return _sign_page(request, found, check, form)
    try:
        actions.sign(
            user,
            found,
            version=form.cleaned_data["version"],
            password=form.cleaned_data["password"],
            meaning=form.cleaned_data["meaning"],
            reasons=form.reasons,
            knows_what_is_open=form.cleaned_data.get("open", False),
        )
    except actions.NotSigned as fault:
        form.add_error(fault.field if fault.field in form.fields else None, fault.words)
        return _sign_page(request, found, check, form)
    except Stale as stale:
        return conflict(request, _labelled(_written(found)), _labelled(_written(stale.now)))
    messages.success(request, _("The plan is signed."))
    return redirect("treatments:plan", found.pk)


@only(Role.CLINICIAN, Role.NURSE)
@require_http_methods(["GET", "POST"])
def end_plan(request: HttpRequest, plan_id: int) -> HttpResponse:
    """End a signed plan, or put a draft aside, with the reason."""
    user = user_of(request)
    found = plan_to_write(user, plan_id)
    if found.state == PlanState.ENDED:
        return redirect("treatments:plan", found.pk)
    if request.method == "GET":
        read(user, found.patient, "end plan")
    form = EndForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        actions.end(user, found, form.cleaned_data["reason"])
        return redirect("treatments:plans", found.patient_id)
    shown = {"patient": found.patient, "plan": found, "form": form}
    return render(request, "treatments/end.html", shown, status=_status(form))


def _form_page(
    request: HttpRequest, patient: PatientRecord, form: PlanForm, plan: PlanRecord | None
) -> HttpResponse:
    text = str(form["regimen"].value() or "")
    # Asked only to read back, the form is not judged: nothing was sent to be kept.
    is_asking = "read_back" in request.POST
    shown = {
        "patient": patient,
        "form": form,
        "plan": plan,
        "back": _read_back(text, patient) if text.strip() else None,
        "is_asking": is_asking,
    }
    return render(
        request, "treatments/plan_form.html", shown, status=200 if is_asking else _status(form)
    )


def _sign_page(request: HttpRequest, plan: PlanRecord, check: Any, form: SignForm) -> HttpResponse:
    reasons = [field for field in form if field.name.startswith("reason_")]
    shown = {
        "patient": plan.patient,
        "plan": plan,
        "told": queries.told_of(plan),
        "rows": queries.changed_from(plan),
        "check": check,
        "form": form,
        "reasons": reasons,
    }
    return render(request, "treatments/sign.html", shown, status=_status(form))


def _status(form: Any) -> int:
    return 422 if form.is_bound and form.errors else 200


def _read_back(text: str, patient: PatientRecord) -> dict[str, Any]:
    """Give what a text says as a regimen, or the sentences that refuse it."""
    try:
        return {"told": queries.read_back(Regimen.parse(text), patient), "fault": ()}
    except RespiteError as fault:
        return {"told": None, "fault": fault_lines(fault)}


def _written(plan: PlanRecord) -> dict[str, Any]:
    return {
        "regimen": plan.regimen,
        "starts": plan.starts,
        "reason": plan.reason,
        "state": plan.get_state_display(),
    }


def _labelled(told: dict[str, Any]) -> dict[str, Any]:
    words = {
        "regimen": _("Regimen"),
        "starts": _("First day"),
        "reason": _("Why this plan"),
        "state": _("State"),
    }
    return {words[name]: "" if value is None else value for name, value in told.items()}


def _whole_number(text: str | None) -> int:
    """Read a version that was sent; one that no plan has where it is none."""
    if text is None or not text.isascii() or not text.isdigit():
        return -1
    return int(text[:18])
