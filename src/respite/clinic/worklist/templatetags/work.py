"""What is open for one patient, on the overview."""

from __future__ import annotations

from django import template

from respite.clinic.accounts.models import User
from respite.clinic.patients.models import PatientRecord
from respite.clinic.worklist.queries import Row, open_of

register = template.Library()


@register.simple_tag
def open_work(user: User, patient: PatientRecord) -> list[Row]:
    """Give what is open for a patient, the gravest need first."""
    return open_of(user, patient)
