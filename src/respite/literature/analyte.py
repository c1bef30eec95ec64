"""Tests of laboratories: units, what is plausible, limits, and what a result says to the rules."""

from __future__ import annotations

from msgspec import Struct

from respite.literature.number import Read, Status


class UnitOfResult(Struct, frozen=True, forbid_unknown_fields=True):
    """A unit in which a laboratory may print a result.

    Attributes
    ----------
    name
        The unit as it is shown.
    factor
        By which a number in it becomes one in the first unit of the analyte.
    also
        Other spellings.
    status, source, at, because
        How the factor came to be, and where it was seen.
    """

    name: str
    factor: float
    status: Status
    also: tuple[str, ...] = ()
    source: str = ""
    at: str = ""
    because: str = ""


class ResultBounds(Struct, frozen=True, forbid_unknown_fields=True):
    """From a lowest to a highest result, in the first unit of the analyte.

    Attributes
    ----------
    lowest, highest
        The bounds, themselves included.
    status, source, at, because
        Whose they are.
    """

    lowest: float
    highest: float
    status: Status
    source: str = ""
    at: str = ""
    because: str = ""


class UpperLimit(Struct, frozen=True, forbid_unknown_fields=True):
    """The upper limit that is taken where a laboratory prints none, in the first unit.

    Attributes
    ----------
    value
        The limit.
    status, source, at, because
        Whose it is.
    """

    value: float
    status: Status
    source: str = ""
    at: str = ""
    because: str = ""


class ResultWord(Struct, frozen=True, forbid_unknown_fields=True):
    """One result in words.

    Attributes
    ----------
    code, words
        Its name, and how it is said.
    also
        Other ways of writing it.
    is_finding
        Whether it is anything but as it should be.
    facts
        What follows for the rules of safety.
    """

    code: str
    words: str
    also: tuple[str, ...] = ()
    is_finding: bool = False
    facts: dict[str, bool] = {}


class Analyte(Struct, frozen=True, forbid_unknown_fields=True):
    """One file of ``library/analytes``: a test whose results are kept.

    Attributes
    ----------
    id, title
        Its name, and how people call it.
    item
        The item of ``library/surveillance`` to which it belongs.
    place
        Where it stands among the tests of its item.
    also
        Other names.
    units
        Units of a number; the first is that of the library. Empty where results are words.
    plausible, usual
        What can be at all, and what is common in the well and the ill; a number outside the
        first is refused, and one outside the second is asked about where another unit fits.
    upper_limit
        The upper limit where a laboratory prints none.
    molar_mass
        Molar mass [g/mol], from which factors between mass and amount follow.
    words
        The results, where they are words.
    fact, ratio
        The fact that is the number, in the first unit, and the fact that is its multiple of the
        upper limit.
    source, read
        Where the file as a whole comes from.
    """

    id: str
    title: str
    item: str
    place: int
    source: str
    read: Read
    also: tuple[str, ...] = ()
    units: tuple[UnitOfResult, ...] = ()
    plausible: ResultBounds | None = None
    usual: ResultBounds | None = None
    upper_limit: UpperLimit | None = None
    molar_mass: float | None = None
    words: tuple[ResultWord, ...] = ()
    fact: str = ""
    ratio: str = ""

    @property
    def unit(self) -> str:
        """The unit in which results are compared; nothing where they are words."""
        return self.units[0].name if self.units else ""

    def word(self, code: str) -> ResultWord | None:
        """Give one result in words by its name."""
        return next((one for one in self.words if one.code == code), None)
