"""The only writer of messages. Nothing that was sent is ever changed: a correction is a new one."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import timedelta
from uuid import UUID

from django.db import transaction
from django.http import Http404
from django.utils import timezone

from respite.clinic.accounts.models import User
from respite.clinic.audit.actions import record
from respite.clinic.contact.messages.models import Answered, Message, Reading, Thread
from respite.clinic.contact.reminders.notice_actions import notify
from respite.clinic.patients.holding import hold
from respite.clinic.patients.models import PatientRecord

MOST_AN_HOUR = 20
"""Messages of one patient that are taken within an hour; ours."""


class TooMany(Exception):
    """More messages of one patient within an hour than anybody can read; nothing was kept."""


def send(by: User, patient: PatientRecord, text: str, *, client_id: UUID) -> Message:
    """Keep a message of a patient, with the promise by when it is answered.

    The same one sent again is kept once, and answered like the first time.

    Raises
    ------
    TooMany
        Where the patient has sent too many within the last hour.
    Http404
        Where the number belongs to somebody else's message.
    """
    now = timezone.now()
    with transaction.atomic():
        thread = _taken(patient)
        kept = _kept_before(by, patient, client_id)
        if kept is not None:
            return kept
        lately = patient.messages.filter(is_from_patient=True, sent_at__gt=now - timedelta(hours=1))
        if lately.count() >= MOST_AN_HOUR:
            raise TooMany
        made = Message.objects.create(
            patient=patient, client_id=client_id, author=by, is_from_patient=True, text=text,
            sent_at=now, answer_by=now + timedelta(hours=patient.clinic.reply_hours),
        )  # fmt: skip
        if thread.waiting_id is None:
            thread.waiting = made
            thread.save(update_fields=("waiting",))
        record(by, "message.sent", made, patient_id=patient.pk)
    return made


def reply(by: User, patient: PatientRecord, text: str, *, client_id: UUID, seen: int) -> Message:
    """Keep a message of the clinic; it answers what was on the screen, and nothing later.

    Parameters
    ----------
    by, patient, text
        Who writes what to whom.
    client_id
        Made where the form was shown: sent twice, it is kept once.
    seen
        The last message that was on the screen.

    Raises
    ------
    Http404
        Where the number belongs to somebody else's message.
    """
    with transaction.atomic():
        thread = _taken(patient)
        kept = _kept_before(by, patient, client_id)
        if kept is not None:
            return kept
        made = Message.objects.create(
            patient=patient, client_id=client_id, author=by, is_from_patient=False, text=text,
            sent_at=timezone.now(),
        )  # fmt: skip
        thread.unread += 1
        thread.save(update_fields=("unread",))
        record(by, "message.sent", made, patient_id=patient.pk)
        _deal_with(by, thread, seen, made)
        notify(made)
    return made


def settle(by: User, patient: PatientRecord, seen: int) -> bool:
    """Write down that what was on the screen needs no answer.

    Returns
    -------
    Whether anything waited; where nothing did, nothing is written.
    """
    with transaction.atomic():
        return _deal_with(by, _taken(patient), seen, None)


def open_messages(by: User, patient: PatientRecord, shown: Sequence[Message]) -> int:
    """Put on record which messages of the other side somebody has on the screen for the first time.

    Parameters
    ----------
    by, patient
        Who reads whose thread.
    shown
        The messages on the screen.

    Returns
    -------
    How many were opened now.
    """
    is_own = patient.user_id == by.pk
    theirs = [one.pk for one in shown if one.is_from_patient is not is_own]
    new = Message.objects.filter(pk__in=theirs).exclude(readings__reader=by).order_by("pk")
    if not theirs or not new.exists():
        return 0
    with transaction.atomic():
        thread = _taken(patient)
        opened, now = list(new), timezone.now()
        if not opened:
            return 0
        Reading.objects.bulk_create(Reading(message=one, reader=by, read_at=now) for one in opened)
        if is_own:
            thread.unread = max(0, thread.unread - len(opened))
            thread.save(update_fields=("unread",))
        note = {"messages": [one.pk for one in opened]}
        record(by, "message.read", opened[-1], patient_id=patient.pk, note=note)
    return len(opened)


def _taken(patient: PatientRecord) -> Thread:
    """Take hold of a thread: those who write into it take turns."""
    hold(patient.pk)
    return Thread.objects.get_or_create(patient=patient)[0]


def _kept_before(by: User, patient: PatientRecord, client_id: UUID) -> Message | None:
    kept = Message.objects.filter(client_id=client_id).first()
    if kept is not None and (kept.patient_id, kept.author_id) != (patient.pk, by.pk):
        raise Http404
    return kept


def _deal_with(by: User, thread: Thread, seen: int, made: Message | None) -> bool:
    patient = thread.patient
    theirs = Message.objects.filter(patient=patient, is_from_patient=True)
    waiting = theirs.filter(pk__gte=thread.waiting_id) if thread.waiting_id else theirs.none()
    up_to = waiting.filter(pk__lte=seen).last()
    if up_to is None:
        return False
    Answered.objects.create(patient=patient, up_to=up_to, reply=made, by=by, at=timezone.now())
    thread.waiting = waiting.filter(pk__gt=up_to.pk).first()
    thread.save(update_fields=("waiting",))
    action = "message.settled" if made is None else "message.answered"
    record(by, action, up_to, patient_id=patient.pk)
    return True
