"""A falling curve of relief, which may be unknown within a step."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from respite.evidence.returns.innermost import Floats


@dataclass(frozen=True)
class Staircase:
    """The share that still has relief, day by day after the last dose.

    It is one until the first step. Within a step that has a length nobody
    knows where it falls, as no visit saw it.

    Attributes
    ----------
    starts, ends
        Days after which and up to which each step falls, shape ``(steps,)``;
        equal where the day is known exactly.
    after
        Share that has relief after each step, shape ``(steps,)``.
    known_to
        Last day on which the curve is known; infinite where everybody has
        lost relief.
    """

    starts: Floats
    ends: Floats
    after: Floats
    known_to: float

    def highest(self, days: Floats) -> Floats:
        """Give the largest share that fits what was seen, at each day; shape of ``days``."""
        return self._after(np.searchsorted(self.ends, days, side="right"))

    def lowest(self, days: Floats) -> Floats:
        """Give the smallest share that fits what was seen, at each day; shape of ``days``.

        After the last day on which the curve is known it is held level.
        """
        begun = np.searchsorted(self.starts, days, side="left")
        return self._after(np.maximum(begun, np.searchsorted(self.ends, days, side="right")))

    def _after(self, steps: np.typing.NDArray[np.intp]) -> Floats:
        """Give the share after so many steps."""
        return np.concatenate([[1.0], self.after])[steps]
