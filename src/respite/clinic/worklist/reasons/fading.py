"""Relief is fading, by the forecast; or pain has returned, by the diary.

Keys name the last dose: what was done about a fading stays done until the next dose, and a return
of pain that the diary shows is news of its own. While doses of a plan are to come the diary alone
decides: how long relief lasts is asked after the last dose.
"""

from __future__ import annotations

import math
from bisect import bisect_left
from collections.abc import Iterator, Mapping
from datetime import datetime, timedelta
from typing import Any

from respite.clinic.worklist.reasons.looked import Looked
from respite.clinic.worklist.reasons.reason import Kind, Need, Plain, Reason
from respite.domain import Threshold
from respite.forecasting import Seen, seen_return

MORE_LIKELY_THAN_NOT = 0.5

A_DAY = 1.0
"""Relief that lasts is relief for a day or more after the last dose [days]; the library's."""


def find(looked: Looked) -> Iterator[Reason]:
    """Say that pain has returned by the diary, or else that relief fades by the forecast."""
    if not looked.is_treated:
        return
    returned = _returned(looked)
    expected = returned or _after_the_last(looked)
    if expected is not None:
        yield expected


def _returned(looked: Looked) -> Reason | None:
    diary, history, last = looked.diary, looked.history, looked.last_dose_day
    if diary is None or history is None or last is None:
        return None
    usual = looked.patient.usual_pain
    seen = seen_return(
        diary,
        history,
        usual_pain=None if usual is None else float(usual),
        threshold=Threshold(looked.patient.threshold),
    )
    if seen is None or seen.seen is not Seen.LOST or seen.by_day is None:
        return None
    ended = history.first_dose_start + timedelta(hours=history.last_dose_end_h)
    back = looked.day_of(ended + timedelta(days=seen.by_day))
    return Reason(
        kind=Kind.FADING,
        key=f"returned:{last.isoformat()}",
        need=Need.TODAY,
        says="pain_returned",
        values={"day": back.isoformat(), "dose": last.isoformat()},
        since=looked.start_of(back),
    )


def _after_the_last(looked: Looked) -> Reason | None:
    """Say that after the last dose relief is more likely gone than not, now or within some days."""
    answer, first = _answer_of(looked)
    ended_day, last = answer.get("last_dose_end_day"), looked.last_dose_day
    if first is None or ended_day is None or last is None:
        return None
    ended = looked.day_of(first + timedelta(days=ended_day))
    passed = (looked.today - ended).days
    held = holding(answer["time_to_pain_return"])
    if passed < 0 or held(A_DAY) <= MORE_LIKELY_THAN_NOT:
        return None  # doses are to come, or there never was relief to lose
    ahead = looked.clinic.fading_days
    day = _first_day(held, passed + ahead)
    if day is None:
        return None
    crosses = ended + timedelta(days=day)
    seen_from = max(crosses - timedelta(days=ahead), ended)
    is_past = day <= passed
    chance = 1 - held(passed if is_past else passed + ahead)
    return Reason(
        kind=Kind.FADING,
        key=f"fading:{last.isoformat()}",
        need=Need.TODAY,
        says="has_faded" if is_past else "fades_soon",
        values={"day": crosses.isoformat(), "days": ahead, **_sure(answer, chance)},
        since=looked.start_of(seen_from),
    )


def _first_day(held: Any, until: int) -> int | None:
    """Give the first day on which relief is more likely gone than not; ``None`` if after a day."""
    days = range(1, until + 1)
    return next((day for day in days if held(day) < MORE_LIKELY_THAN_NOT), None)


def _answer_of(looked: Looked) -> tuple[Mapping[str, Any], datetime | None]:
    record = looked.forecast
    if record is None or not record.answer or not record.answer.get("first_dose"):
        return {}, None
    first = datetime.fromisoformat(record.answer["first_dose"])
    return record.answer, first if first.tzinfo else first.replace(tzinfo=looked.zone)


def _sure(answer: Mapping[str, Any], chance: float) -> dict[str, Plain]:
    grade = answer.get("certainty", {}).get("grade") or ""
    return {"percent": min(99, max(1, round(100 * chance))), "certainty": grade}


def holding(told: Mapping[str, Any]) -> Any:
    """Give the chance, over everyone, that relief still holds some days after the last dose.

    Parameters
    ----------
    told
        ``time_to_pain_return`` of a forecast.

    Returns
    -------
    A function of days. The forecast says the chance for a few days, and when a tenth, half and
    nine tenths of those in whom pain returns have lost relief; between these it is drawn straight.

    Examples
    --------
    >>> held = holding({"p_returns": 0.6, "p_beyond_horizon": 0.2, "median_days": 20.0,
    ...     "interval80_days": [5.0, 90.0], "survival": {"7": 0.72, "28": 0.45}})
    >>> [round(held(days), 2) for days in (1, 5, 20, 24, 90, 400)]
    [0.8, 0.74, 0.5, 0.47, 0.26, 0.26]
    """
    returns, beyond = told["p_returns"], told["p_beyond_horizon"]
    points = {A_DAY: returns + beyond}
    points |= {float(day): share for day, share in told["survival"].items() if share is not None}
    low, high = told["interval80_days"] or (None, None)
    for day, left in ((low, 90 / 100), (told["median_days"], 0.5), (high, 10 / 100)):
        if day is not None:
            points[float(day)] = beyond + left * returns
    days = sorted(points)
    shares: list[float] = []
    for day in days:
        # Draws of different sums differ by a hair; relief that was lost does not come back.
        shares.append(min(points[day], shares[-1] if shares else math.inf))

    def held(at: float) -> float:
        place = bisect_left(days, at)
        if place == 0:
            return shares[0]
        if place == len(days):
            return shares[-1]
        step = (at - days[place - 1]) / (days[place] - days[place - 1])
        return shares[place - 1] + step * (shares[place] - shares[place - 1])

    return held
