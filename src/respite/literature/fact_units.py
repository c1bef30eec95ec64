"""Units of facts: those that the domain knows, and those of laboratories, which it does not."""

from __future__ import annotations

from respite.domain import UnitNotUnderstood, convert


def in_unit(value: float, written: str, wanted: str) -> float | None:
    """Give a number in the unit of a fact.

    Parameters
    ----------
    value
        The number.
    written
        The unit it was written in; nothing for a count.
    wanted
        The unit of the fact; nothing for a count.

    Returns
    -------
    The number in the unit that is wanted, or ``None`` where the two do not go together.
    """
    if _plain(written) == _plain(wanted):
        return value
    if not written or not wanted:
        return None
    try:
        return convert(value, written, wanted)
    except UnitNotUnderstood:
        return None


def _plain(unit: str) -> str:
    return unit.replace(" ", "").replace("µ", "u").replace("μ", "u").replace("²", "2").casefold()
