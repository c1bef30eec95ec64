"""The highest level of each person, found from one block of times after another."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from respite.population.random_draws import Floats, Places


@dataclass(frozen=True)
class Tops:
    """The highest look at each person so far, and the looks on either side of it.

    Attributes
    ----------
    place
        Place of the highest among all times, shape ``(people,)``.
    at, before, after
        The level there, and one look earlier and later, each of that shape.
        At the first and the last of all times those beside mean nothing.
    """

    place: Places
    at: Floats
    before: Floats
    after: Floats

    def or_higher(self, later: Tops) -> Tops:
        """Take a later look wherever it is higher; of equals the first stays."""
        is_higher = later.at > self.at
        return Tops(
            place=np.where(is_higher, later.place, self.place),
            at=np.where(is_higher, later.at, self.at),
            before=np.where(is_higher, later.before, self.before),
            after=np.where(is_higher, later.after, self.after),
        )


def tops_of(levels: Floats, first: int, own: slice) -> Tops:
    """Find the highest look of a block.

    Parameters
    ----------
    levels
        Levels at the times of the block and one look beyond it on either
        side where there is one, shape ``(people, times)``.
    first
        Place of the first of these times among all times.
    own
        Which of these times belong to the block itself.
    """
    top = own.start + np.argmax(levels[:, own], axis=1)
    rows = np.arange(len(top))
    last = levels.shape[1] - 1
    return Tops(
        place=first + top,
        at=levels[rows, top],
        before=levels[rows, np.clip(top - 1, 0, last)],
        after=levels[rows, np.clip(top + 1, 0, last)],
    )


def peaks_of(tops: Tops, times_h: Floats, edges_h: Sequence[float]) -> tuple[Floats, Floats]:
    """Find the highest level of each person and its time.

    Every start and end of a dose is looked at exactly. A peak between two
    looks is found from the parabola through the three highest.

    Parameters
    ----------
    tops
        The highest look at each person.
    times_h
        All times that were looked at [h].
    edges_h
        Where doses start and end [h].

    Returns
    -------
    Peaks, in the unit of the looks, and their times [h], each of shape ``(people,)``.
    """
    inner = np.clip(tops.place, 1, len(times_h) - 2)
    left = times_h[inner] - times_h[inner - 1]
    right = times_h[inner + 1] - times_h[inner]
    rise, fall = (tops.at - tops.before) / left, (tops.after - tops.at) / right
    bend = (fall - rise) / (left + right)
    slope = (rise * right + fall * left) / (left + right)
    is_between = (inner == tops.place) & ~np.isin(times_h[inner], edges_h)
    is_smooth = (bend < 0) & is_between
    shift = np.where(is_smooth, -slope / np.where(is_smooth, 2 * bend, 1), 0)
    shift = np.clip(shift, -left, right)
    peak = np.where(is_smooth, tops.at + slope * shift + bend * shift**2, tops.at)
    return peak, np.where(is_smooth, times_h[inner] + shift, times_h[tops.place])
