"""Patients who want e-mails, as tests of sending make them."""

from __future__ import annotations

from datetime import datetime

from clinic_work import ZONE
from django.utils import timezone

from respite.clinic.contact.reminders.models import Reach

HOUR = 20


def at(day, hour=HOUR, minute=0):
    return datetime(day.year, day.month, day.day, hour, minute, tzinfo=ZONE)


def wants(patient, day, **told):
    """Have a reminder from a day on."""
    facts = {"email": "pia@example.org", "confirmed_at": timezone.now(), "hour": HOUR,
             "began": day, "next_at": at(day), "wants_messages": True}  # fmt: skip
    return Reach.objects.create(patient=patient, **facts | told)
