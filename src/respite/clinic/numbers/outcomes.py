"""Counts what treatment did, patient by patient; nothing here knows a database or a clock."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

import numpy as np

from respite.clinic.numbers.queries_streamed import DAY_H, Followed
from respite.domain import CourseSeen, Threshold
from respite.forecasting import CourseFollowed, Seen

WINDOWS = (7, 28, 84)
"""Days after the last dose up to which the scores of a week are looked at; ours."""

WEEK = 7
PEG_DAYS = 84
"""Within how many days after the last dose a PEG counts; ours."""

PEG_POINTS = 1
"""Fall of the PEG total that counts."""

FALLS = {one.value: one for one in (Threshold.THIRTY_PERCENT, Threshold.FIFTY_PERCENT,
                                    Threshold.TWO_POINTS)}  # fmt: skip
"""Falls of pain that are counted."""


@dataclass
class Outcomes:
    """What is counted while patients go by.

    Attributes
    ----------
    treated, scores
        How many patients were treated, and how many scores they wrote.
    doses, people
        Doses and patients by drug and route.
    windows
        By day after the last dose: how many were assessed, missing and so on, and who fell.
    peg
        The same for the PEG questionnaire.
    courses
        Lines for the time to pain return.
    unseen
        Courses that give no line, by the reason.
    """

    treated: int = 0
    followed: int = 0
    scores: int = 0
    doses: Counter[str] = field(default_factory=Counter)
    people: Counter[str] = field(default_factory=Counter)
    windows: dict[int, Counter[str]] = field(
        default_factory=lambda: {day: Counter() for day in WINDOWS}
    )
    peg: Counter[str] = field(default_factory=Counter)
    courses: list[CourseSeen] = field(default_factory=list)
    unseen: Counter[str] = field(default_factory=Counter)

    def add(self, one: Followed, now: datetime) -> None:
        """Count one patient.

        Parameters
        ----------
        one
            The patient.
        now
            When it is counted: what lies ahead of it is not missing.
        """
        self.treated += 1
        self.scores += len(one.scores)
        ways = Counter(f"{dose.drug} {dose.route}" for dose in one.doses)
        self.doses += ways
        self.people.update(ways.keys())
        courses = one.courses()
        if courses:
            self.followed += 1
            self._add_falls(one, courses[0], now)
            self._add_peg(one, courses[0], now)
        for course in courses:
            self._add_course(one, course)

    def to_data(self) -> dict[str, Any]:
        """Give the counts as plain data."""
        return {
            "treated": self.treated,
            "followed": self.followed,
            "scores": self.scores,
            "doses": dict(self.doses),
            "people": dict(self.people),
            "windows": {str(day): dict(told) for day, told in self.windows.items()},
            "peg": dict(self.peg),
            "unseen": dict(self.unseen),
        }

    def _add_course(self, one: Followed, course: CourseFollowed) -> None:
        seen = course.as_seen(str(one.patient_id))
        if seen is None:
            self.unseen["baseline" if course.seen is None else "diary"] += 1
            return
        if course.seen is not None and course.seen.seen in {
            Seen.NO_RELIEF,
            Seen.GONE_BEFORE_LAST_DOSE,
        }:
            self.unseen["never"] += 1
        self.courses.append(seen)

    def _add_falls(self, one: Followed, course: CourseFollowed, now: datetime) -> None:
        age_h = one.hours_of(now)
        untreated = one.untreated
        for day, told in self.windows.items():
            until = course.end_h + day * DAY_H
            if until > age_h:
                told["not yet"] += 1
                continue
            if course.next_h <= until:
                told["treated again"] += 1
                continue
            chosen = (one.hours > until - WEEK * DAY_H) & (one.hours <= until)
            if untreated is None or untreated <= 0 or not np.any(chosen):
                told["missing"] += 1
                continue
            told["assessed"] += 1
            relief = 1 - float(np.mean(one.scores[chosen])) / untreated
            for name, fall in FALLS.items():
                # As binary numbers, 30 % of 7 points is a hair more than 2.1.
                if round(relief - fall.share_of(untreated), 9) >= 0:
                    told[name] += 1

    def _add_peg(self, one: Followed, course: CourseFollowed, now: datetime) -> None:
        before = [total for day, total in one.pegs if day * DAY_H <= max(course.start_h, 0)]
        end, last = course.end_h / DAY_H, min(course.next_h, one.hours_of(now)) / DAY_H
        after = [total for day, total in one.pegs if end < day <= min(end + PEG_DAYS, last)]
        if before and after:
            self.peg["assessed"] += 1
            self.peg["fell"] += before[-1] - after[0] >= PEG_POINTS
        elif not after and one.hours_of(now) / DAY_H < end + PEG_DAYS:
            self.peg["not yet"] += 1
        elif not after and course.next_h / DAY_H <= end + PEG_DAYS:
            self.peg["treated again"] += 1
        else:
            self.peg["missing"] += 1


def effects_counted(
    sessions: int, lines: Iterable[tuple[int, int, dict[str, Any]]]
) -> dict[str, Any]:
    """Count unwanted effects by session.

    Parameters
    ----------
    sessions
        Sessions in which something was given.
    lines
        Lines about unwanted effects that stand: number of the session, of the patient, and what
        was written.

    Returns
    -------
    ``sessions``, in how many ``asked`` something was written, and ``by`` effect in how many it
    was seen (``any``) and was ``severe``, and in how many people (``people``, ``severe_people``).
    """
    seen: dict[str, dict[str, set[int]]] = {}
    asked: set[int] = set()
    for session, patient, data in lines:
        asked.add(session)
        how = data.get("severity")
        if how in (None, "none"):
            continue
        names = ("any", "people", "severe", "severe_people")
        told = seen.setdefault(str(data.get("effect", "other")), {name: set() for name in names})
        told["any"].add(session)
        told["people"].add(patient)
        if how == "severe":
            told["severe"].add(session)
            told["severe_people"].add(patient)
    return {
        "sessions": sessions,
        "asked": len(asked),
        "by": {
            effect: {name: len(found) for name, found in told.items()}
            for effect, told in seen.items()
        },
    }
