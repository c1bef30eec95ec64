"""Fit without one study: work for several processes."""

from __future__ import annotations

from functools import cache

from respite.literature import load_library
from respite.safety import FELT, RISING
from validation.effects.fit import Posterior, fit_felt, fit_rises
from validation.effects.rows import Row, rows


@cache
def all_rows() -> tuple[Row, ...]:
    """Give the same rows at each call, so that a sampler is compiled once."""
    return rows(load_library())


def without(people: str) -> tuple[Posterior | None, Posterior | None]:
    """Fit without one study; parts that do not hold it are not fitted again.

    Parameters
    ----------
    people
        The study that first counted these people.
    """
    every = all_rows()
    effects = {row.seen.effect for row in every if row.people == people}
    return (
        fit_felt(every, people) if effects & set(FELT) else None,
        fit_rises(every, people) if effects & set(RISING) else None,
    )
