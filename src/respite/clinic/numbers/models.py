"""Tables of the clinic's own numbers, of consent to research, and of exports."""

from __future__ import annotations

import uuid

from django.db import models

from respite.clinic.accounts.models import Clinic, User
from respite.clinic.patients.models import PatientRecord
from respite.domain import translate as _


class ResearchConsent(models.Model):
    """That a patient agreed to be in exports for research, or took it back. The latest counts.

    Without a row nobody agreed. Rows are added and never change: the database itself refuses.
    ``client_id`` is made where the form is shown: sent twice, it is kept once.
    """

    patient = models.ForeignKey(
        PatientRecord, on_delete=models.PROTECT, related_name="research_consents"
    )
    client_id = models.UUIDField(unique=True, default=uuid.uuid4, editable=False)
    is_given = models.BooleanField()
    by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField(auto_now_add=True)

    class Meta:
        """The order in which it was said."""

        ordering = ("pk",)

    def __str__(self) -> str:
        """Name the row by its number."""
        return f"consent {self.pk}"


class ClinicNumbers(models.Model):
    """The numbers of a clinic as they were worked out last.

    ``digest`` stands for everything they were made from, so that the same question is worked out
    once. ``asked_at`` says since when the worker has been asked; it is empty once it answered.
    """

    clinic = models.OneToOneField(Clinic, on_delete=models.PROTECT, related_name="numbers")
    digest = models.CharField(max_length=64, blank=True)
    numbers = models.JSONField(default=dict)
    made_with = models.CharField(max_length=40, blank=True)
    made_at = models.DateTimeField(null=True)
    looked_at = models.DateTimeField(null=True)
    asked_at = models.DateTimeField(null=True)

    def __str__(self) -> str:
        """Name the row by its number."""
        return f"numbers {self.pk}"


class ExportKind(models.TextChoices):
    """What an export holds."""

    CLINIC = "clinic", _("everything of the clinic")
    RESEARCH = "research", _("records for research, without names")


class ExportState(models.TextChoices):
    """How far an export has come."""

    ASKED = "asked", _("waiting")
    READY = "ready", _("ready")
    FETCHED = "fetched", _("fetched, and removed")
    EXPIRED = "expired", _("not fetched in time, and removed")
    FAILED = "failed", _("could not be written")


class ExportFile(models.Model):
    """One export of many patients: who asked for it, what became of it, and its fingerprint.

    The file lies in the folder of the clinic until it is fetched once, or its time is over. Of
    the secret of its link only a digest is kept.
    """

    clinic = models.ForeignKey(Clinic, on_delete=models.PROTECT, related_name="exports")
    kind = models.CharField(max_length=10, choices=ExportKind)
    state = models.CharField(max_length=10, choices=ExportState, default=ExportState.ASKED)
    secret_digest = models.CharField(max_length=64, unique=True)
    file_name = models.CharField(max_length=80, blank=True)
    file_digest = models.CharField(max_length=64, blank=True)
    size = models.BigIntegerField(default=0)
    counts = models.JSONField(default=dict)
    refusal = models.CharField(max_length=300, blank=True)
    by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    asked_at = models.DateTimeField(auto_now_add=True)
    made_at = models.DateTimeField(null=True)
    expires_at = models.DateTimeField(null=True)
    ended_at = models.DateTimeField(null=True)

    class Meta:
        """The latest first."""

        ordering = ("-pk",)

    def __str__(self) -> str:
        """Name the row by its number."""
        return f"export {self.pk}"
