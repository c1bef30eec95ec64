"""Messages and reminders of the demo: some answered, some waiting, one late."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from django.utils import timezone

from respite.clinic.accounts.models import User
from respite.clinic.audit.actions import Program, record
from respite.clinic.contact.models import (
    Answered,
    CallRecord,
    Mail,
    MailKind,
    MailState,
    Message,
    Outcome,
    Reach,
    Reading,
    Thread,
)
from respite.clinic.contact.queries import call_due, silence_of
from respite.clinic.contact.reminders.hours import at_hour, next_hour
from respite.clinic.patients.models import PatientRecord


@dataclass(frozen=True)
class Said:
    """One message: how many days ago, at which hour, from whom, and what."""

    days_ago: int
    hour: int
    by_patient: bool
    text: str


THREADS: tuple[tuple[Said, ...], ...] = (
    (
        Said(4, 10, True, "May I drive on the day after an infusion? My sister could take me."),
        Said(4, 15, False, "Please do not drive until the next morning, after a night's sleep.\n"
                        "It is good that your sister can come."),
        Said(4, 17, True, "Thank you, then we will do it like that."),
    ),
    (
        Said(1, 16, True, "My pharmacy gave me another brand of duloxetine. Does that matter for"
                      " Thursday?"),
    ),
    (
        Said(3, 19, True, "The second week was much better. I slept through for the first time\n"
                       "in months. Should I go on writing every day?"),
    ),
    (
        Said(1, 11, False, "Your blood test is due before the next visit. Any morning is fine."),
    ),
    (
        Said(8, 20, True, "I felt sick for two hours after the last session."),
        Said(7, 9, False, "Thank you for telling us. We will give you something against it before"
                         " the next one."),
        Said(1, 18, True, "It is planned for 9:00, is it? Can I come half an hour earlier?"),
    ),
)  # fmt: skip
"""Each thread in turn goes to one patient; the third has waited longer than was promised."""

SETTLED = 0
"""The thread whose last message needed no answer."""


def tell_contacts(staff: Sequence[User], patients: Sequence[PatientRecord]) -> None:
    """Give some patients messages, an address, reminders and calls.

    Parameters
    ----------
    staff
        The clinician, and two nurses.
    patients
        Those who can sign in and keep a diary.
    """
    _doctor, nurse, other = staff[:3]
    for place, (patient, lines) in enumerate(zip(patients, THREADS, strict=False)):
        _thread(patient, lines, nurse, is_settled=place == SETTLED)
    for place, patient in enumerate(patients):
        if place % 3 != 1:
            _reach(patient, place)
    silent = [one for one in patients if call_due(one) is not None]
    for patient in silent[1:2]:
        made = CallRecord.objects.create(
            patient=patient, outcome=Outcome.MISSED, silence_from=silence_of(patient),
            again_on=timezone.localdate() + timedelta(days=1), by=other, at=timezone.now(),
        )  # fmt: skip
        record(other, "call.made", made, patient_id=patient.pk, note={"outcome": "missed"})


def _thread(
    patient: PatientRecord, lines: Sequence[Said], nurse: User, *, is_settled: bool
) -> None:
    now, promise = timezone.now(), timedelta(hours=patient.clinic.reply_hours)
    clock = ZoneInfo(patient.clinic.time_zone)
    today = now.astimezone(clock).date()
    thread = Thread(patient=patient)
    waiting: list[Message] = []
    for said in lines:
        sent_at = at_hour(today - timedelta(days=said.days_ago), said.hour, clock)
        made = Message.objects.create(
            patient=patient, author=patient.user if said.by_patient else nurse, text=said.text,
            is_from_patient=said.by_patient, sent_at=sent_at,
            answer_by=sent_at + promise if said.by_patient else None,
        )  # fmt: skip
        record(made.author, "message.sent", made, patient_id=patient.pk)
        if said.by_patient:
            waiting.append(made)
        elif waiting:
            _end(waiting, nurse, sent_at, made)
        else:
            thread.unread += 1
    if waiting and is_settled:
        _end(waiting, nurse, at_hour(today - timedelta(days=3), 9, clock), None)
    elif waiting and waiting[0].answer_by and waiting[0].answer_by < now:
        _read(waiting[0], nurse, at_hour(today - timedelta(days=2), 9, clock))
    thread.waiting = waiting[0] if waiting else None
    thread.save()


def _end(waiting: list[Message], nurse: User, moment: datetime, reply: Message | None) -> None:
    last = waiting[-1]
    for one in waiting:
        _read(one, nurse, moment - timedelta(minutes=5))
    Answered.objects.create(
        patient=last.patient, up_to=last, reply=reply, by=nurse, at=moment
    )  # fmt: skip
    if reply is not None:
        _read(reply, last.author, moment + timedelta(hours=1))
    record(
        nurse, "message.answered" if reply else "message.settled", last, patient_id=last.patient_id
    )  # fmt: skip
    waiting.clear()


def _read(message: Message, reader: User, moment: datetime) -> None:
    Reading.objects.create(message=message, reader=reader, read_at=moment)


def _reach(patient: PatientRecord, place: int) -> None:
    """Give an address that is nobody's, and reminders that went out on days without an entry."""
    now, zone = timezone.now(), patient.clinic.time_zone
    today = now.astimezone(ZoneInfo(zone)).date()
    hour = 19 + place % 3
    reach = Reach.objects.create(
        patient=patient, email=f"patient{patient.number}@demo.invalid", confirmed_at=now,
        wants_messages=place % 2 == 0, hour=hour, began=today - timedelta(days=30),
        next_at=next_hour(hour, zone, now),
        paused_until=today + timedelta(days=4) if place % 10 == 3 else None,
    )  # fmt: skip
    record(Program(), "address.confirmed", reach, patient_id=patient.pk)
    written = set(patient.entries.values_list("day", flat=True))
    last = max((day for day in written if day < today), default=today - timedelta(days=30))
    days = [last + timedelta(days=n) for n in range(1, patient.clinic.silent_days + 2)]
    clock = ZoneInfo(zone)
    Mail.objects.bulk_create(
        Mail(
            patient=patient, day=day, state=MailState.SENT, tries=1, made_at=moment,
            kind=MailKind.AGAIN if day == days[-1] else MailKind.REMINDER, next_at=moment,
            until=moment + timedelta(hours=3), done_at=moment,
        )
        for day in days
        for moment in [at_hour(day, hour, clock)]
        if day < today and reach.paused_until is None
    )  # fmt: skip
