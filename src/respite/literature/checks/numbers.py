"""Rules of arithmetic: units, dimensions, spreads, order, limits and correlations."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from math import sqrt

from msgspec import Struct

from respite.domain import RespiteError, joined_by_and
from respite.domain import translate as _
from respite.literature.checks.walk import everything, parts, whole_of
from respite.literature.library import Library
from respite.literature.model import Correlation, Model
from respite.literature.number import Interval, Parameter
from respite.literature.spread import PAIRED, Spread
from respite.literature.units_of_print import canonical_unit


def units_are_known(_library: Library, record: Struct) -> Iterator[str]:
    """Check that every unit can be read and has a canonical unit."""
    for place, part in everything(record):
        unit = getattr(part, "unit", "") if "unit" in part.__struct_fields__ else ""
        if unit:
            try:
                canonical_unit(unit)
            except RespiteError as error:
                yield f"{place}: {error.found}"


def pairs_are_in_order(_library: Library, record: Struct) -> Iterator[str]:
    """Check that the lowest number of a pair is not above the highest."""
    for place, pair in everything(record):
        if not isinstance(pair, Interval | Spread) or pair.from_ is None or pair.to is None:
            continue
        if pair.from_ > pair.to:
            yield _("{place} goes from {lowest:g} to {highest:g}: the pair is swapped.").format(
                place=place, lowest=pair.from_, highest=pair.to
            )


def spreads_are_complete(_library: Library, record: Struct) -> Iterator[str]:
    """Check that a spread has the figures its kind needs, no others, and none below zero."""
    for place, spread in parts(record, Spread):
        paired = spread.from_ is not None and spread.to is not None
        if spread.kind in PAIRED:
            if not paired or spread.value is not None:
                yield _("{place} is a {kind} and needs 'from' and 'to', and no 'value'.").format(
                    place=place, kind=spread.kind
                )
        elif spread.kind in ("not_reported", "none"):
            if spread.value is not None or paired:
                yield _("{place} is {kind} and yet gives a number.").format(
                    place=place, kind=spread.kind
                )
        elif spread.value is None or spread.from_ is not None or spread.to is not None:
            yield _("{place} is a {kind} and needs one 'value'.").format(
                place=place, kind=spread.kind
            )
        elif spread.value <= 0:
            yield _("{place} is {value:g}; no spread is the word 'none' or 'not_reported'.").format(
                place=place, value=spread.value
            )


def distributions_fit_their_numbers(_library: Library, record: Struct) -> Iterator[str]:
    """Check that log-normal numbers are above zero, and logit-normal ones below one too."""
    for place, number in parts(record, Parameter):
        try:
            value = number.value
        except RespiteError:
            continue
        if number.distribution == "log_normal" and value <= 0:
            yield _("{place} is log_normal and its value {printed} is not above zero.").format(
                place=place, printed=number.printed
            )
        if number.distribution == "logit_normal" and not 0 < value < 1:
            yield _("{place} is logit_normal and {printed} is not between zero and one.").format(
                place=place, printed=number.printed
            )


def numbers_are_within_their_own_limits(_library: Library, model: Model) -> Iterator[str]:
    """Check that a typical value lies within the limits its own file states."""
    for name, limit in model.limits.items():
        number = model.parameters.get(name)
        if number is None:
            yield _("limits.{name} belongs to no parameter of the file.").format(name=name)
        elif limit.unit != number.typical.unit:
            yield _("limits.{name} should be in {unit}, as its parameter is.").format(
                name=name, unit=number.typical.unit
            )
        elif not limit.holds(number.typical.value):
            yield (
                _(
                    "parameters.{name} is {printed}, outside its own limits"
                    " {lowest:g} to {highest:g} {unit}."
                ).format(
                    name=name,
                    printed=number.printed,
                    lowest=limit.from_,
                    highest=limit.to,
                    unit=limit.unit,
                )
            )


def correlations_are_possible(library: Library, model: Model) -> Iterator[str]:
    """Check that correlated effects exist, have a spread, and can all hold at once."""
    whole = whole_of(library, model)
    for pair in whole.correlations:
        unknown = [name for name in pair.between if name not in whole.parameters]
        if unknown:
            yield _("A correlation names '{name}', which is no parameter of the file.").format(
                name=unknown[0]
            )
            return
        if (pair.covariance is None) == (pair.correlation is None):
            yield _(
                "The correlation of {names} needs a covariance or a correlation, not both."
            ).format(names=_and(pair))
            return
        if _correlation(whole, pair) is None:
            yield _("The covariance of {names} has no spread on both sides to stand on.").format(
                names=_and(pair)
            )
            return
    for level in {pair.level for pair in whole.correlations}:
        pairs = [pair for pair in whole.correlations if pair.level == level]
        if not _is_positive_semidefinite(_matrix(whole, pairs)):
            yield _("The correlations {level} cannot all hold at once.").format(
                level=level.replace("_", " ")
            )


def _and(pair: Correlation) -> str:
    return joined_by_and(pair.between)


def _correlation(model: Model, pair: Correlation) -> float | None:
    if pair.correlation is not None:
        return pair.correlation
    one, other = (
        getattr(model.parameters[name], f"{pair.level}_sd") or None for name in pair.between
    )
    if one is None or other is None or pair.covariance is None:
        return None
    return pair.covariance / (one * other)


def _matrix(model: Model, pairs: list[Correlation]) -> list[list[float]]:
    names = sorted({name for pair in pairs for name in pair.between})
    known: dict[tuple[str, str], float] = {}
    for pair in pairs:
        one, other = pair.between
        known[one, other] = known[other, one] = _correlation(model, pair) or 0
    return [
        [1 if row == column else known.get((row, column), 0) for column in names] for row in names
    ]


def _is_positive_semidefinite(matrix: list[list[float]]) -> bool:
    """Eliminate symmetrically: every pivot of a possible correlation matrix is zero or above."""
    rest = [list(row) for row in matrix]
    tolerance = sqrt(sys.float_info.epsilon)
    while rest:
        first, *others = rest
        pivot = first[0]
        if pivot < -tolerance:
            return False
        if pivot <= tolerance:
            if any(abs(entry) > tolerance for entry in first[1:]):
                return False
            rest = [row[1:] for row in others]
        else:
            rest = [
                [
                    entry - row[0] * over / pivot
                    for entry, over in zip(row[1:], first[1:], strict=True)
                ]
                for row in others
            ]
    return True
