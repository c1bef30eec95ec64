"""Whether a page is open by an emergency access only."""

from __future__ import annotations

from datetime import datetime

from django import template

from respite.clinic.accounts.models import User
from respite.clinic.patients.access import open_emergency
from respite.clinic.patients.models import PatientRecord

register = template.Library()


@register.simple_tag
def emergency_until(user: User, patient: PatientRecord) -> datetime | None:
    """Give the end of the emergency access by which somebody reads; ``None`` at home."""
    access = open_emergency(user, patient)
    return None if access is None else access.until
