"""Tables of letters, and of their release to patients."""

from __future__ import annotations

import uuid

from django.db import models

from respite.clinic.accounts.models import User
from respite.clinic.patients.models import PatientRecord


class LetterRecord(models.Model):
    """A letter to the GP: a draft until it is signed, and from then on for ever as it is.

    ``words`` is the part that the program wrote from the record, as plain data, with who the
    patient is and how the clinic is reached as they were then; nobody edits it.
    ``remarks`` are the clinician's own, and ``left_out`` names parts that the letter goes without.
    ``replaces`` is the letter that this one corrects. ``client_id`` is made where the draft is
    written: sent twice, it is kept once.
    """

    patient = models.ForeignKey(PatientRecord, on_delete=models.PROTECT, related_name="letters")
    client_id = models.UUIDField(unique=True, default=uuid.uuid4)
    to_name = models.CharField(max_length=120)
    to_practice = models.CharField(max_length=120, blank=True)
    to_address = models.CharField(max_length=300, blank=True)
    next_visit = models.DateField(null=True)
    words = models.JSONField(default=dict)
    left_out = models.JSONField(default=list)
    remarks = models.TextField(max_length=800, blank=True)
    replaces = models.ForeignKey(
        "self", on_delete=models.PROTECT, null=True, related_name="corrections"
    )
    version = models.PositiveIntegerField(default=1)
    made_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    made_at = models.DateTimeField(auto_now_add=True)
    put_aside_at = models.DateTimeField(null=True)
    signed_by = models.ForeignKey(User, on_delete=models.PROTECT, null=True, related_name="+")
    signed_name = models.CharField(max_length=150, blank=True)
    signed_at = models.DateTimeField(null=True)
    meaning = models.CharField(max_length=200, blank=True)
    signed_digest = models.CharField(max_length=64, blank=True)

    class Meta:
        """The latest first."""

        ordering = ("-pk",)

    def __str__(self) -> str:
        """Name the row by its number."""
        return f"letter {self.pk}"

    @property
    def is_signed(self) -> bool:
        """Whether it was signed, and never changes any more."""
        return bool(self.signed_digest)

    @property
    def is_draft(self) -> bool:
        """Whether it may still be changed."""
        return not self.is_signed and self.put_aside_at is None


class LetterRelease(models.Model):
    """That a clinician showed a letter to the patient whom it is about, or took it back."""

    letter = models.ForeignKey(LetterRecord, on_delete=models.PROTECT, related_name="releases")
    by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField(auto_now_add=True)
    is_withdrawal = models.BooleanField(default=False)

    class Meta:
        """The order in which it was said."""

        ordering = ("pk",)

    def __str__(self) -> str:
        """Name the row by its number."""
        return f"release {self.pk} of letter {self.letter_id}"
