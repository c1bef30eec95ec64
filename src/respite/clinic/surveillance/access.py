"""Who may see or change a result, and what was told to be done."""

from __future__ import annotations

from django.http import Http404

from respite.clinic.accounts.models import User
from respite.clinic.patients.access import patient_for, patient_to_write
from respite.clinic.surveillance.models import DoneElsewhere, LabResult


def result_for(user: User, result_id: int) -> LabResult:
    """Give one result to somebody who may read it.

    Raises
    ------
    Http404
        Where there is no such result, or none for this person.
    """
    found = LabResult.objects.filter(pk=result_id).select_related("written_by").first()
    if found is None:
        raise Http404
    found.patient = patient_for(user, found.patient_id)
    return found


def result_to_write(user: User, result_id: int) -> LabResult:
    """Give one result to somebody who may correct it.

    Raises
    ------
    Http404
        Where there is no such result, or none for this person.
    """
    found = result_for(user, result_id)
    found.patient = patient_to_write(user, found.patient_id)
    return found


def done_to_write(user: User, done_id: int) -> DoneElsewhere:
    """Give what was told to be done to somebody who may take it back.

    Raises
    ------
    Http404
        Where there is no such row, or none for this person.
    """
    found = DoneElsewhere.objects.filter(pk=done_id).first()
    if found is None:
        raise Http404
    found.patient = patient_to_write(user, found.patient_id)
    return found
