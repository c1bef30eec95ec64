"""The answer of a comparison of plans, whose plain form is ``respite.compare/1``."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any, Protocol

from respite.forecasting.answer import Forecast
from respite.forecasting.plans.better import cannot_be_told
from respite.population import Exposure


class Plain(Protocol):
    """Something that another room worked out, and that gives itself as plain data."""

    def to_dict(self) -> dict[str, Any]:
        """Give it as plain data."""
        ...


@dataclass(frozen=True, kw_only=True)
class ComparedPlan:
    """One plan of a comparison.

    Attributes
    ----------
    forecast
        What to expect of it.
    exposures
        Levels it gives, in the same people.
    days_by_drug
        Mean days with relief by the drug alone, in the days that count for every plan.
    missing
        Why the levels or the adverse effects are not there.
    adverse_effects
        What it may do on the day, where a face has asked ``safety``.
    """

    forecast: Forecast
    exposures: tuple[Exposure, ...]
    days_by_drug: float
    missing: Mapping[str, str]
    adverse_effects: tuple[Plain, ...] = ()

    def to_dict(self) -> dict[str, Any]:
        """Give the plan as plain data: its forecast without the course of pain, and its levels."""
        answer = self.forecast.to_dict()
        del answer["pain"]
        return answer | {
            "days_by_drug_in_window": self.days_by_drug,
            "exposures": [vars(one).copy() for one in self.exposures],
            "adverse_effects": [one.to_dict() for one in self.adverse_effects] or None,
            "missing": dict(self.missing),
        }


@dataclass(frozen=True, kw_only=True)
class PlanComparison:
    """Several plans tried on the same people.

    Attributes
    ----------
    plans
        The plans, in the order in which they were given.
    window_days
        Days from the first dose in which relief counts, the same for every plan.
    better
        Chance that the plan of the row gives one person more days with relief by the drug
        alone than the plan of the column; ties count half.
    better_by_a_day
        Chance that it gives at least a day more.
    same
        Share of people in whom both give as many.
    """

    plans: tuple[ComparedPlan, ...]
    window_days: int
    better: tuple[tuple[float, ...], ...]
    better_by_a_day: tuple[tuple[float, ...], ...]
    same: tuple[tuple[float, ...], ...]
    seed: int
    draw: Callable[[PlanComparison], str] | None = field(default=None, repr=False, compare=False)

    def cannot_be_told_apart(self) -> tuple[tuple[int, int], ...]:
        """Give the pairs of plans of which neither is clearly better, by their places."""
        places = range(len(self.plans))
        return tuple(
            (first, second)
            for first in places
            for second in places
            if first < second
            and cannot_be_told(self.better[first][second])
        )  # fmt: skip

    def to_dict(self) -> dict[str, Any]:
        """Give the answer as plain data in the form of ``respite.compare/1``."""
        return {
            "schema": "respite.compare/1",
            "window_days": self.window_days,
            "plans": [plan.to_dict() for plan in self.plans],
            "better": [list(row) for row in self.better],
            "better_by_a_day": [list(row) for row in self.better_by_a_day],
            "same": [list(row) for row in self.same],
            "cannot_be_told_apart": [list(pair) for pair in self.cannot_be_told_apart()],
            "seed": self.seed,
        }

    def _repr_html_(self) -> str | None:
        """Draw the answer in a notebook, where a face has said how."""
        return None if self.draw is None else self.draw(self)
