"""Tables of advice on plans: what was asked, what was answered, and what came of it.

Rows are added and never change: the database itself refuses.
"""

from __future__ import annotations

import uuid

from django.db import models

from respite.clinic.accounts.models import User
from respite.clinic.patients.models import PatientRecord
from respite.domain import translate as _


class AdviceKind(models.TextChoices):
    """What is asked."""

    PROPOSALS = "proposals", _("proposals")
    COMPARISON = "comparison", _("plans side by side")


class AdviceQuestion(models.Model):
    """One question about plans for a patient, with all that is known at that moment.

    ``inputs`` is what the library was asked; ``digest`` stands for it, so that the same question
    is worked out once.
    """

    patient = models.ForeignKey(PatientRecord, on_delete=models.PROTECT, related_name="advice")
    kind = models.CharField(max_length=12, choices=AdviceKind)
    inputs = models.JSONField()
    digest = models.CharField(max_length=64, db_index=True)
    client_id = models.UUIDField(unique=True, default=uuid.uuid4)
    asked_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    asked_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        """The latest first."""

        ordering = ("-pk",)

    def __str__(self) -> str:
        """Name the row by its number."""
        return f"question {self.pk}"


class AdviceAnswer(models.Model):
    """The answer to one question: ``answer`` as plain data, ``words`` as it was said.

    Where the library refuses, ``refusal`` holds its sentences and the rest is empty.
    """

    question = models.OneToOneField(AdviceQuestion, on_delete=models.PROTECT, related_name="answer")
    answer = models.JSONField(default=dict)
    words = models.JSONField(default=dict)
    refusal = models.JSONField(default=dict)
    library_digest = models.CharField(max_length=64)
    made_with = models.CharField(max_length=40)
    seed = models.PositiveIntegerField()
    made_at = models.DateTimeField(auto_now_add=True)

    def __str__(self) -> str:
        """Name the row by its number."""
        return f"answer {self.pk}"


class Ruling(models.TextChoices):
    """What a clinician does with advice."""

    ACCEPTED = "accepted", _("reviewed and accepted")
    CHANGED = "changed", _("reviewed and changed")
    REJECTED = "rejected", _("reviewed and rejected")


class AdviceRuling(models.Model):
    """What a clinician did with an answer, and why; ``plan`` is the draft that came of it."""

    question = models.ForeignKey(AdviceQuestion, on_delete=models.PROTECT, related_name="rulings")
    client_id = models.UUIDField(unique=True, default=uuid.uuid4)
    ruling = models.CharField(max_length=10, choices=Ruling)
    reason = models.CharField(max_length=300, blank=True)
    plan = models.ForeignKey(
        "treatments.PlanRecord", on_delete=models.PROTECT, null=True, related_name="+"
    )
    by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField(auto_now_add=True)

    class Meta:
        """The order in which they were made."""

        ordering = ("pk",)

    def __str__(self) -> str:
        """Name the row by its number."""
        return f"ruling {self.pk}"
