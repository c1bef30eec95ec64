"""Innermost intervals: the only places where a maximum likelihood curve can fall.

A loss seen between two visits lies in the half-open interval (L, R]: relief
held on day L and was gone on day R. One that is known exactly lies in the
point [t, t], and one that has not come yet in (L, infinity).
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]
Places = NDArray[np.intp]

_CLOSED_LEFT, _RIGHT, _OPEN_LEFT = 0, 1, 2
"""Order of ends that stand at one day: a point holds the day, an open left end does not."""


def summed_at(places: Places, values: Floats, size: int) -> Floats:
    """Sum values by their place, shape ``(size,)``."""
    sums = np.zeros(size)
    np.add.at(sums, places, values)
    return sums


@dataclass(frozen=True)
class Innermost:
    """The innermost intervals of some losses, from the earliest to the latest.

    They are those intersections of the observed intervals that hold no other
    (Peto 1973; Turnbull 1976). Each observed interval holds a run of them.

    Attributes
    ----------
    starts, ends
        Days between which each interval lies, open on the left and closed on
        the right, or one day where both are equal; shape ``(cells,)``. The
        last end is infinite where the last loss has not come.
    first, last
        Number of the first and of the last interval that each observed one
        holds; shape ``(losses,)``.
    """

    starts: Floats
    ends: Floats
    first: Places
    last: Places


def innermost(left: Floats, right: Floats) -> Innermost:
    """Find the innermost intervals of observed ones.

    Parameters
    ----------
    left, right
        Ends of the observed intervals (left, right], or of the points where
        both are equal; shape ``(losses,)``. ``right`` may be infinite.
    """
    kinds = np.where(left == right, _CLOSED_LEFT, _OPEN_LEFT)
    days = np.concatenate([left, right])
    kind = np.concatenate([kinds, np.full(len(right), _RIGHT)])
    order = np.lexsort((kind, days))
    is_left = kind[order] != _RIGHT
    # An innermost interval is a left end with no other end before the next right one.
    places = np.flatnonzero(is_left[:-1] & ~is_left[1:])
    rank = _ranks(days, kind, order)
    starts, ends = order[places], order[places + 1]
    return Innermost(
        starts=days[starts],
        ends=days[ends],
        first=np.searchsorted(rank[starts], rank[: len(left)], side="left"),
        last=np.searchsorted(rank[ends], rank[len(left) :], side="right") - 1,
    )


def _ranks(days: Floats, kind: Places, order: Places) -> Places:
    """Number the ends by day and kind, equal ones alike."""
    day, sort = days[order], kind[order]
    rank = np.empty(len(days), dtype=np.intp)
    rank[order] = np.concatenate([[0], np.cumsum((day[1:] != day[:-1]) | (sort[1:] != sort[:-1]))])
    return rank
