"""Questions to the threads, in words of the clinic."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from django.db.models import QuerySet

from respite.clinic.contact.messages.models import Answered, Message, Reading, Thread
from respite.clinic.patients.models import PatientRecord


@dataclass(frozen=True)
class Shown:
    """A message as a page shows it.

    Attributes
    ----------
    message
        The message.
    readings
        Who of the other side first read it when, the first first.
    waits
        Whether it waits for an answer.
    settled
        How it was closed without an answer, if it was.
    """

    message: Message
    readings: tuple[Reading, ...]
    waits: bool
    settled: Answered | None


def messages_of(patient: PatientRecord) -> QuerySet[Message]:
    """Give the messages of a thread, the latest first."""
    return patient.messages.select_related("author").order_by("-pk")


def shown_of(patient: PatientRecord, messages: Sequence[Message]) -> list[Shown]:
    """Say of some messages of a thread who read them, and which wait.

    Parameters
    ----------
    patient
        Whose thread it is.
    messages
        As ``messages_of`` gives them.
    """
    waiting_id = oldest_waiting(patient)
    first = min((one.pk for one in messages), default=0)
    ended = list(Answered.objects.filter(patient=patient, up_to_id__gte=first).select_related("by"))
    read: dict[int, list[Reading]] = {}
    for one in Reading.objects.filter(message__in=messages).select_related("reader"):
        read.setdefault(one.message_id, []).append(one)
    return [_shown(one, read.get(one.pk, []), waiting_id, ended) for one in messages]


def _shown(
    message: Message, read: Sequence[Reading], waiting_id: int | None, ended: Sequence[Answered]
) -> Shown:
    waits = message.is_from_patient and waiting_id is not None and message.pk >= waiting_id
    settled = None
    if message.is_from_patient and not waits:
        first = next((one for one in ended if one.up_to_id >= message.pk), None)
        settled = first if first is not None and first.reply_id is None else None
    return Shown(message, tuple(read), waits, settled)


def oldest_waiting(patient: PatientRecord) -> int | None:
    """Number the oldest message that waits; ``None`` where none does."""
    return Thread.objects.filter(patient=patient).values_list("waiting_id", flat=True).first()


def last_message(patient: PatientRecord) -> int:
    """Number the last message of a thread; zero where there is none."""
    last = patient.messages.order_by("-pk").values_list("pk", flat=True).first()
    return last or 0


def unread_of(user_id: int) -> int:
    """Count the messages of the clinic that a patient has not opened."""
    found = Thread.objects.filter(patient__user_id=user_id).values_list("unread", flat=True)
    return found.first() or 0
