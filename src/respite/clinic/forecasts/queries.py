"""Questions to the tables of forecasts, in words of the clinic."""

from __future__ import annotations

from respite.clinic.forecasts.models import ForecastRecord, Release
from respite.clinic.patients.models import PatientRecord


def latest_forecast(patient: PatientRecord) -> ForecastRecord | None:
    """Give the forecast that was worked out last; refusals of the library are none."""
    return patient.forecasts.filter(refusal={}).order_by("-pk").first()


def latest_record(patient: PatientRecord) -> ForecastRecord | None:
    """Give what was worked out last, a refusal included."""
    return patient.forecasts.order_by("-pk").first()


def released_forecast(patient: PatientRecord) -> ForecastRecord | None:
    """Give the forecast that a clinician showed to the patient last, unless it was taken back."""
    said = Release.objects.filter(forecast__patient=patient).order_by("-pk").first()
    return None if said is None or said.is_withdrawal else said.forecast
