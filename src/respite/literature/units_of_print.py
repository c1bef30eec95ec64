"""Printed units and the canonical units that every room below works in."""

from __future__ import annotations

from functools import cache

from respite.domain import Unit, UnitNotUnderstood, convert, parse_unit
from respite.domain import translate as _

CANONICAL = (
    "fraction",
    "point",
    "h",
    "1/h",
    "mg",
    "L",
    "L/kg",
    "L/h",
    "L/h/kg",
    "mg/L",
    "L/mg",
    "point·L/mg",
    "kg",
    "mg/kg",
    "mg/h",
    "mg/h/kg",
    "mmol/L",
    "g/mol",
    "mg·h/L",
    "L/h/h",
    "h/L",
    "mmHg",
)
"""One canonical unit for each dimension the library knows."""

AGE = "year"
"""The one unit kept as printed although it could be converted: nobody is 400,000 hours old."""


@cache
def canonical_unit(printed: str) -> str:
    """Give the canonical unit that a printed unit is converted to.

    Parameters
    ----------
    printed
        A unit as it stands in a file, such as ``ng/mL``.

    Returns
    -------
    The canonical unit, such as ``mg/L``.

    Raises
    ------
    UnitNotUnderstood
        Where the unit is unknown or has a dimension the library has no use for.

    Examples
    --------
    >>> canonical_unit("%")
    'fraction'
    >>> canonical_unit("ng/mL")
    'mg/L'
    """
    if printed == AGE:
        return AGE
    unit = parse_unit(printed)
    for text, known in _known_units():
        if unit.is_like(known):
            return text
    raise UnitNotUnderstood(
        _("The unit '{printed}' has no canonical unit in the library.").format(printed=printed),
        _("a unit like one of {units}.").format(units=", ".join(CANONICAL)),
        _("check the unit against the source."),
    )


def to_canonical(value: float, printed: str) -> float:
    """Convert a printed number to the canonical unit.

    Parameters
    ----------
    value
        The number as printed.
    printed
        Its unit as printed.

    Returns
    -------
    The number in ``canonical_unit(printed)``.
    """
    return value if printed == AGE else convert(value, printed, canonical_unit(printed))


@cache
def _known_units() -> tuple[tuple[str, Unit], ...]:
    return tuple((text, parse_unit(text)) for text in CANONICAL)
