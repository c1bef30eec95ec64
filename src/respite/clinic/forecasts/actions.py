"""The only writer of forecasts and of their release. Forecasts are added and never change."""

from __future__ import annotations

from django.db import transaction

from respite.clinic.accounts.models import User
from respite.clinic.audit.actions import Program, record
from respite.clinic.forecasts.inputs import Asked, asked_of, library_digest, now, seed_of
from respite.clinic.forecasts.models import ForecastRecord, Release
from respite.clinic.forecasts.queries import latest_record, past_lines, released_forecast
from respite.clinic.forecasts.working_out import Answered, work_out
from respite.clinic.patients.holding import hold
from respite.clinic.patients.models import PatientRecord
from respite.domain import VERSION


def forecast_now(patient_id: int) -> ForecastRecord | None:
    """Work out the forecast of a patient and keep it.

    Returns
    -------
    The new row; ``None`` where there is nothing to forecast, or it is known already. Where the
    same question was answered before the last one, its answer is kept anew and not worked out.
    """
    patient = _patient(patient_id)
    if patient is None:
        return None
    at = now()
    asked = asked_of(patient, at)
    if not _is_news(patient, asked):
        return None
    before = patient.forecasts.filter(digest=asked.digest).first()
    if before is not None:
        answered = Answered(before.answer, before.words, before.line, before.refusal)
    elif asked.question is None:
        answered = Answered({}, {}, {}, asked.refusal)
    else:
        answered = work_out(asked.question, past_lines(patient), at)
    return _keep(patient, asked, answered)


def release(by: User, forecast: ForecastRecord) -> Release | None:
    """Show a forecast to its patient; ``None`` where the patient sees it already."""
    return _say(by, forecast, is_withdrawal=False)


def withdraw(by: User, forecast: ForecastRecord) -> Release | None:
    """Take a forecast back; ``None`` where the patient does not see it."""
    return _say(by, forecast, is_withdrawal=True)


def _say(by: User, forecast: ForecastRecord, *, is_withdrawal: bool) -> Release | None:
    patient = forecast.patient
    with transaction.atomic():
        hold(patient.pk)
        is_seen = released_forecast(patient) == forecast
        if is_seen is not is_withdrawal or forecast.refusal:
            return None
        said = Release.objects.create(forecast=forecast, by=by, is_withdrawal=is_withdrawal)
        action = "forecast.withdrawn" if is_withdrawal else "forecast.released"
        record(by, action, forecast, patient_id=patient.pk)
    return said


def _keep(patient: PatientRecord, asked: Asked, answered: Answered) -> ForecastRecord | None:
    with transaction.atomic():
        hold(patient.pk)
        if not _is_news(patient, asked):
            return None  # another worker was quicker
        kept = ForecastRecord.objects.create(
            patient=patient, inputs=asked.inputs, digest=asked.digest, answer=answered.answer,
            words=answered.words, line=answered.line, refusal=answered.refusal,
            library_digest=library_digest(), made_with=VERSION, seed=seed_of(patient),
        )  # fmt: skip
        record(Program(), "forecast.made", kept, patient_id=patient.pk)
    return kept


def _is_news(patient: PatientRecord, asked: Asked) -> bool:
    latest = latest_record(patient)
    return not asked.is_empty and (latest is None or latest.digest != asked.digest)


def _patient(patient_id: int) -> PatientRecord | None:
    return PatientRecord.objects.select_related("clinic").filter(pk=patient_id).first()
