"""What the worker does: one forecast at a time."""

from __future__ import annotations

from django_tasks import task


@task()
def forecast_anew(patient_id: int) -> None:
    """Work out the forecast of a patient, where anything it is made from has changed."""
    from respite.clinic.forecasts.actions import forecast_now

    forecast_now(patient_id)
