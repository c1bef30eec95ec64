"""Holds the past forecasts for one person against what the person wrote afterwards."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC
from typing import TYPE_CHECKING

import numpy as np

from respite.domain import WORST_PAIN, RespiteError
from respite.domain import translate as _
from respite.forecasting.clock import DAY_H
from respite.forecasting.track_record.diary_match import MatchedDiary, match_diary
from respite.forecasting.track_record.diary_return import DiaryReturn, Seen, diary_return
from respite.forecasting.track_record.log_line import LoggedForecast
from respite.forecasting.track_record.measures import (
    Beside,
    LeadRow,
    Measures,
    PersonScore,
    ReturnRow,
)
from respite.forecasting.track_record.naive_scores import naive_chances
from respite.forecasting.track_record.score_measures import (
    chances_at,
    crps,
    inside,
    means_of,
    pit_shares,
)
from respite.population import Floats

if TYPE_CHECKING:
    from respite.domain import Diary, DosingHistory

LEADS = ((1, 7), (8, 28), (29, 84), (85, None))
"""Days ahead that are told apart; the last is shown only where there are any."""

ALL = "all"

MOST_PAIRS = 2_000_000
"""Comparisons that fit the memory of a laptop; ours."""


class NothingToScore(RespiteError):
    """Past forecasts and a diary that cannot be held against each other."""

    page = "nothing-to-score"


@dataclass(frozen=True)
class _Pairs:
    """Comparisons, one row for each: which forecast, which entry, and what both say."""

    line: np.ndarray
    entry: np.ndarray
    lead: Floats
    scores: Floats
    chances: Floats
    naive: Floats
    """Chances of the naive forecast; not a number where there is none."""

    def where(self, chosen: np.ndarray) -> _Pairs:
        return _Pairs(*(getattr(self, name)[chosen] for name in self.__dataclass_fields__))


def score_forecasts(
    log: Sequence[LoggedForecast],
    diary: Diary,
    history: DosingHistory | None = None,
    *,
    name: str = "",
) -> PersonScore:
    """Compare each past forecast with the entries that were written after it.

    Parameters
    ----------
    log
        The forecasts, as they were logged.
    diary
        The diary as it is now.
    history
        Doses that were given; without them the plan is taken to have been kept.
    name
        What the person's files are called.

    Returns
    -------
    How scores and the return of pain compare.

    Raises
    ------
    NothingToScore
        Where no forecast can be placed on the days of the diary, or they make more comparisons
        than fit the memory.
    """
    matched = [(i, match_diary(line, diary, history)) for i, line in enumerate(log)]
    placed = [(i, match) for i, match in matched if match is not None]
    if not placed:
        raise NothingToScore(
            _("The diary has dates, and the log does not say when the first dose was."),
            _("a date to count days from."),
            _("--history with the doses that were given; respite forecast --start DATE next time."),
        )
    _refuse_too_many(sum(int(np.sum(match.counts)) for _i, match in placed))
    pairs = _joined([_pairs(i, log[i], match) for i, match in placed])
    unwritten = sum(entry.pain is None for entry in diary.entries)
    return PersonScore(
        name=name,
        forecasts=len(log),
        last_digest=log[-1].digest,
        rows=_rows(pairs),
        pain_return=tuple(_return_row(i, log[i], match) for i, match in placed),
        left_out={
            "known": sum(int(np.sum(match.known)) for _i, match in placed),
            "missing": unwritten * len(placed),
            "before_first_dose": sum(match.before_first_dose for _i, match in placed),
            "other_plan": sum(match.on_another_plan for _i, match in placed),
            "beyond": sum(match.beyond for _i, match in placed),
            "undated": len(log) - len(placed),
        },
        order_checked=all(match.in_checked_order for _i, match in placed),
        plan_checked=history is not None,
    )


def _refuse_too_many(count: int) -> None:
    if count > MOST_PAIRS:
        raise NothingToScore(
            _("Log and diary make {count:,} comparisons.").format(count=count),
            _("at most {most:,}.").format(most=MOST_PAIRS),
            _("a diary of fewer scores a day, or of fewer years."),
        )


def _pairs(index: int, line: LoggedForecast, match: MatchedDiary) -> _Pairs:
    counts = match.counts
    scores = match.scores[counts]
    chances = np.asarray(line.written.chances)
    forecast = chances_at(
        np.asarray(line.written.day, dtype=np.float64),
        chances / np.sum(chances, axis=1, keepdims=True),
        match.hours[counts] / DAY_H,
    )
    naive = naive_chances(match.hours[match.known], match.scores[match.known])
    beside = np.full(WORST_PAIN + 1, np.nan) if naive is None else naive
    return _Pairs(
        line=np.full(len(scores), index),
        entry=np.asarray(match.entry, dtype=np.intp)[counts],
        lead=match.lead_days[counts],
        scores=scores,
        chances=forecast,
        naive=np.repeat(beside[None, :], len(scores), axis=0),
    )


def _joined(parts: Sequence[_Pairs]) -> _Pairs:
    names = _Pairs.__dataclass_fields__
    return _Pairs(*(np.concatenate([getattr(part, name) for part in parts]) for name in names))


def _rows(pairs: _Pairs) -> tuple[LeadRow, ...]:
    if len(pairs.scores) == 0:
        return ()
    rows: list[LeadRow] = []
    for first, last in LEADS:
        chosen = (pairs.lead >= first) & (pairs.lead <= (np.inf if last is None else last))
        if np.any(chosen):
            name = f"{first}-" if last is None else f"{first}-{last}"
            rows.append(_row(name, pairs.where(chosen)))
    return (*rows, _row(ALL, pairs))


def _row(name: str, pairs: _Pairs) -> LeadRow:
    return LeadRow(
        lead=name,
        forecasts=len(np.unique(pairs.line)),
        scores=len(np.unique(pairs.entry)),
        measures=_measures(pairs.chances, pairs.scores),
        beside=_beside(pairs),
    )


def _beside(pairs: _Pairs) -> Beside | None:
    both = ~np.isnan(pairs.naive[:, 0])
    if not np.any(both):
        return None
    same = pairs.where(both)
    naive, ours = _measures(same.naive, same.scores), _measures(same.chances, same.scores)
    skill = 1 - ours.crps / naive.crps if naive.crps > 0 else None
    return Beside(naive=naive, forecast=ours, skill=skill)


def _measures(chances: Floats, scores: Floats) -> Measures:
    return Measures(
        comparisons=len(scores),
        coverage50=float(np.mean(inside(chances, scores, 50))),
        coverage80=float(np.mean(inside(chances, scores, 80))),
        coverage95=float(np.mean(inside(chances, scores, 95))),
        crps=float(np.mean(crps(chances, scores))),
        bias=float(np.mean(scores - means_of(chances))),
        pit=pit_shares(chances, scores),
    )


def _return_row(index: int, line: LoggedForecast, match: MatchedDiary) -> ReturnRow:
    seen, reason = _seen(line, match)
    inside80: bool | None = None
    if seen is not None:
        inside80, reason = _compared(line, match, seen)
    return ReturnRow(
        line=index + 1,
        made_at=line.made_at.astimezone(UTC).isoformat(timespec="seconds"),
        forecast=line.forecast.time_to_pain_return,
        seen=seen,
        inside=inside80,
        because=reason,
    )


def _seen(line: LoggedForecast, match: MatchedDiary) -> tuple[DiaryReturn | None, str]:
    """Find what the diary shows, or say why it shows nothing."""
    before = match.scores[match.hours <= 0]
    untreated = float(np.mean(before)) if len(before) else line.baseline_pain
    past = line.forecast
    if untreated is None:
        return None, _("nobody wrote down pain before treatment")
    if untreated <= 0 or not past.threshold.is_assessable(untreated):
        return None, _("pain before treatment was too low for that much relief")
    kept = match.on_plan
    seen = diary_return(
        match.hours[kept],
        match.scores[kept],
        untreated=untreated,
        threshold=past.threshold,
        confirm_days=past.confirm_days,
        last_dose_end_h=past.last_dose_end_day * DAY_H,
    )
    return seen, ""


def _compared(
    line: LoggedForecast, match: MatchedDiary, seen: DiaryReturn
) -> tuple[bool | None, str]:
    """Say whether a loss lies within the forecast interval, or why that cannot be said."""
    past = line.forecast
    interval = past.time_to_pain_return.interval80_days
    if seen.seen is not Seen.LOST or seen.after_day is None or seen.by_day is None:
        return None, _reasons()[seen.seen]
    if (past.last_dose_end_day + seen.by_day) * DAY_H <= match.origin_h:
        return None, _("relief was already lost when the forecast was made")
    if interval is None:
        return None, _("the forecast gave no interval")
    low, high = interval
    if seen.by_day < 1 or seen.after_day > past.horizon_days:
        return None, _("the interval is for losses from one day to the horizon")
    if seen.by_day < low or seen.after_day > high:
        return False, ""
    if low <= seen.after_day and seen.by_day <= high:
        return True, ""
    return None, _("an end of the interval lies between two entries")


def _reasons() -> dict[Seen, str]:
    return {
        Seen.NOTHING: _("too little was written after the last dose"),
        Seen.NO_RELIEF: _("the diary shows no relief"),
        Seen.GONE_BEFORE_LAST_DOSE: _("relief was lost before the last dose ended"),
        Seen.HELD: _("relief still held at the last entries"),
        Seen.LOST: "",
    }
