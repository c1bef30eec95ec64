"""Two by two tables: who responded, on ketamine and on placebo."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass


@dataclass(frozen=True, kw_only=True)
class Counts:
    """Responders of one trial.

    Attributes
    ----------
    treated, treated_of
        How many responded on ketamine, and of how many.
    control, control_of
        The same on placebo.
    """

    treated: int
    treated_of: int
    control: int
    control_of: int

    @property
    def cells(self) -> tuple[int, int, int, int]:
        """Responders and the others, on ketamine and on placebo."""
        return (
            self.treated,
            self.treated_of - self.treated,
            self.control,
            self.control_of - self.control,
        )

    @property
    def says_nothing(self) -> bool:
        """Whether nobody or everybody responded in both groups, so that no ratio can be told."""
        return self.treated + self.control in (0, self.treated_of + self.control_of)


def log_odds_ratio(one: Counts) -> tuple[float, float]:
    """Give a log odds ratio and its standard error; half a person is added where a cell is empty.

    Parameters
    ----------
    one
        The counts of one trial; at least one person in each group.

    Returns
    -------
    The log odds ratio, ketamine over placebo, and its standard error by Woolf.
    """
    a, b, c, d = one.cells
    if 0 in one.cells:
        a, b, c, d = (cell + 0.5 for cell in (a, b, c, d))
    return math.log(a * d / (b * c)), math.sqrt(1 / a + 1 / b + 1 / c + 1 / d)


def peto(trials: Sequence[Counts]) -> tuple[float, float] | None:
    """Pool odds ratios by Peto's method, which needs no correction for empty cells.

    Parameters
    ----------
    trials
        The counts of each trial.

    Returns
    -------
    The log odds ratio and its standard error; ``None`` where no trial says anything.

    Notes
    -----
    Source: Yusuf, Peto, Lewis, Collins and Sleight 1985, doi 10.1016/S0033-0620(85)80003-7.
    """
    over, information = 0.0, 0.0
    for one in trials:
        people, responders = one.treated_of + one.control_of, one.treated + one.control
        over += one.treated - one.treated_of * responders / people
        information += (one.treated_of * one.control_of * responders * (people - responders)) / (
            people**2 * max(people - 1, 1)
        )
    return None if information == 0 else (over / information, 1 / math.sqrt(information))


def mantel_haenszel(trials: Sequence[Counts]) -> tuple[float, float] | None:
    """Pool risk ratios by the method of Mantel and Haenszel, without correction for empty cells.

    Parameters
    ----------
    trials
        The counts of each trial.

    Returns
    -------
    The log risk ratio and its standard error; ``None`` where one of the groups never responded.

    Notes
    -----
    Source: Greenland and Robins 1985, Biometrics 41:55-68, for the variance.
    """
    treated = control = variance = 0.0
    for one in trials:
        people, responders = one.treated_of + one.control_of, one.treated + one.control
        treated += one.treated * one.control_of / people
        control += one.control * one.treated_of / people
        variance += (
            one.treated_of * one.control_of * responders - one.treated * one.control * people
        ) / people**2
    if treated == 0 or control == 0:
        return None
    return math.log(treated / control), math.sqrt(variance / (treated * control))
