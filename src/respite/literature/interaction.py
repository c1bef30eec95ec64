"""What changes how fast ketamine leaves: a medicine, a food, a liver, a kidney, a genotype."""

from __future__ import annotations

from typing import Literal

from msgspec import Struct

from respite.literature.model import Correlation
from respite.literature.number import Interval, NotReported, Parameter, Read, Status
from respite.literature.spread import Spread

Measure = Literal["exposure", "half_life", "clearance"]
"""What is compared with and without: area under the curve, half-life or clearance."""

RatioRoute = Literal["iv", "sc", "intranasal", "oral", "any"]
"""How ketamine was given when a ratio was measured."""

Analyte = Literal["ketamine", "s-ketamine", "norketamine", "s-norketamine"]

Factor = Literal["intrinsic", "gut", "metabolite"]
"""What a factor multiplies: intrinsic clearance of the liver, intrinsic clearance of the gut
wall, or clearance of norketamine."""


class MeasuredRatio(Struct, frozen=True, forbid_unknown_fields=True):
    """One ratio seen: with the agent over without it, or with the trait over without it.

    Attributes
    ----------
    what, analyte, route
        What was compared, of which substance, given how.
    value
        The ratio; the word ``not_reported`` where the source gives only its direction.
    spread
        Its interval, as printed.
    n
        How many people.
    fitted
        What the factors of the file give for this ratio, to three digits, as the script prints it.
    """

    what: Measure
    analyte: Analyte
    route: RatioRoute
    value: float | NotReported
    status: Status
    read: Read | None = None
    source: str = ""
    at: str = ""
    because: str = ""
    spread: Spread = Spread(kind="not_reported")
    n: int | NotReported = "not_reported"
    fitted: float | None = None
    note: str = ""

    @property
    def is_of_metabolite(self) -> bool:
        """Whether norketamine was measured."""
        return self.analyte.endswith("norketamine")

    @property
    def misfit(self) -> float | None:
        """How far the fitted factors miss the ratio, as a share of it."""
        if self.fitted is None or isinstance(self.value, str):
            return None
        return self.fitted / self.value - 1


class Extrapolation(Struct, frozen=True, forbid_unknown_fields=True):
    """What stands in for a measurement that nobody made: the factors of another file.

    Attributes
    ----------
    of
        The id of the file whose factors are used.
    power
        To which power: one takes them as they are, a half takes half of their logarithm.
    added_spread
        Spread beyond that of the other file, the same for each of its factors.
    because
        Why the two should be alike.
    """

    of: str
    because: str
    added_spread: Spread
    power: float = 1


class Interaction(Struct, frozen=True, forbid_unknown_fields=True):
    """One file of ``library/interactions``.

    A medicine, herb or food is recognised by ``names``; the other kinds by the fact they belong
    to. Factors that are left out are one. A file without factors is on record and changes nothing.

    Attributes
    ----------
    kind
        What sort of thing it is.
    mechanism
        What it does, as words that end a sentence.
    names
        What a person may type, in lower case.
    liver
        The word of the liver function that it belongs to.
    egfr
        From the lowest kidney function, that one included, to the highest, that one not included.
    six_alleles
        How many alleles of CYP2B6 with star six it belongs to.
    effect
        Whether exposure to ketamine rises, falls, does not change, or nobody knows.
    measured
        The ratios that were seen.
    factors
        What is multiplied by how much; fitted to all ratios together.
    correlations
        How what is not known about two factors moves together.
    extrapolated_from
        The file whose factors stand in, where nobody measured.
    not_applied_because
        Why a file with ratios has no factors.
    """

    id: str
    kind: Literal["medicine", "herb", "food", "liver", "kidney", "genotype", "sex"]
    title: str
    mechanism: str
    effect: Literal["raises", "lowers", "none", "unknown"]
    source: str
    read: Read
    names: tuple[str, ...] = ()
    liver: str = ""
    egfr: Interval | None = None
    six_alleles: int | None = None
    measured: tuple[MeasuredRatio, ...] = ()
    factors: dict[Factor, Parameter] = {}
    correlations: tuple[Correlation, ...] = ()
    extrapolated_from: Extrapolation | None = None
    not_applied_because: str = ""
    not_reported: tuple[str, ...] = ()
    known_problems: tuple[str, ...] = ()

    @property
    def sources(self) -> tuple[str, ...]:
        """Keys of every source behind the ratios and the factors, each once."""
        keys = (
            self.source,
            *(ratio.source for ratio in self.measured),
            *(key for number in self.factors.values() for key in number.sources),
        )
        return tuple(dict.fromkeys(key for key in keys if key))
