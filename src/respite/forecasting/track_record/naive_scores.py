"""A forecast that knows no medicine: things stay as they were last week.

What a model adds can be read beside it only.
"""

from __future__ import annotations

import numpy as np

from respite.domain import WORST_PAIN
from respite.forecasting.clock import DAY_H
from respite.population import Floats

WEEK_H = 7 * DAY_H

FEWEST_SCORES = 3
"""Ours: a mean of fewer scores is no usual pain."""


def naive_chances(hours: Floats, scores: Floats) -> Floats | None:
    """Forecast that scores go on as in the last known week.

    Their middle is the mean of that week. They spread around it as the person's scores have
    spread around the mean of each week so far, a little wider in weeks with few scores, since
    the mean of those is itself in doubt.

    Parameters
    ----------
    hours
        When each known score stands [h], rising.
    scores
        The known scores, 0-10.

    Returns
    -------
    Eleven chances; ``None`` where the last week holds fewer than three scores.
    """
    if len(scores) == 0:
        return None
    week = np.floor((hours[-1] - hours) / WEEK_H)
    last = scores[week == 0]
    if len(last) < FEWEST_SCORES:
        return None
    departures: list[Floats] = []
    for number in np.unique(week):
        of_week = scores[week == number]
        if len(of_week) > 1:
            wider = np.sqrt((len(of_week) + 1) / (len(of_week) - 1))
            departures.append(wider * (of_week - np.mean(of_week)))
    expected = np.clip(np.mean(last) + np.concatenate(departures), 0, WORST_PAIN)
    return _whole_scores(expected)


def _whole_scores(values: Floats) -> Floats:
    """Share each value out between the two whole scores around it, so that the mean stays."""
    below = np.floor(values)
    part = values - below
    kinds = WORST_PAIN + 1
    lower = np.bincount(below.astype(np.intp), 1 - part, minlength=kinds)
    upper = np.bincount(np.ceil(values).astype(np.intp), part, minlength=kinds)
    return (lower + upper) / len(values)
