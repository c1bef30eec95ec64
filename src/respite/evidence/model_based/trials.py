"""What models are held against: arms that can be simulated, and the figures seen in them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from respite.domain import DoseEvent

Kind = Literal[
    "mean_pain", "mean_fall", "mean_fall_percent", "responders", "difference", "conclusion"
]
"""What a figure is: those of a library study; a difference of means between two arms; and what
a study concluded of a difference whose size was not seen."""


@dataclass(frozen=True)
class SeenRow:
    """One figure seen in one arm.

    Attributes
    ----------
    arm
        Place of the arm among those of its trial; of a difference the first of the two.
    against
        Of a difference, the place of the other arm.
    kind
        What it is.
    time_h
        Time from the first dose [h].
    value
        Points for means, a percentage for ``mean_fall_percent``, a share for responders.
    error
        Standard error of a mean; ``None`` for responders, and where it must be imputed.
    count, of
        Responders, and how many were asked.
    threshold, in_points
        Fall of pain from which somebody counts as a responder: a share, or points.
    words
        The figure as the study calls it.
    read, note
        How it was seen, and what was assumed on the way.
    found
        What the study concluded of a difference.
    """

    arm: int
    kind: Kind
    time_h: float
    value: float
    error: float | None = None
    count: int | None = None
    of: int | None = None
    threshold: float = 0.5
    in_points: bool = False
    against: int | None = None
    words: str = ""
    read: str = ""
    note: str = ""
    found: str = "not_reported"


@dataclass(frozen=True)
class SeenArm:
    """One arm that can be simulated.

    Attributes
    ----------
    name, regimen
        What it is called, and what was given, in the regimen language.
    events
        The same as dose events.
    people
        How many took part.
    baseline
        Mean pain before treatment; ``None`` where it was not seen.
    is_drug
        Whether any dose is a drug.
    """

    name: str
    regimen: str
    events: tuple[DoseEvent, ...]
    people: int
    baseline: float | None
    is_drug: bool


@dataclass(frozen=True)
class SeenTrial:
    """One trial, as far as models are held against it.

    Attributes
    ----------
    study
        Its file in the library.
    condition
        Condition whose chances hold.
    role
        Whether it is fitted to, or predicted only.
    arms, rows
        Who was given what, and what was seen.
    is_crossover
        Whether everybody was given everything.
    """

    study: str
    condition: str
    role: Literal["calibration", "validation"]
    arms: tuple[SeenArm, ...]
    rows: tuple[SeenRow, ...]
    is_crossover: bool = False

    @property
    def times_h(self) -> tuple[tuple[float, ...], ...]:
        """Times at which each arm was looked at [h], in rising order."""
        return tuple(
            tuple(sorted({row.time_h for row in self.rows if at in (row.arm, row.against)}))
            for at in range(len(self.arms))
        )


@dataclass(frozen=True)
class Skipped:
    """What could not be held against the model, and why."""

    study: str
    what: str
    because: str
