"""What the clinic's own numbers need in a demo: consents, and forecasts that are old enough."""

from __future__ import annotations

import uuid
from collections.abc import Iterable
from dataclasses import replace
from datetime import UTC, timedelta

from django.utils import timezone

from respite.clinic.accounts.models import User
from respite.clinic.diaries.queries import diary_of
from respite.clinic.forecasts.inputs import asked_of, library_digest, seed_of
from respite.clinic.forecasts.models import ForecastRecord
from respite.clinic.forecasts.working_out import work_out
from respite.clinic.numbers.actions import tell_consent
from respite.clinic.patients.models import PatientRecord
from respite.domain import VERSION, Diary, DosingHistory

EARLIER_DAYS = 14
"""How many days ago the earlier forecasts of the demo were made."""

MOST_FORETOLD = 8
"""Earlier forecasts that are worked out: each takes a good part of a second."""

ONE_IN = 4
"""One patient in so many does not agree to research."""


def foretold(patients: Iterable[PatientRecord]) -> list[PatientRecord]:
    """Choose those whose diary began long enough ago for an earlier forecast."""
    since = timezone.now() - timedelta(days=EARLIER_DAYS + 7)
    begun = (
        one
        for one in patients
        if one.entries.filter(felt_at__lt=since).exists()
        and one.doses.filter(start__lt=since).exists()
    )
    return [one for _place, one in zip(range(MOST_FORETOLD), begun, strict=False)]


def forecast_earlier(patient: PatientRecord) -> None:
    """Work out what would have been forecast two weeks ago, from what was known then."""
    then = timezone.now() - timedelta(days=EARLIER_DAYS)
    asked = asked_of(patient, then)
    diary = diary_of(patient)
    if asked.question is None or asked.question.given is None or diary is None:
        return
    given = tuple(one for one in asked.question.given.doses if one.start <= then)
    written = tuple(one for one in diary.entries if one.at is not None and one.at <= then)
    if not given or not written:
        return
    question = replace(
        asked.question, given=DosingHistory(given), diary=Diary(written), regimen=None,
        start=None, to_come=(),
    )  # fmt: skip
    answered = work_out(question, [], then)
    if answered.refusal:
        return
    moment = then.astimezone(UTC).isoformat()
    inputs = {
        **asked.inputs,
        "given": [one for one in asked.inputs["given"] if one["start"] <= moment],
        "diary": [one for one in asked.inputs["diary"] if one["at"] <= moment],
    }
    ForecastRecord.objects.create(
        patient=patient, inputs=inputs, digest=uuid.uuid4().hex * 2, answer=answered.answer,
        words=answered.words, line=answered.line, library_digest=library_digest(),
        made_with=VERSION, seed=seed_of(patient),
    )  # fmt: skip


def agree(patients: Iterable[PatientRecord], doctor: User) -> None:
    """Have three of four agree to research, by their own hand where they have an account."""
    for place, one in enumerate(patients):
        if place % ONE_IN:
            by = one.user or doctor
            tell_consent(by, one, is_given=True, client_id=uuid.uuid4())
