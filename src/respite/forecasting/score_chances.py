"""The score that a person will write: the chance of each of the whole scores, day by day."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np

from respite.domain import WORST_PAIN
from respite.population import Floats


@dataclass(frozen=True, kw_only=True)
class ScoreChances:
    """Chances of the whole scores 0 to 10, for each whole day from the first dose.

    Attributes
    ----------
    day
        Whole days from the first dose, rising.
    chances
        For each day eleven chances that sum to one: of a written 0, of a 1, up to 10.
    """

    day: tuple[int, ...]
    chances: tuple[tuple[float, ...], ...]

    def to_dict(self) -> dict[str, Any]:
        """Give the record as plain data."""
        return {"day": list(self.day), "chances": [list(row) for row in self.chances]}


def score_chances(written: Floats, days: Sequence[float]) -> ScoreChances:
    """Count how often each whole score is written on each whole day.

    Parameters
    ----------
    written
        A score of each draw on each answered day, 0-10, shape ``(draws, days)``; one between
        two whole scores counts as the nearer.
    days
        The answered days; only the whole ones are kept.

    Returns
    -------
    The chances of the whole days.
    """
    kept = [place for place, day in enumerate(days) if float(day).is_integer()]
    # Small numbers pass through memory several times faster than large ones.
    scores = np.rint(written).astype(np.int8)
    counted = np.stack(
        [np.count_nonzero(scores == score, axis=0) for score in range(WORST_PAIN + 1)], axis=1
    )
    return ScoreChances(
        day=tuple(int(days[place]) for place in kept),
        chances=tuple(tuple(row) for row in (counted[kept] / len(scores)).tolist()),
    )
