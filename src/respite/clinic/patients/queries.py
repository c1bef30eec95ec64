"""Questions to the tables of patients, in words of the clinic."""

from __future__ import annotations

from datetime import date

from respite.clinic.patients.models import FactAnswer, PatientRecord
from respite.safety import Facts, read_facts


def latest_answers(patient: PatientRecord) -> dict[str, FactAnswer]:
    """Give the answer that counts for each fact that was asked: the latest, unless taken back."""
    latest = {one.fact: one for one in patient.answers.all()}
    return {fact: one for fact, one in latest.items() if one.told is not None}


def facts_told(patient: PatientRecord, on: date) -> Facts:
    """Give what was answered about a patient as facts for the rules of safety.

    Parameters
    ----------
    patient
        The patient.
    on
        The day on which is asked: dates that were told count back from it.
    """
    return read_facts({fact: one.told for fact, one in latest_answers(patient).items()}, on=on)
