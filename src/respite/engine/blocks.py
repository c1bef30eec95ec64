"""Equally spaced times in equal blocks, and what doses do in each: all that no person changes."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import cached_property, lru_cache

from respite.engine.doses import Train, ages_of
from respite.engine.settings import LARGEST_BLOCK, SAME_TIME, SMALLEST_BLOCK

_DAY_H = 24

_KEPT = 32
"""Plans that are kept, so that a group in many chunks needs each of its few but once."""


@dataclass(frozen=True)
class Grid:
    """Equally spaced times from zero on.

    Attributes
    ----------
    step_h
        From one time to the next [h].
    count
        How many times.
    """

    step_h: float
    count: int

    def __post_init__(self) -> None:
        """Refuse what is no grid.

        Raises
        ------
        ValueError
            If it has no times, or they do not rise.
        """
        if self.count < 1 or not self.step_h > 0:
            raise ValueError("a grid has at least one time and a step above zero")

    @cached_property
    def times_h(self) -> list[float]:
        """All times [h]."""
        return [self.step_h * place for place in range(self.count)]

    @cached_property
    def block(self) -> int:
        """How many times make a block: a day or a whole part of it, or some days.

        Most courses repeat with the day, and blocks that repeat cost one
        block. The size changes no number.
        """
        in_a_day = _DAY_H / self.step_h
        steps = round(in_a_day)
        if steps < 1 or abs(in_a_day - steps) > SAME_TIME:
            return LARGEST_BLOCK
        if steps < SMALLEST_BLOCK:
            return steps * math.ceil(SMALLEST_BLOCK / steps)
        parts = (part for part in range(1, steps + 1) if steps % part == 0)
        return next(steps // part for part in parts if steps // part <= LARGEST_BLOCK)

    @property
    def block_h(self) -> float:
        """Length of a block [h]."""
        return self.block * self.step_h

    @cached_property
    def block_starts_h(self) -> list[float]:
        """The first time of each block [h]."""
        return self.times_h[:: self.block]

    @property
    def offsets_h(self) -> list[float]:
        """The times of one block, counted from its start [h]."""
        return [self.step_h * place for place in range(self.block)]


@dataclass(frozen=True)
class Kind:
    """A dose, or what is left of one, as it stands to the time before its start.

    Doses of one kind do the same in a block, only some whole steps earlier or later.

    Attributes
    ----------
    train
        Place of its train among all.
    late_h
        Its start, counted from the time before it; less than a step [h].
    running_h
        How long it runs, as far as the block lasts [h].
    """

    train: int
    late_h: float
    running_h: float


@dataclass(frozen=True)
class Piece:
    """What is given in a block.

    Attributes
    ----------
    kind
        What it is.
    place
        Place of the time before it in the block.
    blocks
        One for each block that has it, zero for the others.
    """

    kind: Kind
    place: int
    blocks: tuple[float, ...]


@dataclass(frozen=True)
class Moments:
    """How far a train is at the start of each block.

    Attributes
    ----------
    has_started
        One for each block at whose start a dose has been given, else zero.
    ages_h
        The distinct ages of the newest dose [h].
    age
        Which of them each block has.
    trains_h
        The distinct times from the first dose to the newest [h].
    train
        Which of them each block has.
    """

    has_started: tuple[float, ...]
    ages_h: tuple[float, ...]
    age: tuple[int, ...]
    trains_h: tuple[float, ...]
    train: tuple[int, ...]


def pieces_of(trains: Sequence[Train], grid: Grid) -> tuple[Piece, ...]:
    """Find what is given inside blocks, each kind once."""
    return _pieces(tuple(_schedule(train) for train in trains), grid)


def busy_part(trains: Sequence[Train], grid: Grid) -> Grid:
    """Give a grid up to the first block that starts when no dose is left to give or to run."""
    return _first_blocks(grid, max((train.end_h for train in trains), default=0))


@lru_cache(_KEPT)
def _first_blocks(grid: Grid, end_h: float) -> Grid:
    blocks = sum(start < end_h - SAME_TIME for start in grid.block_starts_h[:-1])
    return Grid(grid.step_h, grid.block * blocks + 1)


def moments_of(train: Train, grid: Grid) -> Moments:
    """Find how far a train is at the start of each block."""
    return _moments(_schedule(train), grid)


def _schedule(train: Train) -> Train:
    """Give a train without what differs between people: its times alone."""
    return replace(train, amount_mg=None, entry="")


@lru_cache(_KEPT)
def _pieces(trains: tuple[Train, ...], grid: Grid) -> tuple[Piece, ...]:
    kinds: dict[tuple[int, int, int], Kind] = {}
    found: dict[tuple[Kind, int], set[int]] = {}
    for place, train in enumerate(trains):
        for dose_h in _dose_starts(train, grid.times_h[-1]):
            for block in _blocks_of(dose_h, train.duration_h, grid):
                since = dose_h - grid.block_starts_h[block]
                running = min(train.duration_h + min(since, 0), grid.block_h)
                # What is instant, at the very start, is already held there.
                if max(since, running) <= SAME_TIME:
                    continue
                step = math.floor((max(since, 0) + SAME_TIME) / grid.step_h)
                kind = Kind(place, max(since - step * grid.step_h, 0), running)
                key = (place, round(kind.late_h / SAME_TIME), round(running / SAME_TIME))
                found.setdefault((kinds.setdefault(key, kind), step), set()).add(block)
    blocks = range(len(grid.block_starts_h))
    return tuple(
        Piece(kind, step, tuple(float(block in has) for block in blocks))
        for (kind, step), has in found.items()
    )


def _dose_starts(train: Train, until_h: float) -> list[float]:
    """List the starts of the doses of a train, with those that may still run in steady state."""
    earlier = 1 + math.ceil(train.duration_h / train.interval_h) if train.is_steady else 0
    starts = [train.start_h + number * train.interval_h for number in range(-earlier, train.count)]
    return [start for start in starts if start <= until_h + SAME_TIME]


def _blocks_of(dose_h: float, duration_h: float, grid: Grid) -> range:
    """List the blocks in which a dose starts or runs."""
    first = max(math.floor((dose_h + SAME_TIME) / grid.block_h), 0)
    last = math.floor((dose_h + duration_h + SAME_TIME) / grid.block_h)
    return range(first, min(last + 1, len(grid.block_starts_h)))


@lru_cache(_KEPT)
def _moments(train: Train, grid: Grid) -> Moments:
    ages = [ages_of(train, start) for start in grid.block_starts_h]
    ages_h, age = _distinct([each.age_h for each in ages])
    trains_h, which = _distinct([max(each.newest, 0) * train.interval_h for each in ages])
    has_started = tuple(float(each.started > 0) for each in ages)
    return Moments(has_started, ages_h, age, trains_h, which)


def _distinct(values: Sequence[float]) -> tuple[tuple[float, ...], tuple[int, ...]]:
    """Give the distinct values, and which of them each one is."""
    places: dict[int, int] = {}
    kept: list[float] = []
    which: list[int] = []
    for value in values:
        place = places.setdefault(round(value / SAME_TIME), len(kept))
        if place == len(kept):
            kept.append(value)
        which.append(place)
    return tuple(kept), tuple(which)
