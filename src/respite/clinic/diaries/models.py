"""The table of what patients write."""

from __future__ import annotations

import uuid

from django.db import models

from respite.clinic.accounts.models import User
from respite.clinic.patients.models import PatientRecord


class Entry(models.Model):
    """One entry of a diary. An edit is a new entry that names the one it takes the place of.

    ``day`` is the day as the patient meant it; ``felt_at`` when it was felt, ``written_at`` when
    the clinic got it, and ``offset_minutes`` how far the patient's clock stood from UTC.
    ``client_id`` is made where the entry is written: sent twice, it is kept once. What was not
    told is empty, and never zero or no. ``is_urgent`` says that an answer in it may not wait.
    A removal is a new entry too, with ``is_removed``: nothing that was written is lost.
    """

    patient = models.ForeignKey(PatientRecord, on_delete=models.PROTECT, related_name="entries")
    client_id = models.UUIDField(unique=True, default=uuid.uuid4)
    day = models.DateField()
    felt_at = models.DateTimeField()
    offset_minutes = models.SmallIntegerField(default=0)
    pain = models.DecimalField(max_digits=4, decimal_places=1, null=True)
    effects = models.JSONField(default=list)
    bladder = models.JSONField(default=dict)
    note = models.CharField(max_length=1000, blank=True)
    is_urgent = models.BooleanField(default=False)
    is_removed = models.BooleanField(default=False)
    replaces = models.OneToOneField(
        "self", on_delete=models.PROTECT, null=True, related_name="replaced_by"
    )
    written_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    written_at = models.DateTimeField()

    class Meta:
        """The order of the days."""

        ordering = ("day", "felt_at", "pk")

    def __str__(self) -> str:
        """Name the row by its number."""
        return f"entry {self.pk}"
