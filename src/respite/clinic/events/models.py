"""Tables of unwanted effects, their versions, and to whom they were reported.

Nothing here is ever changed: a change is a new version that names the one before.
"""

from __future__ import annotations

import uuid

from django.db import models

from respite.clinic.accounts.models import User
from respite.clinic.diaries.models import Entry
from respite.clinic.patients.models import PatientRecord
from respite.clinic.treatments.models import DoseRecord, SessionEntry, SessionRecord


class EventRecord(models.Model):
    """One unwanted effect in one patient; what is known of it stands in its versions.

    ``line`` is the line of a flowsheet from which it was begun, and ``entry`` the entry of a
    diary; both are empty where it was begun afresh. ``client_id`` is made where the form is
    shown, here and below: sent twice, it is kept once.
    """

    patient = models.ForeignKey(
        PatientRecord, on_delete=models.PROTECT, related_name="unwanted_events"
    )
    client_id = models.UUIDField(unique=True, default=uuid.uuid4)
    line = models.ForeignKey(SessionEntry, on_delete=models.PROTECT, null=True, related_name="+")
    entry = models.ForeignKey(Entry, on_delete=models.PROTECT, null=True, related_name="+")
    made_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    made_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        """The latest first."""

        ordering = ("-pk",)

    def __str__(self) -> str:
        """Name the row by its number."""
        return f"unwanted effect {self.pk}"


class EventVersion(models.Model):
    """What was known of an unwanted effect at one time. What is left empty is unknown.

    ``terms`` are effects of the library, ``words`` what happened in somebody's own words, and
    ``told`` what a patient ticked. ``criteria`` are those of ICH E2A that make it serious;
    ``is_serious`` is ``None`` while nobody has judged. ``causality`` is a category of WHO-UMC,
    given by ``assessed_by``. A version with ``is_withdrawn`` says that it was written in error.
    """

    event = models.ForeignKey(EventRecord, on_delete=models.PROTECT, related_name="versions")
    number = models.PositiveSmallIntegerField(default=1)
    client_id = models.UUIDField(unique=True, default=uuid.uuid4)
    replaces = models.OneToOneField(
        "self", on_delete=models.PROTECT, null=True, related_name="replaced_by"
    )
    terms = models.JSONField(default=list)
    words = models.TextField(max_length=2000, blank=True)
    told = models.JSONField(default=dict)
    began = models.DateField(null=True)
    began_time = models.TimeField(null=True)
    ended = models.DateField(null=True)
    is_ongoing = models.BooleanField(null=True)
    is_serious = models.BooleanField(null=True)
    criteria = models.JSONField(default=list)
    severity = models.CharField(max_length=10, blank=True)
    action_taken = models.CharField(max_length=20, blank=True)
    outcome = models.CharField(max_length=20, blank=True)
    dechallenge = models.CharField(max_length=20, blank=True)
    rechallenge = models.CharField(max_length=20, blank=True)
    session = models.ForeignKey(
        SessionRecord, on_delete=models.PROTECT, null=True, related_name="unwanted_events"
    )
    dose = models.ForeignKey(DoseRecord, on_delete=models.PROTECT, null=True, related_name="+")
    reporter = models.CharField(max_length=10, blank=True)
    reporter_name = models.CharField(max_length=120, blank=True)
    history = models.CharField(max_length=1000, blank=True)
    tests = models.CharField(max_length=1000, blank=True)
    causality = models.CharField(max_length=20, blank=True)
    causality_why = models.CharField(max_length=1000, blank=True)
    assessed_by = models.ForeignKey(User, on_delete=models.PROTECT, null=True, related_name="+")
    assessed_at = models.DateTimeField(null=True)
    is_withdrawn = models.BooleanField(default=False)
    why = models.CharField(max_length=300, blank=True)
    written_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    written_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        """The order in which they were written."""

        ordering = ("pk",)
        constraints = (
            models.UniqueConstraint(fields=("event", "number"), name="one_version_of_a_number"),
        )

    def __str__(self) -> str:
        """Name the row by its number."""
        return f"version {self.pk} of unwanted effect {self.event_id}"


class EventReport(models.Model):
    """That a version of an unwanted effect was reported: to whom, when, under which number."""

    event = models.ForeignKey(EventRecord, on_delete=models.PROTECT, related_name="reports")
    version = models.ForeignKey(EventVersion, on_delete=models.PROTECT, related_name="reports")
    client_id = models.UUIDField(unique=True, default=uuid.uuid4)
    to = models.CharField(max_length=120)
    on = models.DateField()
    reference = models.CharField(max_length=80, blank=True)
    written_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    written_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        """The order in which they were sent."""

        ordering = ("on", "pk")

    def __str__(self) -> str:
        """Name the row by its number."""
        return f"report {self.pk} of unwanted effect {self.event_id}"
