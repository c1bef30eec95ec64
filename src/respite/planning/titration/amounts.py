"""How much a regimen gives: for one dose, for one hour and in one day; and the same, scaled."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from decimal import Decimal
from fractions import Fraction
from itertools import pairwise
from math import floor

from respite.domain import DOSE_HOUR, DoseEvent, Drug, Regimen, RegimenNotUnderstood
from respite.literature import Setpoint

FINEST = Decimal("0.001")
"""Amounts that are proposed are cut to this, downwards, so that no limit is passed by rounding."""


def active_events(regimen: Regimen) -> tuple[DoseEvent, ...]:
    """Give the doses of a regimen that hold any drug."""
    return tuple(
        event for event in regimen.events() if event.drug is not Drug.PLACEBO and event.amount > 0
    )


def amount_for(regimen: Regimen, point: Setpoint, weight_kg: float | None) -> Fraction | None:
    """Give how much a regimen gives at most, for what a setpoint counts and in its unit.

    Parameters
    ----------
    regimen
        What is given.
    point
        An amount of the library: for one dose, one hour or one day, in mg or mg/kg.
    weight_kg
        Body weight [kg], where it is known.

    Returns
    -------
    The amount; ``None`` where units differ and the weight is not known, or
    where a rate is asked for and a dose is given at once.
    """
    sizes: list[Fraction] = []
    daily: dict[int, Fraction] = {}
    for event in active_events(regimen):
        size = _size(event, point, weight_kg)
        if size is None:
            return None
        if point.per == "hour":
            if event.duration_h == 0:
                return None
            size /= Fraction(str(event.duration_h))
        elif point.per == "day" and event.duration_h > 24:
            size = size * 24 / Fraction(str(event.duration_h))
        sizes.append(size)
        day = timedelta(hours=DOSE_HOUR + event.time_h).days
        daily[day] = daily.get(day, Fraction(0)) + size
    return max(daily.values() if point.per == "day" else sizes, default=Fraction(0))


def scaled(regimen: Regimen, factor: Fraction) -> Regimen:
    """Give the same regimen with every amount multiplied, and cut downwards to 0.001.

    Amounts that would become none stay at the smallest.
    """
    return Regimen(
        tuple(
            replace(
                part,
                courses=tuple(
                    replace(
                        course,
                        steps=tuple(
                            step
                            if step.amount is None
                            else replace(
                                step,
                                amount=replace(step.amount, value=_cut(step.amount.value, factor)),
                            )
                            for step in course.steps
                        ),
                    )
                    for course in part.courses
                ),
            )
            for part in regimen.parts
        )
    )


def longest_interval_h(regimen: Regimen) -> float | None:
    """Give the longest time from the start of one dose to that of the next [h].

    ``None`` where there is only one dose.
    """
    starts = sorted({event.time_h for event in active_events(regimen)})
    return max((late - early for early, late in pairwise(starts)), default=None)


def with_interval(regimen: Regimen, days: int) -> Regimen | None:
    """Give a plan of equal doses with another interval; ``None`` where it is no such plan.

    A plan that would last longer than a regimen may is none either.

    Parameters
    ----------
    regimen
        One course with equal intervals.
    days
        The new interval [days].
    """
    starts = sorted({event.time_h for event in active_events(regimen)})
    gaps = {round(late - early, 6) for early, late in pairwise(starts)}
    if len(regimen.parts) != 1 or len(regimen.parts[0].courses) != 1 or len(gaps) != 1:
        return None
    steps = ", ".join(map(str, regimen.parts[0].courses[0].steps))
    try:
        return Regimen.parse(f"{steps} every {days} days x{len(starts)}")
    except RegimenNotUnderstood:
        return None


def _size(event: DoseEvent, point: Setpoint, weight_kg: float | None) -> Fraction | None:
    size = Fraction(str(event.amount))
    if event.is_per_kg == (point.unit == "mg/kg"):
        return size
    if weight_kg is None:
        return None
    weight = Fraction(str(weight_kg))
    return size * weight if event.is_per_kg else size / weight


def _cut(value: Decimal, factor: Fraction) -> Decimal:
    cut = floor(Fraction(value) * factor / Fraction(FINEST)) * FINEST
    return max(cut, FINEST).normalize()
