"""Who may see or withdraw a dose."""

from __future__ import annotations

from django.http import Http404

from respite.clinic.accounts.models import User
from respite.clinic.patients.access import patient_to_write
from respite.clinic.treatments.models import DoseRecord


def dose_to_write(user: User, dose_id: int) -> DoseRecord:
    """Give one dose to somebody who may withdraw it.

    Raises
    ------
    Http404
        Where there is no such dose, or none for this person.
    """
    found = DoseRecord.objects.filter(pk=dose_id).first()
    if found is None:
        raise Http404
    found.patient = patient_to_write(user, found.patient_id)
    return found
