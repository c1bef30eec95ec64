"""What waits for an answer, in words of the clinic."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, time
from zoneinfo import ZoneInfo

from django.utils import timezone

from respite.clinic.contact.messages.models import Thread
from respite.clinic.contact.reminders.ladder import (
    Facts,
    Step,
    call_day,
    next_step,
    silence_from,
)
from respite.clinic.contact.reminders.queries import facts_of, reminders_after
from respite.clinic.patients.evaluation import today_of
from respite.clinic.patients.models import PatientRecord


@dataclass(frozen=True)
class Waiting:
    """The oldest message of a patient that nobody of the clinic has answered or settled.

    Attributes
    ----------
    message_id, sent_at
        Which, and when it was sent.
    answer_by
        By when the clinic promised an answer.
    """

    message_id: int
    sent_at: datetime
    answer_by: datetime


@dataclass(frozen=True)
class CallDue:
    """The last step of the ladder of reminders: a person calls.

    Attributes
    ----------
    since
        When the reminders before it had been sent without an entry.
    reminders_sent
        How many there were.
    """

    since: datetime
    reminders_sent: int


def waiting_of(patient: PatientRecord) -> Waiting | None:
    """Give the oldest message of a patient that waits; ``None`` where none does."""
    return waiting_in([patient]).get(patient.pk)


def waiting_in(patients: Iterable[PatientRecord]) -> dict[int, Waiting]:
    """Give the oldest message that waits, by the number of its patient, in one query.

    Parameters
    ----------
    patients
        Among whom is looked: a query of patients, or a few of them.
    """
    found = Thread.objects.filter(patient__in=patients).exclude(waiting=None)
    rows = found.values_list(
        "patient_id", "waiting_id", "waiting__sent_at", "waiting__answer_by"
    )  # fmt: skip
    return {patient_id: Waiting(*told) for patient_id, *told in rows}


def call_due(patient: PatientRecord) -> CallDue | None:
    """Say whether somebody should call, as reminders had no answer."""
    return calls_due([patient]).get(patient.pk)


def calls_due(patients: Iterable[PatientRecord], now: datetime | None = None) -> dict[int, CallDue]:
    """Say of many patients whether somebody should call, in a few queries for hundreds.

    Parameters
    ----------
    patients
        With clinic and user read before.
    now
        The moment for which is asked; this one, if left out.
    """
    moment = now or timezone.now()
    due: dict[int, tuple[PatientRecord, date, date]] = {}
    for patient, facts in facts_of(patients):
        today = moment.astimezone(ZoneInfo(patient.clinic.time_zone)).date()
        start, day = silence_from(facts), call_day(facts)
        is_due = next_step(facts, today) is Step.CALL
        if is_due and start is not None and day is not None:
            due[patient.pk] = (patient, start, day)
    sent = reminders_after(
        [patient for patient, _start, _day in due.values()],
        {key: start for key, (_patient, start, _day) in due.items()},
    )
    return {
        key: CallDue(
            datetime.combine(day, time(0), tzinfo=ZoneInfo(patient.clinic.time_zone)),
            sent.get(key, 0),
        )
        for key, (patient, _start, day) in due.items()
    }


def silence_of(patient: PatientRecord) -> date | None:
    """Give the last day before the silence that a call of today answers.

    It is ``None`` where the patient has not been silent for long enough that somebody should call.
    """
    facts = _facts(patient)
    day = call_day(facts)
    return silence_from(facts) if day is not None and today_of(patient) >= day else None


def is_quiet(patient: PatientRecord) -> bool:
    """Say whether reminders have stopped by themselves, as nothing was written for some days."""
    facts = _facts(patient)
    day = call_day(facts)
    return facts.can_mail and day is not None and today_of(patient) >= day


def _facts(patient: PatientRecord) -> Facts:
    ((_patient, facts),) = facts_of([patient])
    return facts
