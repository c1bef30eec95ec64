"""Pages of patients: the list, one record, its trail, and the link that invites."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import segno
from django.contrib import messages
from django.core.paginator import Paginator
from django.db.models import QuerySet, prefetch_related_objects
from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_safe

from respite.clinic.accounts.access import only, user_of
from respite.clinic.accounts.actions import INVITATION_HOURS
from respite.clinic.accounts.models import Role, User
from respite.clinic.audit.queries import events_of_patient
from respite.clinic.pages import conflict
from respite.clinic.patients import actions
from respite.clinic.patients.access import (
    may_write,
    number_is_taken,
    patient_for,
    patient_to_write,
    patients_of,
)
from respite.clinic.patients.evaluation import evaluate, today_of
from respite.clinic.patients.forms import OnceField, PatientForm, SearchForm, labelled
from respite.clinic.patients.models import PatientRecord
from respite.clinic.patients.overview import overview_of
from respite.clinic.patients.queries import listed_of, named_like, with_course
from respite.clinic.patients.trail import lines_of
from respite.domain import translate as _

ON_A_PAGE = 50


@only(Role.CLINICIAN, Role.NURSE)
@require_http_methods(["GET", "POST"])
def patient_list(request: HttpRequest) -> HttpResponse:
    """List patients by name; a search is sent, so that no name stands in an address."""
    form = SearchForm(request.POST if request.method == "POST" else None)
    is_search = form.is_bound and form.is_valid()
    words = form.cleaned_data["words"] if is_search else ""
    found = named_like(with_course(patients_of(user_of(request))), words)
    page = _page_of(found, "1" if is_search else request.GET.get("page"))
    context = {
        "form": form,
        "page": page,
        "rows": list(listed_of(page.object_list)),
        "words": words,
        "more": page.paginator.count - len(page.object_list) if is_search else 0,
    }
    status = 422 if form.is_bound and not is_search else 200
    return render(request, "patients/list.html", context, status=status)


def _page_of(rows: QuerySet[Any], number: str | None) -> Any:
    return Paginator(rows, ON_A_PAGE).get_page(number)


@only(Role.CLINICIAN, Role.NURSE)
@require_http_methods(["GET", "POST"])
def new_patient(request: HttpRequest) -> HttpResponse:
    """Add a patient; a form that is sent twice is kept once."""
    user = user_of(request)
    today = timezone.localdate()
    once = OnceField()
    data = request.POST if request.method == "POST" else None
    form = PatientForm(today, lambda number: _is_taken(user, number, data), data)
    form.fields["client_id"] = once
    if data is not None and form.is_valid():
        told = dict(form.cleaned_data)
        patient = actions.add_patient(user, told, told.pop("client_id"))
        return redirect("patients:overview", patient.pk)
    context = {"form": form}
    return render(request, "patients/new.html", context, status=422 if form.errors else 200)


def _is_taken(user: User, number: str, data: QueryDict | None) -> bool:
    """Say whether a number is taken, other than by what this very form made before."""
    sent = None if data is None else data.get("client_id")
    made = next((one for one in patients_of(user).filter(number=number)), None)
    if made is not None and str(made.client_id) == sent:
        return False
    return number_is_taken(user, number)


@only(Role.CLINICIAN, Role.NURSE)
@require_safe
def overview(request: HttpRequest, patient_id: int) -> HttpResponse:
    """Show all that is known of a patient on one page, with what stands against treatment."""
    user = user_of(request)
    patient = patient_for(user, patient_id)
    actions.read(user, patient, "overview")
    prefetch_related_objects([patient], "medicines")  # the rules and the page both ask for them
    context = overview_of(patient, evaluate(patient), today_of(patient))
    context |= {"patient": patient, "may_write": may_write(user, patient)}
    return render(request, "patients/overview.html", context)


@only(Role.CLINICIAN, Role.NURSE)
@require_http_methods(["GET", "POST"])
def edit_patient(request: HttpRequest, patient_id: int) -> HttpResponse:
    """Change what stands in the record; what somebody else wrote meanwhile is not overwritten."""
    user = user_of(request)
    patient = patient_to_write(user, patient_id)
    actions.read(user, patient, "edit")
    data = request.POST if request.method == "POST" else None
    form = PatientForm(
        today_of(patient),
        lambda number: number_is_taken(user, number, patient.pk),
        data,
        initial=_values(patient),
    )
    version = patient.version
    if data is not None:
        version = _whole(data.get("version", ""))
        if form.is_valid():
            try:
                actions.change_patient(user, patient, form.cleaned_data, version)
            except actions.Stale as stale:
                now = _values(stale.now)
                return conflict(request, labelled(form, form.cleaned_data), labelled(form, now))
            messages.success(request, _("The record was changed."))
            return redirect("patients:overview", patient.pk)
    context = {"form": form, "patient": patient, "version": version}
    return render(request, "patients/edit.html", context, status=422 if form.errors else 200)


def _values(patient: PatientRecord) -> dict[str, Any]:
    names = PatientForm(timezone.localdate(), lambda _number: False).fields
    return {name: getattr(patient, name) for name in names}


def _whole(text: str) -> int:
    """Give a version that was sent; one that is none is older than any."""
    return int(text) if text.isascii() and text.isdigit() and len(text) < 10 else 0


@only(Role.CLINICIAN, Role.NURSE)
@require_http_methods(["GET", "POST"])
def invite(request: HttpRequest, patient_id: int) -> HttpResponse:
    """Make the link by which a patient gets an account; it is shown once, and nowhere kept."""
    user = user_of(request)
    patient = patient_to_write(user, patient_id)
    actions.read(user, patient, "invite")
    context: dict[str, Any] = {"patient": patient, "hours": INVITATION_HOURS}
    if request.method == "POST" and patient.user_id is None:
        secret = actions.invite_patient(user, patient)
        link = request.build_absolute_uri(reverse("join", args=[secret]))
        context |= {
            "link": link,
            "picture": segno.make(link, error="m").svg_data_uri(scale=6, light="#fff"),
            "expires": timezone.now() + timedelta(hours=INVITATION_HOURS),
        }
    return render(request, "patients/invite.html", context)


@only(Role.CLINICIAN, Role.NURSE)
@require_safe
def trail(request: HttpRequest, patient_id: int) -> HttpResponse:
    """Show who did what with a record, and when, the latest first."""
    user = user_of(request)
    patient = patient_for(user, patient_id)
    actions.read(user, patient, "trail")
    page = _page_of(events_of_patient(patient.pk), request.GET.get("page"))
    context = {
        "patient": patient,
        "page": page,
        "lines": lines_of(page.object_list),
        "may_write": may_write(user, patient),
    }
    return render(request, "patients/trail.html", context)
