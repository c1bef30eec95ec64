"""Pain, relief, and what it means that pain has returned. The one place that says so.

Relief is ``1 - P(t) / B``: *P* is expected pain clipped to the 0-10 scale and
*B* the untreated pain of the same draw. The functions here take arrays of any
library that follows the array API standard, so that the definition is written
once; nothing is imported for it.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from respite.domain.errors import RespiteError
from respite.domain.words import translate as _

WORST_PAIN = 10
"""The top of the 0-10 numeric rating scale."""

DAY_H = 24


class ThresholdNotUnderstood(RespiteError):
    """A relief threshold that is none of those offered."""

    page = "threshold-not-understood"


class Outcome(StrEnum):
    """What becomes of relief after the last dose. The five exclude one another."""

    NO_RESPONSE = "no_response"
    GONE_BEFORE_LAST_DOSE = "gone_before_last_dose"
    HOURS_ONLY = "hours_only"
    RETURNED = "returned"
    BEYOND_HORIZON = "beyond_horizon"


class Threshold(StrEnum):
    """How much relief counts as relief."""

    THIRTY_PERCENT = "30%"
    FIFTY_PERCENT = "50%"
    TWO_POINTS = "2points"

    @classmethod
    def parse(cls, text: str) -> Threshold:
        """Read a threshold as it is written on the command line.

        Raises
        ------
        ThresholdNotUnderstood
            If it is none of ``30%``, ``50%`` and ``2points``.
        """
        try:
            return cls(text.strip().replace(" ", "").lower())
        except ValueError:
            raise ThresholdNotUnderstood(
                _("The relief threshold is {text!r}.").format(text=text),
                _("30%, 50% or 2points."),
                _("--threshold 30%"),
            ) from None

    def share_of(self, untreated: Any) -> Any:
        """Give the relief that counts, as a share of untreated pain.

        Two points of a pain below two cannot be reached: the share is then
        above one, and the question is not assessable.

        Parameters
        ----------
        untreated
            Untreated pain of each draw, 0-10, an array of shape ``(draws,)``.

        Returns
        -------
        Array of the same shape.
        """
        if self is Threshold.TWO_POINTS:
            return 2 / untreated
        return untreated * 0 + (0.5 if self is Threshold.FIFTY_PERCENT else 30 / 100)

    def is_assessable(self, untreated: float) -> bool:
        """Say whether a person with this usual pain could reach the threshold at all."""
        return self is not Threshold.TWO_POINTS or untreated >= 2


@dataclass(frozen=True)
class ReliefRule:
    """What counts as relief, and for how many days it must stay away to have gone."""

    threshold: Threshold = Threshold.THIRTY_PERCENT
    confirm_days: float = 3


@dataclass(frozen=True)
class PainReturn:
    """Where pain returns, draw by draw.

    Attributes
    ----------
    index
        Index of the first time at which relief has gone to stay, shape
        ``(draws,)``; the loss lies between the time before it and that time.
        The number of times where relief never goes.
    ever
        Whether relief reached the threshold at any time, shape ``(draws,)``.
    """

    index: Any
    ever: Any


def find_pain_return(
    relief: Any, needed: Any, had_relief: Any, days: Sequence[float], confirm_days: float
) -> PainReturn:
    """Find when relief goes to stay.

    Time to pain return is the earliest time from the end of the last dose on
    from which relief stays below the threshold throughout the confirming
    days; shorter dips are ignored. Who has had no relief by the end of the
    last dose is watched from the first relief on, so that relief which sets
    in after the last dose counts.

    Parameters
    ----------
    relief
        Relief after the end of the last dose, shape ``(draws, times)``.
    needed
        Relief that counts, shape ``(draws,)``.
    had_relief
        Whether the threshold was reached before, shape ``(draws,)``.
    days
        Times since the end of the last dose [days], rising from zero, up to
        the horizon plus the confirming days.
    confirm_days
        How long relief must stay away [days].

    Returns
    -------
    PainReturn
        Index zero stands for a loss before the end of the last dose.
    """
    xp = relief.__array_namespace__()
    holds = relief >= needed[:, None]
    times = len(days)
    index = xp.full(relief.shape[0], times)
    # Walking back from the end, "until" is when relief next holds again.
    until = xp.full(relief.shape[0], float("inf"), dtype=relief.dtype)
    for i in range(times - 1, -1, -1):
        before = had_relief if i == 0 else holds[:, i - 1]
        starts_here = before & ~holds[:, i]
        stays = until - days[i] >= confirm_days
        index = xp.where(starts_here & stays, i, index)
        until = xp.where(holds[:, i], days[i], until)
    return PainReturn(index, had_relief | xp.any(holds, axis=1))


def classify(
    days_to_return: Any, ever: Any, had_relief: Any, horizon_days: float
) -> dict[Outcome, Any]:
    """Sort draws into the five outcomes.

    Parameters
    ----------
    days_to_return
        Time to pain return [days], infinite where relief outlasts what was
        simulated, shape ``(draws,)``.
    ever
        Whether relief reached the threshold at any time.
    had_relief
        Whether it did so by the end of the last dose.
    horizon_days
        Time [days] beyond which the question is not asked.

    Returns
    -------
    A mapping from each ``Outcome`` to a true/false array of shape ``(draws,)``;
    exactly one of the five is true for each draw.
    """
    at_once = days_to_return <= 0
    return {
        Outcome.NO_RESPONSE: ~ever,
        Outcome.GONE_BEFORE_LAST_DOSE: ever & at_once,
        Outcome.HOURS_ONLY: ever & ~at_once & (days_to_return < 1),
        Outcome.RETURNED: ever & (days_to_return >= 1) & (days_to_return <= horizon_days),
        Outcome.BEYOND_HORIZON: ever & (days_to_return > horizon_days),
    }
