"""The answer about other treatments; its plain form is ``respite.comparators/1``."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from math import isinf
from typing import Any

from respite.literature import ComparedFigure

FEW = ("nnt", "nnh")
"""Metrics that count people treated for one more to benefit or to be harmed begin so."""


@dataclass(frozen=True, kw_only=True)
class ComparedRow:
    """One figure with the class of treatments it belongs to.

    Attributes
    ----------
    treatment_class, kind
        The class in words, and whether it is ketamine, placebo or another.
    figure
        What is known, with its source.
    """

    treatment_class: str
    kind: str
    figure: ComparedFigure

    @property
    def counts_people(self) -> bool:
        """Whether the figure counts people treated for one."""
        return self.figure.metric.startswith(FEW)

    @property
    def value(self) -> float | None:
        """The figure, or none where it is a range or words."""
        return None if isinstance(self.figure.value, str) else self.figure.value

    @property
    def interval(self) -> tuple[float, float] | None:
        """Its 95 % interval or the range it was printed as; an end may be infinite."""
        low, high = self.figure.spread.from_, self.figure.spread.to
        return None if low is None or high is None else (low, high)

    @property
    def per_100(self) -> tuple[float | None, float | None, float | None]:
        r"""How many more of 100, with lowest and highest; none where nothing is counted.

        Notes
        -----
        .. math::
            \mathrm{NNT} = 1 / \mathrm{RD}

        An interval of numbers needed to treat that reaches infinity is one of risk differences
        that reaches zero.
        """
        if not self.counts_people:
            return None, None, None
        value = None if self.value is None else 100 / self.value
        if self.interval is None:
            return value, None, None
        low, high = self.interval
        return value, 0 if isinf(high) else 100 / high, 100 / low

    def to_dict(self) -> dict[str, Any]:
        """Give the record as plain data; an end at infinity is null, and said to be none."""
        one = self.figure
        low, high = self.interval or (None, None)
        more, fewest, most = self.per_100
        return {
            "class": self.treatment_class,
            "kind": self.kind,
            "treatment": one.treatment,
            "dose": one.dose,
            "route": one.route,
            "condition": one.condition,
            "setting": one.setting,
            "against": one.against,
            "metric": one.metric,
            "time": one.time,
            "value": self.value,
            "low": low,
            "high": None if high is None or isinf(high) else high,
            "has_no_upper_limit": high is not None and isinf(high),
            "interval": None if self.interval is None else one.spread.kind,
            "bound": one.bound or None,
            "unit": one.unit,
            "scale": one.scale or None,
            "more_of_100": more,
            "more_of_100_low": fewest,
            "more_of_100_high": most,
            "n": one.n,
            "in_words": one.in_words or None,
            "certainty": one.certainty,
            "certainty_by": one.certainty_by or None,
            "status": one.status,
            "read": one.read,
            "source": one.source or None,
            "at": one.at or None,
            "because": one.because or None,
            "note": one.note or None,
        }


@dataclass(frozen=True, kw_only=True)
class ComparatorTable:
    """Other treatments beside ketamine, in the order of the alphabet and never of effect.

    Attributes
    ----------
    condition
        The condition that was asked for; ``None`` for all.
    also_shown
        Wider groups of pain whose figures are shown because they contain the condition.
    rows
        Every figure that fits.
    nothing_found
        Classes for which the library has no figure in this condition.
    provenance
        With what the answer was made.
    draw
        How a notebook shows it.
    """

    condition: str | None
    also_shown: tuple[str, ...]
    rows: tuple[ComparedRow, ...]
    nothing_found: tuple[str, ...]
    provenance: Mapping[str, Any]
    draw: Callable[[ComparatorTable], str] | None = field(default=None, repr=False, compare=False)

    def of(self, setting: str) -> tuple[ComparedRow, ...]:
        """Give the rows of one setting; no two settings are ever shown side by side."""
        return tuple(row for row in self.rows if row.figure.setting == setting)

    def to_dict(self) -> dict[str, Any]:
        """Give the record as plain data."""
        return {
            "schema": "respite.comparators/1",
            "condition": self.condition,
            "also_shown": list(self.also_shown),
            "chronic": [row.to_dict() for row in self.of("chronic")],
            "acute_single_dose": [row.to_dict() for row in self.of("acute_single_dose")],
            "experimental": [row.to_dict() for row in self.of("experimental")],
            "nothing_found": list(self.nothing_found),
            "is_ranked": False,
            "provenance": dict(self.provenance),
        }

    def _repr_html_(self) -> str | None:
        """Draw the answer in a notebook."""
        return None if self.draw is None else self.draw(self)
