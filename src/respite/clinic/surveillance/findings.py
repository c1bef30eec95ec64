"""Findings of the library in what was learnt of a patient, each with the row that shows it."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import groupby
from typing import Any

from respite.clinic.patients.models import PatientRecord
from respite.clinic.patients.queries import history_of, latest_answers
from respite.clinic.surveillance.results import standing_results
from respite.clinic.surveillance.timeline import Learnt, learnt_of
from respite.literature import load_library
from respite.safety import FoundTrigger, exposure_of, found_in


@dataclass(frozen=True)
class FoundOn:
    """A finding on its day.

    Attributes
    ----------
    found
        What the library says of it.
    key
        What tells it from every other of this patient, such as ``liver.high:lab:17``.
    day
        The day of the finding.
    words
        What shows it.
    is_gone
        Whether a later result shows it no longer.
    """

    found: FoundTrigger
    key: str
    day: date
    words: tuple[str, ...]
    is_gone: bool


def findings_of(patient: PatientRecord, today: date) -> list[FoundOn]:
    """Give the latest of each finding within a year, the gravest and latest first.

    Parameters
    ----------
    patient
        The patient.
    today
        The day on which is asked.
    """
    learnt = learnt_of(
        patient,
        standing_results(patient),
        patient.scores.all(),
        latest_answers(patient),
    )
    if not learnt:
        return []
    found = latest_findings(learnt, _always(patient, today), today)
    return sorted(found, key=lambda one: (not one.found.trigger.grave, -one.day.toordinal()))


def _always(patient: PatientRecord, today: date) -> dict[str, Any]:
    """Give what is known whatever the day: sex, and exposure up to now."""
    history = history_of(patient)
    known: dict[str, Any] = {"patient.sex": patient.sex} if patient.sex else {}
    if history is not None:
        known["course.exposure_days_180"] = exposure_of(history, on=today).days_in_180
    return known


def latest_findings(
    learnt: Sequence[Learnt], always: dict[str, Any], today: date
) -> Iterable[FoundOn]:
    """Go through the days, and keep the latest of each finding.

    Parameters
    ----------
    learnt
        What was learnt, the earliest first.
    always
        What is known whatever the day.
    today
        The day on which is asked; what is older than a year is left out.
    """
    year = int(load_library().convention("surveillance.year").typical.value)
    known = dict(always)
    origin: dict[str, Learnt] = {}
    latest: dict[str, tuple[FoundTrigger, Learnt, tuple[str, ...]]] = {}
    for day, group in groupby(learnt, key=lambda one: one.day):
        changed: set[str] = set()
        for one in group:
            known |= one.facts
            origin |= dict.fromkeys(one.facts, one)
            changed |= set(one.facts)
        if not 0 <= (today - day).days < year:
            continue
        for found in found_in(known, about=frozenset(changed)):
            shows = [name for name in found.facts if name in origin]
            last = max((origin[name] for name in shows), key=lambda one: one.day, default=None)
            if last is None or last.day != day:
                continue
            words = tuple(dict.fromkeys(origin[name].words.get(name, "") for name in shows))
            latest[found.name] = (found, last, words)
    still = {one.name for one in found_in(known)}
    for name, (found, last, words) in latest.items():
        yield FoundOn(
            found, f"{name}:{last.key}", last.day, tuple(filter(None, words)),
            is_gone=name not in still,
        )  # fmt: skip
