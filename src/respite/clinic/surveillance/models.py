"""Tables of results, of what was done elsewhere, and of findings that somebody looked at."""

from __future__ import annotations

import uuid
from decimal import Decimal

from django.db import models

from respite.clinic.accounts.models import User
from respite.clinic.patients.models import PatientRecord


class LabResult(models.Model):
    """One result of a test. Rows are added; a correction is a new row that names the old one.

    ``typed`` and ``unit`` are as somebody typed them, ``sign`` is ``<`` or ``>`` where the
    laboratory gave no more than a bound, and ``value`` is the number in the unit of the library,
    which is ``factor`` times what was typed. ``code`` holds a result in words. ``low`` and
    ``high`` are the limits that the laboratory printed, in the unit as typed; what it did not
    print is empty. ``is_removed`` takes a result out: what was written stays on record.
    """

    patient = models.ForeignKey(PatientRecord, on_delete=models.PROTECT, related_name="labs")
    client_id = models.UUIDField(unique=True, default=uuid.uuid4)
    analyte = models.CharField(max_length=40)
    typed = models.CharField(max_length=60)
    sign = models.CharField(max_length=1, blank=True)
    unit = models.CharField(max_length=30, blank=True)
    factor = models.DecimalField(max_digits=14, decimal_places=6, default=1)
    value = models.DecimalField(max_digits=18, decimal_places=6, null=True)
    code = models.CharField(max_length=40, blank=True)
    low = models.DecimalField(max_digits=16, decimal_places=6, null=True)
    high = models.DecimalField(max_digits=16, decimal_places=6, null=True)
    day = models.DateField()
    note = models.CharField(max_length=300, blank=True)
    corrects = models.OneToOneField(
        "self", on_delete=models.PROTECT, null=True, related_name="corrected_by"
    )
    is_removed = models.BooleanField(default=False)
    written_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    written_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        """The order in which they were taken."""

        ordering = ("day", "pk")
        indexes = (models.Index(fields=("patient", "day")),)

    def __str__(self) -> str:
        """Name the row by its number."""
        return f"result {self.pk}"

    @property
    def upper(self) -> Decimal | None:
        """The upper limit of the laboratory in the unit of the library."""
        return None if self.high is None else self.high * self.factor


class DoneElsewhere(models.Model):
    """Something watched that was done without a result here: told by somebody, for a day.

    Rows are added; taking one back is a new row that names it, with ``is_removed``.
    """

    patient = models.ForeignKey(PatientRecord, on_delete=models.PROTECT, related_name="done")
    client_id = models.UUIDField(unique=True, default=uuid.uuid4)
    item = models.CharField(max_length=40)
    day = models.DateField()
    told_by = models.CharField(max_length=120)
    note = models.CharField(max_length=300, blank=True)
    corrects = models.OneToOneField(
        "self", on_delete=models.PROTECT, null=True, related_name="corrected_by"
    )
    is_removed = models.BooleanField(default=False)
    written_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    written_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        """The order of the days."""

        ordering = ("day", "pk")

    def __str__(self) -> str:
        """Name the row by its number."""
        return f"done elsewhere {self.pk}"


class LookedAt(models.Model):
    """A finding that somebody dealt with, and what was decided. ``key`` is that of the finding."""

    patient = models.ForeignKey(PatientRecord, on_delete=models.PROTECT, related_name="looked_at")
    client_id = models.UUIDField(unique=True, default=uuid.uuid4)
    key = models.CharField(max_length=120)
    decided = models.CharField(max_length=500)
    written_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    written_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        """The order in which they were dealt with."""

        ordering = ("pk",)

    def __str__(self) -> str:
        """Name the row by its number."""
        return f"looked at {self.pk}"
