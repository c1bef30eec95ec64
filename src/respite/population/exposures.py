"""How a group is exposed to each analyte: peak, area and levels of everybody, summed up."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import partial

import numpy as np

from respite.domain import DoseEvent
from respite.engine import Body, Train, area_under_curve
from respite.population.analytes import add_up
from respite.population.chunks import Meter, Progress, in_order
from respite.population.exposure import Exposure
from respite.population.group import Group
from respite.population.level_bands import IN_CURVES
from respite.population.levels import NG_PER_ML, Analytes, Share, levels_of, shares_of
from respite.population.quantiles import quantiles
from respite.population.random_draws import Floats
from respite.population.sweep import BAND, Block, Watched, blocks_of, sweep, watch
from respite.population.watch_times import as_entered, watch_times


@dataclass(frozen=True)
class Question:
    """What is asked of the levels: analytes, observation window [h], and times of their own [h]."""

    analytes: Analytes
    window_h: float
    at_h: tuple[float, ...]


def exposures_of(
    group: Group, events: Sequence[DoseEvent], asked: Question, tell: Progress | None
) -> tuple[list[Exposure], Watched]:
    """Look at all people: every exposure, and what was watched.

    Parameters
    ----------
    group
        The people.
    events
        What they are given, in order of time.
    asked
        What is asked of their levels.
    tell
        Told now and then what share of the work is done.
    """
    shares = shares_of(group, events)
    entered = as_entered(group.kinetics.model, events)
    times = watch_times(entered, asked.window_h)
    blocks = blocks_of(times, group.people.count)
    later = blocks_of(asked.at_h, group.people.count * len(asked.analytes))
    meter = Meter(len(shares) * (1 + len(blocks) + len(later)), tell)
    areas = _areas(shares, asked, meter)
    banded = [analyte for analyte in asked.analytes if analyte in IN_CURVES]
    watched = watch(shares, asked.analytes, banded, blocks, meter)
    levels = _levels_asked(shares, asked.analytes, later, meter)
    exposures = [
        exposure
        for analyte in asked.analytes
        for exposure in (
            *_exposures(analyte, areas[analyte], watched.peaks[analyte], asked.window_h),
            *levels[analyte],
        )
    ]
    return exposures, watched


def _areas(
    shares: Sequence[Share], asked: Question, meter: Meter
) -> dict[str, tuple[Floats, Floats]]:
    """Give the whole area under each curve, and that within the window [ng·h/mL]."""
    until = partial(_area_until, until_h=asked.window_h)

    def read(share: Share) -> list[Floats]:
        dosing = share.dose()
        return [
            add_up(dosing, parts, area) * NG_PER_ML
            for parts in asked.analytes.values()
            for area in (area_under_curve, until)
        ]

    found: list[list[Floats]] = []
    for areas in in_order(read, shares):
        found.append(areas)
        meter.step()
    joined = [np.concatenate(parts) for parts in zip(*found, strict=True)]
    return dict(zip(asked.analytes, zip(joined[::2], joined[1::2], strict=True), strict=True))


def _levels_asked(
    shares: Sequence[Share], analytes: Analytes, blocks: Sequence[Block], meter: Meter
) -> dict[str, list[Exposure]]:
    """Sum up the levels at the times that were asked for."""
    rows: dict[str, list[Exposure]] = {analyte: [] for analyte in analytes}

    def look(share: Share, block: Block) -> dict[str, Floats]:
        return levels_of(share, analytes, block.times_h[block.own])

    for block, found in sweep(shares, blocks, look, meter):
        for analyte in analytes:
            levels = np.concatenate([each[analyte] for each in found])
            rows[analyte] += [
                _summary(analyte, "concentration", "ng/mL", levels[:, column], time_h)
                for column, time_h in enumerate(block.times_h[block.own])
            ]
    return rows


def _exposures(
    analyte: str, areas: tuple[Floats, Floats], peaks: tuple[Floats, Floats], window_h: float
) -> list[Exposure]:
    whole, part = areas
    peak, time = peaks
    summary = partial(_summary, analyte)
    return [
        summary("cmax", "ng/mL", peak),
        summary("tmax", "h", time),
        summary("auc_inf", "ng·h/mL", whole),
        summary("auc_last", "ng·h/mL", part),
        summary("cavg", "ng/mL", part / window_h),
    ]


def _area_until(body: Body, name: str, trains: Sequence[Train], until_h: float) -> Floats:
    return area_under_curve(body, name, trains, until_h)


def _summary(
    analyte: str, metric: str, unit: str, values: Floats, time_h: float | None = None
) -> Exposure:
    low, middle, high = quantiles(values, *BAND)
    return Exposure(
        analyte=analyte,
        site="",
        metric=metric,
        time_h=time_h,
        unit=unit,
        mean=float(np.mean(values)),
        sd=float(np.std(values, ddof=1)) if len(values) > 1 else 0,
        q05=float(low),
        q50=float(middle),
        q95=float(high),
    )
