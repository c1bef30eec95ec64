"""How far a curve of relief may be off: 95 % bands, day by day."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from statistics import NormalDist
from typing import TYPE_CHECKING

import numpy as np

from respite.evidence.returns.curve import Losses, at_risk_and_lost, fitted
from respite.evidence.returns.innermost import Floats
from respite.evidence.returns.staircase import Staircase

if TYPE_CHECKING:
    from respite.population import Progress

LEVEL = 95 / 100
"""How often an interval should hold the truth; ours, as is the custom."""

_TAIL = (1 - LEVEL) / 2
NORMAL = NormalDist().inv_cdf(1 - _TAIL)
"""Half width of an interval around a normal estimate, in standard errors."""

Band = tuple[Floats, Floats]
"""Lower and upper limits at some days."""


def greenwood(losses: Losses, days: Floats) -> Band:
    """Give the band of a product-limit curve.

    Greenwood's formula (1926) for the variance, on the scale of log(-log S),
    which keeps the limits between zero and one (Kalbfleisch and Prentice
    1980). Where everybody or nobody has lost relief there is none: the limits
    are not numbers.

    Parameters
    ----------
    losses
        Exact losses.
    days
        Where the band is wanted, shape ``(days,)``.
    """
    when, at_risk, lost = at_risk_and_lost(losses)
    share = np.concatenate([[1], np.cumprod(1 - lost / at_risk)])
    with np.errstate(divide="ignore", invalid="ignore"):
        ratio = np.concatenate([[0], np.cumsum(lost / (at_risk * (at_risk - lost)))])
        factor = np.exp(NORMAL * np.sqrt(ratio) / -np.log(share))
        is_inner = (share > 0) & (share < 1)
        low = np.where(is_inner, share**factor, np.nan)
        high = np.where(is_inner, share ** (1 / factor), np.nan)
    steps = np.searchsorted(when, days, side="right")
    return low[steps], high[steps]


@dataclass(frozen=True)
class Draws:
    """How groups are drawn from a group.

    Parameters
    ----------
    count
        How many are drawn.
    seed
        Seed of the draws.
    progress
        Told now and then what share is done.
    """

    count: int
    seed: int
    progress: Progress | None = None


def bootstrap(
    losses_of: Callable[[Floats], Losses],
    people: int,
    curve: Staircase,
    days: Floats,
    draws: Draws,
) -> Band:
    """Give the band of a curve by drawing patients again and again, with all their courses.

    How far the curves of the drawn groups scatter says how many patients
    seen to the day, once each, would have told as much; never more than there
    are. The limits are those of Wilson (1927) for so many, as Korn and
    Graubard (1998) do for shares from surveys. Where visits leave a curve
    unknown, its lowest course gives the lower limit and its highest the
    upper. For a curve between visits the bootstrap is no more than a rough
    guide.

    Parameters
    ----------
    losses_of
        Gives the losses of a group in which each patient counts so many times.
    people
        How many patients there are.
    curve
        The curve of the group as it is.
    days
        Where the band is wanted, shape ``(days,)``.
    draws
        How many groups are drawn, and from which seed.
    """
    generator = np.random.default_rng(draws.seed)
    low, high = np.empty((2, draws.count, len(days)))
    for drawn in range(draws.count):
        chosen = generator.integers(0, people, people)
        counts = np.bincount(chosen, minlength=people).astype(np.float64)
        one = fitted(losses_of(counts)).curve
        low[drawn], high[drawn] = one.lowest(days), one.highest(days)
        if draws.progress is not None:
            draws.progress((drawn + 1) / draws.count)
    return (
        _wilson(curve.lowest(days), low.var(axis=0), people, -NORMAL),
        _wilson(curve.highest(days), high.var(axis=0), people, NORMAL),
    )


def _wilson(shares: Floats, variances: Floats, people: int, width: float) -> Floats:
    """Give Wilson's limit of shares, by the number of patients that their variances tell of."""
    spread = shares * (1 - shares)
    scatters = (spread > 0) & (variances * people > spread)
    told = np.divide(spread, variances, out=np.full_like(shares, people), where=scatters)
    middle = shares + width**2 / (2 * told)
    reach = width * np.sqrt(spread / told + (width / (2 * told)) ** 2)
    return (middle + reach) / (1 + width**2 / told)


@dataclass(frozen=True)
class Agreed:
    """How many patients agree where everybody or nobody is known to have relief.

    Parameters
    ----------
    before
        How many are known to have had relief until the curve first falls.
    known
        On each day, how many are known to have relief, or, where nobody has
        any more, to have lost it; shape ``(days,)``.
    """

    before: float
    known: Floats


def with_ends(band: Band, lowest: Floats, highest: Floats, agreed: Agreed) -> Band:
    """Fill in the limits where everybody or nobody has lost relief.

    Where all of ``n`` patients agree, the exact binomial limit is the share
    at which that happens with a chance of 2.5 %: ``0.025 ** (1 / n)``, or one
    minus it (Clopper and Pearson 1934). A normal or drawn band would promise
    certainty there. What comes after a fall is never promised more than what
    came before it.

    Parameters
    ----------
    band
        Lower and upper limits, shape ``(days,)`` each.
    lowest, highest
        The curve, shape ``(days,)`` each; they differ where it is not known.
    agreed
        How many patients agree.
    """
    low, high = band
    limit, first = _exact(agreed.known), _exact(np.full(1, agreed.before))
    low = np.where(lowest >= 1, limit, np.where(lowest <= 0, 0, np.minimum(low, first)))
    high = np.where(highest <= 0, 1 - limit, np.where(highest >= 1, 1, high))
    return low, high


def falling(band: Band, days: Floats, ends: Floats) -> Band:
    """Widen a band where it would rise, so that it falls as the curve does.

    Only the steps of the curve count for it, and not on which other days the
    band is wanted.

    Parameters
    ----------
    band
        Lower and upper limits, shape ``(days,)`` each.
    days
        Days of the limits, rising; the ends of the steps are among them.
    ends
        On which day each step ends, rising.
    """
    low, high = band
    places = np.searchsorted(days, ends)
    before = np.concatenate([[1.0], np.minimum.accumulate(low[places])])
    after = np.concatenate([np.maximum.accumulate(high[places][::-1])[::-1], [0.0]])
    return (
        np.minimum(low, before[np.searchsorted(ends, days, side="right")]),
        np.maximum(high, after[np.searchsorted(ends, days, side="left")]),
    )


def _exact(people: Floats) -> Floats:
    """Give the share at which so many people agree with a chance of 2.5 %."""
    with np.errstate(divide="ignore"):
        return np.where(people > 0, _TAIL ** (1 / people), 0)
