"""Reads the units that doses, levels and model parameters are written in, and converts them.

Everything inside Respite is in hours, milligrams, litres, mg/L and kilograms.
Kilograms are body weight and never an amount of drug, so that a dose per
kilogram cannot cancel into a pure number.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache
from math import gcd

from respite.domain.errors import UnitNotUnderstood
from respite.domain.spelling import closest_word, quoted
from respite.domain.words import translate as _

LONGEST_UNIT = 60
"""Longer text is not a unit."""

_HOURS_IN_YEAR = 8766
"""A year of 365.25 days; a month is a twelfth of it (30.4375 days)."""

# Each word: numerator and denominator of its size in canonical units, and its dimension.
_WORDS: dict[str, tuple[int, int, str]] = {
    "ng": (1, 1_000_000, "amount"),
    "ug": (1, 1_000, "amount"),
    "mcg": (1, 1_000, "amount"),
    "mg": (1, 1, "amount"),
    "g": (1_000, 1, "amount"),
    "ul": (1, 1_000_000, "volume"),
    "ml": (1, 1_000, "volume"),
    "dl": (1, 10, "volume"),
    "l": (1, 1, "volume"),
    "s": (1, 3_600, "time"),
    "sec": (1, 3_600, "time"),
    "min": (1, 60, "time"),
    "h": (1, 1, "time"),
    "hour": (1, 1, "time"),
    "hours": (1, 1, "time"),
    "d": (24, 1, "time"),
    "day": (24, 1, "time"),
    "days": (24, 1, "time"),
    "week": (168, 1, "time"),
    "weeks": (168, 1, "time"),
    "month": (_HOURS_IN_YEAR, 12, "time"),
    "months": (_HOURS_IN_YEAR, 12, "time"),
    "year": (_HOURS_IN_YEAR, 1, "time"),
    "years": (_HOURS_IN_YEAR, 1, "time"),
    "kg": (1, 1, "body_weight"),
    "mm": (1, 10, "length"),
    "cm": (1, 1, "length"),
    "m": (100, 1, "length"),
    "mmhg": (1, 1, "pressure"),
    "points": (1, 1, "pain_score"),
    "point": (1, 1, "pain_score"),
    "nmol": (1, 1, "substance"),
    "umol": (1_000, 1, "substance"),
    "mmol": (1_000_000, 1, "substance"),
    "mol": (1_000_000_000, 1, "substance"),
    "%": (1, 100, ""),
    "percent": (1, 100, ""),
    "fraction": (1, 1, ""),
    "ratio": (1, 1, ""),
    "1": (1, 1, ""),
}

_OPERAND = re.compile(r"(?P<size>[0-9]{1,4})?\s*(?P<word>[a-z%]+)|1", re.ASCII)
_OTHER_LETTERS = str.maketrans({"µ": "u", "μ": "u", "·": "*", "⋅": "*", "×": "*"})


@dataclass(frozen=True)
class Unit:
    """A unit of measure.

    Parameters
    ----------
    text
        The unit as it was written.
    numerator, denominator
        Size of one such unit in canonical units, as an exact fraction.
    dimension
        Names of the base dimensions with their exponents, in alphabetical
        order; empty for a pure number.
    """

    text: str
    numerator: int
    denominator: int
    dimension: tuple[tuple[str, int], ...]

    @property
    def factor(self) -> float:
        """Canonical units in one of this unit."""
        return self.numerator / self.denominator

    def is_like(self, other: Unit) -> bool:
        """Whether both measure the same kind of thing, so that one converts to the other."""
        return self.dimension == other.dimension

    def __str__(self) -> str:
        """Give the unit as written."""
        return self.text


@lru_cache(maxsize=1024)
def parse_unit(text: str) -> Unit:
    """Read a unit such as ``mg``, ``L/h/kg`` or ``ng·h/mL``.

    A whole number before a unit belongs to it: ``L/h/70kg`` is per 70 kg.
    Upper and lower case are the same.

    Raises
    ------
    UnitNotUnderstood
        Where a word of the unit is unknown.

    Examples
    --------
    >>> parse_unit("ng/mL").factor
    0.001
    """
    if len(text) > LONGEST_UNIT:
        raise _unknown(text, "")
    pieces = re.split(r"([*/])", text.translate(_OTHER_LETTERS).lower())
    numerator, denominator = 1, 1
    exponents: dict[str, int] = {}
    for operator, piece in zip(["*", *pieces[1::2]], pieces[::2], strict=True):
        up, down, name = _operand(text, piece.strip())
        sign = 1 if operator == "*" else -1
        if sign < 0:
            up, down = down, up
        numerator, denominator = numerator * up, denominator * down
        exponents[name] = exponents.get(name, 0) + sign
    common = gcd(numerator, denominator)
    dimension = tuple(sorted((name, power) for name, power in exponents.items() if name and power))
    return Unit(text, numerator // common, denominator // common, dimension)


def convert(value: float, from_unit: str | Unit, to_unit: str | Unit) -> float:
    """Convert a value from one unit to another of the same kind.

    Raises
    ------
    UnitNotUnderstood
        Where a unit is unknown, or the two measure different things.

    Examples
    --------
    >>> convert(185, "ng/mL", "mg/L")
    0.185
    """
    have = parse_unit(from_unit) if isinstance(from_unit, str) else from_unit
    want = parse_unit(to_unit) if isinstance(to_unit, str) else to_unit
    if not have.is_like(want):
        raise UnitNotUnderstood(
            found=_("{unit} measures {quantity}.").format(
                unit=quoted(have.text), quantity=_in_words(have)
            ),
            expected=_("a unit of {quantity}, such as {unit}.").format(
                quantity=_in_words(want), unit=quoted(want.text)
            ),
            remedy=_("check both units; kg is body weight and never an amount of drug."),
        )
    up = have.numerator * want.denominator
    down = have.denominator * want.numerator
    return value * up / down


def _operand(text: str, piece: str) -> tuple[int, int, str]:
    match = _OPERAND.fullmatch(piece)
    if match is None:
        raise _unknown(text, piece)
    known = _WORDS.get(match["word"] or "1")
    size = int(match["size"] or 1)
    if known is None or size == 0:
        raise _unknown(text, match["word"])
    up, down, name = known
    return up * size, down, name


def _unknown(text: str, piece: str) -> UnitNotUnderstood:
    near = closest_word(piece, _WORDS) if piece else None
    found = _("The unit {unit} is not known: {piece} is no word of it.")
    if not piece:
        found = _("The unit {unit} is not known.")
    return UnitNotUnderstood(
        found=found.format(unit=quoted(text), piece=quoted(piece)),
        expected=_("units such as mg, mg/kg, mg/h, ng/mL, L/h/kg, 1/h, min, days, percent."),
        remedy=_("write {word}.").format(word=quoted(near))
        if near
        else _("use one of these, joined by / or *."),
    )


def _in_words(unit: Unit) -> str:
    if not unit.dimension:
        return _("a pure number")
    over = [_dimension(name) for name, power in unit.dimension for _time in range(power)]
    under = [_dimension(name) for name, power in unit.dimension for _time in range(-power)]
    words, *others = over or [_("a number")]
    for other in others:
        words = _("{one} times {other}").format(one=words, other=other)
    for other in under:
        words = _("{one} per {other}").format(one=words, other=other)
    return words


def _dimension(name: str) -> str:
    words = {
        "amount": _("amount"),
        "body_weight": _("body weight"),
        "length": _("length"),
        "pain_score": _("pain score"),
        "pressure": _("pressure"),
        "substance": _("substance"),
        "time": _("time"),
        "volume": _("volume"),
    }
    return words[name]
