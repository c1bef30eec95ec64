"""The score that a person will write: the chance of each of the whole scores, day by day."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np

from respite.domain import WORST_PAIN
from respite.population import Floats


@dataclass(frozen=True, kw_only=True)
class WrittenScores:
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


def written_scores(
    written: Floats, days: Sequence[float], weights: Floats | None = None
) -> WrittenScores:
    """Count how often each whole score is written on each whole day.

    Parameters
    ----------
    written
        A score of each draw on each answered day, 0-10, shape ``(draws, days)``; one between
        two whole scores counts as the nearer.
    days
        The answered days; only the whole ones are kept.
    weights
        How much each draw counts, shape ``(draws,)``; all alike by default.

    Returns
    -------
    The chances of the whole days.
    """
    kept = [place for place, day in enumerate(days) if float(day).is_integer()]
    scores = np.rint(written[:, kept]).astype(np.intp)
    kinds = WORST_PAIN + 1
    cells = scores + kinds * np.arange(len(kept))
    share = np.full(len(scores), 1 / len(scores)) if weights is None else weights / np.sum(weights)
    counted = np.bincount(
        cells.ravel(), np.repeat(share, len(kept)), minlength=kinds * len(kept)
    ).reshape(len(kept), kinds)
    chances = counted / np.sum(counted, axis=1, keepdims=True)
    return WrittenScores(
        day=tuple(int(days[place]) for place in kept),
        chances=tuple(tuple(row) for row in chances.tolist()),
    )
