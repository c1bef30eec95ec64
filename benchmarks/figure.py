"""One figure of the table: what was measured, and the bar it is held against."""

from __future__ import annotations

import time
from collections.abc import Callable
from dataclasses import dataclass


@dataclass(frozen=True)
class Figure:
    """One line of the table.

    Attributes
    ----------
    question
        What was measured.
    value
        What was found.
    unit
        Its unit, as written behind it.
    bar
        The bar; ``None`` where there is none.
    is_least
        Whether the bar is the least that is wanted rather than the most.
    note
        What a reader must know to judge it.
    """

    question: str
    value: float
    unit: str
    bar: float | None = None
    is_least: bool = False
    note: str = ""

    @property
    def is_met(self) -> bool | None:
        """Whether the bar is met; ``None`` without one."""
        if self.bar is None:
            return None
        return self.value >= self.bar if self.is_least else self.value <= self.bar

    def row(self) -> str:
        """Write the line as a row of a Markdown table."""
        bar = ""
        if self.bar is not None:
            bar = f"{'at least' if self.is_least else 'at most'} {self.bar:g} {self.unit}".strip()
        verdict = {True: "met", False: "**not met**", None: ""}[self.is_met]
        value = f"{self.value:.3g} {self.unit}".strip()
        return f"| {self.question} | {value} | {bar} | {verdict} | {self.note} |"


def seconds(work: Callable[[], object]) -> float:
    """Give the time of one run [s]."""
    start = time.perf_counter()
    work()
    return time.perf_counter() - start


def fastest(work: Callable[[], object], runs: int) -> float:
    """Give the shortest of some runs [s]: what else ran on the machine only ever adds."""
    return min(seconds(work) for _ in range(runs))
