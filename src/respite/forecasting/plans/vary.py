"""One thing varied at a time around a plan: dose, hours, sessions, interval, route."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from fractions import Fraction
from math import ceil
from typing import Literal

from respite.domain import INFUSED_ROUTES, Form, Regimen, RespiteError, Route
from respite.domain import translate as _
from respite.forecasting.plans.pattern import Pattern

Way = Literal["dose", "hours", "slower", "sessions", "interval", "route"]
"""What is varied. ``hours`` goes on for longer at the same rate; ``slower`` spreads the same dose
over more hours."""

WAYS: tuple[Way, ...] = ("dose", "hours", "slower", "sessions", "interval", "route")

FACTORS = (Fraction(1, 4), Fraction(1, 2), Fraction(1), Fraction(2), Fraction(4))
"""What doses, hours and sessions are multiplied by; ours."""

INTERVALS_H = (12, 24, 48, 84, 168, 336)
"""From start to start [h]: twice a day to every two weeks; ours."""

ROUTES = (Route.IV, Route.IM, Route.SC, Route.INTRANASAL, Route.ORAL, Route.SUBLINGUAL)


@dataclass(frozen=True, kw_only=True)
class Varied:
    """One plan of a row of plans in which one thing is varied.

    Attributes
    ----------
    way
        What is varied.
    value, unit
        How far: a number with its unit, or the name of a route without one.
    regimen
        The plan.
    is_base
        Whether it is the plan that everything is varied around.
    """

    way: Way
    value: float | str
    unit: str
    regimen: Regimen
    is_base: bool


@dataclass(frozen=True, kw_only=True)
class LeftOut:
    """What could not be varied so far, and why."""

    way: str
    value: float | str | None
    because: str


def vary(base: Pattern) -> tuple[tuple[Varied, ...], tuple[LeftOut, ...]]:
    """Vary each thing alone around a plan.

    Parameters
    ----------
    base
        The plan.

    Returns
    -------
    The plans, way by way, and what was left out.
    """
    made: list[Varied] = []
    left: list[LeftOut] = []
    for way, value, unit, pattern in _candidates(base):
        if isinstance(pattern, str):
            left.append(LeftOut(way=way, value=value, because=pattern))
            continue
        regimen = written(pattern)
        if isinstance(regimen, str):
            left.append(LeftOut(way=way, value=value, because=regimen))
        else:
            made.append(
                Varied(way=way, value=value or 0, unit=unit, regimen=regimen,
                       is_base=pattern == base)
            )  # fmt: skip
    return tuple(made), tuple(left)


def written(pattern: Pattern) -> Regimen | str:
    """Write a pattern as a regimen, or say why nobody could give it."""
    if not pattern.fits:
        return _("a session would last longer than the time to the next one")
    try:
        return pattern.regimen()
    except RespiteError as error:
        return str(error.found)


Candidate = tuple[Way, float | str | None, str, Pattern | str]


def _candidates(base: Pattern) -> Iterator[Candidate]:
    yield from _of_dose(base)
    yield from _of_hours(base)
    yield from _of_sessions(base)
    yield from _of_interval(base)
    for route in dict.fromkeys((base.route, *ROUTES)):
        yield "route", route.value, "", on_route(base, route)


def _of_dose(base: Pattern) -> Iterator[Candidate]:
    unit = "mg/kg" if base.is_per_kg else "mg"
    for factor in FACTORS:
        amount = base.amount * float(factor)
        yield "dose", amount, unit, replace(base, amount=amount)


def _of_hours(base: Pattern) -> Iterator[Candidate]:
    if not base.duration_h:
        because = _("the plan is given at once, not over some time")
        yield "hours", None, "h", because
        yield "slower", None, "h", because
        return
    for factor in FACTORS:
        hours, amount = base.duration_h * float(factor), base.amount * float(factor)
        yield "hours", hours, "h", replace(base, duration_h=hours, amount=amount)
    for factor in FACTORS:
        hours = base.duration_h * float(factor)
        yield "slower", hours, "h", replace(base, duration_h=hours)


def _of_sessions(base: Pattern) -> Iterator[Candidate]:
    for count in sorted({1, *(ceil(base.sessions * factor) for factor in FACTORS)}):
        yield "sessions", count, "", replace(base, sessions=count)


def _of_interval(base: Pattern) -> Iterator[Candidate]:
    if base.sessions == 1:
        yield "interval", None, "days", _("the plan has one session")
        return
    for hours in sorted({base.interval_h, *map(float, INTERVALS_H)}):
        yield "interval", hours / 24, "days", replace(base, interval_h=hours)


def on_route(base: Pattern, route: Route) -> Pattern:
    """Give the same amount by another route; at once where nothing can run in slowly."""
    if route is base.route:
        return base
    is_slow = route in INFUSED_ROUTES
    return replace(
        base, route=route, form=Form.PLAIN.value, duration_h=base.duration_h if is_slow else 0
    )
