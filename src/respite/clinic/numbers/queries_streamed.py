"""The records of a clinic patient by patient, streamed: never all of them in memory."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from datetime import datetime
from itertools import groupby
from operator import itemgetter
from typing import Any

import numpy as np
from django.db.models import QuerySet

from respite.clinic.accounts.models import Clinic
from respite.clinic.diaries.models import Entry
from respite.clinic.diaries.queries import stands
from respite.clinic.patients.models import PatientRecord, Score
from respite.clinic.treatments.models import DoseRecord
from respite.domain import DoseEvent, Drug, ReliefRule, Route
from respite.forecasting import CourseFollowed, courses_followed

CHUNK = 5_000
"""Rows that are read at a time; ours."""

SECONDS_AN_HOUR = 3_600
DAY_H = 24
WATCHED_WITHIN_DAYS = 7
"""A course without a session here counts if a diary was begun within so many days of it; ours."""

PEG = "peg"
"""The questionnaire of pain and what it keeps from."""


@dataclass(frozen=True)
class Given:
    """One dose that was given."""

    start: datetime
    drug: str
    route: str
    amount: Any
    unit: str
    duration_min: float
    is_of_session: bool


@dataclass(frozen=True)
class Followed:
    """One patient who was treated, with everything that the numbers are made from.

    Attributes
    ----------
    patient_id, usual_pain
        Who, and the pain that was told.
    doses
        What was given, the earliest first; at least one.
    hours, scores
        The diary: when each score stands [h from the first dose], and the scores.
    pegs
        Totals of the PEG questionnaire by day from the first dose.
    """

    patient_id: int
    usual_pain: float | None
    doses: tuple[Given, ...]
    hours: np.ndarray
    scores: np.ndarray
    pegs: tuple[tuple[float, float], ...] = field(default=())

    @property
    def first_dose(self) -> datetime:
        """When the first dose began."""
        return self.doses[0].start

    @property
    def untreated(self) -> float | None:
        """Pain before treatment: the mean of scores before the first dose, else what was told."""
        before = self.scores[self.hours <= 0]
        return float(np.mean(before)) if len(before) else self.usual_pain

    def courses(self, rule: ReliefRule | None = None) -> tuple[CourseFollowed, ...]:
        """Give the courses that were followed here: in sessions, or beside a diary."""
        events = [
            DoseEvent(
                time_h=self.hours_of(one.start), drug=Drug(one.drug), route=Route(one.route),
                amount=0.0, is_per_kg=False, duration_h=one.duration_min / 60,
            )
            for one in self.doses
        ]  # fmt: skip
        every = courses_followed(
            events, self.hours, self.scores, untreated=self.untreated, rule=rule
        )
        return tuple(one for one in every if self._is_followed(one))

    def hours_of(self, moment: datetime) -> float:
        """Give the hours from the first dose to a moment."""
        return (moment - self.first_dose).total_seconds() / SECONDS_AN_HOUR

    def _is_followed(self, course: CourseFollowed) -> bool:
        if len(self.hours) and self.hours[0] <= course.end_h + WATCHED_WITHIN_DAYS * DAY_H:
            return True
        return any(
            one.is_of_session and course.start_h <= self.hours_of(one.start) < course.next_h
            for one in self.doses
        )


def followed_of(patients: QuerySet[PatientRecord]) -> Iterator[Followed]:
    """Give every treated patient of some, by number, one after another.

    Four streams in the order of patients are walked side by side; what is in memory is one
    patient and what the database hands out at a time.
    """
    entries = _by_patient(
        Entry.objects.filter(stands(), patient__in=patients, pain__isnull=False)
        .order_by("patient_id", "felt_at", "pk")
        .values_list("patient_id", "felt_at", "pain")
    )
    pegs = _by_patient(
        Score.objects.filter(patient__in=patients, instrument=PEG)
        .order_by("patient_id", "on", "pk")
        .values_list("patient_id", "on", "total")
    )
    people = _by_patient(patients.order_by("pk").values_list("pk", "usual_pain"))
    doses = (
        DoseRecord.objects.filter(patient__in=patients, is_withdrawn=False)
        .order_by("patient_id", "start", "pk")
        .values_list(
            "patient_id", "start", "drug", "route", "amount", "unit", "duration_min", "session_id"
        )
        .iterator(chunk_size=CHUNK)
    )
    beside = _Beside(people), _Beside(entries), _Beside(pegs)
    for patient_id, rows in groupby(doses, key=itemgetter(0)):
        given = tuple(
            Given(start, drug, route, amount, unit, float(minutes), session is not None)
            for _p, start, drug, route, amount, unit, minutes, session in rows
        )
        (told, written, forms) = (one.of(patient_id) for one in beside)
        usual = told[0][1] if told else None
        # Of two scores for one moment the one written last counts, as everywhere.
        scores = {at: float(pain) for _p, at, pain in written}
        first = given[0].start
        yield Followed(
            patient_id=patient_id,
            usual_pain=None if usual is None else float(usual),
            doses=given,
            hours=np.asarray([(at - first).total_seconds() / SECONDS_AN_HOUR for at in scores]),
            scores=np.asarray(list(scores.values()), dtype=np.float64),
            pegs=tuple((float((on - first.date()).days), float(total)) for _p, on, total in forms),
        )


def patients_of_clinic(clinic: Clinic) -> QuerySet[PatientRecord]:
    """Give every patient of a clinic."""
    return PatientRecord.objects.filter(clinic=clinic)


def _by_patient(rows: Any) -> Iterator[tuple[int, list[Any]]]:
    stream: Iterable[Any] = rows.iterator(chunk_size=CHUNK)
    for patient_id, own in groupby(stream, key=itemgetter(0)):
        yield patient_id, list(own)


class _Beside:
    """A stream that is walked beside another of the same order."""

    def __init__(self, rows: Iterator[tuple[int, list[Any]]]) -> None:
        self._rows = rows
        self._next = next(rows, None)

    def of(self, patient_id: int) -> list[Any]:
        """Give the rows of a patient; earlier patients are passed over."""
        while self._next is not None and self._next[0] < patient_id:
            self._next = next(self._rows, None)
        if self._next is None or self._next[0] != patient_id:
            return []
        return self._next[1]
