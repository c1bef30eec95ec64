"""What patients may do with their own record: take it, see who looked at it, decide on research."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods

from respite.clinic.accounts.access import only, user_of
from respite.clinic.accounts.models import Role
from respite.clinic.audit.queries import events_of_patient
from respite.clinic.numbers.actions import tell_consent
from respite.clinic.numbers.export_views import consent_told, proved, sent
from respite.clinic.numbers.forms import ConsentForm, ExportForm
from respite.clinic.numbers.queries import exports_with
from respite.clinic.patients.access import own_record
from respite.clinic.patients.actions import read
from respite.clinic.patients.models import PatientRecord
from respite.clinic.patients.trail import lines_of
from respite.domain import translate as _

LINES_ON_A_PAGE = 50


@only(Role.PATIENT)
@require_http_methods(["GET", "POST"])
def my_data(request: HttpRequest) -> HttpResponse:
    """Show patients what they may do with their record, and who looked at it."""
    patient = own_record(user_of(request))
    asked = request.POST.get("do", "")
    if request.method == "POST" and asked == "consent":
        return _consent(request, patient)
    form = ExportForm()
    if request.method == "POST":
        form = proved(request)
        if form.is_valid():
            return sent(request, patient)
    return _page(request, patient, form, status=422 if form.is_bound else 200)


def _consent(request: HttpRequest, patient: PatientRecord) -> HttpResponse:
    form = ConsentForm(request.POST)
    if not form.is_valid():
        return _page(request, patient, ExportForm(), status=422)
    told = form.cleaned_data
    kept = tell_consent(
        user_of(request), patient, is_given=told["agrees"], client_id=told["client_id"]
    )
    if kept is not None:
        agreed = _("Thank you. You agreed to research.")
        messages.success(
            request, agreed if kept.is_given else _("You no longer agree to research.")
        )
    return redirect("numbers:my_data")


def _page(
    request: HttpRequest, patient: PatientRecord, form: ExportForm, status: int
) -> HttpResponse:
    read(user_of(request), patient, "my data")
    trail = Paginator(events_of_patient(patient.pk), LINES_ON_A_PAGE)
    page = trail.get_page(request.GET.get("page"))
    shown: dict[str, Any] = {
        "patient": patient,
        "form": form,
        "page": page,
        "lines": lines_of(page.object_list),
        "exports": exports_with(patient),
        **consent_told(patient),
    }
    return render(request, "numbers/my_data.html", shown, status=status)
