"""Holds a patient's record while something is written beside it."""

from __future__ import annotations

from respite.clinic.patients.models import PatientRecord


def hold(patient_id: int) -> None:
    """Let nobody else write about a patient until the transaction ends.

    Only the row is held, and nothing of it is read: rows that point to it may be added meanwhile.

    Raises
    ------
    PatientRecord.DoesNotExist
        Where there is no such patient.
    """
    PatientRecord.objects.select_for_update(no_key=True).values_list("pk").get(pk=patient_id)
