"""Tables of messages. What was written, read or answered is added and never changes."""

from __future__ import annotations

import uuid

from django.db import models

from respite.clinic.accounts.models import User
from respite.clinic.patients.models import PatientRecord


class Message(models.Model):
    """One message of a thread. A correction is a new message.

    ``answer_by`` is what a patient was promised when it was sent; messages of the clinic have
    none. ``client_id`` is made where the form is shown: sent twice, it is kept once.
    """

    patient = models.ForeignKey(PatientRecord, on_delete=models.PROTECT, related_name="messages")
    client_id = models.UUIDField(unique=True, default=uuid.uuid4)
    author = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    is_from_patient = models.BooleanField()
    text = models.TextField()
    sent_at = models.DateTimeField()
    answer_by = models.DateTimeField(null=True)

    class Meta:
        """The order in which they were sent."""

        ordering = ("pk",)
        indexes = (models.Index(fields=("patient", "sent_at"), name="contact_message_sent"),)

    def __str__(self) -> str:
        """Name the row by its number."""
        return f"message {self.pk}"


class Reading(models.Model):
    """When somebody first had a message on the screen."""

    message = models.ForeignKey(Message, on_delete=models.PROTECT, related_name="readings")
    reader = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    read_at = models.DateTimeField()

    class Meta:
        """Once for each reader, the first first."""

        ordering = ("read_at", "pk")
        constraints = (
            models.UniqueConstraint(fields=("message", "reader"), name="contact_read_once"),
        )

    def __str__(self) -> str:
        """Name the row by its number."""
        return f"reading {self.pk}"


class Answered(models.Model):
    """That the clinic dealt with every message up to one.

    ``up_to`` is the last message that was on the screen, so that one which came in while somebody
    wrote still waits. ``reply`` is the answer; without one, no answer was needed.
    """

    patient = models.ForeignKey(PatientRecord, on_delete=models.PROTECT, related_name="+")
    up_to = models.ForeignKey(Message, on_delete=models.PROTECT, related_name="+")
    reply = models.OneToOneField(
        Message, on_delete=models.PROTECT, null=True, related_name="answers"
    )
    by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()

    class Meta:
        """The order in which they were dealt with."""

        ordering = ("pk",)

    def __str__(self) -> str:
        """Name the row by its number."""
        return f"answered {self.pk}"


class Thread(models.Model):
    """How a thread stands, kept beside its rows so that nobody has to count them.

    ``waiting`` is the oldest message of the patient that was not dealt with; ``unread`` is how
    many messages of the clinic the patient has not opened.
    """

    patient = models.OneToOneField(PatientRecord, on_delete=models.PROTECT, related_name="thread")
    waiting = models.ForeignKey(Message, on_delete=models.PROTECT, null=True, related_name="+")
    unread = models.PositiveIntegerField(default=0)

    def __str__(self) -> str:
        """Name the row by its number."""
        return f"thread {self.pk}"
