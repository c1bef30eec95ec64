"""What tests of diaries and forecasts share."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from decimal import Decimal
from functools import cache
from uuid import uuid4

from respite.clinic.diaries.models import Entry
from respite.clinic.forecasts.inputs import Question
from respite.clinic.forecasts.models import ForecastRecord
from respite.clinic.forecasts.working_out import work_out
from respite.clinic.treatments.models import DoseRecord
from respite.domain import (
    Diary,
    DiaryEntry,
    DosingHistory,
    Drug,
    GivenDose,
    Patient,
    Route,
    Threshold,
)

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


def kept(patient, answered, digest="d" * 64, **told):
    """Keep a forecast that was worked out before, as if the worker had."""
    facts = {
        "inputs": {"given": [], "diary": [], "patient": {}},
        "answer": answered.answer,
        "words": answered.words,
        "line": answered.line,
        "refusal": answered.refusal,
    }
    return ForecastRecord.objects.create(
        patient=patient, digest=digest, library_digest="e" * 64, made_with="0.1.0", seed=7,
        **facts | told,
    )  # fmt: skip


@cache
def an_answer(seed=7, pain=(7, 7, 3, 2, 3, 4)):
    """Work out one forecast, once for all tests: five doses, and some scores after them."""
    entries = [
        DiaryEntry(at=LAST_DOSE + timedelta(days=day - 6), pain=score)
        for day, score in enumerate(pain)
    ]
    doses = [
        GivenDose(start=LAST_DOSE - timedelta(days=back), drug=Drug.KETAMINE, amount=Decimal(35),
                  unit="mg", route=Route.IV, duration_min=Decimal(40))
        for back in (4, 3, 2, 1, 0)
    ]  # fmt: skip
    question = Question(
        patient=Patient.from_mapping({"age": 46, "weight": 70, "condition": "crps",
                                      "baseline_pain": 7}),
        given=DosingHistory(tuple(doses)), diary=Diary(tuple(entries)),
        threshold=Threshold.THIRTY_PERCENT, seed=seed,
    )  # fmt: skip
    return work_out(question, [], LAST_DOSE + timedelta(days=1))
