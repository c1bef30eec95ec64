"""Questions to consents, numbers and exports, in words of the clinic."""

from __future__ import annotations

from django.db.models import OuterRef, QuerySet, Subquery

from respite.clinic.accounts.models import Clinic
from respite.clinic.numbers.models import ClinicNumbers, ExportFile, ExportKind, ResearchConsent
from respite.clinic.patients.models import PatientRecord

MOST_EXPORTS = 20
"""Exports that a page lists."""

MOST_LOOKED_AT = 500
"""Exports that are looked through for those in which a patient may be."""


def consents_of(patient: PatientRecord) -> QuerySet[ResearchConsent]:
    """Give what a patient said about research, the latest first."""
    return ResearchConsent.objects.filter(patient=patient).select_related("by").order_by("-pk")


def agrees(patient: PatientRecord) -> bool:
    """Say whether a patient agrees to research now; nobody does who never said so."""
    last = consents_of(patient).first()
    return last is not None and last.is_given


def who_agree(clinic: Clinic) -> QuerySet[PatientRecord]:
    """Give the patients of a clinic who agree to research now."""
    last = ResearchConsent.objects.filter(patient=OuterRef("pk")).order_by("-pk")
    return (
        PatientRecord.objects.filter(clinic=clinic)
        .annotate(agrees=Subquery(last.values("is_given")[:1]))
        .filter(agrees=True)
    )


def numbers_now(clinic: Clinic) -> ClinicNumbers | None:
    """Give the numbers of a clinic as they were worked out last; ``None`` where never asked."""
    return ClinicNumbers.objects.filter(clinic=clinic).first()


def exports_of(clinic: Clinic, kind: ExportKind) -> list[ExportFile]:
    """Give the latest exports of a kind, so that everybody who may export sees who did."""
    found = ExportFile.objects.filter(clinic=clinic, kind=kind).select_related("by")
    return list(found[:MOST_EXPORTS])


def exports_with(patient: PatientRecord) -> list[ExportFile]:
    """Give the exports in which a patient may be, the latest first.

    Those of the whole clinic since the patient is on record, and those for research that were
    asked for while the patient agreed.
    """
    found = ExportFile.objects.filter(clinic_id=patient.clinic_id, asked_at__gte=patient.made_at)
    said = list(reversed(consents_of(patient)))
    return [
        one
        for one in found.select_related("by")[:MOST_LOOKED_AT]
        if one.kind == ExportKind.CLINIC or _agreed_at(said, one)
    ][:MOST_EXPORTS]


def _agreed_at(said: list[ResearchConsent], export: ExportFile) -> bool:
    until = export.made_at or export.asked_at
    before = [one for one in said if one.at <= until]
    return bool(before) and before[-1].is_given
