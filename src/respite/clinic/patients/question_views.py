"""Pages of questions: what is asked, what was answered, medicines, and treatments tried."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_POST

from respite.clinic.accounts.access import only, user_of
from respite.clinic.accounts.models import Role, User
from respite.clinic.pages import conflict
from respite.clinic.patients import actions
from respite.clinic.patients.access import (
    answer_to_write,
    may_write,
    medicine_to_write,
    patient_for,
    patient_to_write,
)
from respite.clinic.patients.evaluation import Known, known_of, today_of
from respite.clinic.patients.forms import MedicineForm, TriedForm
from respite.clinic.patients.models import PatientRecord
from respite.clinic.patients.overview import rows_of_medicines
from respite.clinic.patients.queries import last_answer, latest_answers
from respite.clinic.patients.question_forms import QuestionsForm
from respite.clinic.patients.questions import (
    Asked,
    answered_of,
    asked_again,
    asked_by_name,
    asked_of,
    families,
    group_of,
    group_title,
    names_of,
)
from respite.domain import RespiteError
from respite.domain import translate as _


@only(Role.CLINICIAN, Role.NURSE)
@require_http_methods(["GET", "POST"])
def questions(request: HttpRequest, patient_id: int) -> HttpResponse:
    """Ask what is not known, the gravest first, and show what was answered."""
    user = user_of(request)
    if request.method == "POST":
        patient = patient_to_write(user, patient_id)
    else:
        patient = patient_for(user, patient_id)
    actions.read(user, patient, "questions")
    sent = None
    if request.method == "POST":
        asked = asked_by_name(
            request.POST.getlist("asked"), _open(patient), latest_answers(patient)
        )
        sent = QuestionsForm(patient, asked, today_of(patient), request.POST)
        if sent.is_valid():
            return _keep(request, user, patient, sent)
    return _questions_page(request, user, patient, sent)


def _open(patient: PatientRecord) -> Any:
    try:
        return known_of(patient).questions
    except RespiteError:
        return ()


def _keep(
    request: HttpRequest, user: User, patient: PatientRecord, form: QuestionsForm
) -> HttpResponse:
    seen = request.POST.get("seen", "")
    seen_until = int(seen) if seen.isascii() and seen.isdigit() and len(seen) < 19 else 0
    try:
        kept = actions.answer_all(user, patient, form.told, form.on, seen_until)
    except actions.Stale as stale:
        now = {_label(one.fact): _words(one.told) for one in stale.now}
        mine = {_label(one.fact): _words(form.told.get(one.fact)) for one in stale.now}
        return conflict(request, mine, now)
    messages.success(request, _("Answers written: {count}.").format(
        count=sum(one.told is not None for one in kept)
    ))  # fmt: skip
    return redirect("patients:questions", patient.pk)


def _label(fact: str) -> str:
    words = families()[fact].words
    return words[:1].upper() + words[1:]


def _words(told: Any) -> str:
    if told is None:
        return _("not known")
    if isinstance(told, bool):
        return _("yes") if told else _("no")
    if isinstance(told, dict):
        return ", ".join(f"{code}: {_words(has)}" for code, has in told.items())
    return ", ".join(map(str, told)) if isinstance(told, list) else str(told)


def _questions_page(
    request: HttpRequest, user: User, patient: PatientRecord, sent: QuestionsForm | None
) -> HttpResponse:
    today = today_of(patient)
    fault: RespiteError | None = None
    known: Known | None = None
    asked: list[Asked] = []
    try:
        known = known_of(patient)
    except RespiteError as found:
        fault = found
    else:
        asked = asked_of(patient, known.questions, answers=latest_answers(patient))
    groups: dict[str, list[Asked]] = {}
    for one in asked:
        groups.setdefault(group_of(one.fact), []).append(one)
    sent_group = request.POST.get("group", "") if sent is not None else ""
    context = {
        "patient": patient,
        "may_write": may_write(user, patient),
        "fault": fault,
        "count": len(asked),
        "groups": [
            _group(patient, group, ones, sent if group == sent_group else None)
            for group, ones in groups.items()
        ],
        # What was sent may belong to a group in which nothing is asked any more.
        "lost": sent if sent is not None and sent_group not in groups else None,
        "answered": _answered(patient),
        "seen": last_answer(patient),
        "today": today,
    }
    return render(
        request, "patients/questions.html", context, status=422 if sent is not None else 200
    )


def _group(
    patient: PatientRecord, group: str, asked: list[Asked], sent: QuestionsForm | None
) -> dict[str, Any]:
    return {
        "id": group,
        "title": group_title(group),
        "form": sent or QuestionsForm(patient, asked, today_of(patient)),
        "elsewhere": [one for one in asked if not one.has_fields],
        "count": len(asked),
    }


def _answered(patient: PatientRecord) -> list[tuple[str, list[Any]]]:
    groups: dict[str, list[Any]] = {}
    for one in answered_of(patient, today_of(patient)):
        groups.setdefault(group_title(group_of(one.fact)), []).append(one)
    return list(groups.items())


@only(Role.CLINICIAN, Role.NURSE)
@require_http_methods(["GET", "POST"])
def change_answer(request: HttpRequest, answer_id: int) -> HttpResponse:
    """Ask one question again; the new answer stands in place of the earlier one."""
    user = user_of(request)
    answer = answer_to_write(user, answer_id)
    patient = answer.patient
    if answer.fact not in families():
        raise Http404
    actions.read(user, patient, "answer")
    asked = asked_again(answer.fact)
    data = request.POST if request.method == "POST" else None
    form = QuestionsForm(patient, [asked], today_of(patient), data)
    if data is not None and form.is_valid():
        return _keep(request, user, patient, form)
    had = [one for one in answered_of(patient, today_of(patient)) if one.fact == asked.fact]
    context = {
        "patient": patient,
        "form": form,
        "had": had[0] if had else None,
        "seen": last_answer(patient),
        "answer": answer,
    }
    return render(request, "patients/answer.html", context, status=422 if form.errors else 200)


@only(Role.CLINICIAN, Role.NURSE)
@require_POST
def take_back(request: HttpRequest, answer_id: int) -> HttpResponse:
    """Take an answer back: it is not known any more, and asked again."""
    user = user_of(request)
    answer = answer_to_write(user, answer_id)
    patient = answer.patient
    kind = families().get(answer.fact)
    names = names_of(kind) if kind is not None else frozenset({answer.fact})
    standing = latest_answers(patient)
    told = {name: None for name in sorted(names) if name in standing}
    actions.answer_all(user, patient, told, today_of(patient))
    messages.success(request, _("The answer was taken back, and is asked again."))
    return redirect("patients:questions", patient.pk)


@only(Role.CLINICIAN, Role.NURSE)
@require_http_methods(["GET", "POST"])
def medicines(request: HttpRequest, patient_id: int) -> HttpResponse:
    """List medicines; add one."""
    user = user_of(request)
    patient = (
        patient_to_write(user, patient_id)
        if request.method == "POST"
        else patient_for(user, patient_id)
    )
    actions.read(user, patient, "medicines")
    form = MedicineForm(today_of(patient), request.POST if request.method == "POST" else None)
    if form.is_bound and form.is_valid():
        told = dict(form.cleaned_data)
        actions.add_medicine(user, patient, told, told.pop("client_id"))
        return redirect("patients:medicines", patient.pk)
    context = {
        "patient": patient,
        "form": form,
        "rows": list(rows_of_medicines(patient, today_of(patient))),
        "may_write": may_write(user, patient),
    }
    return render(request, "patients/medicines.html", context, status=422 if form.errors else 200)


@only(Role.CLINICIAN, Role.NURSE)
@require_POST
def stop_medicine(request: HttpRequest, medicine_id: int) -> HttpResponse:
    """Write down that a medicine is taken no more, from today."""
    user = user_of(request)
    medicine = medicine_to_write(user, medicine_id)
    actions.stop_medicine(user, medicine, today_of(medicine.patient))
    return redirect("patients:medicines", medicine.patient_id)


@only(Role.CLINICIAN, Role.NURSE)
@require_POST
def all_medicines(request: HttpRequest, patient_id: int) -> HttpResponse:
    """Write down whether the list of medicines is complete."""
    user = user_of(request)
    patient = patient_to_write(user, patient_id)
    told = {"has_all_medicines": request.POST.get("is_complete") == "yes"}
    version = request.POST.get("version", "")
    sent = int(version) if version.isascii() and version.isdigit() and len(version) < 10 else 0
    if patient.has_all_medicines != told["has_all_medicines"]:
        try:
            actions.change_patient(user, patient, told, sent)
        except actions.Stale as stale:
            label = _("The list is complete")
            mine, now = (
                _words(told["has_all_medicines"]),
                _words(stale.now.has_all_medicines),
            )
            return conflict(request, {label: mine}, {label: now})
    return redirect("patients:medicines", patient.pk)


@only(Role.CLINICIAN, Role.NURSE)
@require_http_methods(["GET", "POST"])
def tried(request: HttpRequest, patient_id: int) -> HttpResponse:
    """List treatments that were tried; add one."""
    user = user_of(request)
    patient = (
        patient_to_write(user, patient_id)
        if request.method == "POST"
        else patient_for(user, patient_id)
    )
    actions.read(user, patient, "tried")
    form = TriedForm(request.POST if request.method == "POST" else None)
    if form.is_bound and form.is_valid():
        told = dict(form.cleaned_data)
        actions.add_tried(user, patient, told, told.pop("client_id"))
        return redirect("patients:tried", patient.pk)
    context = {
        "patient": patient,
        "form": form,
        "rows": patient.tried.select_related("written_by"),
        "may_write": may_write(user, patient),
    }
    return render(request, "patients/tried.html", context, status=422 if form.errors else 200)
