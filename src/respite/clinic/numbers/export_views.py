"""Pages by which records leave the clinic: one patient, all of them, or for research."""

from __future__ import annotations

from typing import Any, cast

from django.contrib import messages
from django.http import FileResponse, HttpRequest, HttpResponse, StreamingHttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_safe

from respite.clinic.accounts.access import only, user_of
from respite.clinic.accounts.models import Role
from respite.clinic.numbers.access import TAKE_ANY, TAKE_RESEARCH
from respite.clinic.numbers.actions import NotProved, prove, tell_consent
from respite.clinic.numbers.export_actions import (
    LinkNotUsable,
    ask_export,
    export_of,
    export_patient,
    fetch,
)
from respite.clinic.numbers.forms import ConsentForm, ExportForm, new_consent
from respite.clinic.numbers.models import ExportKind, ExportState
from respite.clinic.numbers.queries import agrees, consents_of, exports_of, who_agree
from respite.clinic.numbers.queries_streamed import patients_of_clinic
from respite.clinic.numbers.research import LEAST
from respite.clinic.numbers.views import MOST_LOOKS
from respite.clinic.patients.access import patient_to_write
from respite.clinic.patients.actions import read
from respite.clinic.patients.models import PatientRecord
from respite.domain import translate as _

ZIP = "application/zip"


@only(Role.CLINICIAN)
@require_http_methods(["GET", "POST"])
def one_patient(request: HttpRequest, patient_id: int) -> HttpResponse:
    """Hand out everything about one patient."""
    user = user_of(request)
    patient = patient_to_write(user, patient_id)
    read(user, patient, "export")
    form = proved(request)
    if form.is_bound and form.is_valid():
        return sent(request, patient)
    page = {"patient": patient, "form": form}
    return render(
        request, "numbers/export_patient.html", page, status=422 if form.is_bound else 200
    )


@only(Role.CLINICIAN, Role.NURSE)
@require_http_methods(["GET", "POST"])
def consent(request: HttpRequest, patient_id: int) -> HttpResponse:
    """Show what a patient said about research, and write down what the patient says now."""
    user = user_of(request)
    patient = patient_to_write(user, patient_id)
    read(user, patient, "consent to research")
    status = 200
    if request.method == "POST":
        form = ConsentForm(request.POST)
        if form.is_valid():
            told = form.cleaned_data
            kept = tell_consent(user, patient, is_given=told["agrees"], client_id=told["client_id"])
            if kept is not None:
                messages.success(request, _("It is written down."))
            return redirect("numbers:consent", patient.pk)
        status = 422
    page = {"patient": patient, "may_export": user.role == Role.CLINICIAN, **consent_told(patient)}
    return render(request, "numbers/consent.html", page, status=status)


@only(Role.ADMINISTRATOR)
@require_http_methods(["GET", "POST"])
def whole_clinic(request: HttpRequest) -> HttpResponse:
    """Have everything about every patient written into a file."""
    clinic = user_of(request).clinic
    page = {"patients": patients_of_clinic(clinic).count()}
    return _asked(request, ExportKind.CLINIC, "numbers/export_clinic.html", page)


@only(*TAKE_RESEARCH)
@require_http_methods(["GET", "POST"])
def research(request: HttpRequest) -> HttpResponse:
    """Have the records of those who agree written into a file, without names."""
    clinic = user_of(request).clinic
    every, agree = patients_of_clinic(clinic).count(), who_agree(clinic).count()
    shown = {
        "least": LEAST,
        "agree": agree if agree >= LEAST else None,
        "left_out": every - agree if every - agree >= LEAST or every == agree else None,
    }
    return _asked(request, ExportKind.RESEARCH, "numbers/research.html", shown)


@only(*TAKE_ANY)
@require_http_methods(["GET", "POST"])
def file(request: HttpRequest, secret: str, looks: int = 0) -> HttpResponse:
    """Say how far an export has come; hand it out once, to whoever asked for it."""
    user = user_of(request)
    try:
        if request.method == "POST":
            found, blocks = fetch(user, secret)
            name = f"respite-{found.kind}-{timezone.localdate():%Y-%m-%d}.zip"
            response = StreamingHttpResponse(blocks, content_type=ZIP)
            response["Content-Length"] = str(found.size)
            response["Content-Disposition"] = f'attachment; filename="{name}"'
            return cast("HttpResponse", response)
        export = export_of(user, secret)
    except LinkNotUsable:
        return render(request, "numbers/link_over.html", status=410)
    page = _progress(export, secret, looks)
    return render(request, "numbers/export_file.html", page)


@only(*TAKE_ANY)
@require_safe
def file_state(request: HttpRequest, secret: str, looks: int) -> HttpResponse:
    """Say whether the file of an export is there; a page looks again until it is."""
    try:
        export = export_of(user_of(request), secret)
    except LinkNotUsable:
        return HttpResponse(status=410)
    page = _progress(export, secret, looks)
    if page["is_waiting"]:
        return render(request, "numbers/_export_waiting.html", page)
    return HttpResponse(headers={"HX-Redirect": reverse("numbers:file", args=[secret])})


def proved(request: HttpRequest) -> ExportForm:
    """Give the form with the password; an error stands at it where it is not the right one."""
    form = ExportForm(request.POST if request.method == "POST" else None)
    if form.is_bound and form.is_valid():
        try:
            prove(user_of(request), form.cleaned_data["password"])
        except NotProved as refusal:
            form.add_error("password", str(refusal))
    return form


def sent(request: HttpRequest, patient: PatientRecord) -> HttpResponse:
    """Send everything about a patient as a file; no name of a patient is in its name."""
    taken = export_patient(user_of(request), patient)
    name = f"respite-record-{timezone.localdate():%Y-%m-%d}.zip"
    answer = FileResponse(taken, as_attachment=True, filename=name, content_type=ZIP)
    return cast("HttpResponse", answer)


def consent_told(patient: PatientRecord) -> dict[str, Any]:
    """Give what a page shows of the consent of a patient."""
    is_agreed = agrees(patient)
    return {
        "is_agreed": is_agreed,
        "consents": list(consents_of(patient)),
        "consent_form": new_consent(agrees=not is_agreed),
    }


def _asked(
    request: HttpRequest, kind: ExportKind, template: str, shown: dict[str, Any]
) -> HttpResponse:
    user, form = user_of(request), proved(request)
    if form.is_bound and form.is_valid():
        return redirect("numbers:file", ask_export(user, kind))
    page = {"form": form, "exports": exports_of(user.clinic, kind), **shown}
    return render(request, template, page, status=422 if form.is_bound else 200)


def _progress(export: Any, secret: str, looks: int) -> dict[str, Any]:
    return {
        "export": export,
        "secret": secret,
        "is_waiting": export.state == ExportState.ASKED,
        "is_ready": export.state == ExportState.READY,
        "looks": looks + 1,
        "has_given_up": looks >= MOST_LOOKS,
    }
