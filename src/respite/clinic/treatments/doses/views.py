"""Pages of earlier doses: the list, the grid, and a block that is pasted."""

from __future__ import annotations

import zoneinfo

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_POST

from respite.clinic.accounts.access import only, user_of
from respite.clinic.accounts.models import Role
from respite.clinic.patients.access import may_write, patient_for, patient_to_write
from respite.clinic.patients.actions import read
from respite.clinic.treatments.doses.access import dose_to_write
from respite.clinic.treatments.doses.actions import add_doses, withdraw_dose
from respite.clinic.treatments.doses.forms import Grid, PasteForm, sent_rows
from respite.clinic.treatments.doses.queries import doses_of
from respite.clinic.treatments.doses.table import MOST_ROWS, rows_of
from respite.domain import Drug, Route, translate_plural
from respite.domain import translate as _

UNITS = ("mg", "mg/kg", "ug", "ug/kg", "g")


@only(Role.CLINICIAN, Role.NURSE)
@require_http_methods(["GET", "POST"])
def doses(request: HttpRequest, patient_id: int) -> HttpResponse:
    """Show doses on record, and take earlier ones: typed into a grid, or pasted into it."""
    user = user_of(request)
    is_sent = request.method == "POST"
    patient = patient_to_write(user, patient_id) if is_sent else patient_for(user, patient_id)
    read(user, patient, "doses")
    zone = zoneinfo.ZoneInfo(patient.clinic.time_zone)
    is_pasted = is_sent and "block" in request.POST
    paste = PasteForm(request.POST if is_pasted else None)
    grid, status = Grid([], zone), 200
    is_refused = False
    if is_pasted and paste.is_valid():
        grid = Grid(rows_of(paste.cleaned_data["block"]), zone)
        grid.is_right()
        if not grid.filled:
            paste.add_error("block", _("No row was found in this."))
    elif is_sent and not is_pasted:
        grid = Grid(sent_rows(request.POST), zone)
        if grid.is_right():
            kept = add_doses(user, patient, grid.told)
            messages.success(request, _said(len(kept), len(grid.told) - len(kept)))
            return redirect("treatments:doses", patient.pk)
        is_refused = True
    if is_refused or paste.errors:
        status = 422
    context = {
        "patient": patient,
        "doses": doses_of(patient),
        "grid": grid,
        "paste": paste,
        "is_pasted": is_pasted and bool(grid.filled),
        "is_refused": is_refused,
        "drugs": [one.value for one in Drug],
        "units": UNITS,
        "routes": [one.value for one in Route],
        "most": MOST_ROWS,
        "may_write": may_write(user, patient),
    }
    return render(request, "treatments/doses.html", context, status=status)


def _said(kept: int, known: int) -> str:
    words = translate_plural("{count} dose written.", "{count} doses written.", kept).format(
        count=kept
    )
    if not known:
        return words
    return _("{words} {count} stood on record already.").format(words=words, count=known)


@only(Role.CLINICIAN, Role.NURSE)
@require_POST
def withdraw(request: HttpRequest, dose_id: int) -> HttpResponse:
    """Mark a dose as wrong: it stays on record, and counts no more."""
    user = user_of(request)
    dose = dose_to_write(user, dose_id)
    withdraw_dose(user, dose)
    messages.success(request, _("The dose was withdrawn. It stays on record, and counts no more."))
    return redirect("treatments:doses", dose.patient_id)
