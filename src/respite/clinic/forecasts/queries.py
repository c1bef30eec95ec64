"""Questions to the tables of forecasts, in words of the clinic."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db.models import F, QuerySet

from respite.clinic.forecasts.models import Asking, ForecastRecord, Release
from respite.clinic.patients.models import PatientRecord

MOST_SCORED = 60
"""Past forecasts that are held against a diary; two months of days. Ours."""


LONG = ("inputs", "answer", "words", "line")
"""Parts of a forecast that are read only where they are needed."""


@dataclass(frozen=True)
class Earlier:
    """What is held of an earlier forecast against a later one.

    Attributes
    ----------
    made_at
        When it was worked out.
    inputs
        What it was made from.
    returns
        What it said of the return of pain.
    """

    made_at: datetime
    inputs: dict[str, Any]
    returns: dict[str, Any]


def latest_forecast(patient: PatientRecord) -> ForecastRecord | None:
    """Give the forecast that was worked out last; refusals of the library are none."""
    return _shown(patient.forecasts.filter(refusal={})).order_by("-pk").first()


def latest_record(patient: PatientRecord) -> ForecastRecord | None:
    """Give what was worked out last, a refusal included; its long parts are read when needed."""
    return patient.forecasts.only("patient", "digest", "refusal").order_by("-pk").first()


def released_forecast(patient: PatientRecord) -> ForecastRecord | None:
    """Give the forecast that a clinician showed to the patient last, unless it was taken back.

    Its long parts are read when needed.
    """
    said = last_release(patient)
    return None if said is None or said.is_withdrawal else said.forecast


def forecast_for_patient(patient: PatientRecord) -> ForecastRecord | None:
    """Give the forecast that a patient sees, with all that is shown of it."""
    released = released_forecast(patient)
    return None if released is None else _shown(patient.forecasts.all()).get(pk=released.pk)


def last_release(patient: PatientRecord) -> Release | None:
    """Give what a clinician last said about showing a forecast, a taking back included."""
    said = Release.objects.filter(forecast__patient=patient).select_related("forecast")
    return said.defer(*(f"forecast__{one}" for one in LONG)).order_by("-pk").first()


def forecast_before(forecast: ForecastRecord) -> Earlier | None:
    """Give the forecast of the same patient that was worked out before this one."""
    earlier = ForecastRecord.objects.filter(
        patient_id=forecast.patient_id, refusal={}, pk__lt=forecast.pk
    ).order_by("-pk")
    found = earlier.values_list("made_at", "inputs", "answer__time_to_pain_return").first()
    return None if found is None else Earlier(*found)


def past_lines(patient: PatientRecord) -> list[dict[str, Any]]:
    """Give what a score needs of the latest forecasts, the earliest first."""
    latest = patient.forecasts.filter(refusal={}).order_by("-pk").values_list("line", "digest")
    return [{**line, "digest": digest} for line, digest in reversed(latest[:MOST_SCORED])]


def owed_count() -> int:
    """Count the patients who are owed a forecast."""
    return Asking.objects.count()


def owed_since() -> datetime | None:
    """Give since when a forecast has been owed for longest; those that failed are left out."""
    owed = Asking.objects.filter(failures=0).order_by("since")
    return owed.values_list("since", flat=True).first()


def _shown(forecasts: QuerySet[ForecastRecord]) -> QuerySet[ForecastRecord]:
    """Read what pages show: of what a later score needs, only the days of the doses."""
    return forecasts.defer("line").annotate(dose_days=F("line__dose_days"))
