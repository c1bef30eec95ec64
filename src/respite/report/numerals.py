"""How numbers are written for people: shares, days, hours and levels."""

from __future__ import annotations

import math
from collections.abc import Sequence
from typing import TypeGuard

from respite.domain import translate as _
from respite.domain import translate_plural

DUST = 9
"""Numbers below one of this many decimals are left over from rounding."""


def whole_parts(shares: Sequence[float]) -> tuple[int, ...]:
    """Round shares to whole numbers of a hundred that still sum to one hundred.

    The largest remainders are rounded up first; ties go to the earlier share.

    Parameters
    ----------
    shares
        Shares of one whole; they need not sum to one exactly.

    Examples
    --------
    >>> whole_parts([0.335, 0.335, 0.33])
    (34, 33, 33)
    """
    total = math.fsum(shares)
    if not total > 0 or not math.isfinite(total):
        return tuple(0 for _share in shares)
    exact = [100 * share / total for share in shares]
    parts = [math.floor(value) for value in exact]
    by_remainder = sorted(range(len(exact)), key=lambda i: (parts[i] - exact[i], i))
    for index in by_remainder[: 100 - sum(parts)]:
        parts[index] += 1
    return tuple(parts)


def of_100(count: int) -> str:
    """Say a count of a hundred as a frequency that never claims certainty.

    Examples
    --------
    >>> of_100(27), of_100(0), of_100(100)
    ('about 27 of 100', 'fewer than 1 of 100', 'more than 99 of 100')
    """
    if count <= 0:
        return _("fewer than 1 of 100")
    if count >= 100:
        return _("more than 99 of 100")
    return _("about {count} of 100").format(count=count)


def beside(count: int) -> str:
    """Say a count of a hundred where the hundred has just been named.

    Examples
    --------
    >>> beside(19), beside(0), beside(100)
    ('about 19', 'fewer than 1', 'more than 99')
    """
    if count <= 0:
        return _("fewer than 1")
    return _("more than 99") if count >= 100 else _("about {count}").format(count=count)


def percent(share: float | None) -> str:
    """Write one share as a percentage that never claims certainty.

    Examples
    --------
    >>> percent(0.213), percent(0.0), percent(1.0), percent(None)
    ('21%', '<1%', '>99%', '-')
    """
    if not exists(share):
        return "-"
    count = round(100 * share)
    if count <= 0:
        return "<1%"
    return ">99%" if count >= 100 else f"{count}%"


def span(lowest: float, highest: float) -> str:
    """Write an interval of days, both ends as finely as the longer one deserves.

    Examples
    --------
    >>> span(6.1, 71.4), span(1.24, 5.0)
    ('6 to 71 days', '1.2 to 5 days')
    """
    low = f"{lowest:.0f}" if highest >= 10 else rounded(lowest)
    return _("{low} to {high} days").format(low=low, high=rounded(highest))


def exists(number: float | None) -> TypeGuard[float]:
    """Tell whether there is a finite number."""
    return number is not None and math.isfinite(number)


def brief(number: float | None) -> str:
    """Write a number with about three figures; the dust of rounding is zero.

    Examples
    --------
    >>> brief(1234.4), brief(24.3), brief(2.44), brief(0.03333), brief(None)
    ('1234', '24.3', '2.44', '0.0333', '-')
    >>> brief(1e-16)
    '0'
    """
    if number is None or not math.isfinite(number):
        return "-"
    if abs(number) >= 100:
        return f"{number:.0f}"
    if abs(number) * 10**DUST < 1:
        return "0"
    return f"{number:.3g}"


def exact(number: float) -> str:
    """Write an amount so that no digit that matters is lost.

    Examples
    --------
    >>> exact(350), exact(1050), exact(24.5)
    ('350', '1,050', '24.5')
    """
    return f"{number:,.3f}".rstrip("0").rstrip(".")


def rounded(number: float) -> str:
    """Write a length of time: one decimal below ten, none above.

    Examples
    --------
    >>> rounded(2.44), rounded(3.0), rounded(24.3)
    ('2.4', '3', '24')
    """
    return f"{number:.0f}" if abs(number) >= 10 else f"{round(number, 1):g}"


def signed(number: float, digits: int) -> str:
    """Write a change with its sign; one that rounds to nothing has a plus.

    Examples
    --------
    >>> signed(-1.24, 1), signed(3.2, 0), signed(-0.04, 0)
    ('-1.2', '+3', '+0')
    """
    return f"{round(number, digits) + 0:+.{digits}f}"


def days(number: float) -> str:
    """Write a number of days with its unit.

    Examples
    --------
    >>> days(1), days(24.3)
    ('1 day', '24 days')
    """
    text = rounded(number)
    return translate_plural("{n} day", "{n} days", 1 if text == "1" else 2).format(n=text)


def hours(number: float) -> str:
    """Write a length in hours, and in minutes below one hour.

    Examples
    --------
    >>> hours(0.667), hours(1), hours(6.4)
    ('40 minutes', '1 hour', '6.4 hours')
    """
    if 0 <= number < 1 and round(60 * number) < 60:
        count = round(60 * number)
        return translate_plural("{n} minute", "{n} minutes", count).format(n=count)
    text = rounded(number)
    return translate_plural("{n} hour", "{n} hours", 1 if text == "1" else 2).format(n=text)
