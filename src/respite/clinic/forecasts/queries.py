"""Questions to the tables of forecasts, in words of the clinic."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from respite.clinic.forecasts.models import Asking, ForecastRecord, Release
from respite.clinic.patients.models import PatientRecord

MOST_SCORED = 60
"""Past forecasts that are held against a diary; two months of days. Ours."""


def latest_forecast(patient: PatientRecord) -> ForecastRecord | None:
    """Give the forecast that was worked out last; refusals of the library are none."""
    return patient.forecasts.filter(refusal={}).order_by("-pk").first()


def latest_record(patient: PatientRecord) -> ForecastRecord | None:
    """Give what was worked out last, a refusal included; its long parts are read when needed."""
    return patient.forecasts.only("patient", "digest", "refusal").order_by("-pk").first()


def released_forecast(patient: PatientRecord) -> ForecastRecord | None:
    """Give the forecast that a clinician showed to the patient last, unless it was taken back."""
    said = last_release(patient)
    return None if said is None or said.is_withdrawal else said.forecast


def last_release(patient: PatientRecord) -> Release | None:
    """Give what a clinician last said about showing a forecast, a taking back included."""
    return Release.objects.filter(forecast__patient=patient).order_by("-pk").first()


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


def owed_count() -> int:
    """Count the patients who are owed a forecast."""
    return Asking.objects.count()


def owed_since() -> datetime | None:
    """Give since when a forecast has been owed for longest; those that failed are left out."""
    owed = Asking.objects.filter(failures=0).order_by("since")
    return owed.values_list("since", flat=True).first()
