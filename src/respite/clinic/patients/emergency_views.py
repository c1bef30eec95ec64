"""Pages of emergency access: to open one, and for administrators to look at each."""

from __future__ import annotations

from datetime import timedelta

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from respite.clinic.accounts.access import only, user_of
from respite.clinic.accounts.models import Role
from respite.clinic.audit.queries import count_of
from respite.clinic.patients import actions
from respite.clinic.patients.access import (
    clinics_elsewhere,
    emergencies_of,
    emergency_to_review,
    patient_elsewhere,
)
from respite.clinic.patients.forms import EmergencyForm
from respite.domain import translate as _

MOST_MISSES = 10
"""So many wrong numbers in an hour, and nobody may try more; ours."""


@only(Role.CLINICIAN, Role.NURSE)
@require_http_methods(["GET", "POST"])
def emergency(request: HttpRequest) -> HttpResponse:
    """Open the record of another clinic for some hours, with a reason that its clinic reads."""
    user = user_of(request)
    clinics = list(clinics_elsewhere(user))
    choices = [(one.pk, one.name) for one in clinics]
    form = EmergencyForm(choices, request.POST if request.method == "POST" else None)
    if form.is_bound and form.is_valid():
        told = form.cleaned_data
        since = timezone.now() - timedelta(hours=1)
        if count_of(user.pk, "emergency.missed", since) >= MOST_MISSES:
            form.add_error(None, _("Too many numbers were wrong. Try again in an hour."))
        else:
            patient = patient_elsewhere(user, told["clinic"], told["number"])
            if patient is not None:
                actions.break_glass(user, patient, told["reason"])
                return redirect("patients:overview", patient.pk)
            missed = next(one for one in clinics if one.pk == told["clinic"])
            actions.miss_emergency(user, missed)
            form.add_error("number", _("That clinic has no patient, or not one alone, with it."))
    context = {"form": form, "hours": actions.EMERGENCY_HOURS}
    return render(request, "patients/emergency.html", context, status=422 if form.errors else 200)


@only(Role.ADMINISTRATOR)
@require_safe
def emergencies(request: HttpRequest) -> HttpResponse:
    """List emergency accesses to the records of this clinic, those not looked at first."""
    user = user_of(request)
    actions.read_emergencies(user)
    every = list(emergencies_of(user))
    context = {
        "waiting": [one for one in every if one.reviewed_at is None],
        "reviewed": [one for one in every if one.reviewed_at is not None],
    }
    return render(request, "patients/emergencies.html", context)


@only(Role.ADMINISTRATOR)
@require_POST
def review(request: HttpRequest, access_id: int) -> HttpResponse:
    """Write down that an administrator looked at an emergency access."""
    user = user_of(request)
    actions.review_emergency(user, emergency_to_review(user, access_id))
    return redirect("patients:emergencies")
