"""Fits a curve of relief to what visits saw: by product limit, or by maximum likelihood."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from respite.evidence.returns.innermost import Floats, innermost, summed_at
from respite.evidence.returns.staircase import Staircase
from respite.evidence.returns.turnbull import maximise

DUST = 1 / 10**9
"""A share below this is rounding: maximum likelihood gives it no mass."""


@dataclass(frozen=True)
class Losses:
    """When relief was lost, as far as it was seen.

    Parameters
    ----------
    left, right
        Relief was lost after ``left`` and at the latest at ``right`` [days];
        exactly then where both are equal, and not yet where ``right`` is
        infinite. Shape ``(losses,)``.
    weights
        How often each was seen, above zero; shape ``(losses,)``.
    """

    left: Floats
    right: Floats
    weights: Floats

    @property
    def are_exact(self) -> bool:
        """Whether every loss that was seen is known to the day."""
        return bool(np.all((self.left == self.right) | np.isinf(self.right)))


@dataclass(frozen=True)
class Fitted:
    """A curve, and how far its likelihood can be below the maximum."""

    curve: Staircase
    gap: float
    rounds: int


def fitted(losses: Losses) -> Fitted:
    """Fit a curve: in closed form where every loss is exact, else by maximum likelihood."""
    if losses.are_exact:
        return Fitted(product_limit(losses), 0.0, 0)
    return most_likely(losses)


def most_likely(losses: Losses) -> Fitted:
    """Find the maximum likelihood curve of losses between visits (Turnbull 1976)."""
    cells = innermost(losses.left, losses.right)
    masses = maximise(cells, losses.weights)
    is_step = (masses.shares > DUST) & np.isfinite(cells.ends)
    endless = bool(np.isinf(cells.ends[-1]) and masses.shares[-1] > DUST)
    after = 1 - np.cumsum(masses.shares)
    after[after < DUST] = 0
    return Fitted(
        Staircase(
            cells.starts[is_step],
            cells.ends[is_step],
            after[is_step],
            float(cells.starts[-1]) if endless else np.inf,
        ),
        masses.gap,
        masses.rounds,
    )


def product_limit(losses: Losses) -> Staircase:
    """Find the product-limit curve of exact losses (Kaplan and Meier 1958).

    Who has not lost relief on the day of a loss still counts as at risk of it.
    """
    days, at_risk, lost = at_risk_and_lost(losses)
    after = np.cumprod(1 - lost / at_risk).astype(np.float64)
    ongoing = losses.left[np.isinf(losses.right)]
    everybody_lost = len(days) > 0 and lost[-1] == at_risk[-1]
    known_to = np.inf if everybody_lost else float(ongoing.max())
    return Staircase(days, days, after, known_to)


def at_risk_and_lost(losses: Losses) -> tuple[Floats, Floats, Floats]:
    """Give the days of exact losses, and on each how many were at risk and how many lost."""
    is_lost = np.isfinite(losses.right)
    days, which = np.unique(losses.right[is_lost], return_inverse=True)
    lost = summed_at(which, losses.weights[is_lost], len(days))
    order = np.argsort(losses.left)
    gone_before = np.concatenate([[0], np.cumsum(losses.weights[order])])
    gone = gone_before[np.searchsorted(losses.left[order], days, side="left")]
    return days, gone_before[-1] - gone, lost
