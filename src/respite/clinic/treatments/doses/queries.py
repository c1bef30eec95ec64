"""Questions to the table of doses."""

from __future__ import annotations

from django.db.models import QuerySet

from respite.clinic.patients.models import PatientRecord
from respite.clinic.treatments.models import DoseRecord


def doses_of(patient: PatientRecord) -> QuerySet[DoseRecord]:
    """Give every dose on record, the latest first, those withdrawn too."""
    return patient.doses.select_related("written_by").order_by("-start", "-pk")
