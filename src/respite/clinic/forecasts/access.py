"""Which forecasts somebody may release."""

from __future__ import annotations

from django.http import Http404

from respite.clinic.accounts.models import User
from respite.clinic.forecasts.models import ForecastRecord
from respite.clinic.patients.access import patient_to_write


def forecast_to_release(user: User, forecast_id: int) -> ForecastRecord:
    """Give a forecast to somebody who may show it to its patient: those who treat, at home.

    Raises
    ------
    Http404
        Where there is no such forecast, or none for this person: the two look the same.
    """
    found = ForecastRecord.objects.filter(pk=forecast_id).select_related("patient").first()
    if found is None:
        raise Http404
    patient_to_write(user, found.patient_id)
    return found
