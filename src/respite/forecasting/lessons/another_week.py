"""What one more week of diary is worth: how much narrower the answer is expected to become.

Some draws write the coming week as they would; then the others are weighed by
what was written. The average over what may be written is the expectation.
"""

from __future__ import annotations

from dataclasses import replace

import numpy as np
from numpy.typing import NDArray

from respite.domain import WORST_PAIN
from respite.domain import translate as _
from respite.engine import Wander, WanderState, score_chances
from respite.forecasting.clock import DAY_H
from respite.forecasting.entries import Entries
from respite.forecasting.learning.likelihood import wander_of
from respite.forecasting.learning.posterior import Posterior
from respite.forecasting.learning.setting import Setting
from respite.forecasting.lessons.headline import headline
from respite.forecasting.lessons.learnt import AnotherWeek
from respite.forecasting.pain_return import ReturnDraws
from respite.population import Floats, People, simulate_pain

_WEIGHED, _WRITERS = 600, 40
"""Draws that are weighed, and draws that write."""


def worth_of_another_week(
    setting: Setting, found: Posterior, draws: ReturnDraws, horizon_days: int
) -> AnotherWeek:
    """Expect what the next seven daily scores would do to the answer.

    Parameters
    ----------
    setting
        The person and the diary.
    found, draws
        The draws that fit the diary, and their times to pain return.
    horizon_days
        How far is looked.
    """
    days = np.where(draws.ever, draws.days, 0)
    evenly = np.full(len(days), 1 / len(days))
    now = headline(days, evenly, horizon_days).interval80_days
    if now is None:
        because = _("too few draws have relief that ends within the horizon")
        return AnotherWeek(width80_now_days=None, width80_expected_days=None, because=because)
    chosen = np.linspace(0, len(days) - 1, min(_WEIGHED, len(days))).astype(np.intp)
    log_chance = _log_chances(setting, found, chosen)
    widths: list[float] = []
    chances: list[float] = []
    for row in log_chance:
        weights = np.exp(row - np.max(row))
        look = headline(days[chosen], weights / np.sum(weights), horizon_days)
        if look.interval80_days is not None:
            low, high = look.interval80_days
            widths.append(high - low)
            chances.append(look.chance_lasting)
    low, high = now
    expected = float(np.average(widths, weights=chances)) if widths else None
    return AnotherWeek(
        width80_now_days=high - low,
        width80_expected_days=None if expected is None else min(expected, high - low),
        because=None if widths else _("too few draws are left once a week is written"),
    )


def _log_chances(setting: Setting, found: Posterior, chosen: NDArray[np.intp]) -> Floats:
    """Give the log chance of each written week in each draw, ``(writers, draws)``."""
    rows = found.rows[chosen]
    group = found.group.pick(rows)
    last = float(found.entries.time_h[-1])
    times = last + DAY_H * np.arange(1, 8, dtype=np.float64)
    ahead = replace(setting, entries=Entries(times, np.zeros(7), setting.entries.step, np.zeros(7)))
    courses = simulate_pain(group, ahead.given, ahead.clock.times_h)
    left = (courses.left_by_drug * courses.left_by_placebo)[:, ahead.clock.places]
    expected = courses.untreated[:, None] * left
    wander = wander_of(group.needs.numbers, np.full(7, DAY_H))
    state = WanderState(*(values[rows, -1] for values in vars(found.state).values()))
    writers = np.linspace(0, len(rows) - 1, min(_WRITERS, len(rows))).astype(np.intp)
    latent = expected[writers] + _wandered(group.people, wander, state, left, writers)
    step = setting.entries.step
    score = np.clip(np.round(latent / step) * step, 0, WORST_PAIN)
    week = Entries(times, score, step, np.zeros(7))
    scores = ahead.written(week)
    wide = (len(writers), len(rows))
    before = WanderState(*(np.broadcast_to(values, wide) for values in vars(state).values()))
    scores = replace(scores, low=scores.low[:, None, :], high=scores.high[:, None, :])
    chances = score_chances(expected, left, scores, wander, before)
    return np.sum(chances.log_chance, axis=-1)


def _wandered(
    people: People, wander: Wander, state: WanderState, left: Floats, writers: NDArray[np.intp]
) -> Floats:
    """Let the writers wander through the week.

    A diary tells day and drift apart poorly: what is more of one is less of the other.
    """
    drift_sd = np.sqrt(np.maximum(state.drift_variance, 0))
    tilt = state.both / np.maximum(drift_sd, np.finfo(np.float64).tiny)
    own = np.sqrt(np.maximum(state.day_variance - tilt * tilt, 0))
    shared = people.normals("week drift")
    drift = state.drift + drift_sd * shared
    day = state.day + tilt * shared + own * people.normals("week day")
    found: list[Floats] = []
    for number in range(left.shape[1]):
        kept, drifts = wander.day_kept[:, number], wander.drift_kept[:, number]
        fresh = wander.day_sd * np.sqrt(1 - kept * kept)
        day = kept * day + fresh * people.normals(f"week day {number}")
        slow = wander.drift_sd * np.sqrt(1 - drifts * drifts)
        drift = drifts * drift + slow * people.normals(f"week drift {number}")
        found.append((left[:, number] * drift + day)[writers])
    return np.stack(found, axis=1)
