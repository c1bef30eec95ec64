"""Which of two plans adds more days with relief in the same people?"""

from __future__ import annotations

import numpy as np

from respite.forecasting.clock import DAY_H
from respite.population import Floats

_A_MINUTE = 1 / (DAY_H * 60)
"""A smaller difference in days with relief is none; ours."""

SAME_FROM, SAME_TO = 20, 80
"""Two plans cannot be told apart where the chance that one is better lies between these
percentages; ours."""


def better(mine: Floats, other: Floats) -> float:
    """Give the chance that one plan adds more days than another; ties count half.

    Parameters
    ----------
    mine, other
        Days of each draw, of the same people.
    """
    more = float(np.mean(mine - other > _A_MINUTE))
    return more + share_same(mine, other) / 2


def share_same(mine: Floats, other: Floats) -> float:
    """Give the share of people to whom both plans add as many days.

    Parameters
    ----------
    mine, other
        Days of each draw, of the same people.
    """
    return float(np.mean(np.abs(mine - other) <= _A_MINUTE))


def cannot_be_told(chance: float) -> bool:
    """Say whether two plans tie, by the chance that one of them adds more days.

    Parameters
    ----------
    chance
        As :func:`better` gives it.
    """
    return SAME_FROM <= 100 * chance <= SAME_TO
