"""What results say to the rules of safety: answers to their questions, by fact."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date
from typing import Any

from respite.clinic.patients.evaluation import fits, refuse_impossible
from respite.clinic.patients.models import FactAnswer, PatientRecord
from respite.clinic.patients.queries import latest_answers
from respite.clinic.patients.questions import families, names_of, vocabulary
from respite.clinic.surveillance.models import LabResult
from respite.clinic.surveillance.results import (
    CREATININE,
    EGFR,
    analytes,
    done_by_results,
    standing_results,
)
from respite.clinic.surveillance.timeline import DROP, learnt_of
from respite.domain import RespiteError
from respite.literature import load_library

Told = dict[str, tuple[Any, date]]
"""Answers by fact, each with its day; ``None`` takes an earlier one back."""


def answers_of(patient: PatientRecord, days: Mapping[str, date]) -> Told:
    """Give the answers that follow from results as they stand now.

    A result without a printed limit tells no multiple of it: what was told before is taken back,
    so that the rules ask rather than go by an older one. An answer of a later day stays.

    Parameters
    ----------
    patient
        The patient.
    days
        The tests whose results changed, each with the latest day on which they did.
    """
    rows = list(standing_results(patient))
    had = latest_answers(patient)
    told: Told = {}
    for test, changed in days.items():
        last = next((row for row in reversed(rows) if row.analyte == test), None)
        news = {} if last is None else dict(_of_row(last))
        on = changed if last is None else last.day
        for name in _names(test):
            before = had.get(name)
            if before is not None and before.on > max(on, changed):
                continue
            if name in news:
                told[name] = (news[name], on)
            elif before is not None:
                told[name] = (None, changed)
    told |= _of_days(rows, days, had)
    if {CREATININE, EGFR} & set(days):
        told |= _of_drop(patient, rows, had)
    return told


def _of_row(row: LabResult) -> Iterator[tuple[str, Any]]:
    test = analytes()[row.analyte]
    if row.code:
        word = test.word(row.code)
        yield from ({} if word is None else word.facts).items()
        return
    if row.value is None:
        return
    if test.fact and row.analyte != EGFR:
        yield test.fact, f"{row.value.normalize():f} {vocabulary()[test.fact].unit}"
    if test.ratio and row.upper is not None:
        result, limit = vocabulary()[test.ratio].ratio
        yield result, f"{row.value.normalize():f} {test.unit}"
        yield limit, f"{row.upper.normalize():f} {test.unit}"


def _names(test: str) -> list[str]:
    one = analytes()[test]
    names = {name for word in one.words for name in word.facts}
    if one.fact and test != EGFR:
        names.add(one.fact)
    if one.ratio:
        names |= names_of(families()[one.ratio])
    return sorted(names)


def _of_days(
    rows: list[LabResult], days: Mapping[str, date], had: Mapping[str, FactAnswer]
) -> Told:
    """Give the days on which items were done whole, where the rules ask for them."""
    items = {analytes()[test].item for test in days}
    told: Told = {}
    for item, day in done_by_results(rows).items():
        kind = vocabulary().get(load_library().surveillance[item].age_fact)
        if item in items and kind is not None and kind.date:
            before = had.get(kind.date)
            if before is None or before.on <= day:
                told[kind.date] = (day.isoformat(), day)
    return told


def _of_drop(patient: PatientRecord, rows: list[LabResult], had: Mapping[str, FactAnswer]) -> Told:
    last = None
    for one in learnt_of(patient, rows, (), {}):
        if DROP in one.facts:
            last = one
    before = had.get(DROP)
    if last is None or (before is not None and before.on > last.day):
        return {}
    drop = f"{float(last.facts[DROP]):.1f} {vocabulary()[DROP].unit}"
    return {DROP: (drop, last.day)}


def refuse_contradiction(patient: PatientRecord, was_right: bool) -> None:
    """Refuse answers that together with the others cannot all be true.

    Parameters
    ----------
    patient
        The patient.
    was_right
        Whether what stood before could all be true.

    Raises
    ------
    RespiteError
        Where they cannot, and could before.
    """
    if was_right:
        refuse_impossible(patient, {n: one.told for n, one in latest_answers(patient).items()})


def stood_right(patient: PatientRecord) -> bool:
    """Say whether what stands of a patient can all be true."""
    try:
        return fits(patient)
    except RespiteError:
        return False
