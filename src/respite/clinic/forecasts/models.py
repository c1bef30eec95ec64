"""Tables of forecasts and of their release to patients."""

from __future__ import annotations

from django.db import models

from respite.clinic.accounts.models import User
from respite.clinic.patients.models import PatientRecord


class ForecastRecord(models.Model):
    """One forecast, with all it was made from. Rows are added and never change.

    ``inputs`` is what the engine was asked; ``digest`` stands for it, so that the same question
    is worked out once. ``answer`` is ``respite.forecast/1``, and ``words`` are its sentences and
    tables as they were said then. ``line`` is what a later score needs of it.

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
