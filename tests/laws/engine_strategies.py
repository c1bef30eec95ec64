"""Bodies and doses of every size, drawn for the laws of the engine."""

from __future__ import annotations

import math
from dataclasses import replace

import numpy as np
from hypothesis import settings
from hypothesis import strategies as st

from respite.engine import (
    Body,
    Compartments,
    Disposition,
    Train,
    add_stage,
    disposition_modes,
    effect_site,
)

law = settings(max_examples=60)
few = settings(max_examples=25)

ROUNDING = 1e-11
"""Sums of some dozen terms, each rounded to about 1e-16 and none cancelling much."""

PROMISED = 1e-8
"""What the engine promises of each curve's maximum, however close two rates lie."""

TICK = 1 / 1024
"""Times are whole numbers of ticks, so that sums and differences of times are exact."""


def between(lowest: float, highest: float) -> st.SearchStrategy[float]:
    """Give positive numbers of every size between two bounds."""
    return st.floats(math.log(lowest), math.log(highest)).map(math.exp)


def ticks(lowest_h: float, highest_h: float) -> st.SearchStrategy[float]:
    return st.integers(round(lowest_h / TICK), round(highest_h / TICK)).map(TICK.__mul__)


def column(values: list[float]) -> np.ndarray:
    return np.array([values])


@st.composite
def compartments(draw: st.DrawFn, spaces: int | None = None, *, losing: bool = True):
    """Give one person's compartments: sizes from a thimble to a swimming pool."""
    count = draw(st.integers(0, 3)) if spaces is None else spaces
    some = st.lists(between(1e-2, 1e3), min_size=count, max_size=count)
    zeros = st.just([0.0] * count)
    return Compartments(
        central_volume=np.array([draw(between(1e-1, 1e3))]),
        clearance=np.array([draw(between(1e-2, 1e3))]),
        flows=column(draw(some)),
        volumes=column(draw(st.lists(between(1e-1, 1e3), min_size=count, max_size=count))),
        losses=column(draw(zeros | some if losing else zeros)),
    )


def plasma_of(modes: Disposition) -> Body:
    return modes.body("plasma")


@st.composite
def bodies(draw: st.DrawFn) -> Body:
    """Give one person's body: a drug, its metabolite, and a fast and a slow effect site."""
    body = plasma_of(disposition_modes(draw(compartments())))
    metabolite = disposition_modes(draw(compartments(1)))
    gain = np.array([draw(between(1e-2, 1e2))])
    body = add_stage(body, "metabolite", metabolite.stage, fed_by="plasma", gain=gain)
    for site, ke0 in (("fast", between(1e-1, 1e2)), ("slow", between(1e-4, 1e-1))):
        body = add_stage(body, site, effect_site(np.array([draw(ke0)])), fed_by="plasma")
    return body


PLACES = ("plasma", "metabolite", "fast", "slow")


@st.composite
def dose_trains(draw: st.DrawFn) -> Train:
    duration = draw(st.just(0.0) | ticks(0.01, 30))
    return Train(
        start_h=draw(ticks(0, 50)),
        count=draw(st.integers(1, 12)),
        interval_h=duration + draw(ticks(0.01, 100)),
        duration_h=duration,
        amount_mg=np.array([draw(between(1e-3, 1e3))]),
    )


doses = st.lists(dose_trains(), min_size=1, max_size=3)
moments = st.lists(ticks(0, 1500), min_size=1, max_size=12, unique=True).map(sorted)


def one_by_one(train: Train) -> list[Train]:
    """Write every dose of a train out as a train of one."""
    return [
        replace(train, start_h=train.start_h + i * train.interval_h, count=1, interval_h=1)
        for i in range(train.count)
    ]


def scale_of(body: Body, name: str, trains: list[Train]) -> float:
    """Give a bound on the curve: all doses at once, on modes that nothing cancels."""
    total = sum(float(train.amount_mg[0]) * train.count for train in trains)
    return total * float(np.sum(np.abs(body.response(name).heights)))


def assert_same_curves(got, expected, body: Body, trains: list[Train]) -> None:
    for name in PLACES:
        error = np.max(np.abs(got[name] - expected[name]))
        assert error <= ROUNDING * scale_of(body, name, trains), name
