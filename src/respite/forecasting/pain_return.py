"""Curves of relief become a time to pain return for each draw."""

from __future__ import annotations

import math
from dataclasses import dataclass

import numpy as np

from respite.domain import Outcome, ReliefRule, classify, find_pain_return
from respite.domain import translate as _
from respite.forecasting.answer import NextDoseBy, TimeToPainReturn
from respite.forecasting.clock import DAY_H, Clock
from respite.population import AfterLastDose, Floats, PainCourses, quantiles

SURVIVAL_DAYS = (7, 14, 28, 56, 84)
FADED_ENOUGH = 20 / 100
"""The share of lasting responders whose relief may have faded by the next dose; ours."""

FEWEST = 20
"""Of fewer draws no median and no interval is given; ours."""

_STEPS = 10
"""Each step of the method of Illinois; from a day down to well under a minute."""


@dataclass(frozen=True)
class ReturnDraws:
    """Time to pain return of each draw.

    Attributes
    ----------
    days
        Days from the end of the last dose; zero where relief was gone by
        then, infinite where it outlasts what was simulated.
    ever
        Whether relief ever reached the threshold.
    had_relief
        Whether it did so by the end of the last dose.
    """

    days: Floats
    ever: np.ndarray
    had_relief: np.ndarray


@dataclass(frozen=True)
class Brackets:
    """Between which two times of the clock relief is lost, draw by draw.

    Attributes
    ----------
    kind
        Below zero where relief was gone by the end of the last dose, above
        zero where it outlasts what was simulated, zero where it is bracketed.
    low, high
        The two times after the last dose [h].
    over, under
        Relief at the two times, less what counts as relief.
    slow
        Slow relief at the first of them.
    ever, had_relief
        Whether the threshold was reached at all, and by the end of the last dose.
    """

    kind: np.ndarray
    low: Floats
    high: Floats
    over: Floats
    under: Floats
    slow: Floats
    ever: np.ndarray
    had_relief: np.ndarray


def bracket_return(
    relief: Floats, courses: PainCourses, clock: Clock, rule: ReliefRule
) -> Brackets:
    """Bracket the loss of relief between two times of the clock.

    Parameters
    ----------
    relief
        Relief at the times of the clock, with placebo or without.
    courses
        The courses it was read from.
    clock
        The times.
    rule
        What counts as relief, and how long it must stay away.

    Returns
    -------
    One bracket for each draw.
    """
    needed: Floats = rule.threshold.share_of(courses.untreated)
    start = clock.first_after
    had_relief = np.any(relief[:, :start] >= needed[:, None], axis=1)
    ages = np.asarray(clock.times_h[start:]) - clock.end_h
    found = find_pain_return(
        relief[:, start:], needed, had_relief, (ages / DAY_H).tolist(), rule.confirm_days
    )
    kind = np.where(found.index == 0, -1, np.where(found.index == len(ages), 1, 0))
    after = np.where(kind == 0, found.index, 1)
    rows = np.arange(len(after))
    return Brackets(
        kind=kind,
        low=ages[after - 1],
        high=ages[after],
        over=relief[rows, start + after - 1] - needed,
        under=relief[rows, start + after] - needed,
        slow=courses.slow[rows, start + after - 1],
        ever=found.ever,
        had_relief=had_relief,
    )


def time_to_pain_return(
    brackets: Brackets, after: AfterLastDose, rule: ReliefRule, *, with_placebo: bool
) -> ReturnDraws:
    """Find each draw's time to pain return within its bracket.

    By the method of Illinois: false position that halves the weight of an end
    that stays, each time with the exact curve of that draw.

    Parameters
    ----------
    brackets
        Where to look.
    after
        Relief at any time after the last dose.
    rule
        What counts as relief.
    with_placebo
        Whether placebo counts.

    Returns
    -------
    One time for each draw.
    """
    needed: Floats = rule.threshold.share_of(after.group.needs.untreated)
    low, high, over, under = brackets.low, brackets.high, brackets.over, brackets.under
    held = (brackets.slow, brackets.low)
    for _step in range(_STEPS):
        apart = np.where(over > under, over - under, 1)
        middle = np.clip(low + (high - low) * over / apart, low, high)
        value = after.relief(middle, held, with_placebo=with_placebo) - needed
        holds = value >= 0
        under = np.where(holds, under / 2, value)
        over = np.where(holds, value, over / 2)
        low, high = np.where(holds, middle, low), np.where(holds, high, middle)
    days = np.where(brackets.kind < 0, 0, np.where(brackets.kind > 0, np.inf, high / DAY_H))
    return ReturnDraws(days, brackets.ever, brackets.had_relief)


def summarise(draws: ReturnDraws, horizon_days: int) -> TimeToPainReturn:
    """Turn times to pain return into the numbers of the answer."""
    kinds = classify(draws.days, draws.ever, draws.had_relief, horizon_days)
    shares = {
        outcome.value: float(np.mean(np.asarray(is_kind, dtype=np.float64)))
        for outcome, is_kind in kinds.items()
    }
    hours = draws.days[kinds[Outcome.HOURS_ONLY]] * DAY_H
    returned = draws.days[kinds[Outcome.RETURNED]]
    has_hours, has_days = len(hours) >= FEWEST, len(returned) >= FEWEST
    missing: dict[str, str] = {}
    if not has_hours:
        missing["hours_only_median_h"] = _(
            "fewer than {n} draws have relief for hours only"
        ).format(n=FEWEST)
    if not has_days:
        reason = _("in fewer than {n} draws does pain return between day 1 and day {days}").format(
            n=FEWEST, days=horizon_days
        )
        missing |= {"median_days": reason, "interval80_days": reason}
    low, high = quantiles(returned, 10 / 100, 90 / 100) if has_days else (0, 0)
    holding = np.where(draws.ever, draws.days, 0)
    return TimeToPainReturn(
        p_no_response=shares["no_response"],
        p_gone_before_last_dose=shares["gone_before_last_dose"],
        p_hours_only=shares["hours_only"],
        p_returns=shares["returned"],
        p_beyond_horizon=shares["beyond_horizon"],
        hours_only_median_h=float(quantiles(hours, 0.5)[0]) if has_hours else None,
        median_days=float(quantiles(returned, 0.5)[0]) if has_days else None,
        interval80_days=(float(low), float(high)) if has_days else None,
        survival={
            day: float(np.mean(holding > day)) for day in SURVIVAL_DAYS if day <= horizon_days
        },
        missing=missing,
    )


def next_dose_by(
    draws: ReturnDraws, horizon_days: int, last_score_day: float = -math.inf
) -> NextDoseBy:
    """Find the first whole day by which a fifth of the lasting responders have lost relief.

    Parameters
    ----------
    draws
        Time to pain return of each draw.
    horizon_days
        How far the forecast looks after the last dose.
    last_score_day
        Day after the last dose on which the last score was written.
    """
    days = np.where(draws.ever, draws.days, 0)
    lasting = days[days >= 1]
    if len(lasting) < FADED_ENOUGH * len(days):
        share = len(lasting) / len(days)
        return NextDoseBy(
            day_after_last_dose=None,
            chance_faded=FADED_ENOUGH,
            because=_("only {share:.0%} keep relief for a day or longer").format(share=share),
        )
    for day in range(1, horizon_days + 1):
        if np.mean(lasting <= day) >= FADED_ENOUGH:
            return NextDoseBy(
                day_after_last_dose=day,
                chance_faded=FADED_ENOUGH,
                because=None,
                has_passed=last_score_day >= day,
            )
    return NextDoseBy(
        day_after_last_dose=None,
        chance_faded=FADED_ENOUGH,
        because=_("fewer than {share:.0%} lose relief within {days} days").format(
            share=FADED_ENOUGH, days=horizon_days
        ),
    )
