"""Derived numbers, computed again from what they name."""

from __future__ import annotations

from collections.abc import Callable
from decimal import Decimal
from math import fsum, log, prod
from statistics import StatisticsError, geometric_mean, stdev

from respite.domain import LibraryFault, translate_plural
from respite.domain import translate as _
from respite.literature.number import Ingredient, Parameter, Rule
from respite.literature.units_of_print import to_canonical

Lookup = Callable[[str], float]
"""From the name of a parameter to its value in canonical units."""


def recomputed(number: Parameter, lookup: Lookup) -> float:
    """Compute a derived number again from its rule and what it names.

    Parameters
    ----------
    number
        A parameter with ``rule`` and ``from``.
    lookup
        How to find another parameter by name.

    Returns
    -------
    The number in canonical units.
    """
    if number.rule is None:
        raise LibraryFault(
            _("A derived number has no rule."), _("a rule."), _("add 'rule' and 'from'.")
        )
    return _by_rule(number.rule, number.from_, lookup)


def agrees(printed: float, canonical: float, computed: float) -> bool:
    """Say whether a printed number is the computed one, rounded as it was printed.

    Parameters
    ----------
    printed, canonical
        The number as printed, and in canonical units.
    computed
        The number as computed, in canonical units.
    """
    exponent = 0 if printed == int(printed) else Decimal(repr(printed)).as_tuple().exponent
    last_place = 10 ** int(exponent)
    return abs(computed / (canonical / printed) - printed) <= 0.5 * last_place * (1 + 1 / 100)


def _by_rule(rule: Rule, parts: tuple[Ingredient, ...], lookup: Lookup) -> float:
    numbers = [_value_of(part, lookup) for part in parts]
    try:
        match rule:
            case "product":
                return prod(numbers)
            case "ratio":
                over, under = numbers
                return over / under
            case "sum":
                return fsum(numbers)
            case "mean":
                return fsum(numbers) / len(numbers)
            case "geometric_mean":
                return geometric_mean(numbers)
            case "log_sd":
                return stdev([log(number) for number in numbers])
            case "chance_beyond":
                with_both, with_one = numbers
                return 1 - (1 - with_both) / (1 - with_one)
            case "equal":
                (only,) = numbers
                return only
    except (ValueError, ZeroDivisionError, StatisticsError) as error:
        raise LibraryFault(
            translate_plural(
                "The rule '{rule}' cannot be applied to {count} number.",
                "The rule '{rule}' cannot be applied to {count} numbers.",
                len(numbers),
            ).format(rule=rule, count=len(numbers)),
            _("two for a ratio, one for equal, positive ones for means of logs."),
            _("check 'from'."),
        ) from error


def _value_of(part: Ingredient, lookup: Lookup) -> float:
    if part.rule is not None:
        return _by_rule(part.rule, part.from_, lookup)
    if part.of:
        return lookup(part.of)
    if part.value is None:
        raise LibraryFault(
            _("An ingredient names nothing."), _("'value', 'of' or 'rule'."), _("complete it.")
        )
    return to_canonical(part.value, part.unit)
