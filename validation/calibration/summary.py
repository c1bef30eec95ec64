"""Many patients become one line: how the forecast did with one length of diary."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from typing import Any, Literal

import numpy as np

from validation.calibration import metrics
from validation.calibration.metrics import Floats
from validation.calibration.runs import Row
from validation.calibration.scenarios import Scenario

LEVELS = (0.5, 0.8, 0.95)
NEAR, NEAR_FOR = 0.03, 2000
"""Coverage this near to its level will do where there are so many patients; with fewer, chance
takes it further, by the root of their number."""

LEAST_OF_OTHERS = 0.9
"""Coverage of the 95 % interval that is asked for where the half-time is twice ours."""

BINS = 10
POOR_TAIL = 0.7
"""Above this the tail of the weights is too heavy to trust them."""

Shape = Literal["even", "too narrow", "too wide", "too early", "too late", "uneven"]


@dataclass(frozen=True)
class Spreading:
    """How transforms of the truth spread.

    Attributes
    ----------
    count
        How many there are.
    distance, strictest
        Kolmogorov-Smirnov statistic, and what it must stay below.
    coverage
        Share of truths within the interval of each level.
    mean
        Mean of the transforms: below a half where truth comes sooner than thought.
    bins
        How many fall into each of ten equal parts.
    """

    count: int
    distance: float
    strictest: float
    coverage: Mapping[str, float]
    mean: float
    bins: tuple[int, ...]

    @staticmethod
    def of(pits: Floats) -> Spreading:
        """Sum up transforms."""
        bins, _edges = np.histogram(pits, bins=BINS, range=(0, 1))
        return Spreading(
            count=len(pits),
            distance=metrics.distance_from_uniform(pits),
            strictest=metrics.strictest_distance(len(pits)),
            coverage={f"{level:g}": metrics.coverage(pits, level) for level in LEVELS},
            mean=float(np.mean(pits)),
            bins=tuple(bins.tolist()),
        )

    @property
    def is_uniform(self) -> bool:
        """Whether the transforms may well be uniform."""
        return self.distance < self.strictest

    @property
    def near(self) -> float:
        """How near to its level a coverage must be."""
        return NEAR * float(np.sqrt(max(NEAR_FOR / self.count, 1)))

    @property
    def covers(self) -> bool:
        """Whether every interval holds about the share of truths that it says."""
        return not self.misses

    @property
    def misses(self) -> dict[str, float]:
        """The share of truths within each interval that does not hold about what it says."""
        return {
            level: share
            for level, share in self.coverage.items()
            if abs(share - float(level)) > self.near
        }

    @property
    def holds(self) -> bool:
        """Whether the intervals mean what they say."""
        return self.is_uniform and self.covers

    @property
    def shape(self) -> Shape:
        """In what way they are not uniform, judged by mean and coverage at three errors."""
        if self.holds:
            return "even"
        error = 3 / np.sqrt(self.count)
        if abs(self.mean - 0.5) > error / np.sqrt(12):
            return "too late" if self.mean < 0.5 else "too early"
        off = self.coverage["0.8"] - 0.8
        if abs(off) > error * 0.4:
            return "too narrow" if off < 0 else "too wide"
        return "uneven"


@dataclass(frozen=True)
class Summary:
    """How the forecast did in one scenario with one length of diary.

    Attributes
    ----------
    scenario, after_days
        Which.
    everyone, returned
        Transforms of all truths, and of those between a day and the horizon.
    crps
        Mean score of days with relief [days].
    brier, brier_of_base_rate
        Of the chance to be a slow responder; and of the share of them given to everybody.
    width80
        Mean width of the 80 % interval [days].
    ess
        Mean effective sample size.
    poor_tails
        Share of answers whose weights have too heavy a tail.
    steps
        Share of answers by the step of the ladder that was needed.
    seconds
        Median time of an answer.
    """

    scenario: str
    after_days: int | None
    everyone: Spreading
    returned: Spreading
    crps: float
    brier: float
    brier_of_base_rate: float
    width80: float
    ess: float
    poor_tails: float
    steps: Mapping[str, float]
    seconds: float

    def to_dict(self) -> dict[str, Any]:
        """Give the summary as plain data."""
        return asdict(self)


def summarise(scenario: Scenario, rows: Sequence[Row]) -> list[Summary]:
    """Sum up a scenario, length by length.

    Parameters
    ----------
    scenario
        Which.
    rows
        All its rows.
    """
    return [
        _summary(scenario.name, after, [row for row in rows if row.after_days == after])
        for after in scenario.after_days
    ]


def _summary(name: str, after: int | None, rows: Sequence[Row]) -> Summary:
    returned = np.asarray([row.pit_returned for row in rows])
    slow = np.asarray([row.slow for row in rows])
    tails = np.asarray([row.pareto_k for row in rows])
    steps = Counter(row.step for row in rows)
    return Summary(
        scenario=name,
        after_days=after,
        everyone=Spreading.of(np.asarray([row.pit for row in rows])),
        returned=Spreading.of(returned[~np.isnan(returned)]),
        crps=float(np.mean([row.crps for row in rows])),
        brier=metrics.brier(np.asarray([row.slow_chance for row in rows]), slow),
        brier_of_base_rate=metrics.brier(np.full(len(rows), slow.mean()), slow),
        width80=float(np.nanmean([row.width80 for row in rows])),
        ess=float(np.mean([row.ess for row in rows])),
        poor_tails=float(np.mean(tails > POOR_TAIL)),
        steps={step: count / len(rows) for step, count in steps.most_common()},
        seconds=float(np.median([row.seconds for row in rows])),
    )
