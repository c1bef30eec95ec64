"""Questions to the tables of forecasts, in words of the clinic."""

from __future__ import annotations

from typing import Any

from respite.clinic.forecasts.models import ForecastRecord, Release
from respite.clinic.patients.models import PatientRecord

MOST_SCORED = 60
"""Past forecasts that are held against a diary; two months of days. Ours."""


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


def forecast_before(forecast: ForecastRecord) -> ForecastRecord | None:
    """Give the forecast of the same patient that was worked out before this one."""
    earlier = ForecastRecord.objects.filter(
        patient_id=forecast.patient_id, refusal={}, pk__lt=forecast.pk
    )
    return earlier.order_by("-pk").first()


def past_lines(patient: PatientRecord) -> list[dict[str, Any]]:
    """Give what a score needs of the latest forecasts, the earliest first."""
    latest = patient.forecasts.filter(refusal={}).order_by("-pk")[:MOST_SCORED]
    return [{**one.line, "digest": one.digest} for one in reversed(latest)]
