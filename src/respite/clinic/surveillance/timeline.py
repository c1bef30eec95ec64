"""What was learnt of a patient day by day, as facts that findings ask about, with their origin."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from functools import cache
from itertools import pairwise
from typing import Any

from respite.clinic.diaries.models import Entry
from respite.clinic.diaries.queries import entries_of
from respite.clinic.diaries.words import bladder_words
from respite.clinic.patients.instruments import Instrument, instruments
from respite.clinic.patients.models import FactAnswer, PatientRecord, Score
from respite.clinic.surveillance.models import LabResult
from respite.clinic.surveillance.results import (
    CREATININE,
    EGFR,
    analytes,
    by_day,
    result_words,
    shown,
    upper_limit,
    worked_out_egfr,
)
from respite.domain import RespiteError, listed
from respite.domain import translate as _
from respite.literature import load_library
from respite.safety import asked_by_findings, read_facts, said

LUTS, BLOOD = "course.new_luts", "labs.visible_haematuria"
RISE, DROP, RATE = "labs.liver_rise_pct", "labs.egfr_drop_pct", "patient.egfr"
SYMPTOM_SCORE, SCORE_RISE = "icsi", "scores.icsi_rise"

TOLD_ONLY = frozenset(
    {"scores.puf", "course.early_refill_count_90d", "course.lost_supply_count_180d"}
)
"""Facts that no result and no questionnaire gives: they are told on the page of questions."""


@dataclass(frozen=True)
class Learnt:
    """What one row says.

    Attributes
    ----------
    key
        What names the row, such as ``lab:17``.
    day
        The day of the finding.
    words
        What the row says, by fact.
    facts
        The same as values.
    """

    key: str
    day: date
    facts: dict[str, Any]
    words: dict[str, str] = field(default_factory=dict[str, str])


@cache
def asked() -> frozenset[str]:
    """Name every fact that a finding asks about."""
    return asked_by_findings()


def learnt_of(
    patient: PatientRecord,
    rows: Iterable[LabResult],
    scores: Iterable[Score],
    answers: Mapping[str, FactAnswer],
) -> list[Learnt]:
    """Give everything that was learnt of a patient, the earliest first.

    Parameters
    ----------
    patient
        The patient.
    rows, scores, answers
        Results that stand, questionnaires, and answers that count.
    """
    every = [
        *_of_results(patient, list(rows)),
        *_of_scores(scores),
        *_of_answers(answers),
        *_of_diary(patient),
    ]
    return sorted(every, key=lambda one: one.day)


def _of_results(patient: PatientRecord, rows: list[LabResult]) -> Iterator[Learnt]:
    series: dict[str, list[LabResult]] = {}
    rates: list[tuple[str, float]] = []
    days = by_day(rows)
    for row in rows:
        test = analytes().get(row.analyte)
        if test is None:
            continue
        series.setdefault(row.analyte, []).append(row)
        facts: dict[str, Any] = {}
        words: dict[str, str] = {}
        told = f"{test.title} {result_words(row)}"
        if row.code:
            word = test.word(row.code)
            facts |= {} if word is None else word.facts
        elif row.value is not None:
            facts |= dict(_of_number(row, words))
            if rise := rise_of(series[row.analyte]):
                facts[RISE] = rise
                words[RISE] = _("{told}, up by {percent:.0f} % over results in a row").format(
                    told=told, percent=rise
                )
        rate = _rate_of(patient, row, days)
        if rate is not None:
            rates.append((row.sign, rate))
            facts[RATE] = rate
            if row.analyte == CREATININE:
                words[RATE] = _("{told}, from which eGFR is worked out as {rate:.0f}").format(
                    told=told, rate=rate
                )
            drop = drop_of(rates)
            if drop is not None:
                facts[DROP] = drop
                words[DROP] = _("{told}, where eGFR was {first:.0f} at first").format(
                    told=words.get(RATE, told), first=rates[0][1]
                )
        yield Learnt(f"lab:{row.pk}", row.day, facts, dict.fromkeys(facts, told) | words)


def _of_number(row: LabResult, words: dict[str, str]) -> Iterator[tuple[str, float]]:
    test, value = analytes()[row.analyte], float(row.value or 0)
    if test.fact and row.analyte != EGFR:
        yield test.fact, value
    limit, is_printed = upper_limit(row)
    if test.ratio and limit:
        ratio = value / float(limit)
        whose = _("of the laboratory") if is_printed else _("ours: the laboratory printed none")
        words[test.ratio] = _(
            "{test} {result}, {times:.1f} times the upper limit of {limit} {unit} ({whose})"
        ).format(
            test=test.title, result=result_words(row), times=ratio, limit=shown(limit),
            unit=test.unit, whose=whose,
        )  # fmt: skip
        yield test.ratio, ratio


def _rate_of(patient: PatientRecord, row: LabResult, days: Mapping[date, set[str]]) -> float | None:
    """Give the filtration rate of a day: that of the laboratory, or worked out from creatinine."""
    if row.analyte == EGFR:
        return None if row.value is None else float(row.value)
    return None if EGFR in days[row.day] else worked_out_egfr(patient, row)


def rise_of(rows: list[LabResult]) -> float:
    """Say by how many percent a liver test rose over the last results in a row.

    Each must lie above the one before, and the last above its upper limit; otherwise it is zero.
    How many count stands in the library.

    Parameters
    ----------
    rows
        Results of one test, the earliest first.
    """
    many = int(load_library().convention("surveillance.trend_results").value)
    last = [one.value for one in rows[-many:] if one.value]
    if len(last) < many or not analytes()[rows[-1].analyte].ratio:
        return 0
    limit, _is_printed = upper_limit(rows[-1])
    is_rising = all(later > earlier for earlier, later in pairwise(last))
    if not is_rising or limit is None or last[-1] <= limit:
        return 0
    return float(100 * (last[-1] / last[0] - Decimal(1)))


def drop_of(rates: list[tuple[str, float]]) -> float | None:
    """Say by how many percent filtration fell since the first result; below zero where it rose.

    Parameters
    ----------
    rates
        Rates with their sign, the earliest first: a bound from below says nothing of a fall.
    """
    (first_sign, first), (last_sign, last) = rates[0], rates[-1]
    if len(rates) == 1 or first_sign == "<" or last_sign == ">" or not first:
        return None
    return 100 * (1 - last / first)


def _of_scores(scores: Iterable[Score]) -> Iterator[Learnt]:
    first_score: Decimal | None = None
    for row in scores:
        form = instruments().get(row.instrument)
        if form is None:
            continue
        answers = {int(n): int(points) for n, points in row.answers.items() if n.isdigit()}
        facts = _facts_of(form, answers, row)
        if row.instrument == SYMPTOM_SCORE:
            first_score = row.total if first_score is None else first_score
            facts[SCORE_RISE] = float(row.total - first_score)
        words = _("{form}: {total}").format(form=form.title, total=f"{row.total.normalize():f}")
        told = dict.fromkeys(facts, words)
        for number, fact in form.facts.items.items():
            told[fact] = _("{form}, question {number}: {points}").format(
                form=form.title, number=number, points=answers.get(int(number), 0)
            )
        yield Learnt(f"score:{row.pk}", row.on, facts, told)


def _facts_of(form: Instrument, answers: dict[int, int], row: Score) -> dict[str, Any]:
    if form.may_be_shown and not answers:
        return {}
    told = {
        name: value
        for name, value in form.facts_told(answers, row.total, row.on).items()
        if name in asked()
    }
    return {n: float(v) if isinstance(v, int) and v is not True and v is not False else v
            for n, v in told.items()}  # fmt: skip


def _of_answers(answers: Mapping[str, FactAnswer]) -> Iterator[Learnt]:
    for name in TOLD_ONLY & set(answers):
        row = answers[name]
        try:
            value = read_facts({name: row.told}, on=row.on).known[name]
        except (RespiteError, KeyError):
            continue
        kind = load_library().vocabulary[name]
        words = _("{what}: {value}").format(what=kind.words, value=said(kind, value))
        yield Learnt(f"answer:{row.pk}", row.on, {name: value}, {name: words})


def _of_diary(patient: PatientRecord) -> Iterator[Learnt]:
    """Go through the bladder checks of the diary; a sign that goes on is one finding.

    Blood in the urine is a finding each time.
    """
    rows = entries_of(patient).exclude(bladder={}).only("pk", "day", "bladder")
    begun: dict[str, Entry] = {}
    for row in rows:
        told = {name: bool(row.bladder[name]) for name in bladder_words() if name in row.bladder}
        begun = {name: one for name, one in begun.items() if told.get(name, True)}
        news = {name for name, yes in told.items() if yes and name not in begun}
        begun |= dict.fromkeys(news, row)
        if told.get("blood"):
            begun["blood"] = row
            news.add("blood")
        if not told or not (news or not begun):
            continue
        facts: dict[str, Any] = {LUTS: bool(begun)}
        if "blood" in told:
            facts[BLOOD] = told["blood"]
        signs = [words for name, words in bladder_words().items() if name in news]
        words = _("diary, answered with yes: {signs}").format(signs=listed(signs)) if signs else ""
        yield Learnt(f"entry:{row.pk}", row.day, facts, dict.fromkeys(facts, words))
