"""Which entries of a diary a past forecast may be held against.

An entry that was known when the forecast was made says nothing about it, and one from after a
dose that the forecast did not know of says nothing either.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from math import inf
from typing import TYPE_CHECKING

import numpy as np

from respite.domain import DOSE_HOUR, Diary
from respite.forecasting.clock import DAY_H
from respite.forecasting.track_record.log_line import LoggedForecast
from respite.population import Floats

if TYPE_CHECKING:
    from respite.domain import DosingHistory

PLAN_TOLERANCE_H = 24
"""Ours: a dose this far from its planned time is still the planned dose."""


@dataclass(frozen=True, kw_only=True)
class MatchedDiary:
    """The scores of a diary, seen from one past forecast.

    Attributes
    ----------
    hours
        When each score stands [h from the first dose], rising; missing scores are left out.
    scores
        The scores, 0-10.
    entry
        Place of each among the entries of the diary.
    known
        Whether the forecast knew the score, or may have.
    counts
        Whether the score may be compared with what was forecast.
    origin_h
        When the forecast was made [h from the first dose].
    in_checked_order
        Whether dates show that what counts came after the forecast; without a date of the first
        dose only the order of days does.
    on_another_plan
        How many scores do not count since other doses were given than the forecast knew of.
    on_plan
        Whether each score stands before any such dose.
    beyond, before_first_dose
        How many do not count since the forecast does not reach so far, or begins later.
    """

    hours: Floats
    scores: Floats
    entry: tuple[int, ...]
    known: np.ndarray
    counts: np.ndarray
    origin_h: float
    in_checked_order: bool
    on_another_plan: int
    on_plan: np.ndarray
    beyond: int
    before_first_dose: int

    @property
    def lead_days(self) -> Floats:
        """Whole days from the forecast to each score, a day that has begun counted."""
        return np.ceil((self.hours - self.origin_h) / DAY_H)


def match_diary(
    line: LoggedForecast, diary: Diary, history: DosingHistory | None = None
) -> MatchedDiary | None:
    """Place a diary on the days of a past forecast.

    Parameters
    ----------
    line
        The forecast.
    diary
        The diary as it is now.
    history
        Doses that were given. They date a first dose that was only planned, and show from when
        on a plan was left; without them it is taken to have been kept.

    Returns
    -------
    The scores, or ``None`` where the diary has dates and the first dose has none.

    Raises
    ------
    RespiteError
        Where only one of diary and first dose has a time zone.
    """
    first = _first_dose(line, diary, history)
    if first is None and diary.is_dated:
        return None
    hours = np.asarray(diary.hours_after(first))
    made_h = None if first is None else _made_h(line, first)
    moments = [time for time in (made_h, line.last_entry_h) if time is not None]
    origin_h = max(moments, default=0)
    known = (hours <= origin_h) | _entered_before(line, diary)
    left_h = inf if history is None or first is None else _plan_left_h(line, history, first)
    days = line.written.day
    after = ~known & (hours >= days[0] * DAY_H)
    other, beyond = hours >= left_h, hours > days[-1] * DAY_H
    pains = [entry.pain for entry in diary.entries]
    order = sorted(
        (i for i, pain in enumerate(pains) if pain is not None), key=lambda i: float(hours[i])
    )
    scored = np.asarray([pain is not None for pain in pains])
    return MatchedDiary(
        hours=hours[order],
        scores=np.asarray([pains[i] for i in order], dtype=np.float64),
        entry=tuple(order),
        known=known[order],
        counts=(after & ~other & ~beyond)[order],
        origin_h=origin_h,
        in_checked_order=made_h is not None,
        on_another_plan=int(np.sum(scored & after & other)),
        on_plan=~other[order],
        beyond=int(np.sum(scored & after & ~other & beyond)),
        before_first_dose=int(np.sum(scored & ~known & ~after)),
    )


def _first_dose(
    line: LoggedForecast, diary: Diary, history: DosingHistory | None
) -> datetime | None:
    """Give the start of the first dose, as it was given rather than as it was planned."""
    if line.first_dose_is_planned and history is not None:
        return history.first_dose_start
    if line.first_dose is None:
        return None
    first = datetime.fromisoformat(line.first_dose)
    if not line.first_dose_is_planned:
        return first
    zone = None
    if diary.is_dated and (time := diary.entries[0].at) is not None:
        zone = time.tzinfo
    return first.replace(hour=DOSE_HOUR, tzinfo=zone)


def _made_h(line: LoggedForecast, first: datetime) -> float:
    made = line.made_on_the_wall if first.utcoffset() is None else line.made_at
    return (made - first).total_seconds() / 3_600


def _entered_before(line: LoggedForecast, diary: Diary) -> np.ndarray:
    """Tell which entries were written before the forecast, whatever time they are for."""

    def is_early(entered: datetime | None) -> bool:
        if entered is None:
            return False
        made = line.made_on_the_wall if entered.utcoffset() is None else line.made_at
        return entered <= made

    return np.asarray([is_early(entry.entered_at) for entry in diary.entries], dtype=bool)


def _plan_left_h(line: LoggedForecast, history: DosingHistory, first: datetime) -> float:
    """Give the time from which the doses given are not those that the forecast knew of."""
    begin = (history.first_dose_start - first).total_seconds() / 3_600
    given = sorted(begin + event.time_h for event in history.events())
    return first_difference([day * DAY_H for day in line.dose_days], given)


def first_difference(planned_h: Sequence[float], given_h: Sequence[float]) -> float:
    """Give the first time at which doses given and doses planned part; infinite where they do not.

    Parameters
    ----------
    planned_h, given_h
        Starts of doses [h from the first dose].

    Examples
    --------
    >>> first_difference([0, 24, 48], [0, 26, 50])
    inf
    >>> first_difference([0, 24], [0, 24, 240]), first_difference([0, 24, 240], [0, 24])
    (240, 240)
    """
    planned, given = sorted(planned_h), sorted(given_h)
    for plan, dose in zip(planned, given, strict=False):
        if abs(plan - dose) > PLAN_TOLERANCE_H:
            return min(plan, dose)
    longer = planned if len(planned) > len(given) else given
    rest = longer[min(len(planned), len(given)) :]
    return rest[0] if rest else inf
