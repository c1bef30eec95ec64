"""What tests of diaries and forecasts share."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from decimal import Decimal
from uuid import uuid4

from respite.clinic.diaries.models import Entry
from respite.clinic.treatments.models import DoseRecord

LAST_DOSE = datetime(2026, 10, 9, 9, tzinfo=UTC)


def gave(patient, start=LAST_DOSE, **told):
    facts = {"drug": "ketamine", "amount": Decimal(35), "unit": "mg", "route": "iv",
             "duration_min": 40}  # fmt: skip
    return DoseRecord.objects.create(
        patient=patient, start=start, written_by=patient.made_by, **facts | told
    )


def gave_course(patient, days=5):
    return [gave(patient, LAST_DOSE - timedelta(days=back)) for back in reversed(range(days))]


def wrote(patient, pain, days_after=1.0, **told):
    at = LAST_DOSE + timedelta(days=days_after)
    facts = {"day": at.date(), "felt_at": at, "written_at": at, "written_by": patient.user}
    return Entry.objects.create(patient=patient, pain=pain, **facts | told)


def tap(browser, pain, **told):
    """Tap a score, as the page would send it."""
    return browser.post("/diary/", {"pain": pain, "client_id": uuid4(), **told})
