"""A claim about ketamine and pain, how certain it is in the words of GRADE, and why."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import TYPE_CHECKING, Any, Literal

from msgspec import Struct

from respite.domain import convert
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

    def to_dict(self) -> dict[str, Any]:
        """Give the claim as plain data, as answers carry it."""
        return {
            "id": self.id,
            "words": self.words,
            "says": self.says,
            "grade": _in_words(self.grade),
            "lowest": None if self.lowest is None else _in_words(self.lowest),
            "highest": None if self.highest is None else _in_words(self.highest),
            "graded_by": "published" if self.is_published else "ours",
            "because": self.because,
            "reasons": {
                question: {"concern": _in_words(reason.concern), "because": reason.because}
                for question, reason in self.why.items()
            },
            "conditions": list(self.conditions),
            "giving": list(self.giving),
            "measures": list(self.measures),
            "window_days": None
            if self.window_h is None
            else [convert(hours, "h", "days") for hours in self.window_h],
            "source": self.source,
        }

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
    """Give the claims that belong to a question, the closest first.

    Those that name the condition come before those about any; then those about a short time.

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
            key=lambda claim: (
                not _is_named(claim, condition),
                claim.says == "size",
                _width_h(claim),
                claim.id,
            ),
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


def _width_h(claim: Claim) -> float:
    reach = claim.window_h
    return float("inf") if reach is None else reach[1] - reach[0]


def _in_words(word: str) -> str:
    return word.replace("_", " ")


def _is_named(claim: Claim, condition: str | None) -> bool:
    return condition is not None and condition in claim.conditions
