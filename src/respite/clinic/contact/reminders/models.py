"""Tables of e-mail addresses, of what was sent to them, and of calls."""

from __future__ import annotations

import uuid

from django.db import models
from django.db.models import Q

from respite.clinic.accounts.models import User
from respite.clinic.contact.messages.models import Message
from respite.clinic.patients.models import PatientRecord
from respite.domain import translate as _


class Reach(models.Model):
    """How a patient wishes to be reached; only the patient sets it.

    Nothing but a code goes to an address before ``confirmed_at``, and nothing at all once the
    server of that address has refused it (``refused_at``). ``hour`` is the hour of the one
    reminder a day by the clock of the clinic; ``began`` the first day for which it was wanted.
    ``paused_until`` is the last day of a pause. ``next_at`` is when to look again.
    """

    patient = models.OneToOneField(PatientRecord, on_delete=models.PROTECT, related_name="reach")
    email = models.EmailField(max_length=254, blank=True)
    code_nonce = models.UUIDField(null=True)
    code_until = models.DateTimeField(null=True)
    code_tries = models.PositiveSmallIntegerField(default=0)
    confirmed_at = models.DateTimeField(null=True)
    refused_at = models.DateTimeField(null=True)
    wants_messages = models.BooleanField(default=False)
    hour = models.PositiveSmallIntegerField(null=True)
    began = models.DateField(null=True)
    paused_until = models.DateField(null=True)
    next_at = models.DateTimeField(null=True, db_index=True)

    def __str__(self) -> str:
        """Name the row by its number: addresses stay out of logs."""
        return f"reach {self.pk}"

    @property
    def is_usable(self) -> bool:
        """Whether anything but a code may be sent to the address."""
        return bool(self.email) and self.confirmed_at is not None and self.refused_at is None


class MailKind(models.TextChoices):
    """What an e-mail is for."""

    CODE = "code", _("a code for the address")
    MESSAGE = "message", _("that a message is there")
    REMINDER = "reminder", _("a reminder")
    AGAIN = "again", _("the last reminder of a row")


DAILY = (MailKind.REMINDER, MailKind.AGAIN)
"""Kinds of which there is one a day at most."""


class MailState(models.TextChoices):
    """How far an e-mail has come."""

    WAITING = "waiting", _("will be sent")
    SENDING = "sending", _("is being sent")
    SENT = "sent", _("sent")
    FAILED = "failed", _("could not be sent")
    UNSURE = "unsure", _("not known whether it was sent")
    DROPPED = "dropped", _("no longer needed")


class Fault(models.TextChoices):
    """Why an e-mail could not be sent."""

    NONE = "", ""
    ADDRESS = "address", _("The address does not work.")
    SERVER = "server", _("The mail server did not take it.")


class Mail(models.Model):
    """One e-mail, on record before it is sent; without its words and without the address.

    It is taken in hand once, in a transaction of its own, before it goes out: whatever breaks
    then, it may be lost and is never sent twice. ``until`` is when it is worth nothing any more.
    """

    patient = models.ForeignKey(PatientRecord, on_delete=models.PROTECT, related_name="mails")
    kind = models.CharField(max_length=10, choices=MailKind)
    day = models.DateField()
    message = models.OneToOneField(
        Message, on_delete=models.PROTECT, null=True, related_name="notice"
    )
    state = models.CharField(max_length=10, choices=MailState, default=MailState.WAITING)
    fault = models.CharField(max_length=10, choices=Fault, default=Fault.NONE, blank=True)
    tries = models.PositiveSmallIntegerField(default=0)
    made_at = models.DateTimeField()
    next_at = models.DateTimeField()
    until = models.DateTimeField()
    done_at = models.DateTimeField(null=True)

    class Meta:
        """The order in which they were made; one reminder a day for each patient."""

        ordering = ("pk",)
        constraints = (
            models.UniqueConstraint(
                fields=("patient", "day"),
                condition=Q(kind__in=("reminder", "again")),
                name="contact_one_reminder_a_day",
            ),
        )
        indexes = (models.Index(fields=("state", "next_at"), name="contact_mail_due"),)

    def __str__(self) -> str:
        """Name the row by its number."""
        return f"mail {self.pk}"


class Outcome(models.TextChoices):
    """What came of a call."""

    WELL = "well", _("Reached, all well")
    NOTE = "note", _("Reached, see the note")
    MISSED = "missed", _("Not reached, try again")


class CallRecord(models.Model):
    """A call that somebody of the clinic made. Rows are added and never change.

    ``silence_from`` is the last day before the silence that the call answers; empty where nobody
    waited for one. ``again_on`` is the day on which to try again.
    """

    patient = models.ForeignKey(PatientRecord, on_delete=models.PROTECT, related_name="calls")
    client_id = models.UUIDField(unique=True, default=uuid.uuid4)
    outcome = models.CharField(max_length=10, choices=Outcome)
    note = models.CharField(max_length=1000, blank=True)
    again_on = models.DateField(null=True)
    silence_from = models.DateField(null=True)
    by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()

    class Meta:
        """The order in which they were made."""

        ordering = ("pk",)

    def __str__(self) -> str:
        """Name the row by its number."""
        return f"call {self.pk}"
