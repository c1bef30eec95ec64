"""What came after treatment in the demo: unwanted effects, and a letter to a GP."""

from __future__ import annotations

import uuid
from collections.abc import Sequence
from datetime import date, time, timedelta
from typing import Any

from django.utils import timezone

from respite.clinic.accounts.models import User
from respite.clinic.events import actions as events
from respite.clinic.letters import actions as letters
from respite.clinic.letters.writing import proposed_visit
from respite.clinic.patients.models import PatientRecord
from respite.domain import translate as _

RELIEVED, FADING, MAINTAINED, STOPPED = 4, 5, 6, 7
"""Whose turn it is: the fifth patient who is invented is relieved, and so on."""


def tell_what_came_after(
    doctor: User, nurse: User, patients: Sequence[PatientRecord], password: str
) -> None:
    """Record three unwanted effects, and sign one letter, where there are patients enough.

    Parameters
    ----------
    doctor, nurse
        Who writes.
    patients
        Those who were invented, in turn.
    password
        The password of everybody in the demo.
    """
    if len(patients) <= STOPPED:
        return
    _serious(doctor, nurse, patients[MAINTAINED])
    _assessed(doctor, patients[FADING])
    _reported_by_patient(patients[STOPPED])
    _letter(doctor, patients[RELIEVED], password)


def _serious(doctor: User, nurse: User, patient: PatientRecord) -> None:
    dose = patient.doses.order_by("-start").first()
    event = events.begin(
        nurse,
        patient,
        {
            "words": _(
                "Two days of pain on passing urine, then blood in it. Taken into hospital for a"
                " night. The urine grew nothing. Better after four days."
            ),
            "terms": ["bladder", "blood_in_urine"],
            "began": _day_after(dose, 1),
            "is_ongoing": False,
            "ended": _day_after(dose, 5),
            "severity": "severe",
            "dose": dose,
            "session": None if dose is None else dose.session,
            "reporter": "patient",
        },
        client_id=uuid.uuid4(),
    )
    told: dict[str, Any] = {
        "is_serious": True,
        "criteria": ["hospital"],
        "action_taken": "stopped",
        "outcome": "recovering",
        "dechallenge": "better",
        "rechallenge": "not_done",
        "causality": "probable",
        "causality_why": _("Sterile urine, the time fits, and no stone was seen."),
    }
    events.change(doctor, event, told, number=1, client_id=uuid.uuid4(), why=_("Assessed."))


def _assessed(doctor: User, patient: PatientRecord) -> None:
    dose = patient.doses.order_by("start").first()
    began = _day_after(dose, 0)
    events.begin(
        doctor,
        patient,
        {
            "words": _("Felt sick for an hour after the first infusion, vomited once."),
            "terms": ["nausea", "vomiting"],
            "began": began,
            "began_time": time(9, 50),
            "ended": began,
            "is_ongoing": False,
            "is_serious": False,
            "severity": "moderate",
            "action_taken": "unchanged",
            "outcome": "recovered",
            "dechallenge": "not_done",
            "rechallenge": "did_not",
            "dose": dose,
            "session": None if dose is None else dose.session,
            "reporter": "staff",
            "causality": "probable",
            "causality_why": _("Known of ketamine, and within the hour."),
        },
        client_id=uuid.uuid4(),
    )


def _reported_by_patient(patient: PatientRecord) -> None:
    if patient.user is None:
        return
    events.begin(
        patient.user,
        patient,
        {
            "words": _("I keep forgetting names since the last course."),
            "terms": ["confusion"],
            "told": {"effects": ["muddled"], "bladder": {}, "care": "doctor"},
            "began": timezone.localdate() - timedelta(days=9),
            "is_ongoing": True,
            "reporter": "patient",
        },
        client_id=uuid.uuid4(),
    )


def _letter(doctor: User, patient: PatientRecord, password: str) -> None:
    told: dict[str, Any] = {
        "to_name": _("Dr Marit Vos"),
        "to_practice": _("Practice at the Canal"),
        "to_address": _("4 Quay Street"),
        "next_visit": proposed_visit(patient, timezone.localdate()),
        "remarks": _("Thank you for sending this patient to us."),
        "left_out": [],
    }
    draft = letters.draft(doctor, patient, told, uuid.uuid4())
    letters.sign(doctor, draft, version=draft.version, password=password, meaning="sent")
    letters.release(doctor, draft)


def _day_after(dose: Any, days: int) -> date:
    """Give a day some days after a dose, or the latest that has come."""
    today = timezone.localdate()
    start = today if dose is None else timezone.localdate(dose.start)
    return min(start + timedelta(days=days), today)
