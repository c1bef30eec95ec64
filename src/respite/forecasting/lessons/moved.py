"""How the answer moved with the latest scores, and which of them moved it.

A score taken away is a weight: the draws that fit the whole diary, weighed by
one over the chance of the score, are those that fit the diary without it.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from respite.domain import translate as _
from respite.forecasting.clock import DAY_H
from respite.forecasting.learning.posterior import Posterior
from respite.forecasting.lessons.headline import headline
from respite.forecasting.lessons.learnt import Headline, Moved, MovingEntry
from respite.forecasting.pain_return import ReturnDraws
from respite.population import Floats

_WEEK_H = 7 * DAY_H
_MOST_NEW = 60
"""Of more new scores only the latest are followed one by one."""

_SHOWN = 3
_ENOUGH = 100
"""An effective sample size below this cannot say what the answer was before."""


def what_moved(
    found: Posterior, draws: ReturnDraws, horizon_days: int, since_h: float | None = None
) -> Moved:
    """Take away the latest scores, one by one, and see what the answer was without them.

    Parameters
    ----------
    found
        The draws that fit the diary.
    draws
        Their times to pain return.
    horizon_days
        How far is looked.
    since_h
        Scores after this time [h] are new; by default those of the last week.
    """
    times = found.entries.time_h
    since = float(times[-1]) - _WEEK_H if since_h is None else since_h
    new = np.flatnonzero(times > since)[-_MOST_NEW:]
    days, log_weights = _different(found, draws)
    looks = [headline(days, _share(log_weights), horizon_days)]
    is_sure = True
    for place in new[::-1]:
        log_weights = log_weights - found.log_chance[:, place]
        share = _share(log_weights)
        is_sure = is_sure and 1 / float(np.sum(share * share)) >= _ENOUGH
        looks.append(headline(days, share, horizon_days))
    looks.reverse()
    because = None if is_sure else _("the new scores changed the answer too much to go back")
    if not new.size:
        because = _("no score is new")
    return Moved(
        since_day=since / DAY_H,
        scores=len(new),
        before=None if because else looks[0],
        after=looks[-1],
        entries=() if because else _strongest(found, new, looks),
        because=because,
    )


def _different(found: Posterior, draws: ReturnDraws) -> tuple[Floats, Floats]:
    """Give the time to pain return of each different draw, and the logarithm of its count."""
    _rows, places, counts = np.unique(found.rows, return_index=True, return_counts=True)
    days = np.where(draws.ever, draws.days, 0)[places]
    return days, np.log(counts)


def _share(log_weights: Floats) -> Floats:
    weights = np.exp(log_weights - np.max(log_weights))
    return weights / np.sum(weights)


def _strongest(
    found: Posterior, new: NDArray[np.intp], looks: list[Headline]
) -> tuple[MovingEntry, ...]:
    entries = [
        MovingEntry(
            day=float(found.entries.time_h[place]) / DAY_H,
            pain=float(found.entries.score[place]),
            chance_by=after.chance_lasting - before.chance_lasting,
            median_days_by=_difference(before.median_days, after.median_days),
        )
        for place, before, after in zip(new, looks, looks[1:], strict=False)
    ]
    return tuple(sorted(entries, key=_strength, reverse=True)[:_SHOWN])


def _difference(before: float | None, after: float | None) -> float | None:
    return None if before is None or after is None else after - before


def _strength(entry: MovingEntry) -> float:
    """Rank entries: a tenth of all people counts as much as a shift by a day."""
    return 10 * abs(entry.chance_by) + abs(entry.median_days_by or 0)
