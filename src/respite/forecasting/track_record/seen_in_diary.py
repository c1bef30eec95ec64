"""What one diary shows of the relief that was had, without any forecast."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from respite.domain import Diary, DosingHistory, ReliefRule
from respite.domain import translate as _
from respite.forecasting.track_record.diary_return import DiaryReturn, diary_return


@dataclass(frozen=True, kw_only=True)
class SeenSoFar:
    """What a diary shows of relief after the last dose that was given.

    Attributes
    ----------
    found
        What it shows; ``None`` where nothing can be said, and ``because`` says why.
    because
        Why nothing can be said.
    scores
        How many scores there are from the first dose on.
    scores_before
        How many there are from before it, of which the mean is the pain that relief is counted
        from; where there are none, the usual pain that was told is taken.
    """

    found: DiaryReturn | None
    because: str
    scores: int
    scores_before: int


def seen_so_far(
    diary: Diary | None,
    history: DosingHistory,
    *,
    usual_pain: float | None,
    rule: ReliefRule | None = None,
) -> SeenSoFar:
    """Find what a diary shows of relief, by the definition of pain return.

    Parameters
    ----------
    diary
        The diary; ``None`` where there is none.
    history
        What was given.
    usual_pain
        Usual pain before treatment, 0-10, where somebody told it.
    rule
        What counts as relief, and for how many days it must stay away; the usual by default.
    """
    rule = rule or ReliefRule()
    if diary is None:
        return SeenSoFar(found=None, because=_("there is no diary"), scores=0, scores_before=0)
    timed = zip(diary.hours_after(history.first_dose_start), diary.entries, strict=True)
    scored = sorted((hours, one.pain) for hours, one in timed if one.pain is not None)
    hours = np.asarray([at for at, _pain in scored], dtype=float)
    scores = np.asarray([pain for _at, pain in scored], dtype=float)
    before = scores[hours <= 0]
    counts = {"scores": int(np.sum(hours > 0)), "scores_before": len(before)}
    untreated = float(np.mean(before)) if len(before) else usual_pain
    if untreated is None:
        reason = _("nobody wrote down pain before treatment")
        return SeenSoFar(found=None, because=reason, **counts)
    if untreated <= 0 or not rule.threshold.is_assessable(untreated):
        reason = _("pain before treatment was too low for that much relief")
        return SeenSoFar(found=None, because=reason, **counts)
    found = diary_return(
        hours, scores, untreated=untreated, threshold=rule.threshold,
        confirm_days=rule.confirm_days, last_dose_end_h=history.last_dose_end_h,
    )  # fmt: skip
    return SeenSoFar(found=found, because="", **counts)
