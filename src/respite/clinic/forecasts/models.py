"""Tables of forecasts and of their release to patients."""

from __future__ import annotations

from django.db import models

from respite.clinic.accounts.models import User
from respite.clinic.patients.models import PatientRecord


class ForecastRecord(models.Model):
    """One forecast, with all it was made from. Rows are added and never change.

    ``inputs`` is what the engine was asked; ``digest`` stands for it, so that the same question
    is worked out once. ``answer`` is ``respite.forecast/1``, and ``words`` are its sentences and
    tables as they were said then. ``line`` is what a later score needs of it; ``dose_days`` are
    the days of doses in it, where a question asks for them alone.

    Where the library refused the question, ``answer`` is empty and ``refusal`` holds its three
    sentences: what was found, what was expected, what to try.
    """

    patient = models.ForeignKey(PatientRecord, on_delete=models.PROTECT, related_name="forecasts")
    inputs = models.JSONField()
    digest = models.CharField(max_length=64, db_index=True)
    answer = models.JSONField(default=dict)
    words = models.JSONField(default=dict)
    line = models.JSONField(default=dict)
    refusal = models.JSONField(default=dict)
    library_digest = models.CharField(max_length=64)
    made_with = models.CharField(max_length=40)
    seed = models.PositiveIntegerField()
    made_at = models.DateTimeField(auto_now_add=True)

    dose_days: list[float] | None

    class Meta:
        """The latest first."""

        ordering = ("-pk",)

    def __str__(self) -> str:
        """Name the row by its number."""
        return f"forecast {self.pk}"


class Release(models.Model):
    """That a clinician showed one forecast to its patient, or took it back."""

    forecast = models.ForeignKey(ForecastRecord, on_delete=models.PROTECT, related_name="releases")
    by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField(auto_now_add=True)
    is_withdrawal = models.BooleanField(default=False)

    class Meta:
        """The order in which it was said."""

        ordering = ("pk",)

    def __str__(self) -> str:
        """Name the row by its number."""
        return f"release {self.pk}"


class Asking(models.Model):
    """That a forecast of a patient is owed. It goes once one was made after the last write.

    ``heard`` is the number of the last line of the trail that asked: where it grows while a
    forecast is worked out, the next one is owed at once. ``taken_by`` names the worker that is at
    it. After failures it waits until ``not_before``. ``looked_at`` tells since when somebody has
    looked at a page for it: such a one goes before all that nobody waits for.
    """

    # No constraint: one would lock the patient's row after the head of the trail, where every
    # writer takes the two the other way round. Rows of patients are never removed.
    patient = models.OneToOneField(
        PatientRecord,
        on_delete=models.DO_NOTHING,
        db_constraint=False,
        primary_key=True,
        related_name="+",
    )
    heard = models.BigIntegerField(default=0)
    since = models.DateTimeField(db_index=True)
    looked_at = models.DateTimeField(null=True, db_index=True)
    taken_by = models.CharField(max_length=64, blank=True)
    failures = models.PositiveSmallIntegerField(default=0)
    not_before = models.DateTimeField(null=True)

    def __str__(self) -> str:
        """Name the row by its patient's number."""
        return f"asking {self.pk}"


class Heard(models.Model):
    """How far the trail was read for writes that ask for a forecast: one row."""

    line = models.BigIntegerField(default=0)

    def __str__(self) -> str:
        """Name the line."""
        return f"heard up to line {self.line}"


class WorkerSeen(models.Model):
    """A worker, and when it was last alive: what a dead one had begun is taken up by another."""

    name = models.CharField(max_length=64, unique=True)
    seen_at = models.DateTimeField()

    def __str__(self) -> str:
        """Give its name."""
        return self.name
