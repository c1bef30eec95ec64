"""What a diary shows by now of relief after the last dose, without any forecast."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from respite.domain import ReliefRule
from respite.forecasting.track_record.diary_return import DiaryReturn, diary_return

if TYPE_CHECKING:
    from respite.domain import Diary, DosingHistory, Threshold


def seen_return(
    diary: Diary, history: DosingHistory, *, usual_pain: float | None, threshold: Threshold
) -> DiaryReturn | None:
    """Find whether a diary shows that pain has returned since the last dose.

    Parameters
    ----------
    diary, history
        What was written and what was given, both with dates.
    usual_pain
        Pain before treatment, 0-10, where no score was written before the first dose.
    threshold
        What counts as relief; for how long it must stay away is what every forecast takes.

    Returns
    -------
    What the diary shows, or ``None`` where nobody wrote down pain before treatment, or it was too
    low for that much relief.

    Examples
    --------
    >>> from datetime import datetime, timedelta
    >>> from decimal import Decimal
    >>> from respite.domain import DiaryEntry, Diary, DosingHistory, Drug, GivenDose, Route
    >>> from respite.domain import Threshold
    >>> first = datetime(2026, 3, 2, 9)
    >>> dose = GivenDose(start=first, drug=Drug.KETAMINE, amount=Decimal(35), unit="mg",
    ...     route=Route.IV, duration_min=Decimal(40))
    >>> scores = [7, 2, 2, 2, 2, 7, 7, 7, 7, 7]
    >>> days = [DiaryEntry(at=first + timedelta(days=n), pain=p) for n, p in enumerate(scores)]
    >>> seen = seen_return(
    ...     Diary(tuple(days)), DosingHistory((dose,)), usual_pain=7,
    ...     threshold=Threshold.THIRTY_PERCENT,
    ... )
    >>> print(seen.seen)
    lost
    """
    rule = ReliefRule(threshold=threshold)
    hours = np.asarray(diary.hours_after(history.first_dose_start), dtype=np.float64)
    pains = np.asarray([np.nan if one.pain is None else one.pain for one in diary.entries])
    order = np.argsort(hours, kind="stable")
    order = order[~np.isnan(pains[order])]
    hours, scores = hours[order], pains[order]
    before = scores[hours <= 0]
    untreated = float(np.mean(before)) if len(before) else usual_pain
    if untreated is None or untreated <= 0 or not threshold.is_assessable(untreated):
        return None
    return diary_return(
        hours,
        scores,
        untreated=untreated,
        threshold=threshold,
        confirm_days=rule.confirm_days,
        last_dose_end_h=history.last_dose_end_h,
    )
