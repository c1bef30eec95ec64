"""A published number: value, unit, spread, status, source and place in the source."""

from __future__ import annotations

from functools import cached_property
from typing import Annotated, Literal

from msgspec import Meta, Struct, field

from respite.literature.spread import Distribution, Spread
from respite.literature.units_of_print import canonical_unit, to_canonical

Status = Literal["published", "digitised", "derived", "pooled", "assumed"]
"""How a number came to be; an answer that rests on an assumed one says so."""

Read = Literal[
    "full_text",
    "abstract",
    "table",
    "secondary_transcription",
    "recalled",
    "derived",
    "assumed",
]
"""How the figure was seen: a number seen only in a transcription is marked as that."""

Rule = Literal[
    "product", "ratio", "sum", "geometric_mean", "mean", "log_sd", "chance_beyond", "equal"
]
"""The simple arithmetic by which a derived number is computed, and computed again by a check."""

Site = Literal["venous", "arterial", "capillary"]
"""Where blood is drawn: a level of one site is not a level of another."""

NotReported = Literal["not_reported"]
"""The word for what a source does not say; never null, never zero."""


class Quantity(Struct, frozen=True, forbid_unknown_fields=True):
    """A number with its unit as printed."""

    value: float
    unit: str

    @property
    def canonical(self) -> float:
        """The number in canonical units."""
        return to_canonical(self.value, self.unit)


class Interval(Struct, frozen=True, forbid_unknown_fields=True):
    """From a lowest to a highest number, both in ``unit``."""

    from_: Annotated[float, Meta(description="lowest")] = field(name="from")
    to: float
    unit: str
    because: str = ""

    def holds(self, value: float) -> bool:
        """Say whether a number, in the unit of the interval, lies within it."""
        return self.from_ <= value <= self.to


class Ingredient(Struct, frozen=True, forbid_unknown_fields=True):
    """What a derived number is computed from: a number, another parameter, or another rule.

    Attributes
    ----------
    value, unit
        A number with its unit, as printed in ``source`` at ``at``.
    of
        The name of a parameter of the same file, or ``id.parameter`` of another.
    rule, from_
        A rule of its own with its own ingredients.
    """

    value: float | None = None
    unit: str = "fraction"
    of: str = ""
    rule: Rule | None = None
    from_: tuple[Ingredient, ...] = field(name="from", default=())
    source: str = ""
    at: str = ""

    @property
    def sources(self) -> tuple[str, ...]:
        """Keys of the sources this ingredient and its own ingredients were seen in."""
        return tuple(
            key
            for key in (self.source, *(key for part in self.from_ for key in part.sources))
            if key
        )


class Typical(Struct, frozen=True, forbid_unknown_fields=True):
    """The typical value with its unit, and what the source does not know about it.

    ``standard_error`` is the one the model uses; ``also_printed`` keeps others the source gives.
    """

    value: float
    unit: str
    standard_error: Spread | None = None
    also_printed: tuple[Spread, ...] = ()


class Parameter(Struct, frozen=True, forbid_unknown_fields=True, dict=True):
    """One number of a model, with everything a reader may ask about it.

    Attributes
    ----------
    typical
        Value for the reference patient, in the printed unit.
    status, read, source, at
        How it came to be, how it was seen, in which source, and where in it.
        ``read`` and ``source`` left out mean those of the file.
    distribution
        Shape of every spread of this parameter.
    between_patients, between_studies, between_occasions
        Spreads, never mixed.
    site
        Where the blood behind a level was drawn, if not where the model as a whole says.
    because
        Why an assumed number is what it is; free to be used by any other.
    rule, from_
        How a derived number is computed.
    script
        What made a pooled number.
    words
        What the number is, in words a clinician would use.
    calibrated_to
        Rows the number was adjusted to meet, and by which script.
    """

    typical: Typical
    status: Status
    read: Read | None = None
    source: str = ""
    at: str = ""
    distribution: Distribution = "log_normal"
    between_patients: Spread | None = None
    between_studies: Spread | None = None
    between_occasions: Spread | None = None
    site: Site | None = None
    because: str = ""
    rule: Rule | None = None
    from_: tuple[Ingredient, ...] = field(name="from", default=())
    script: str = ""
    calibrated_to: tuple[str, ...] = ()
    words: str = ""
    note: str = ""

    @cached_property
    def unit(self) -> str:
        """The canonical unit of ``value``."""
        return canonical_unit(self.typical.unit)

    @cached_property
    def value(self) -> float:
        """The typical value in canonical units."""
        return to_canonical(self.typical.value, self.typical.unit)

    @property
    def printed(self) -> str:
        """The value and unit as they stand in the source."""
        return f"{self.typical.value:g} {self.typical.unit}"

    @cached_property
    def standard_error_sd(self) -> float | None:
        """What the study does not know about the typical value, as an SD of ``distribution``."""
        return self._sd(self.typical.standard_error)

    @cached_property
    def between_patients_sd(self) -> float | None:
        """Spread between people, as an SD of ``distribution``; None where not reported."""
        return self._sd(self.between_patients)

    @cached_property
    def between_studies_sd(self) -> float | None:
        """Spread between studies, as an SD of ``distribution``; None where not reported."""
        return self._sd(self.between_studies)

    @cached_property
    def between_occasions_sd(self) -> float | None:
        """Spread between occasions, as an SD of ``distribution``; None where not reported."""
        return self._sd(self.between_occasions)

    @property
    def sources(self) -> tuple[str, ...]:
        """Keys of every source the number, its ingredients and its spreads were seen in."""
        spreads = (
            self.typical.standard_error,
            self.between_patients,
            self.between_studies,
            self.between_occasions,
        )
        keys = (
            self.source,
            *(key for part in self.from_ for key in part.sources),
            *(spread.source for spread in spreads if spread is not None),
        )
        return tuple(dict.fromkeys(key for key in keys if key))

    def _sd(self, spread: Spread | None) -> float | None:
        if spread is None:
            return None
        one = to_canonical(1, self.typical.unit)
        return spread.in_units_of(one).sd(self.distribution, self.value)
