"""Tables of the work-list: what waits, what people did with it, and when to look again."""

from __future__ import annotations

import uuid

from django.db import models
from django.db.models import Q

from respite.clinic.accounts.models import Clinic, User
from respite.clinic.patients.models import PatientRecord
from respite.domain import translate as _


class Closed(models.TextChoices):
    """Why an item is closed; empty where it is open."""

    NO_LONGER = "no_longer", _("no longer so")
    DONE = "done", _("done")


class WorkItem(models.Model):
    """One reason for which a patient needs somebody: derived from the record, and never typed.

    ``kind`` and ``key`` tell it from every other of its patient, and there is one row for each:
    it opens and closes as the reason holds or not. ``says`` names a sentence, and ``values`` what
    is put into it; a smaller ``need`` comes first. ``put_off_until`` hides it before that day,
    unless the need has become graver than it was then.
    """

    clinic = models.ForeignKey(Clinic, on_delete=models.PROTECT, related_name="+")
    patient = models.ForeignKey(PatientRecord, on_delete=models.PROTECT, related_name="work")
    kind = models.CharField(max_length=20)
    key = models.CharField(max_length=160)
    need = models.PositiveSmallIntegerField()
    says = models.CharField(max_length=40)
    values = models.JSONField(default=dict)
    since = models.DateTimeField()
    due = models.DateTimeField(null=True)
    opened_at = models.DateTimeField()
    closed_at = models.DateTimeField(null=True)
    closed_because = models.CharField(max_length=10, blank=True, choices=Closed)
    put_off_until = models.DateField(null=True)
    put_off_at_need = models.PositiveSmallIntegerField(null=True)
    taken_by = models.ForeignKey(User, on_delete=models.PROTECT, null=True, related_name="+")

    class Meta:
        """The gravest need first, then the oldest; the list is read from its own index."""

        ordering = ("need", "since", "pk")
        constraints = (
            models.UniqueConstraint(
                fields=("patient", "kind", "key"), name="one_item_for_each_key"
            ),
        )
        indexes = (
            models.Index(
                fields=("clinic", "need", "since", "id"),
                condition=Q(closed_at=None),
                name="open_work",
            ),
            models.Index(fields=("clinic", "-closed_at"), name="closed_work"),
        )

    def __str__(self) -> str:
        """Name the row by its number."""
        return f"work item {self.pk}"


class Act(models.TextChoices):
    """What somebody does with an item."""

    DONE = "done", _("done")
    AGAIN = "again", _("opened again")
    PUT_OFF = "put_off", _("put off")
    BRING_BACK = "bring_back", _("brought back")
    MINE = "mine", _("taken")
    LET_GO = "let_go", _("let go")


class WorkAct(models.Model):
    """What somebody did with an item. Rows are added and never change."""

    item = models.ForeignKey(WorkItem, on_delete=models.PROTECT, related_name="acts")
    client_id = models.UUIDField(unique=True, default=uuid.uuid4)
    act = models.CharField(max_length=10, choices=Act)
    until = models.DateField(null=True)
    because = models.CharField(max_length=300, blank=True)
    by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField(auto_now_add=True)

    class Meta:
        """The order in which they were done."""

        ordering = ("pk",)

    def __str__(self) -> str:
        """Name the row by its number."""
        return f"act {self.pk}"


class Look(models.Model):
    """When a patient must next be looked at. ``is_marked`` says that something was written.

    ``turn`` counts looks, so that a slow one never overwrites a later one. ``failed_with`` names
    what kept the last look from finding every reason; empty where nothing did.
    """

    patient = models.OneToOneField(PatientRecord, on_delete=models.PROTECT, related_name="look")
    at = models.DateTimeField()
    is_marked = models.BooleanField(default=True)
    turn = models.PositiveIntegerField(default=0)
    looked_at = models.DateTimeField(null=True)
    failed_with = models.CharField(max_length=120, blank=True)

    class Meta:
        """Those of whom something was written come first."""

        indexes = (
            models.Index(fields=("-is_marked", "at"), name="next_look"),
            models.Index(fields=("at",), name="look_at"),
            models.Index(fields=("patient",), condition=~Q(failed_with=""), name="failed_look"),
        )

    def __str__(self) -> str:
        """Name the row by its patient."""
        return f"look at patient {self.patient_id}"


class Heard(models.Model):
    """Up to which line the trail was read: whoever a later line is about is looked at."""

    line = models.BigIntegerField(default=0)

    def __str__(self) -> str:
        """Name the line."""
        return f"heard up to line {self.line}"


class Schedule(models.Model):
    """Something that is done every so often: when it was last done, and what went wrong.

    ``busy_until`` is set while somebody does it; who dies over it does not block it for ever.
    """

    name = models.CharField(max_length=60, unique=True)
    next_run = models.DateTimeField()
    last_run = models.DateTimeField(null=True)
    busy_until = models.DateTimeField(null=True)
    last_failure = models.DateTimeField(null=True)
    failed_with = models.CharField(max_length=120, blank=True)

    def __str__(self) -> str:
        """Give its name."""
        return self.name
