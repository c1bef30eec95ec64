"""A target: a receptor, channel or transporter, and how tightly ketamine binds to it."""

from __future__ import annotations

from math import sqrt
from typing import Literal

from msgspec import Struct

from respite.literature.number import NotReported, Read, Status
from respite.literature.spread import Spread
from respite.literature.units_of_print import to_canonical

Form = Literal[
    "ketamine",
    "s-ketamine",
    "r-ketamine",
    "norketamine",
    "s-norketamine",
    "r-norketamine",
    "dehydronorketamine",
    "2r,6r-hydroxynorketamine",
    "2s,6s-hydroxynorketamine",
]
"""What was tested; ``ketamine`` and ``norketamine`` are the racemates."""


class Affinity(Struct, frozen=True, forbid_unknown_fields=True):
    """How much of one form takes half of the sites, in one assay.

    Attributes
    ----------
    form
        What was tested.
    measure
        ``ki`` from displacement of a label, or ``ic50`` from an effect that is halved.
    value, unit, spread
        The concentration as printed; a figure printed as a range has no value.
    negative_log
        The negative logarithm of the molar concentration, where the source prints that.
    bound
        Where the assay gives only a limit: the true figure is above or at most this.
    assay, species
        How, and in whose tissue or protein.
    """

    form: Form
    measure: Literal["ki", "ic50"]
    value: float | NotReported
    unit: str
    status: Status
    read: Read
    source: str
    assay: str
    species: str
    at: str = ""
    spread: Spread = Spread(kind="not_reported")
    negative_log: float | None = None
    bound: Literal["", "above", "at_most"] = ""
    because: str = ""
    note: str = ""

    @property
    def is_exact(self) -> bool:
        """Whether it is a figure, and no mere limit."""
        return not self.bound

    @property
    def limits(self) -> tuple[float, float]:
        """Lowest and highest concentration [mmol/L]; the same where one figure is printed."""
        if isinstance(self.value, str):
            low, high = self.spread.from_ or 0, self.spread.to or 0
        else:
            low = high = self.value
        return to_canonical(low, self.unit), to_canonical(high, self.unit)

    @property
    def central(self) -> float:
        """The concentration, or the geometric middle of its range [mmol/L]."""
        low, high = self.limits
        return sqrt(low * high)


class Target(Struct, frozen=True, forbid_unknown_fields=True):
    """One file of ``library/targets``.

    Attributes
    ----------
    title, short
        Its name, and a name short enough for a figure.
    plain
        What it is, for a patient, as words that end a sentence.
    action
        What ketamine does there, as far as the sources say.
    affinities
        Every assay, those that disagree included.
    """

    id: str
    title: str
    short: str
    kind: Literal["channel", "receptor", "transporter"]
    plain: str
    action: str
    affinities: tuple[Affinity, ...] = ()
    not_reported: tuple[str, ...] = ()
    known_problems: tuple[str, ...] = ()
