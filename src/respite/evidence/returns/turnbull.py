"""The maximum likelihood curve of losses that were seen between visits.

Turnbull's self-consistency algorithm, an EM algorithm over the innermost
intervals, in turn with two faster steps: the iterative convex minorant, which
finds out which intervals are empty (Groeneboom; Wellner and Zhan 1997), and
Newton's method over the others. It stops when the likelihood provably cannot
rise any more, and not when its steps become short: near the maximum EM creeps,
and a short step says nothing.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from respite.evidence.returns.innermost import Floats, Innermost, Places, summed_at
from respite.evidence.returns.isotonic import rising

CLOSE_ENOUGH = 1 / 10**10
"""Gap to the maximum, per loss, in units of the log-likelihood."""

MOST_ROUNDS = 20_000
"""EM alone would still get there; in practice a few rounds are enough."""

_HALVINGS = 40
"""How often a step is halved before it is given up."""


@dataclass(frozen=True)
class Masses:
    """How much of the losses falls into each innermost interval.

    Attributes
    ----------
    shares
        Share of each interval, shape ``(cells,)``; they sum to one.
    gap
        By how much the log-likelihood can at most be below its maximum.
    rounds
        How many rounds it took.
    """

    shares: Floats
    gap: float
    rounds: int


def maximise(cells: Innermost, weights: Floats) -> Masses:
    """Find the shares that make the observed intervals most likely.

    The log-likelihood is concave, and its slope towards the whole mass in
    interval j is ``d_j - n``, where ``d_j`` sums ``w_i / P_i`` over the
    observed intervals that hold j and ``n`` sums the weights. At the maximum
    no slope is positive (the conditions of Karush, Kuhn and Tucker), and the
    largest of them bounds the distance to it (Gentleman and Geyer 1994).

    Parameters
    ----------
    cells
        The innermost intervals.
    weights
        How often each observed interval was seen, shape ``(losses,)``.
    """
    problem = _Problem(cells.first, cells.last, weights, len(cells.starts))
    shares = np.full(problem.count, 1 / problem.count)
    gap = np.inf
    for rounds in range(MOST_ROUNDS):
        slopes = problem.slopes(shares)
        gap = max(float(slopes.max()) - problem.total, 0.0)
        if gap <= CLOSE_ENOUGH * problem.total:
            return Masses(shares, gap, rounds)
        shares = problem.after_em(shares, slopes)
        shares = problem.after_minorant(shares)
        shares = problem.after_newton(shares)
    return Masses(shares, gap, MOST_ROUNDS)


@dataclass(frozen=True)
class _Problem:
    """The likelihood of observed intervals, each a run of innermost ones.

    Parameters
    ----------
    first, last
        The run of each observed interval, shape ``(losses,)``.
    weights
        How often each was seen.
    count
        How many innermost intervals there are.
    """

    first: Places
    last: Places
    weights: Floats
    count: int

    @property
    def total(self) -> float:
        """How many losses there are."""
        return float(self.weights.sum())

    def chances(self, shares: Floats) -> Floats:
        """Give the probability of each observed interval, shape ``(losses,)``."""
        below = np.concatenate([[0], np.cumsum(shares)])
        return below[self.last + 1] - below[self.first]

    def fit(self, shares: Floats) -> float:
        """Give the log-likelihood; minus infinity where something seen is impossible."""
        chances = self.chances(shares)
        if chances.min() <= 0:
            return -np.inf
        return float(self.weights @ np.log(chances))

    def slopes(self, shares: Floats) -> Floats:
        """Give ``d_j`` for each innermost interval, shape ``(cells,)``."""
        return self._summed(self.weights / self.chances(shares))

    def after_em(self, shares: Floats, slopes: Floats) -> Floats:
        """Share out every loss by what is expected: one step of self-consistency."""
        risen = shares * slopes
        return risen / risen.sum()

    def after_minorant(self, shares: Floats) -> Floats:
        """Take a step of the iterative convex minorant, as far as the fit rises by it.

        The fit as a function of the share lost by the end of each interval is
        replaced by a parabola without its mixed terms, whose top among rising
        curves is a weighted isotonic regression. Intervals become empty by it,
        and may be filled again.
        """
        below = np.concatenate([[0], np.cumsum(shares)])
        chances = below[self.last + 1] - below[self.first]
        once, twice = self.weights / chances, self.weights / chances**2
        size = self.count + 1
        slope = summed_at(self.last + 1, once, size) - summed_at(self.first, once, size)
        bend = summed_at(self.last + 1, twice, size) + summed_at(self.first, twice, size)
        inner = slice(1, self.count)
        top = rising(below[inner] + slope[inner] / bend[inner], bend[inner])
        goal = np.diff(np.concatenate([[0], np.clip(top, 0, 1), [1]]))
        fit, length = self.fit(shares), 1.0
        for _halving in range(_HALVINGS):
            moved = shares + length * (goal - shares)
            if self.fit(moved) > fit:
                return moved
            length /= 2
        return shares

    def after_newton(self, shares: Floats) -> Floats:
        """Take a step of Newton's method over the shares above zero, if the fit rises by it.

        A step that would make a share negative ends where the first becomes zero.
        """
        held = np.flatnonzero(shares > 0)
        step = np.zeros_like(shares)
        step[held] = self._newton(shares, held)
        falling = np.flatnonzero(step < 0)
        limits = -shares[falling] / step[falling]
        length = min(1.0, float(limits.min(initial=np.inf)))
        fit = self.fit(shares)
        for _halving in range(_HALVINGS):
            moved = np.maximum(shares + length * step, 0)
            if len(limits) and length == limits.min():
                moved[falling[limits.argmin()]] = 0
            moved /= moved.sum()
            if self.fit(moved) > fit:
                return moved
            length /= 2
        return shares

    def _newton(self, shares: Floats, held: Places) -> Floats:
        """Give the step to the top of the parabola that touches the fit, shares summing to one."""
        chances = self.chances(shares)
        slopes = self._summed(self.weights / chances)[held]
        size = len(held)
        system = np.zeros((size + 1, size + 1))
        system[:size, :size] = self._bend(self.weights / chances**2)[np.ix_(held, held)]
        system[:size, size] = system[size, :size] = self.total
        # Several sets of shares may fit equally well: the shortest step is taken then.
        goal = np.concatenate([slopes, [0.0]])
        return np.linalg.lstsq(system, goal, rcond=None)[0][:size].astype(np.float64)

    def _summed(self, values: Floats) -> Floats:
        """Sum values over the observed intervals that hold each innermost one."""
        rises = summed_at(self.first, values, self.count + 1)
        falls = summed_at(self.last + 1, values, self.count + 1)
        return np.cumsum(rises - falls)[: self.count]

    def _bend(self, values: Floats) -> Floats:
        """Sum values over the observed intervals that hold both of two innermost ones."""
        corner = np.zeros((self.count, self.count))
        np.add.at(corner, (self.first, self.last), values)
        upper = np.cumsum(corner, axis=0)
        upper = np.cumsum(upper[:, ::-1], axis=1)[:, ::-1]
        return np.triu(upper) + np.triu(upper, 1).T
