"""Takes out of a record what tells who it is. Nothing here knows a database.

Names, numbers, dates, staff and everything that was written freely are never looked at. What is
left of a person, age, sex, condition and weight, is kept only as far as at least five people
share it.
"""

from __future__ import annotations

import hmac
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from math import floor, log10

LEAST = 5
"""So many people must share what is told of each of them; ours, and usual."""

BAND_YEARS = 10
OLDEST = 90
"""From this age on nobody's decade is told."""

WEIGHT_STEP_KG = 10
OTHER = "other"
DIGITS = 2
"""Significant digits of an amount: more would tell the weight of a patient from the dose."""

DECIMALS = 3
"""Of a day: about a minute and a half."""


@dataclass(frozen=True)
class Told:
    """What is told of one person; what is left out is empty.

    Attributes
    ----------
    study_id
        A number by chance, other in each export.
    age
        A decade such as ``40-49``, at the first dose.
    sex, condition, weight_kg
        As on record; the weight to the nearest ten.
    """

    study_id: int
    age: str
    sex: str
    condition: str
    weight_kg: str

    @property
    def together(self) -> tuple[str, ...]:
        """Give everything by which somebody who knows the person could find the row."""
        return self.age, self.sex, self.condition, self.weight_kg


def study_ids(numbers: Iterable[int], secret: bytes) -> dict[int, int]:
    """Give each patient a number by chance, from 1 on.

    Parameters
    ----------
    numbers
        Numbers of records.
    secret
        Made for one export and kept nowhere; without it nothing leads back.
    """
    order = sorted(numbers, key=lambda one: hmac.digest(secret, str(one).encode(), "sha256"))
    return {number: place for place, number in enumerate(order, start=1)}


def age_band(years: int) -> str:
    """Give the decade of an age.

    Examples
    --------
    >>> age_band(44), age_band(90), age_band(107)
    ('40-49', '90+', '90+')
    """
    if years >= OLDEST:
        return f"{OLDEST}+"
    first = years // BAND_YEARS * BAND_YEARS
    return f"{first}-{first + BAND_YEARS - 1}"


def weight_band(weight: Decimal | None) -> str:
    """Give a weight to the nearest ten kilograms; empty where it is not known."""
    if weight is None:
        return ""
    return str(floor(float(weight) / WEIGHT_STEP_KG + 0.5) * WEIGHT_STEP_KG)


def rounded_amount(amount: Decimal) -> str:
    """Give an amount with two significant digits.

    Examples
    --------
    >>> [rounded_amount(Decimal(amount)) for amount in ("36.450", "0.5", "0")]
    ['36', '0.5', '0']
    """
    value = float(amount)
    if value <= 0:
        return "0"
    return f"{round(value, DIGITS - 1 - floor(log10(value))):g}"


def day_of(hours: float) -> str:
    """Give days from the first dose, exact to a minute or two.

    A whole number would stand for the evening of a day in a diary, so one is never written.

    Examples
    --------
    >>> day_of(11.0), day_of(24.0), day_of(-13.0)
    ('0.458', '1.001', '-0.542')
    """
    day = round(hours / 24, DECIMALS)
    if day == int(day):
        day += 10**-DECIMALS
    return f"{day:.{DECIMALS}f}"


def left_to_tell(people: Sequence[Told], least: int = LEAST) -> list[Told]:
    """Leave out of each person what fewer than ``least`` people share.

    Rare conditions become ``other``. Then, for whoever is still told apart from the rest, first
    the weight is left out, then the sex, the age, and the condition. Where so few are left with
    nothing told that they stand out by that, the smallest group beside them is emptied too.

    Parameters
    ----------
    people
        Everybody who is in the export.
    least
        How many must share what is told.

    Returns
    -------
    The same people in the same order; empty where there are fewer than ``least``.
    """
    if len(people) < least:
        return []
    told = _merged(people, least)
    done: dict[int, Told] = {}
    left = told
    for fields in ((), ("weight_kg",), ("sex",), ("age",), ("condition",)):
        left = [replace(one, **dict.fromkeys(fields, "")) for one in left]
        # Together with those who are told exactly as much already.
        sizes = Counter(one.together for one in (*left, *done.values()))
        for one in left:
            if sizes[one.together] >= least:
                done[one.study_id] = one
        left = [one for one in left if one.study_id not in done]
    while left:
        done |= {one.study_id: one for one in left}
        groups = Counter(one.together for one in done.values())
        nothing = ("", "", "", "")
        if groups[nothing] >= least:
            break
        others = [group for group in groups if group != nothing]
        smallest = min(others, key=lambda group: (groups[group], group))
        done = {
            number: Told(number, *nothing) if one.together == smallest else one
            for number, one in done.items()
        }
    return [done[one.study_id] for one in people]


def _merged(people: Sequence[Told], least: int) -> list[Told]:
    """Call rare conditions ``other``, and the least rare beside them where those are few too."""
    sizes = Counter(one.condition for one in people if one.condition)
    rare = {name for name, size in sizes.items() if size < least}
    for name, _size in sorted(sizes.items(), key=lambda one: (one[1], one[0])):
        if not 0 < sum(sizes[one] for one in rare) < least:
            break
        rare.add(name)
    return [replace(one, condition=OTHER) if one.condition in rare else one for one in people]
