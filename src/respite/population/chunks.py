"""Long work in chunks: a few threads, answers in order, and somebody told how far it is."""

from __future__ import annotations

from collections import deque
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import dataclass, field
from typing import TypeVar

import numpy as np

Item = TypeVar("Item")
Result = TypeVar("Result")

Progress = Callable[[float], None]
"""Told the share of the work that is done, 0-1, now and then."""

THREADS = 2
"""Threads that compute; an answer is the same for any number of them."""

_AHEAD = 2
"""Results that may wait for their turn, for each thread: what bounds the memory they hold."""


def in_order(
    work: Callable[[Item], Result], items: Iterable[Item], threads: int = THREADS
) -> Iterator[Result]:
    """Do the same work on every item in a few threads, and give the results in order.

    The items are asked for as the results are taken, so that no more than a
    few results wait. Whoever stops early, or is interrupted, stops the work.

    Parameters
    ----------
    work
        What to do with one item; it may not depend on the others.
    items
        The items.
    threads
        Threads that compute.

    Returns
    -------
    One result for each item, in the order of the items.

    Examples
    --------
    >>> list(in_order(lambda number: number * 2, [3, 1, 2]))
    [6, 2, 4]
    """
    waiting: deque[Future[Result]] = deque()
    with ThreadPoolExecutor(threads) as pool:
        try:
            for item in items:
                waiting.append(pool.submit(work, item))
                if len(waiting) > _AHEAD * threads:
                    yield waiting.popleft().result()
            while waiting:
                yield waiting.popleft().result()
        finally:
            for result in waiting:
                result.cancel()


@dataclass
class Meter:
    """Counts steps, and tells how far the work is.

    Attributes
    ----------
    steps
        How many steps there are.
    tell
        Who is told; nobody by default.
    done
        How many steps are done.
    """

    steps: int
    tell: Progress | None = None
    done: int = field(default=0, init=False)

    def step(self) -> None:
        """Count one step, and tell."""
        self.done += 1
        if self.tell is not None:
            self.tell(self.done / self.steps)


def keep_freed_memory() -> None:
    """Keep freed memory at hand instead of giving it back after every array.

    The C library of Linux raises its threshold for giving memory back to the
    largest block that was ever freed. One large block that is never touched
    costs nothing and saves a quarter of the time; elsewhere it does no harm.
    """
    np.empty(31 * 2**20, dtype=np.uint8)
