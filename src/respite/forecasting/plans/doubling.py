"""What doubling buys: each way of giving twice as much, and the days with relief it adds."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any, Literal

import numpy as np

from respite.domain import Regimen
from respite.domain import translate as _
from respite.forecasting.draws import draw_return
from respite.forecasting.plans.pattern import Pattern
from respite.forecasting.plans.vary import LeftOut, written
from respite.forecasting.plans.window import Window
from respite.population import Floats, Group, quantiles

Doubled = Literal["rate", "hours", "sessions", "days"]
"""Twice the dose in the same time; twice as long at the same rate; twice as many sessions in the
same days; twice as many days."""

A_WEEK = 7


@dataclass(frozen=True, kw_only=True)
class Doubling:
    """What one way of doubling gives.

    Attributes
    ----------
    way
        What is doubled.
    regimen
        The doubled plan.
    responder_days, responder_gain_days
        Days with relief of the typical person who responds to exposure, and how many more
        than on the plan itself.
    responder_after_days, responder_after_gain_days
        The same person's days until pain returns after the last dose.
    mean_gain_days, mean_gain80_days
        Days with relief gained on average over people, and 80 % of what studies leave open.
    chance_of_a_week
        Chance that one person gains a week or more.
    """

    way: Doubled
    regimen: str
    responder_days: float
    responder_gain_days: float
    responder_after_days: float
    responder_after_gain_days: float
    mean_gain_days: float
    mean_gain80_days: tuple[float, float]
    chance_of_a_week: float

    def to_dict(self) -> dict[str, Any]:
        """Give the record as plain data."""
        return vars(self) | {"mean_gain80_days": list(self.mean_gain80_days)}


def double(base: Pattern) -> tuple[Mapping[Doubled, Regimen], tuple[LeftOut, ...]]:
    """Double a plan in each way that it can be doubled.

    Parameters
    ----------
    base
        The plan.

    Returns
    -------
    The doubled plans, and what was left out.
    """
    made: dict[Doubled, Regimen] = {}
    left: list[LeftOut] = []
    for way, pattern in _ways(base).items():
        regimen = pattern if isinstance(pattern, str) else written(pattern)
        if isinstance(regimen, str):
            left.append(LeftOut(way=way, value=2, because=regimen))
        else:
            made[way] = regimen
    return made, tuple(left)


def _ways(base: Pattern) -> dict[Doubled, Pattern | str]:
    more = replace(base, amount=2 * base.amount)
    twice = replace(base, sessions=2 * base.sessions)
    at_once = _("the plan is given at once, not over some time")
    alone = _("the plan has one session")
    return {
        "rate": more,
        "hours": replace(more, duration_h=2 * base.duration_h) if base.duration_h else at_once,
        "sessions": replace(twice, interval_h=base.interval_h / 2) if base.sessions > 1 else alone,
        "days": twice,
    }


@dataclass(frozen=True)
class Responder:
    """The typical person who responds to exposure, and whose relief fades as that does.

    Attributes
    ----------
    group
        That one person.
    window
        The days that count.
    """

    group: Group
    window: Window

    def days(self, regimen: Regimen) -> tuple[float, float]:
        """Give days with relief, and days until pain returns after the last dose."""
        case = self.window.case(regimen.events())
        returns = draw_return(case, self.group, with_placebo=False)
        days = self.window.days_by_drug(regimen.events(), self.group)
        return float(days[0]), float(min(returns.days[0], self.window.days))


def responder(typical: Group, window: Window) -> Responder:
    """Make the typical person one who responds to exposure, with relief that fades.

    Parameters
    ----------
    typical
        The typical person.
    window
        The days that count.
    """
    needs = typical.needs
    one = np.ones(typical.people.count)
    return Responder(typical.responding(replace(needs, slow=one, persists=0 * one)), window)


def gains(  # noqa: PLR0913 - what is compared, and in whom
    way: Doubled,
    regimen: Regimen,
    base: Regimen,
    one: Responder,
    days: tuple[Floats, Floats],
    studies: int,
) -> Doubling:
    """Compare a doubled plan with the plan itself, in the same people.

    Parameters
    ----------
    way, regimen, base
        What is doubled, the doubled plan and the plan itself.
    one
        The typical responder.
    days
        Days with relief of everybody, on the plan and on the doubled one.
    studies
        How many studies the people come from, study after study.
    """
    before, before_after = one.days(base)
    now, now_after = one.days(regimen)
    gained = days[1] - days[0]
    low, high = quantiles(np.mean(gained.reshape(studies, -1), axis=1), 10 / 100, 90 / 100)
    return Doubling(
        way=way,
        regimen=str(regimen),
        responder_days=now,
        responder_gain_days=now - before,
        responder_after_days=now_after,
        responder_after_gain_days=now_after - before_after,
        mean_gain_days=float(np.mean(gained)),
        mean_gain80_days=(float(low), float(high)),
        chance_of_a_week=float(np.mean(gained >= A_WEEK)),
    )
