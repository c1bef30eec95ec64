"""Pages of advice: proposals, plans side by side, and what a clinician rules."""

from __future__ import annotations

import uuid
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from respite.clinic.accounts.access import only, user_of
from respite.clinic.accounts.models import Role
from respite.clinic.forecasts.proposals import actions, queries
from respite.clinic.forecasts.proposals.access import question_for, question_to_rule
from respite.clinic.forecasts.proposals.forms import AskForm, CompareForm, RulingForm
from respite.clinic.patients.access import patient_to_write
from respite.clinic.patients.actions import read
from respite.clinic.patients.models import PatientRecord
from respite.clinic.treatments.models import AdviceKind, AdviceQuestion, Ruling
from respite.clinic.treatments.plans.access import may_plan
from respite.clinic.treatments.plans.forms import fault_lines
from respite.clinic.treatments.queries import current_plan
from respite.domain import RespiteError
from respite.domain import translate as _


@only(Role.CLINICIAN, Role.NURSE)
@require_POST
def propose(request: HttpRequest, patient_id: int) -> HttpResponse:
    """Ask for proposals; the answer comes on a page of its own."""
    user = user_of(request)
    patient = patient_to_write(user, patient_id)
    form = AskForm(request.POST)
    client_id = form.cleaned_data["client_id"] if form.is_valid() else uuid.uuid4()
    try:
        question = actions.ask(user, patient, AdviceKind.PROPOSALS, (), client_id)
    except RespiteError as fault:
        shown = {"patient": patient, "fault": fault_lines(fault)}
        return render(request, "forecasts/not_asked.html", shown, status=422)
    return redirect("forecasts:advice", question.pk)


@only(Role.CLINICIAN, Role.NURSE)
@require_http_methods(["GET", "POST"])
def compare(request: HttpRequest, patient_id: int) -> HttpResponse:
    """Ask for two to four plans side by side."""
    user = user_of(request)
    patient = patient_to_write(user, patient_id)
    if request.method == "GET":
        read(user, patient, "compare plans")
        plan = current_plan(patient)
        begun = {} if plan is None else {"regimen_0": plan.regimen}
        return _compare_page(request, patient, CompareForm(initial=begun))
    form = CompareForm(request.POST)
    if not form.is_valid():
        return _compare_page(request, patient, form)
    try:
        question = actions.ask(
            user, patient, AdviceKind.COMPARISON, form.regimens, form.cleaned_data["client_id"]
        )
    except RespiteError as fault:
        form.add_error(None, list(fault_lines(fault)))
        return _compare_page(request, patient, form)
    return redirect("forecasts:advice", question.pk)


@only(Role.CLINICIAN, Role.NURSE)
@require_GET
def advice(request: HttpRequest, question_id: int) -> HttpResponse:
    """Show an answer with its basis, or say that it is being worked out."""
    user = user_of(request)
    question = question_for(user, question_id)
    answer = queries.answer_of(question)
    if answer is None and request.headers.get("HX-Request") == "true":
        return render(request, "forecasts/_computing.html", _waiting(question))
    if request.headers.get("HX-Request") == "true":
        return HttpResponse(headers={"HX-Refresh": "true"})
    read(user, question.patient, "advice")
    if answer is None:
        return render(request, "forecasts/computing.html", _waiting(question))
    return _advice_page(request, question, None)


@only(Role.CLINICIAN)
@require_POST
def rule(request: HttpRequest, question_id: int) -> HttpResponse:
    """Accept, change or reject advice."""
    user = user_of(request)
    question = question_to_rule(user, question_id)
    answer = queries.answer_of(question)
    if answer is None or answer.refusal:
        return redirect("forecasts:advice", question.pk)
    form = RulingForm(request.POST, plans=[one["regimen"] for one in answer.words["plans"]])
    if not form.is_valid():
        return _advice_page(request, question, form)
    told = form.cleaned_data
    plan = actions.rule(
        user, question, Ruling(told["ruling"]), told["reason"], form.drafted, told["client_id"]
    )
    if plan is None:
        messages.success(request, _("Kept: the advice was rejected."))
        return redirect("treatments:plans", question.patient_id)
    return redirect("treatments:plan", plan.pk)


def _compare_page(request: HttpRequest, patient: PatientRecord, form: CompareForm) -> HttpResponse:
    shown = {"patient": patient, "form": form, "boxes": [form[name] for name in form.boxes]}
    status = 422 if form.is_bound and form.errors else 200
    return render(request, "forecasts/compare.html", shown, status=status)


def _waiting(question: AdviceQuestion) -> dict[str, Any]:
    return {
        "patient": question.patient,
        "question": question,
        "is_late": queries.is_late(question),
        "client_id": uuid.uuid4(),
    }


def _advice_page(
    request: HttpRequest, question: AdviceQuestion, form: RulingForm | None
) -> HttpResponse:
    user, patient = user_of(request), question.patient
    answer = queries.answer_of(question)
    words = {} if answer is None else answer.words
    shown = {
        "patient": patient,
        "question": question,
        "answer": answer,
        "words": words,
        "cards": [(one, uuid.uuid4()) for one in words.get("plans", ())],
        "used": question.inputs.get("used", ()),
        "track": queries.track_line(patient),
        "rulings": list(question.rulings.select_related("by", "plan")),
        "form": form,
        "client_id": uuid.uuid4(),
        "may_write": may_plan(user, patient),
        "may_rule": user.role == Role.CLINICIAN and may_plan(user, patient),
    }
    return render(request, "forecasts/advice.html", shown, status=200 if form is None else 422)
