"""Tables of clinics, people and invitations."""

from __future__ import annotations

from django.contrib.auth.models import AbstractUser
from django.db import models

from respite.domain import translate as _


class Role(models.TextChoices):
    """What somebody is in a clinic."""

    CLINICIAN = "clinician", _("clinician")
    NURSE = "nurse", _("nurse")
    PATIENT = "patient", _("patient")
    RESEARCHER = "researcher", _("researcher")
    ADMINISTRATOR = "administrator", _("administrator")


STAFF = frozenset({Role.CLINICIAN, Role.NURSE, Role.RESEARCHER, Role.ADMINISTRATOR})
"""Those who must prove who they are in two ways."""

CARERS = frozenset({Role.CLINICIAN, Role.NURSE})
"""Those who treat patients."""


class Clinic(models.Model):
    """A clinic: how it is reached, the limits it sets for sessions, and how it follows patients.

    A limit that is not set is not watched; the flowsheet says so. ``reply_hours``: within how
    many hours a message is answered; ``silent_days``: after how many days without an entry a
    patient counts as silent; ``fading_days``: how many days ahead a return of pain is looked for;
    ``visit_days``: the longest time between two visits. Their defaults are ours.
    """

    name = models.CharField(max_length=120)
    phone = models.CharField(max_length=40)
    urgent_phone = models.CharField(max_length=40)
    time_zone = models.CharField(max_length=60, default="UTC")
    systolic_highest = models.PositiveSmallIntegerField(null=True, blank=True)
    diastolic_highest = models.PositiveSmallIntegerField(null=True, blank=True)
    pulse_highest = models.PositiveSmallIntegerField(null=True, blank=True)
    pulse_lowest = models.PositiveSmallIntegerField(null=True, blank=True)
    saturation_lowest = models.PositiveSmallIntegerField(null=True, blank=True)
    breaths_lowest = models.PositiveSmallIntegerField(null=True, blank=True)
    reply_hours = models.PositiveSmallIntegerField(default=48)
    silent_days = models.PositiveSmallIntegerField(default=3)
    fading_days = models.PositiveSmallIntegerField(default=7)
    visit_days = models.PositiveSmallIntegerField(default=90)

    def __str__(self) -> str:
        """Give its name."""
        return self.name


class User(AbstractUser):
    """Somebody who may sign in, in one role, at one clinic."""

    role = models.CharField(max_length=20, choices=Role)
    clinic = models.ForeignKey(Clinic, on_delete=models.PROTECT, null=True)
    full_name = models.CharField(max_length=120, blank=True)

    @property
    def is_carer(self) -> bool:
        """Whether this person treats patients."""
        return self.role in CARERS

    @property
    def must_use_two_ways(self) -> bool:
        """Whether a password alone is not enough."""
        return self.role in STAFF

    def __str__(self) -> str:
        """Give the name by which colleagues know this person."""
        return self.full_name or self.username


class Invitation(models.Model):
    """A one-time link by which somebody makes an account. Only a digest of its secret is kept."""

    clinic = models.ForeignKey(Clinic, on_delete=models.PROTECT)
    role = models.CharField(max_length=20, choices=Role)
    full_name = models.CharField(max_length=120, blank=True)
    secret_digest = models.CharField(max_length=64, unique=True)
    made_by = models.ForeignKey(User, on_delete=models.PROTECT, null=True, related_name="+")
    made_at = models.DateTimeField(auto_now_add=True)
    expires_at = models.DateTimeField()
    used_at = models.DateTimeField(null=True)
    used_by = models.OneToOneField(User, on_delete=models.PROTECT, null=True, related_name="+")

    def __str__(self) -> str:
        """Name it without its secret."""
        return f"invitation {self.pk}"
