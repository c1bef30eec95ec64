"""From the spread a study prints to a standard deviation and a standard error."""

from __future__ import annotations

from dataclasses import dataclass
from math import sqrt
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from respite.literature import Spread

BINOMIAL = "binomial"
"""Kind of a spread that follows from how many people were counted."""

OF_THE_MEAN = frozenset({"standard_error", "standard_error_percent", "ci95", "ci90"})
"""Printed spreads that shrink with more people; the others are between people."""


@dataclass(frozen=True)
class Errors:
    """How far people spread, and how sure a figure is, as far as either is known.

    Attributes
    ----------
    sd, se
        Standard deviation between people, standard error of the figure; ``None`` where unknown.
    kind, status
        What was printed, or ``binomial``; and how it is known: ``published``, ``derived``,
        ``assumed``, or empty where nothing is known.
    """

    sd: float | None = None
    se: float | None = None
    kind: str = "not_reported"
    status: str = ""


def errors_of(
    spread: Spread,
    *,
    factor: float,
    n: int | None,
    share: float | None,
) -> Errors:
    r"""Give both errors of a figure from what its source prints.

    Parameters
    ----------
    spread
        As printed.
    factor
        What one printed unit is worth in the unit of the row.
    n
        People measured.
    share
        The figure, where it is a share of people.

    Returns
    -------
    The errors, in the unit of the row.

    Notes
    -----
    .. math::
        \mathrm{SE} = \mathrm{SD} / \sqrt{n}
        \qquad
        \mathrm{SE} = \sqrt{p (1 - p) / n}

    The second is for a share *p* of *n* people and is left out where it would be zero: nobody
    or everybody of a few people is not certainty.
    """
    if spread.kind not in ("not_reported", "none", "range"):
        return _printed(spread, factor, n)
    if share is not None and n:
        error = sqrt(max(share * (1 - share), 0) / n)
        if error > 0:
            return Errors(se=error, kind=BINOMIAL, status="derived")
        return Errors(kind=BINOMIAL)
    return Errors(kind=spread.kind)


def _printed(spread: Spread, factor: float, n: int | None) -> Errors:
    found = spread.in_units_of(factor).sd("normal", 1)
    status = spread.status or "published"
    if found is None:
        return Errors(kind=spread.kind)
    root = None if n is None else sqrt(n)
    if spread.kind in OF_THE_MEAN:
        return Errors(None if root is None else found * root, found, spread.kind, status)
    return Errors(found, None if root is None else found / root, spread.kind, status)
