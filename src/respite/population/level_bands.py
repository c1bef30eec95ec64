"""How the levels of a group spread over time."""

from __future__ import annotations

from collections.abc import Sequence

from respite.domain import DoseEvent
from respite.population.analytes import analytes_of
from respite.population.chunks import Meter
from respite.population.exposure import LevelCurve
from respite.population.group import Group
from respite.population.levels import shares_of
from respite.population.sweep import Watched, blocks_of, watch
from respite.population.watch_times import AFTER_LAST_DOSE_H, as_entered, watch_times

IN_CURVES = ("ketamine", "norketamine")
"""Analytes whose spread over time is answered as curves."""


def level_curves(
    group: Group, events: Sequence[DoseEvent], site: str = "venous"
) -> tuple[LevelCurve, ...]:
    """Give median and 5-95 % band of ketamine and norketamine over time."""
    shares = shares_of(group, events)
    dosing = group.dose(events)
    analytes = analytes_of(group, dosing)
    shown = {analyte: parts for analyte, parts in analytes.items() if analyte in IN_CURVES}
    entered = as_entered(group.kinetics.model, dosing.events)
    times = watch_times(entered, _end_of_curves(events))
    blocks = blocks_of(times, group.people.count)
    meter = Meter(len(shares) * len(blocks))
    return _curves(watch(shares, shown, list(shown), blocks, meter), times, site)


def curves_from(
    watched: Watched, group: Group, events: Sequence[DoseEvent], site: str
) -> tuple[LevelCurve, ...]:
    """Give the curves from what was watched already, where it holds their times."""
    entered = as_entered(group.kinetics.model, events)
    times = watch_times(entered, _end_of_curves(events))
    if tuple(times) != watched.times_h[: len(times)]:
        # Doses that overlap, and a time asked for long after them: another grid.
        return level_curves(group, events, site)
    return _curves(watched, times, site)


def _curves(watched: Watched, times_h: Sequence[float], site: str) -> tuple[LevelCurve, ...]:
    """Put the spread of the group at the first of the times into curves."""
    count = len(times_h)
    return tuple(
        LevelCurve(
            analyte=analyte,
            site=site,
            time_h=tuple(times_h),
            q05=tuple(low[:count]),
            q50=tuple(middle[:count]),
            q95=tuple(high[:count]),
        )
        for analyte, bands in watched.bands.items()
        for low, middle, high in (bands.tolist(),)
    )


def _end_of_curves(events: Sequence[DoseEvent]) -> float:
    return max(event.time_h + event.duration_h for event in events) + AFTER_LAST_DOSE_H
