"""Relief that a diary has seen so far: does it still hold, and for how long?"""

from __future__ import annotations

import numpy as np

from respite.domain import translate as _
from respite.forecasting.answer import AtLastScore
from respite.forecasting.clock import DAY_H
from respite.forecasting.entries import Entries
from respite.forecasting.pain_return import FEWEST, ReturnDraws
from respite.population import quantiles


def at_last_score(
    draws: ReturnDraws, entries: Entries, last_dose_end_h: float, horizon_days: int
) -> AtLastScore | None:
    """Say whether relief still holds at the last score, and how long it goes on from there.

    Parameters
    ----------
    draws
        Time to pain return of each draw.
    entries
        The scores.
    last_dose_end_h
        End of the last dose [h from the first].
    horizon_days
        How far the forecast looks after the last dose.

    Returns
    -------
    The answer; ``None`` where no score came after the last dose.
    """
    if not len(entries) or entries.time_h[-1] < last_dose_end_h:
        return None
    since = (float(entries.time_h[-1]) - last_dose_end_h) / DAY_H
    days = np.where(draws.ever, draws.days, 0)
    left = days[(days > since) & (days <= horizon_days)] - since
    has_days = len(left) >= FEWEST
    low, middle, high = quantiles(left, 10 / 100, 0.5, 90 / 100) if has_days else (0, 0, 0)
    because = _("in fewer than {n} draws does relief end between the last score and day {days}")
    return AtLastScore(
        day=float(entries.time_h[-1]) / DAY_H,
        days_after_last_dose=since,
        chance_holding=float(np.mean(days > since)),
        median_days=float(middle) if has_days else None,
        interval80_days=(float(low), float(high)) if has_days else None,
        because=None if has_days else because.format(n=FEWEST, days=horizon_days),
    )
