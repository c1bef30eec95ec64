"""Unfolds a written regimen into its single administrations, in exact seconds.

Here a text that reads well is also asked whether it makes sense: whether doses
fit between each other, and are within the bounds of plausibility.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from decimal import Decimal

from respite.domain.dosing import INFUSED_ROUTES, DoseEvent, route_in_words
from respite.domain.plausible_doses import (
    LONGEST_COURSE_DAYS,
    LONGEST_INTERVAL_DAYS,
    MOST_DOSES,
    SHORTEST_INTERVAL_SECONDS,
    dose_fault,
)
from respite.domain.regimen_refusals import refuse
from respite.domain.regimen_structure import Course, Frequency, Part, Schedule, Step, TimeUnit
from respite.domain.words import translate as _

_HOUR_S = TimeUnit.HOUR.seconds
_DAY_S = TimeUnit.DAY.seconds
_ZERO = Decimal(0)


@dataclass(frozen=True)
class _Given:
    """A step with the second at which it starts."""

    start_s: Decimal
    step: Step

    @property
    def end_s(self) -> Decimal:
        return self.start_s + _lasting_s(self.step)


def unfold(parts: Iterable[Part]) -> tuple[DoseEvent, ...]:
    """Give every administration of a regimen, in order of time.

    Raises
    ------
    RegimenNotUnderstood
        Where doses overlap that should follow each other, or a bound of
        plausibility is broken.
    """
    given: list[_Given] = []
    for part in parts:
        for one in _given_in(part):
            if len(given) == MOST_DOSES:
                raise refuse(
                    one.step.column,
                    _("the regimen grows beyond {most} doses.").format(most=MOST_DOSES),
                    _("at most {most} doses in all.").format(most=MOST_DOSES),
                    _("forecast a shorter course."),
                )
            given.append(one)
    return tuple(_event(one) for one in sorted(given, key=lambda one: one.start_s))


def _given_in(part: Part) -> Iterator[_Given]:
    steps: tuple[Step, ...] = ()
    last: _Given | None = None
    for course in part.courses:
        steps = _complete(course, steps)
        for step in steps:
            _check_dose(step)
        origin = _ZERO if last is None else _origin_after(last, course)
        for start in _starts(course.schedule):
            for one in _chain(steps, origin + start):
                _check_room(one, last, course)
                yield one
                last = one


def _chain(steps: tuple[Step, ...], start_s: Decimal) -> Iterator[_Given]:
    for step in steps:
        one = _Given(start_s, step)
        yield one
        start_s = one.end_s


def _complete(course: Course, before: tuple[Step, ...]) -> tuple[Step, ...]:
    """Fill in what each step left out; no steps at all are those of the course before."""
    complete: list[Step] = []
    previous = before[-1] if before else None
    for step in course.steps:
        _check_left_out(step, previous)
        if complete and step.duration is None:
            raise refuse(
                step.column,
                _('"{step}" follows a comma and does not last.').format(step=step),
                _("an infusion after a comma, which continues the one before at once."),
                _('use ";" for doses at the same time, or "then" for later ones.'),
            )
        previous = step.after(previous)
        complete.append(previous)
    return tuple(complete) or before


def _check_left_out(step: Step, previous: Step | None) -> None:
    """Refuse a dose that may be a bolus or the same infusion as before: nobody can tell."""
    if step.duration is None and step.route is None and previous and previous.duration:
        raise refuse(
            step.column,
            _('"{step}" follows an infusion and says neither route nor duration.').format(
                step=step
            ),
            _("whether it is a bolus or an infusion."),
            _('write "{step} {route}" for a bolus, or add "over {duration}".').format(
                step=step,
                route=route_in_words(previous.route, previous.form),
                duration=previous.duration,
            ),
        )


def _origin_after(last: _Given, course: Course) -> Decimal:
    if course.schedule is None:
        raise refuse(
            course.column,
            _('"{course}" comes after "then" and does not say when.').format(course=course),
            _("how often, because the first dose comes one interval after the one before."),
            _('write "{course} weekly x1" for one dose a week later.').format(course=course),
        )
    return last.start_s + course.schedule.frequency.gap_before_s


def _starts(schedule: Schedule | None) -> Iterable[Decimal]:
    if schedule is None:
        return (_ZERO,)
    _check_interval(schedule.frequency, schedule)
    return schedule.starts_s()


def _check_interval(frequency: Frequency, schedule: Schedule) -> None:
    longest = LONGEST_INTERVAL_DAYS * _DAY_S
    if not SHORTEST_INTERVAL_SECONDS <= frequency.period_s <= longest:
        raise refuse(
            schedule.column,
            _('"{frequency}" is not an interval that anyone is treated at.').format(
                frequency=frequency.words
            ),
            _("from 1 min to {days} days.").format(days=LONGEST_INTERVAL_DAYS),
            _("check the number and the unit of time."),
        )


def _check_dose(step: Step) -> None:
    if step.is_rate and step.route not in INFUSED_ROUTES:
        raise refuse(
            step.column,
            _('the rate "{amount}" cannot be given {route}.').format(
                amount=step.amount, route=step.route
            ),
            _("a rate only for iv and sc."),
            _("write the dose that is given each time."),
        )
    lasting_h = float(_lasting_s(step) / _HOUR_S)
    is_per_kg = step.amount is not None and step.amount.is_per_kg
    fault = dose_fault(_amount(step), lasting_h, is_per_kg=is_per_kg)
    if fault is not None:
        raise refuse(
            step.column,
            _('"{step}" is beyond what anyone is given.').format(step=step),
            fault,
            _("check the number, the unit and the duration."),
        )


def _check_room(one: _Given, last: _Given | None, course: Course) -> None:
    column = course.schedule.column if course.schedule else one.step.column
    if last is not None and one.start_s < last.end_s:
        raise refuse(
            column,
            _('doses that last "{duration}" overlap when given "{schedule}".').format(
                duration=last.step.duration, schedule=course.schedule
            ),
            _("doses that end before the next one starts."),
            _("write a shorter infusion or a longer interval."),
        )
    if one.end_s > LONGEST_COURSE_DAYS * _DAY_S:
        raise refuse(
            column,
            _('"{course}" goes on for longer than ten years.').format(course=course),
            _("a regimen of at most {days} days.").format(days=LONGEST_COURSE_DAYS),
            _("forecast a shorter course."),
        )


def _lasting_s(step: Step) -> Decimal:
    return step.duration.seconds if step.duration else _ZERO


def _amount(step: Step) -> float:
    return float(step.amount.milligrams(step.duration)) if step.amount else 0


def _event(one: _Given) -> DoseEvent:
    step = one.step
    # Every part starts with a drug and a route, which later steps take over.
    assert step.drug is not None
    assert step.route is not None
    return DoseEvent(
        time_h=float(one.start_s / _HOUR_S),
        drug=step.drug,
        route=step.route,
        amount=_amount(step),
        is_per_kg=step.amount is not None and step.amount.is_per_kg,
        duration_h=float(_lasting_s(step) / _HOUR_S),
        salt=step.salt,
        form=step.form,
    )
