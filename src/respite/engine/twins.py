"""Rates that nearly meet: four that stand in for one."""

from __future__ import annotations

from respite.engine.arrays import Array, namespace
from respite.engine.settings import SPREAD


def spread_apart(next_rates: Array, rates: Array) -> Array:
    """Stand four rates in for each next rate, two slower and two faster.

    Where a rate of the next stage nearly equals one that feeds it, the plain
    formula divides by their difference and loses its digits. The four lie
    evenly about the rate they replace, at once and twice a small distance, and
    keep clear of every feeding rate; weighed by :data:`WEIGHTS`, their mean is
    right to fourth order in that distance.

    Parameters
    ----------
    next_rates
        Rates of the next stage [1/h], shape ``(people, next)``.
    rates
        Rates that feed it [1/h], shape ``(people, modes)``.

    Returns
    -------
    Rates [1/h] of shape ``(people, next, 4)``.
    """
    xp = namespace(rates)
    best, best_gap = None, None
    for step in (1, 3, 5):
        nodes = [next_rates * (1 + step * SPREAD * place) for place in (-2, -1, 1, 2)]
        gaps = [nearest(node, rates) for node in nodes]
        gap = xp.minimum(xp.minimum(gaps[0], gaps[1]), xp.minimum(gaps[2], gaps[3]))
        stacked = xp.stack(nodes, axis=2)
        if best is None or best_gap is None:
            best, best_gap = stacked, gap
            continue
        # A wider spread errs more, so it is taken only where it keeps clear by much more.
        is_better = gap > 2 * best_gap
        best = xp.where(is_better[:, :, None], stacked, best)
        best_gap = xp.where(is_better, gap, best_gap)
    return best


def nearest(next_rates: Array, rates: Array) -> Array:
    """Give how far the nearest feeding rate lies from each next rate [1/h], ``(people, next)``."""
    xp = namespace(rates)
    return xp.min(xp.abs(next_rates[:, :, None] - rates[:, None, :]), axis=2)
