"""The only writer of doses that are told of earlier."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from django.db import transaction

from respite.clinic.accounts.models import User
from respite.clinic.audit.actions import record
from respite.clinic.patients.holding import hold
from respite.clinic.patients.models import PatientRecord
from respite.clinic.treatments.models import DoseRecord

SAME = ("start", "drug", "amount", "unit", "route", "duration_min")
"""What two tellings of one dose share: a dose that was told before is not written again."""


def add_doses(
    by: User, patient: PatientRecord, told: Sequence[Mapping[str, Any]]
) -> list[DoseRecord]:
    """Write earlier doses down, all or none; those on record already are left as they are.

    Parameters
    ----------
    by, patient
        Who writes, and to whom the doses were given.
    told
        The doses, by field.

    Returns
    -------
    Those that were written now.
    """
    kept: list[DoseRecord] = []
    with transaction.atomic():
        # Those who write about one patient take turns, so that no dose is written twice.
        hold(patient.pk)
        for one in told:
            same = DoseRecord.objects.filter(
                patient=patient, is_withdrawn=False, **{name: one[name] for name in SAME}
            )
            if same.exists():
                continue
            dose = DoseRecord.objects.create(patient=patient, written_by=by, **one)
            record(by, "dose.added", dose, patient_id=patient.pk)
            kept.append(dose)
    return kept


def withdraw_dose(by: User, dose: DoseRecord) -> None:
    """Mark a dose as wrong: it stays on record, and counts no more."""
    with transaction.atomic():
        standing = DoseRecord.objects.filter(pk=dose.pk, is_withdrawn=False)
        if standing.update(is_withdrawn=True):
            record(by, "dose.withdrawn", dose, patient_id=dose.patient_id)
