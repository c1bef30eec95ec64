"""When relief was lost, as far as a diary can show it.

A diary holds scores, which scatter, and a forecast is about expected pain, which does not. Scores
are therefore smoothed over the confirming days; what comes out is rough all the same.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

import numpy as np

from respite.domain import Threshold
from respite.forecasting.clock import DAY_H
from respite.population import Floats


class Seen(StrEnum):
    """What a diary shows of relief after the last dose."""

    NOTHING = "nothing"
    NO_RELIEF = "no relief"
    GONE_BEFORE_LAST_DOSE = "gone before last dose"
    LOST = "lost"
    HELD = "held"


@dataclass(frozen=True, kw_only=True)
class DiaryReturn:
    """When relief was lost after the last dose, to the nearest entries.

    Attributes
    ----------
    seen
        What the diary shows. ``nothing`` where too little was written after the last dose.
    untreated
        Pain before treatment that relief is counted from, 0-10.
    after_day, by_day
        Relief was lost between these two entries [days after the last dose]; ``by_day`` is
        ``None`` where it still held, and both are where it was not there.
    """

    seen: Seen
    untreated: float
    after_day: float | None = None
    by_day: float | None = None


def diary_return(  # noqa: PLR0913 - the diary and the five facts of the definition
    hours: Floats,
    scores: Floats,
    *,
    untreated: float,
    threshold: Threshold,
    confirm_days: float,
    last_dose_end_h: float,
) -> DiaryReturn:
    """Find when relief was lost.

    Parameters
    ----------
    hours
        When each score stands [h from the first dose], rising.
    scores
        The scores, 0-10.
    untreated
        Pain before treatment, above zero.
    threshold, confirm_days
        What counts as relief, and for how many days it must stay away. Scores are smoothed
        over as many days, half of them on either side.
    last_dose_end_h
        End of the last dose [h from the first dose].

    Returns
    -------
    The first entry after the last dose from which smoothed relief stays below the threshold
    throughout the confirming days, and the entry before it.
    """
    treated = hours > 0
    smooth = _smoothed(hours, scores, confirm_days * DAY_H / 2)[treated]
    times = hours[treated]
    holds = 1 - smooth / untreated >= threshold.share_of(untreated)
    before = times <= last_dose_end_h
    if not np.any(~before):
        return DiaryReturn(seen=Seen.NOTHING, untreated=untreated)
    had_relief = bool(np.any(holds[before]))
    held_until = last_dose_end_h
    for place in np.flatnonzero(~before):
        if holds[place]:
            had_relief, held_until = True, float(times[place])
            continue
        if had_relief and _stays_lost(times, holds, int(place), confirm_days * DAY_H):
            if held_until == last_dose_end_h and _was_lost_at(holds, before):
                return DiaryReturn(seen=Seen.GONE_BEFORE_LAST_DOSE, untreated=untreated)
            return DiaryReturn(
                seen=Seen.LOST,
                untreated=untreated,
                after_day=(held_until - last_dose_end_h) / DAY_H,
                by_day=(float(times[place]) - last_dose_end_h) / DAY_H,
            )
    if not had_relief:
        return DiaryReturn(seen=Seen.NO_RELIEF, untreated=untreated)
    if held_until == last_dose_end_h:
        return DiaryReturn(seen=Seen.NOTHING, untreated=untreated)
    after_day = (held_until - last_dose_end_h) / DAY_H
    return DiaryReturn(seen=Seen.HELD, untreated=untreated, after_day=after_day)


def _smoothed(hours: Floats, scores: Floats, half_h: float) -> Floats:
    """Give the mean of the scores around each time, from so many hours before to as many after.

    No score from before the first dose is mixed with one from after it.
    """
    total = np.concatenate([[0], np.cumsum(scores)])
    begin = np.searchsorted(hours, hours - half_h, side="left")
    begin = np.where(hours > 0, np.maximum(begin, np.searchsorted(hours, 0, side="right")), begin)
    end = np.searchsorted(hours, hours + half_h, side="right")
    return (total[end] - total[begin]) / (end - begin)


def _stays_lost(times: Floats, holds: np.ndarray, place: int, confirm_h: float) -> bool:
    """Tell whether relief stays away long enough, as far as the diary goes."""
    until = times[place] + confirm_h
    ahead = (times >= times[place]) & (times <= until)
    return bool(times[-1] >= until and not np.any(holds[ahead]))


def _was_lost_at(holds: np.ndarray, before: np.ndarray) -> bool:
    """Tell whether relief was away at the last entry before the end of the last dose."""
    return bool(np.any(before)) and not holds[before][-1]
