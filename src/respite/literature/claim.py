"""A claim about ketamine and pain, how certain it is in the words of GRADE, and why."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import TYPE_CHECKING, Literal

from msgspec import Struct

from respite.literature.model import Grade
from respite.literature.number import Interval, Read, Status
from respite.literature.study import Measure
from respite.literature.units_of_print import to_canonical

if TYPE_CHECKING:
    from respite.literature.library import Library

Says = Literal["benefit", "no_clear_benefit", "harm", "size"]
"""What a claim says: that ketamine helps, that it hardly does, that it harms, or how much."""

Giving = Literal[
    "single_short_infusion",
    "multi_day_infusion",
    "repeated_infusions",
    "subcutaneous",
    "oral",
    "nasal",
    "topical",
]
"""Ways of giving that evidence tells apart."""

Concern = Literal["none", "serious", "very_serious", "not_assessed"]

GradeQuestion = Literal[
    "risk_of_bias", "inconsistency", "indirectness", "imprecision", "publication_bias"
]
"""The five questions by which GRADE takes certainty away."""


class Reason(Struct, frozen=True, forbid_unknown_fields=True):
    """How much one question of GRADE counts against a claim, and why."""

    concern: Concern
    because: str


class Claim(Struct, frozen=True, forbid_unknown_fields=True):
    """One file of ``library/claims``.

    Attributes
    ----------
    words
        The claim as a sentence.
    says
        In which direction it points.
    grade, lowest, highest
        How certain it is; and the range, where sources or parts of the claim differ.
    why
        The reasons, by question of GRADE; these are ours, also where the grade is published.
    status, source, read, at, because
        Whether a review graded it or we did, and where; what else is to be said of the grade.
    conditions, giving, measures
        What it applies to; none named means all.
    window
        From when to when after the first dose.
    """

    id: str
    words: str
    says: Says
    grade: Grade
    why: dict[GradeQuestion, Reason]
    status: Status
    source: str
    read: Read
    lowest: Grade | None = None
    highest: Grade | None = None
    at: str = ""
    because: str = ""
    conditions: tuple[str, ...] = ()
    giving: tuple[Giving, ...] = ()
    measures: tuple[Measure, ...] = ()
    window: Interval | None = None

    @property
    def is_published(self) -> bool:
        """Whether a review graded it, and not we."""
        return self.status == "published"

    @property
    def window_h(self) -> tuple[float, float] | None:
        """From when to when it holds, in hours; nothing where it holds at any time."""
        if self.window is None:
            return None
        unit = self.window.unit
        return to_canonical(self.window.from_, unit), to_canonical(self.window.to, unit)

    def touches(self, *, condition: str | None, hours: float | None, measure: str | None) -> bool:
        """Say whether it belongs to a question; what is not asked does not count.

        Parameters
        ----------
        condition
            What is treated, as a patient file names it.
        hours
            A time after the first dose.
        measure
            What is measured, as studies name it.
        """
        if condition is not None and self.conditions and condition not in self.conditions:
            return False
        if measure is not None and self.measures and measure not in self.measures:
            return False
        reach = self.window_h
        return hours is None or reach is None or reach[0] <= hours <= reach[1]


def claims_for(
    library: Library,
    *,
    condition: str | None = None,
    days: float | None = None,
    measure: str | None = None,
    giving: tuple[str, ...] | None = None,
) -> tuple[Claim, ...]:
    """Give the claims that belong to a question, those that name most of it first.

    Parameters
    ----------
    library
        Where claims come from.
    condition, days, measure
        What is treated, how many days after the first dose, and what is measured; ``None`` for
        all of them.
    giving
        Ways of giving; claims about other ways are left out. ``None`` for all.

    Examples
    --------
    >>> from respite.literature import load_library
    >>> [claim.id for claim in claims_for(load_library(), condition="crps", days=28)][0]
    'relief_at_three_to_five_weeks'
    """
    hours = None if days is None else to_canonical(days, "days")
    return tuple(
        sorted(
            _touched(library.claims, condition, hours, measure, giving),
            key=lambda claim: (not _is_named(claim, condition), claim.id),
        )
    )


def _touched(
    claims: Mapping[str, Claim],
    condition: str | None,
    hours: float | None,
    measure: str | None,
    giving: tuple[str, ...] | None,
) -> Iterator[Claim]:
    for claim in claims.values():
        if not claim.touches(condition=condition, hours=hours, measure=measure):
            continue
        if giving is None or not claim.giving or set(giving) & set(claim.giving):
            yield claim


def _is_named(claim: Claim, condition: str | None) -> bool:
    return condition is not None and condition in claim.conditions
