"""The trail: one line for each read and write, chained by digests."""

from __future__ import annotations

from django.db import models


class AuditEvent(models.Model):
    """One thing that somebody did. Lines are added; the database refuses to change or remove one.

    People and records are named by number and word, not by reference, so that the trail stays
    whole whatever becomes of them.
    """

    at = models.DateTimeField()
    actor_id = models.BigIntegerField(null=True)
    actor_name = models.CharField(max_length=150)
    role = models.CharField(max_length=20)
    clinic_id = models.BigIntegerField(null=True)
    action = models.CharField(max_length=60)
    subject_type = models.CharField(max_length=60)
    subject_id = models.CharField(max_length=60)
    patient_id = models.BigIntegerField(null=True, db_index=True)
    note = models.JSONField(default=dict)
    previous = models.CharField(max_length=64)
    digest = models.CharField(max_length=64, unique=True)

    class Meta:
        """The order in which things were done."""

        ordering = ("id",)

    def __str__(self) -> str:
        """Name the line."""
        return f"{self.at:%Y-%m-%d %H:%M} {self.actor_name} {self.action}"


class AuditHead(models.Model):
    """The end of the chain: the one row that every new line takes hold of first."""

    digest = models.CharField(max_length=64, default="")
    count = models.BigIntegerField(default=0)

    def __str__(self) -> str:
        """Name the end."""
        return f"{self.count} events"
