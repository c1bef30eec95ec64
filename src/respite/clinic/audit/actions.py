"""The only writer of the trail."""

from __future__ import annotations

from typing import Any, Protocol

from django.db import models, transaction
from django.utils import timezone

from respite.clinic.audit.chain import digest_of
from respite.clinic.audit.models import AuditEvent, AuditHead

THE_HEAD = 1
"""The one row that holds the end of the chain."""


class Actor(Protocol):
    """Somebody who does something: a signed-in person, or the program itself."""

    pk: Any
    username: Any
    role: Any


class Program:
    """The program, where nobody asked: the worker, and commands of the operator."""

    pk = None
    username = "respite"
    role = "program"
    clinic_id = None


def record(
    actor: Actor,
    action: str,
    subject: models.Model,
    *,
    patient_id: int | None = None,
    note: dict[str, Any] | None = None,
) -> AuditEvent:
    """Add a line to the trail, in the transaction of what it tells of.

    Parameters
    ----------
    actor
        Who does it.
    action
        What is done, such as ``patient.read``.
    subject
        The record it is done to.
    patient_id
        Whose record it is.
    note
        What else must be known, such as a reason or names of fields; nothing clinical.
    """
    # Where it is part of a transaction, it fails with the whole of it: no savepoint is needed.
    with transaction.atomic(savepoint=False):
        # Whoever holds the head writes the next line: the chain has no forks.
        head, _made = AuditHead.objects.select_for_update().get_or_create(pk=THE_HEAD)
        event = AuditEvent(
            at=timezone.now(),
            actor_id=actor.pk,
            actor_name=actor.username or "nobody",
            role=getattr(actor, "role", ""),
            clinic_id=getattr(actor, "clinic_id", None),
            action=action,
            subject_type=subject._meta.label_lower,
            subject_id=str(subject.pk or ""),
            patient_id=patient_id,
            note=note or {},
            previous=head.digest,
        )
        event.digest = digest_of(event)
        event.save(force_insert=True)
        head.digest, head.count = event.digest, head.count + 1
        head.save(update_fields=("digest", "count"))
    return event
