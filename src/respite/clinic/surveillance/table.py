"""The table of tests: what is watched by organ, with results, trend, last done and next due."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from respite.clinic.patients.instruments import instruments, number_of
from respite.clinic.patients.models import PatientRecord, Score
from respite.clinic.patients.overview import score_told
from respite.clinic.patients.queries import latest_answers
from respite.clinic.surveillance.due import FORMS, LastDone, done_of, plan_of
from respite.clinic.surveillance.models import LabResult
from respite.clinic.surveillance.results import (
    CREATININE,
    analytes,
    beside_words,
    is_beyond,
    limit_words,
    result_words,
    standing_results,
    upper_limit,
    worked_out_egfr,
)
from respite.clinic.surveillance.spark import Spark, spark_of
from respite.clinic.surveillance.timeline import rise_of
from respite.clinic.surveillance.words import ORGANS, organ_words
from respite.clinic.treatments.models import EntryKind
from respite.domain import translate as _
from respite.literature import SurveillanceItem, load_library
from respite.report import whose
from respite.safety import Due, SurveillancePlan

MOST_SESSIONS = 12
"""Sessions whose first pressure is drawn; ours."""

IN_SESSION = "in_session"
MORE_FORMS = {"gad7": "mood"}
"""Questionnaires that are shown beside those that do an item."""


@dataclass(frozen=True, kw_only=True)
class Line:
    """One test or score of an item: its last result, its course, and every result.

    Attributes
    ----------
    title, words, limits, beside
        What it is, the last result, its limits, and what else is worth saying of it.
    day
        When the last one was taken.
    is_beyond
        Whether the last lies outside of its limits.
    spark
        The course as a picture.
    results
        Every result, the latest first: day, words, whether beyond, and its row.
    """

    title: str
    words: str
    day: date
    limits: str = ""
    beside: str = ""
    is_beyond: bool = False
    spark: Spark | None = None
    results: tuple[tuple[date, str, bool, LabResult | None], ...] = ()


@dataclass(frozen=True, kw_only=True)
class WatchedItem:
    """One row of the table."""

    item: SurveillanceItem
    number: int
    lines: tuple[Line, ...]
    done: LastDone | None
    due: Due | None
    state: str
    colour: str
    whose: str
    source: str
    link: str
    has_tests: bool
    form: int


@dataclass(frozen=True)
class Organ:
    """The rows of one organ."""

    title: str
    rows: tuple[WatchedItem, ...]


@dataclass(frozen=True)
class Table:
    """Everything on the page that follows from what was given and done."""

    organs: tuple[Organ, ...]
    plan: SurveillancePlan | None
    done: dict[str, LastDone]


def number_of_item(name: str) -> int:
    """Give the number by which addresses name an item: they say nothing of a person."""
    return list(load_library().surveillance).index(name) + 1


def numbered_item(number: int) -> SurveillanceItem | None:
    """Give the item of a number; ``None`` where there is none."""
    every = list(load_library().surveillance.values())
    return every[number - 1] if 0 < number <= len(every) else None


def tests_of(item: SurveillanceItem) -> list[str]:
    """Name the tests of an item."""
    return [test.id for test in analytes().values() if test.item == item.id]


def table_of(patient: PatientRecord, today: date) -> Table:
    """Give the table of a patient.

    Parameters
    ----------
    patient
        The patient.
    today
        The day on which is asked.
    """
    rows = list(standing_results(patient))
    scores = list(patient.scores.select_related("written_by"))
    answers = latest_answers(patient)
    done = done_of(patient, today, rows=rows, scores=scores, answers=answers)
    plan = plan_of(patient, today, done)
    found: dict[str, list[WatchedItem]] = {}
    for item in load_library().surveillance.values():
        is_ours = item.whom == "everyone" or patient.sex != "male"
        if item.organ in ORGANS and is_ours and {one.occasion for one in item.when} != {IN_SESSION}:
            lines = tuple(_lines(patient, item, rows, scores))
            found.setdefault(item.organ, []).append(_row(item, lines, plan, done))
    organs = tuple(
        Organ(organ_words(organ), tuple(sorted(found[organ], key=_order)))
        for organ in ORGANS
        if organ in found
    )
    return Table(organs, plan, done)


def _order(row: WatchedItem) -> tuple[date, str]:
    return (row.due.due if row.due else date.max, row.item.title)


def _row(
    item: SurveillanceItem,
    lines: tuple[Line, ...],
    plan: SurveillancePlan | None,
    done: dict[str, LastDone],
) -> WatchedItem:
    due = next((one for one in plan.due if one.item == item.id), None) if plan else None
    state, colour = _state(item, due, plan)
    key = item.source if due is None else due.source
    source = load_library().sources[key]
    forms = [name for name, does in FORMS.items() if does == item.id and name in instruments()]
    return WatchedItem(
        item=item, number=number_of_item(item.id), lines=lines, done=done.get(item.id), due=due,
        state=state, colour=colour, whose="" if due is None else whose(due.number_is),
        source=key, link=source.link, has_tests=bool(tests_of(item)),
        form=number_of(forms[0]) if forms else 0,
    )  # fmt: skip


def _state(
    item: SurveillanceItem, due: Due | None, plan: SurveillancePlan | None
) -> tuple[str, str]:
    if due is None or plan is None:
        only = {one.occasion for one in item.when} == {"trigger"}
        return (_("only where something is found") if only else _("not due")), ""
    day = due.due.isoformat()
    if due.is_overdue:
        return _("overdue since {day}").format(day=day), "stop"
    if due.due == plan.on:
        return _("due now"), "caution"
    return _("due on {day}").format(day=day), ""


def _lines(
    patient: PatientRecord,
    item: SurveillanceItem,
    rows: Sequence[LabResult],
    scores: Iterable[Score],
) -> Iterable[Line]:
    for test in tests_of(item):
        own = [row for row in rows if row.analyte == test]
        if own:
            yield _line(patient, own)
    by_form: dict[str, list[Score]] = {}
    for score in scores:
        if {**FORMS, **MORE_FORMS}.get(score.instrument) == item.id:
            by_form.setdefault(score.instrument, []).append(score)
    for own_scores in by_form.values():
        yield _score_line(own_scores)
    if item.id == "blood_pressure":
        yield from _pressure_line(patient)


def _line(patient: PatientRecord, own: Sequence[LabResult]) -> Line:
    last, test = own[-1], analytes()[own[-1].analyte]
    limit, _is_printed = upper_limit(last)
    points = [(row.day, float(row.value), is_beyond(row)) for row in own if row.value is not None]
    rise = rise_of(list(own))
    return Line(
        title=test.title,
        words=result_words(last),
        day=last.day,
        limits=limit_words(last),
        beside="; ".join(filter(None, _beside(patient, last, rise))),
        is_beyond=is_beyond(last),
        spark=spark_of(
            points, name=test.title, unit=test.unit, limit=None if limit is None else float(limit)
        ),
        results=tuple((row.day, result_words(row), is_beyond(row), row) for row in reversed(own)),
    )


def _beside(patient: PatientRecord, last: LabResult, rise: float) -> Iterable[str]:
    yield beside_words(last)
    if rise:
        yield _("rising: up by {percent:.0f} % over results in a row").format(percent=rise)
    rate = worked_out_egfr(patient, last) if last.analyte == CREATININE else None
    if rate is not None:
        yield _("eGFR worked out from it (CKD-EPI 2021): {rate:.0f}").format(rate=rate)


def _score_line(own: Sequence[Score]) -> Line:
    told = [score_told(one) for one in own]
    points = [(one.on, float(one.total), said.is_urgent)
              for one, said in zip(own, told, strict=True)]  # fmt: skip
    last = told[-1]
    return Line(
        title=last.title,
        words=last.words,
        day=own[-1].on,
        is_beyond=last.is_urgent,
        spark=spark_of(points, name=last.title, limit=None),
        results=tuple(
            (one.on, said.words, said.is_urgent, None)
            for one, said in zip(reversed(own), reversed(told), strict=True)
        ),
    )


def _pressure_line(patient: PatientRecord) -> Iterable[Line]:
    """Give the first pressure of each session, which was taken before the dose."""
    sessions = patient.sessions.filter(started_at__isnull=False).prefetch_related("entries")
    found: list[tuple[date, dict[str, Any]]] = []
    for session in sessions[:MOST_SESSIONS]:
        corrected = {one.corrects_id for one in session.entries.all()}
        taken = [
            one.data
            for one in session.entries.all()
            if one.kind == EntryKind.VITALS and one.pk not in corrected and one.data.get("systolic")
        ]
        if taken:
            found.append((session.day, taken[0]))
    if not found:
        return
    found.reverse()
    points = [(day, float(told["systolic"]), False) for day, told in found]
    said = [(day, _pressure(told), False, None) for day, told in found]
    yield Line(
        title=_("Before the dose"),
        words=said[-1][1],
        day=found[-1][0],
        spark=spark_of(points, name=_("Upper pressure before the dose"), unit="mmHg", limit=None),
        results=tuple(reversed(said)),
    )


def _pressure(told: dict[str, Any]) -> str:
    return _("{upper}/{lower} mmHg").format(
        upper=told["systolic"], lower=told.get("diastolic", "?")
    )
