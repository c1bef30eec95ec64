"""Which records of a data set can be honoured exactly.

Each rule takes one record and refuses it in words. What another program would
ignore, or read in a way of its own, is refused too.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import TypeAlias

from respite.domain.history_files import MOST_DOSES
from respite.domain.plausible_doses import (
    HOURS_IN_DAY,
    LONGEST_COURSE_DAYS,
    LONGEST_INTERVAL_DAYS,
    SHORTEST_INTERVAL_SECONDS,
    dose_fault,
)
from respite.domain.record_cells import CARRIES, DOSES, OBSERVES, RESETS, RESETS_AND_DOSES, Record
from respite.domain.words import translate as _

LONGEST_TIME_H = LONGEST_COURSE_DAYS * HOURS_IN_DAY
LONGEST_INTERVAL_H = LONGEST_INTERVAL_DAYS * HOURS_IN_DAY
_HOUR_S = 3_600

Fault: TypeAlias = tuple[str, str, str, str]
"""Column, what was found, what was expected, what to try."""


def check_record(record: Record) -> None:
    """Refuse a record that cannot be honoured exactly.

    Raises
    ------
    RecordsNotUnderstood
        With the line and the column of the first rule that it breaks.
    """
    for rule in _RULES:
        for fault in rule(record):
            raise record.refusal(*fault)


def _kinds(record: Record) -> Iterator[Fault]:
    if not OBSERVES <= record.kind <= RESETS_AND_DOSES:
        yield (
            "EVID",
            _("EVID {kind} is not one that this program knows.").format(kind=record.kind),
            _("0 observes, 1 doses, 2 carries covariates, 3 resets, 4 resets and doses."),
            _("use one of these, or leave the row out."),
        )
    if record.missing not in (None, 0, 1):
        yield (
            "MDV",
            _("MDV {missing} is not known.").format(missing=record.missing),
            _("0 where DV is observed, 1 where it is not."),
            _("correct the cell."),
        )
    if record.steady not in (0, 1, 2):
        yield (
            "SS",
            _("SS {steady} is not one that this program knows.").format(steady=record.steady),
            _("0 for a plain dose, 1 for steady state alone, 2 for steady state on top."),
            _("use one of these."),
        )


def _times(record: Record) -> Iterator[Fault]:
    last_h = record.time_h + record.additional * record.interval_h
    if abs(record.time_h) > LONGEST_TIME_H:
        yield (
            "TIME",
            _("hour {time:g} is out of reach.").format(time=record.time_h),
            _("hours within ten years of zero."),
            _("count hours from the first record of the subject."),
        )
    elif record.additional > 0 and last_h > LONGEST_TIME_H:
        yield (
            "ADDL",
            _("the last of {count} additional doses would be given at hour {time:g}.").format(
                count=record.additional, time=last_h
            ),
            _("hours within ten years of zero."),
            _("correct ADDL or II."),
        )


def _amounts(record: Record) -> Iterator[Fault]:
    if record.amount < 0:
        yield (
            "AMT",
            _("an amount of {amount:g} is below zero.").format(amount=record.amount),
            _("milligrams above zero in a dose, and 0 elsewhere."),
            _("correct the amount."),
        )
    if record.amount == 0 and record.rate > 0 and record.steady:
        yield (
            "SS",
            _("an infusion without end or beginning (AMT 0, RATE above 0, at steady state)."),
            _("a dose with an amount."),
            _("write a long infusion: AMT in mg and RATE in mg/h, begun early enough."),
        )


def _rates(record: Record) -> Iterator[Fault]:
    if record.rate in (-1, -2):
        yield (
            "RATE",
            _("RATE {rate:g} asks that a model work out the rate or the duration.").format(
                rate=record.rate
            ),
            _("the rate in mg/h, or 0 for a dose given at once."),
            _("write the rate of the infusion: AMT over its hours."),
        )
    elif record.rate < 0:
        yield (
            "RATE",
            _("a rate of {rate:g} is below zero.").format(rate=record.rate),
            _("the rate in mg/h, or 0 for a dose given at once."),
            _("correct the rate."),
        )


def _repeats(record: Record) -> Iterator[Fault]:
    if record.additional < 0:
        yield (
            "ADDL",
            _("ADDL {count} is below zero.").format(count=record.additional),
            _("how many further doses follow, 0 for none."),
            _("correct the cell."),
        )
    if record.additional > MOST_DOSES:
        yield (
            "ADDL",
            _("{count:,} additional doses are not those of one subject.").format(
                count=record.additional
            ),
            _("at most {most:,} doses for each subject.").format(most=MOST_DOSES),
            _("correct ADDL."),
        )
    if record.interval_h < 0:
        yield (
            "II",
            _("an interval of {interval:g} h is below zero.").format(interval=record.interval_h),
            _("hours from one dose to the next."),
            _("correct the cell."),
        )


def _observes_only(record: Record) -> Iterator[Fault]:
    """Only doses may have what belongs to doses."""
    if record.is_dose:
        return
    held = {
        "AMT": record.amount,
        "RATE": record.rate,
        "ADDL": record.additional,
        "II": record.interval_h,
        "SS": record.steady,
    }
    for column, value in held.items():
        if value:
            yield (
                column,
                _("{column} is {value:g} in a row that {does} (EVID {kind}).").format(
                    column=column, value=value, does=_what_it_does(record.kind), kind=record.kind
                ),
                _("0 or nothing in such a row."),
                _("write EVID 1 if a dose is given, or correct {column}.").format(column=column),
            )


def _what_it_does(kind: int) -> str:
    return {
        OBSERVES: _("only observes"),
        CARRIES: _("only carries covariates"),
        RESETS: _("only resets"),
    }[kind]


def _gives_something(record: Record) -> Iterator[Fault]:
    if not record.is_dose:
        return
    if record.amount == 0:
        yield (
            "AMT",
            _("EVID {kind} gives a dose of 0.").format(kind=record.kind),
            _("an amount above zero, in mg."),
            _("correct the amount, or write EVID {plain}.").format(
                plain=CARRIES if record.kind == DOSES else RESETS
            ),
        )
        return
    fault = dose_fault(record.amount, duration_of(record), is_per_kg=False)
    if fault is not None:
        yield (
            "AMT",
            _('"{amount:g} mg" is beyond what anyone is given.').format(amount=record.amount),
            fault,
            _("check that AMT is in mg and RATE in mg/h."),
        )


def _intervals(record: Record) -> Iterator[Fault]:
    repeated = record.additional > 0 or record.steady > 0
    if repeated and record.interval_h == 0:
        column = "ADDL" if record.additional else "SS"
        yield (
            column,
            _("{column} repeats a dose, and II says no interval.").format(column=column),
            _("hours from one dose to the next in II."),
            _("write II, or {column} 0.").format(column=column),
        )
    if record.interval_h > 0 and not repeated and record.is_dose:
        yield (
            "II",
            _("an interval of {interval:g} h, and neither ADDL nor SS that would use it.").format(
                interval=record.interval_h
            ),
            _("II 0 where a dose is not repeated."),
            _("write ADDL or SS, or II 0."),
        )
    too_short = record.interval_h * _HOUR_S < SHORTEST_INTERVAL_SECONDS
    if repeated and (too_short or record.interval_h > LONGEST_INTERVAL_H):
        yield (
            "II",
            _("an interval of {interval:g} h is out of reach.").format(interval=record.interval_h),
            _("from one minute to {days} days, in hours.").format(days=LONGEST_INTERVAL_DAYS),
            _("check that II is in hours."),
        )
    if record.steady and duration_of(record) > record.interval_h:
        yield (
            "SS",
            _("an infusion of {duration:g} h at steady state, every {interval:g} h.").format(
                duration=duration_of(record), interval=record.interval_h
            ),
            _("an infusion that ends before the next one begins."),
            _("correct RATE or II, or write the doses of some days with ADDL instead."),
        )


def _values(record: Record) -> Iterator[Fault]:
    if record.kind != OBSERVES:
        yield from _values_beside(record)
    elif record.missing == 0 and record.value is None:
        yield (
            "DV",
            _("MDV 0 says that DV is observed, and nothing is written."),
            _("a level in ng/mL, or MDV 1."),
            _("write the level, or MDV 1."),
        )
    elif record.missing != 1 and record.value is not None and record.value < 0:
        yield (
            "DV",
            _("a level of {value:g} is below zero.").format(value=record.value),
            _("a level in ng/mL as measured, and no logarithm of it."),
            _('write the level itself, or "." where it was not measured.'),
        )


def _values_beside(record: Record) -> Iterator[Fault]:
    """Refuse a level in a row that observes nothing; 0 fills an empty cell there."""
    if record.missing == 0:
        yield (
            "MDV",
            _("MDV 0 says that DV is observed, in a row with EVID {kind}.").format(
                kind=record.kind
            ),
            _("observations in rows of their own, with EVID 0."),
            _("write MDV 1, and the observation in its own row."),
        )
    if record.missing is None and record.value:
        yield (
            "DV",
            _("a level of {value:g} in a row with EVID {kind}, which observes nothing.").format(
                value=record.value, kind=record.kind
            ),
            _("observations in rows of their own, with EVID 0."),
            _("write the level in its own row, above the dose if it was drawn before it."),
        )


def _compartments(record: Record) -> Iterator[Fault]:
    if record.compartment is not None and record.compartment < 0:
        yield (
            "CMT",
            _("CMT {compartment} switches a compartment off.").format(
                compartment=record.compartment
            ),
            _("the number of a compartment."),
            _("leave the row out, if the compartment is not used."),
        )


def duration_of(record: Record) -> float:
    """Give the hours that a dose runs: zero without a rate."""
    return record.amount / record.rate if record.rate > 0 else 0


_RULES: tuple[Callable[[Record], Iterator[Fault]], ...] = (
    _kinds,
    _amounts,
    _rates,
    _repeats,
    _times,
    _observes_only,
    _gives_something,
    _intervals,
    _values,
    _compartments,
)
