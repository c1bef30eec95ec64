"""Gives the records of a data set their meaning: doses, resets and what was observed when.

The module ``data_set`` says in words what is done here.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace
from heapq import heappop, heappush

from respite.domain.data_set import (
    CovariateChange,
    DataSet,
    Episode,
    Observation,
    SteadyDose,
    Subject,
)
from respite.domain.dosing import DoseEvent
from respite.domain.errors import RecordsNotUnderstood
from respite.domain.history_files import MOST_DOSES
from respite.domain.record_cells import OBSERVES, Record
from respite.domain.record_routes import Told, event_of
from respite.domain.record_times import time_after
from respite.domain.words import translate as _

MOST_DOSES_IN_ALL = 500_000
"""Doses of all subjects together, additional ones counted: a bound of ours."""


def meaning_of(records: Iterable[Record], told: Told) -> DataSet:
    """Give the subjects that records describe.

    Raises
    ------
    RecordsNotUnderstood
        Where a subject comes twice, time runs backwards, or there are too many doses.
    """
    subjects: list[Subject] = []
    seen: set[int] = set()
    course: _Course | None = None
    doses = 0
    for record in records:
        if course is None or course.subject != record.subject:
            if record.subject in seen:
                raise _scattered(record)
            if course is not None:
                subjects.append(course.finished())
            seen.add(record.subject)
            course = _Course(record)
        if record.is_dose:
            doses += 1 + record.additional
            if doses > MOST_DOSES_IN_ALL:
                raise _too_many(record, MOST_DOSES_IN_ALL)
        course.take(record, told)
    return DataSet((*subjects, *([course.finished()] if course else [])))


class _Course:
    """One subject while the rows are read: what was given, and what is still to come."""

    def __init__(self, first: Record) -> None:
        self.subject = first.subject
        self._is_first = True
        self._start_h = self._time_h = first.time_h
        self._doses = 0
        # Additional doses to come: time, line of the row that orders them, and the dose.
        self._to_come: list[tuple[float, int, int, DoseEvent]] = []
        self._events: list[DoseEvent] = []
        self._steady: list[SteadyDose] = []
        self._episodes: list[Episode] = []
        self._observations: list[Observation] = []
        self._said: dict[float, dict[str, float]] = {}

    def take(self, record: Record, told: Told) -> None:
        """Take the next row."""
        if record.time_h < self._time_h:
            raise _backwards(record, self._time_h)
        self._time_h = record.time_h
        self._give_until(record.time_h)
        self._note_covariates(record)
        if record.resets and not self._is_first:
            self._close(record.time_h)
            self._start_h = record.time_h
        if record.is_dose:
            self._dose(record, told)
        elif record.kind == OBSERVES:
            self._observe(record)
        self._is_first = False

    def finished(self) -> Subject:
        """Give the subject, now that there are no further rows."""
        while self._to_come:
            self._events.append(heappop(self._to_come)[-1])
        ends = [dose.event.end_h for dose in self._steady] + [one.end_h for one in self._events]
        self._close(max([self._time_h, *ends]))
        return Subject(
            id=self.subject,
            episodes=tuple(self._episodes),
            observations=tuple(self._observations),
            covariate_changes=tuple(_changes(self._said)),
        )

    def _give_until(self, time_h: float) -> None:
        """Give the additional doses that are due; they come before a row of their time."""
        while self._to_come and self._to_come[0][0] <= time_h:
            self._events.append(heappop(self._to_come)[-1])

    def _close(self, end_h: float) -> None:
        """End the episode, and cancel what was still to come."""
        self._episodes.append(
            Episode(
                start_h=self._start_h,
                end_h=end_h,
                events=tuple(self._events),
                steady=tuple(self._steady),
            )
        )
        self._events, self._steady, self._to_come = [], [], []

    def _dose(self, record: Record, told: Told) -> None:
        self._doses += 1 + record.additional
        if self._doses > MOST_DOSES:
            raise _too_many(record, MOST_DOSES)
        event = event_of(record, told)
        if record.steady:
            self._steady.append(SteadyDose(event=event, interval_h=record.interval_h))
        else:
            self._events.append(event)
        for k in range(1, record.additional + 1):
            later = replace(event, time_h=time_after(event.time_h, record.interval_h, k))
            heappush(self._to_come, (later.time_h, record.cells.line, k, later))

    def _observe(self, record: Record) -> None:
        self._observations.append(
            Observation(
                time_h=record.time_h,
                value=None if record.missing == 1 else record.value,
                episode=len(self._episodes),
                events_before=len(self._events),
                steady_before=len(self._steady),
                compartment=record.compartment,
                row=record.cells.line,
            )
        )

    def _note_covariates(self, record: Record) -> None:
        """Keep what a row says of covariates; of rows at one time, the last has its way."""
        if record.covariates:
            self._said.setdefault(record.time_h, {}).update(record.covariates)


def _changes(said: Mapping[float, Mapping[str, float]]) -> Iterator[CovariateChange]:
    """Keep of what was said only what was new."""
    known: dict[str, float] = {}
    for time, values in said.items():
        new = {name: value for name, value in values.items() if known.get(name) != value}
        if new:
            known |= new
            yield CovariateChange(time_h=time, values=new)


def _scattered(record: Record) -> RecordsNotUnderstood:
    return record.refusal(
        "ID",
        _("subject {subject} comes back after another subject.").format(subject=record.subject),
        _("the rows of each subject together."),
        _("sort the table by ID, or give the later rows another ID."),
    )


def _backwards(record: Record, before_h: float) -> RecordsNotUnderstood:
    return record.refusal(
        "TIME",
        _("hour {time:g} comes after hour {before:g}.").format(time=record.time_h, before=before_h),
        _("rows in order of time; one clock for each subject, also after a reset."),
        _("sort the rows of subject {subject}, or count its hours from one zero.").format(
            subject=record.subject
        ),
    )


def _too_many(record: Record, most: int) -> RecordsNotUnderstood:
    return record.refusal(
        "ADDL" if record.additional else "AMT",
        _("with this row there are more than {most:,} doses.").format(most=most),
        _("at most {subject:,} doses for each subject and {all:,} in all.").format(
            subject=MOST_DOSES, all=MOST_DOSES_IN_ALL
        ),
        _("correct ADDL, or read the table in parts."),
    )
