"""All people at one block of times after another, so that memory stays bounded.

What a regimen does to many people at many times fills any memory. Here the
people are taken in shares and the times in blocks: of each person only the
highest level is kept, of each time only the spread of the group.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from typing import TypeVar

import numpy as np

from respite.population.chunks import Meter, in_order
from respite.population.levels import Analytes, Share, levels_of
from respite.population.peaks import Tops, peaks_of, tops_of
from respite.population.quantiles import quantiles
from respite.population.random_draws import Floats
from respite.population.watch_times import as_entered, edges

BAND = (5 / 100, 0.5, 95 / 100)
"""The quantiles that are answered."""

TIMES_AT_ONCE = 64
"""Most times of one block."""

LEVELS_AT_ONCE = 2_000_000
"""Levels that are held for the whole group, 16 MB for each analyte."""

Found = TypeVar("Found")


@dataclass(frozen=True)
class Block:
    """Some of the times.

    Attributes
    ----------
    times_h
        The times [h], with one more on either side where there is one.
    first
        Place of the first of them among all times.
    own
        Which of them belong to the block itself.
    """

    times_h: tuple[float, ...]
    first: int
    own: slice


@dataclass(frozen=True)
class Watched:
    """What is kept of the levels of a group.

    Attributes
    ----------
    times_h
        The times that were watched [h].
    peaks
        For each analyte the peaks [ng/mL] and their times [h], each of shape ``(people,)``.
    bands
        For some analytes quantiles of the group at each time [ng/mL], shape ``(shares, times)``.
    """

    times_h: tuple[float, ...]
    peaks: Mapping[str, tuple[Floats, Floats]]
    bands: Mapping[str, Floats]


def blocks_of(times_h: Sequence[float], people: int) -> tuple[Block, ...]:
    """Split times into blocks that, with all people, fit the memory."""
    size = min(TIMES_AT_ONCE, max(LEVELS_AT_ONCE // people, 1))
    return tuple(_block(times_h, start, size) for start in range(0, len(times_h), size))


def _block(times_h: Sequence[float], start: int, size: int) -> Block:
    first = max(start - 1, 0)
    times = tuple(times_h[first : start + size + 1])
    return Block(times, first, slice(start - first, min(start - first + size, len(times))))


def sweep(
    shares: Sequence[Share],
    blocks: Sequence[Block],
    look: Callable[[Share, Block], Found],
    meter: Meter,
) -> Iterator[tuple[Block, list[Found]]]:
    """Look at all people at one block of times after another."""
    items = ((share, block) for block in blocks for share in shares)
    found = in_order(lambda item: look(*item), items)
    for block in blocks:
        together: list[Found] = []
        for _ in shares:
            together.append(next(found))
            meter.step()
        yield block, together


def watch(
    shares: Sequence[Share],
    analytes: Analytes,
    banded: Sequence[str],
    blocks: Sequence[Block],
    meter: Meter,
) -> Watched:
    """Find the peaks of each person, and how the levels of the group spread at each time.

    Parameters
    ----------
    shares
        The people.
    analytes
        The analytes whose peaks are wanted.
    banded
        Those whose spread over time is wanted.
    blocks
        All times, in blocks.
    meter
        Counts shares and blocks.
    """
    tops: dict[str, list[Tops]] = {}
    bands: dict[str, list[Floats]] = {analyte: [] for analyte in banded}
    look = partial(_look, analytes, banded)
    for _, found in sweep(shares, blocks, look, meter):
        for analyte in analytes:
            now = [each[analyte] for each, _ in found]
            before = tops.get(analyte, now)
            tops[analyte] = [a.or_higher(b) for a, b in zip(before, now, strict=True)]
        for analyte in banded:
            together = np.concatenate([levels[analyte] for _, levels in found], axis=1)
            bands[analyte].append(quantiles(together.T, *BAND))
    times = tuple(time for block in blocks for time in block.times_h[block.own])
    edge = edges(as_entered(shares[0].group.kinetics.model, shares[0].events))
    return Watched(
        times,
        {analyte: _peaks(parts, np.asarray(times), edge) for analyte, parts in tops.items()},
        {analyte: np.concatenate(parts, axis=1) for analyte, parts in bands.items()},
    )


def _look(
    analytes: Analytes, banded: Sequence[str], share: Share, block: Block
) -> tuple[dict[str, Tops], dict[str, Floats]]:
    """Keep the highest of each analyte, and all levels where the group is looked at as a whole.

    Those have times first, so that the levels of all people at one time lie side by side.
    """
    levels = levels_of(share, analytes, block.times_h)
    tops = {analyte: tops_of(levels[analyte], block.first, block.own) for analyte in analytes}
    kept = {analyte: np.ascontiguousarray(levels[analyte][:, block.own].T) for analyte in banded}
    return tops, kept


def _peaks(
    tops: Sequence[Tops], times_h: Floats, edges_h: Sequence[float]
) -> tuple[Floats, Floats]:
    parts = [peaks_of(each, times_h, edges_h) for each in tops]
    peaks, times = (np.concatenate(each) for each in zip(*parts, strict=True))
    return peaks, times
