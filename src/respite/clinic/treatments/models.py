"""Tables of doses, plans and sessions."""

from __future__ import annotations

import uuid

from django.db import models

from respite.clinic.accounts.models import User
from respite.clinic.patients.models import PatientRecord
from respite.clinic.treatments.plans.models import (
    AdviceAnswer,
    AdviceKind,
    AdviceQuestion,
    AdviceRuling,
    Ruling,
)
from respite.domain import Drug, GivenDose, Regimen, Route
from respite.domain import translate as _

__all__ = [
    "AdviceAnswer",
    "AdviceKind",
    "AdviceQuestion",
    "AdviceRuling",
    "DoseRecord",
    "EntryKind",
    "PlanRecord",
    "PlanState",
    "Ruling",
    "SessionEntry",
    "SessionRecord",
    "SessionState",
]


class PlanState(models.TextChoices):
    """How far a plan has come."""

    DRAFT = "draft", _("draft")
    SIGNED = "signed", _("signed")
    ENDED = "ended", _("ended")


class PlanRecord(models.Model):
    """A plan for a patient, as it is written in the regimen language.

    Once signed, its words and the digest of what was signed never change; a change is a new plan.
    ``signed_check`` holds what the rules of safety said when it was signed, and who overruled
    which of them why. ``client_id`` is made where the draft is written: sent twice, it is kept
    once.
    """

    patient = models.ForeignKey(PatientRecord, on_delete=models.PROTECT, related_name="plans")
    regimen = models.TextField()
    starts = models.DateField(null=True)
    state = models.CharField(max_length=10, choices=PlanState, default=PlanState.DRAFT)
    reason = models.CharField(max_length=300, blank=True)
    follows = models.ForeignKey("self", on_delete=models.PROTECT, null=True, related_name="+")
    client_id = models.UUIDField(unique=True, default=uuid.uuid4)
    version = models.PositiveIntegerField(default=1)
    made_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    made_at = models.DateTimeField(auto_now_add=True)
    signed_by = models.ForeignKey(User, on_delete=models.PROTECT, null=True, related_name="+")
    signed_at = models.DateTimeField(null=True)
    meaning = models.CharField(max_length=200, blank=True)
    signed_digest = models.CharField(max_length=64, blank=True)
    signed_check = models.JSONField(default=dict)
    ended_at = models.DateTimeField(null=True)
    ended_by = models.ForeignKey(User, on_delete=models.PROTECT, null=True, related_name="+")
    ended_because = models.CharField(max_length=300, blank=True)

    class Meta:
        """The latest first."""

        ordering = ("-pk",)

    def __str__(self) -> str:
        """Name the row by its number."""
        return f"plan {self.pk}"

    def to_regimen(self) -> Regimen:
        """Give the plan as every room knows one."""
        return Regimen.parse(self.regimen)


class SessionState(models.TextChoices):
    """How far a session has come."""

    CHECKS = "checks", _("checks before")
    RUNNING = "running", _("running")
    WATCHED = "watched", _("watched after")
    ENDED = "ended", _("ended")
    CALLED_OFF = "called_off", _("called off")


class SessionRecord(models.Model):
    """One visit in which ketamine is given. What happens in it stands in its entries."""

    patient = models.ForeignKey(PatientRecord, on_delete=models.PROTECT, related_name="sessions")
    plan = models.ForeignKey(PlanRecord, on_delete=models.PROTECT, related_name="sessions")
    day = models.DateField()
    state = models.CharField(max_length=12, choices=SessionState, default=SessionState.CHECKS)
    started_at = models.DateTimeField(null=True)
    stopped_at = models.DateTimeField(null=True)
    weight_kg = models.DecimalField(max_digits=5, decimal_places=1, null=True)
    relief_percent = models.SmallIntegerField(null=True)
    relief_hours = models.DecimalField(max_digits=7, decimal_places=1, null=True)
    made_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    made_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        """The latest first."""

        ordering = ("-day", "-pk")

    def __str__(self) -> str:
        """Name the row by its number."""
        return f"session {self.pk}"


class EntryKind(models.TextChoices):
    """What an entry of a flowsheet tells."""

    CHECK = "check", _("check before")
    START = "start", _("start")
    RATE = "rate", _("rate")
    BOLUS = "bolus", _("single dose")
    STOP = "stop", _("stop")
    VITALS = "vitals", _("vital signs")
    EFFECT = "effect", _("unwanted effect")
    NOTE = "note", _("note")
    DISCHARGE = "discharge", _("discharge check")
    AMOUNTS = "amounts", _("drawn, given, wasted")
    WITNESS = "witness", _("second signature")
    OBSERVED = "observed", _("esketamine observation")


class SessionEntry(models.Model):
    """One line of a flowsheet. Lines are added; a correction is a new line that names the old one.

    ``client_id`` is made where the line is written: sent twice, it is kept once.
    """

    session = models.ForeignKey(SessionRecord, on_delete=models.PROTECT, related_name="entries")
    client_id = models.UUIDField(unique=True, default=uuid.uuid4)
    kind = models.CharField(max_length=12, choices=EntryKind)
    at = models.DateTimeField()
    data = models.JSONField(default=dict)
    corrects = models.OneToOneField(
        "self", on_delete=models.PROTECT, null=True, related_name="corrected_by"
    )
    written_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    written_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        """The order in which things happened."""

        ordering = ("at", "pk")

    def __str__(self) -> str:
        """Name the row by its number."""
        return f"session entry {self.pk}"


class DoseRecord(models.Model):
    """A dose that was given: told of earlier, or one stretch of a session at one rate."""

    patient = models.ForeignKey(PatientRecord, on_delete=models.PROTECT, related_name="doses")
    session = models.ForeignKey(
        SessionRecord, on_delete=models.PROTECT, null=True, related_name="doses"
    )
    start = models.DateTimeField()
    drug = models.CharField(max_length=12, choices=[(one.value, one.value) for one in Drug])
    amount = models.DecimalField(max_digits=9, decimal_places=3)
    unit = models.CharField(max_length=10)
    route = models.CharField(max_length=20, choices=[(one.value, one.value) for one in Route])
    duration_min = models.DecimalField(max_digits=8, decimal_places=2, default=0)
    pain_before = models.DecimalField(max_digits=4, decimal_places=1, null=True)
    relief_days = models.DecimalField(max_digits=6, decimal_places=1, null=True)
    is_withdrawn = models.BooleanField(default=False)
    written_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    written_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        """The order in which they were given."""

        ordering = ("start", "pk")

    def __str__(self) -> str:
        """Name the row by its number."""
        return f"dose {self.pk}"

    def to_dose(self) -> GivenDose:
        """Give the dose as every room knows one."""
        return GivenDose(
            start=self.start,
            drug=Drug(self.drug),
            amount=self.amount,
            unit=self.unit,
            route=Route(self.route),
            duration_min=self.duration_min,
        )
