"""What levels does a regimen give in a group of virtual patients?"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import partial

import numpy as np

from respite.domain import (
    DoseEvent,
    OutOfScope,
    Patient,
    Regimen,
    RespiteError,
    TimeMark,
)
from respite.domain import translate as _
from respite.engine import Body, Train, area_under_curve, trajectory
from respite.literature import Library, Model, load_library
from respite.population.analytes import Part, add_up, analytes_of
from respite.population.basis import assumed_numbers, provenance
from respite.population.chunks import Meter, Progress, in_order, keep_freed_memory
from respite.population.covariates import people_in_words
from respite.population.exposure import Exposure, LevelCurve, Simulation
from respite.population.group import CORE, Dosing, Group, draw_group
from respite.population.levels import NG_PER_ML, Analytes, Share, levels_of, shares_of
from respite.population.peaks import peaks_of, tops_of
from respite.population.quantiles import quantiles
from respite.population.random_draws import Floats, People
from respite.population.scope import scope_of
from respite.population.sweep import BAND, Block, Watched, blocks_of, sweep, watch
from respite.population.watch_times import AFTER_LAST_DOSE_H, edges, watch_times

_IN_CURVES = ("ketamine", "norketamine")
"""Analytes whose spread over time is answered as curves."""

_MOST_PATIENTS = 20_000
"""More would fill the memory of a laptop; ours."""

_MOST_DOSES = 10_000_000
"""Patients times doses: twice as many would take about a minute; ours."""


def simulate(  # noqa: PLR0913 - each is a question a reader may ask by name
    patient: Patient,
    regimen: Regimen,
    *,
    patients: int = 1000,
    model: str | None = None,
    site: str | None = None,
    at: Sequence[str] = (),
    seed: int = 1,
    library: Library | None = None,
    progress: Progress | None = None,
) -> Simulation:
    """Simulate the levels of a regimen.

    Parameters
    ----------
    patient
        What is known; the rest is drawn from the reference population.
    regimen
        What is given.
    patients
        How many virtual patients.
    model
        Kinetic model; the core by default.
    site
        Where blood is drawn; a model answers only for the site it was built on.
    at
        Times from the start of the first dose at which levels are wanted, as
        typed: ``0.5h``.
    seed
        Seed of every draw.
    library
        Where the numbers come from; the one that is shipped by default.
    progress
        Told now and then what share of the work is done.

    Returns
    -------
    The exposures of every analyte of the model.

    Raises
    ------
    OutOfScope
        If the model does not cover the patient, the regimen or the site, or
        is no kinetic model, or nothing is given that can be measured.
    RespiteError
        If a time cannot be read, or too many patients are asked for.
    """
    at_h = [TimeMark.parse(text).hours for text in at]
    if not 1 <= patients <= _MOST_PATIENTS:
        raise RespiteError(
            _("--patients is {patients}.").format(patients=patients),
            _("1 to {most}.").format(most=_MOST_PATIENTS),
            _("--patients 1000."),
        )
    most = _MOST_DOSES // len(regimen.events())
    if patients > most:
        raise RespiteError(
            _("{patients} patients and {doses} doses are asked for.").format(
                patients=patients, doses=len(regimen.events())
            ),
            _("at most {most} patients for so many doses.").format(most=most),
            _("--patients {most}, or fewer doses.").format(most=most),
        )
    keep_freed_memory()
    library = library or load_library()
    chosen = _kinetic_model(library, model or CORE, site)
    scope = scope_of((chosen,), patient, regimen)
    group = draw_group(library, patient, People(seed, patients), kinetics=chosen)
    dosing = group.dose(regimen.events())
    analytes = analytes_of(group, dosing)
    if not analytes:
        raise OutOfScope(
            _("The regimen gives placebo alone."),
            _("a drug whose level can be simulated."),
            _("ketamine or esketamine in place of placebo."),
        )
    window = max((regimen.last_dose_end_h + AFTER_LAST_DOSE_H, *at_h))
    asked = _Question(analytes, window, tuple(sorted(set(at_h))))
    exposures, watched = _answer(group, regimen.events(), asked, progress)
    measured = chosen.sampling.site if chosen.sampling else "venous"
    return Simulation(
        regimen=str(regimen),
        patients=patients,
        model=chosen.id,
        seed=seed,
        window_h=window,
        people=people_in_words(patient, library),
        exposures=tuple(_at_site(exposure, measured) for exposure in exposures),
        curves=_curves_from(watched, group, regimen.events(), measured),
        scope=scope,
        assumed=assumed_numbers((chosen,)),
        provenance=provenance(library, (chosen,), seed),
    )


def _kinetic_model(library: Library, name: str, site: str | None) -> Model:
    model = library.assembled(name)
    if model.kind != "kinetics":
        raise OutOfScope(
            _("{name} is a model of {kind}.").format(name=name, kind=model.kind),
            _("a model of kinetics."),
            _("--model {model}; respite models list shows all.").format(model=CORE),
        )
    measured = model.sampling.site if model.sampling else None
    if site is not None and site != measured:
        raise OutOfScope(
            _("{name} was built on {measured} levels, and {site} levels are asked for.").format(
                name=name, measured=measured, site=site
            ),
            _("the site of the model: levels of one site do not stand for another."),
            _("--site {measured}, or another model.").format(measured=measured),
        )
    return model


def _at_site(exposure: Exposure, site: str) -> Exposure:
    return replace(exposure, site=site)


@dataclass(frozen=True)
class _Question:
    """What is asked of the levels: analytes, observation window [h], and times of their own [h]."""

    analytes: Analytes
    window_h: float
    at_h: tuple[float, ...]


def _answer(
    group: Group, events: Sequence[DoseEvent], asked: _Question, tell: Progress | None
) -> tuple[list[Exposure], Watched, list[float]]:
    """Look at all people: every exposure, what was watched, and the times that were."""
    shares = shares_of(group, events)
    times = watch_times(shares[0].dosing.events, asked.window_h)
    blocks = blocks_of(times, group.people.count)
    later = blocks_of(asked.at_h, group.people.count * len(asked.analytes))
    meter = Meter(len(shares) * (1 + len(blocks) + len(later)), tell)
    areas = _areas(shares, asked, meter)
    banded = [analyte for analyte in asked.analytes if analyte in _IN_CURVES]
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
    shares: Sequence[Share], asked: _Question, meter: Meter
) -> dict[str, tuple[Floats, Floats]]:
    """Give the whole area under each curve, and that within the window [ng·h/mL]."""
    until = partial(_area_until, until_h=asked.window_h)

    def read(share: Share) -> list[Floats]:
        return [
            add_up(share.group, share.dosing, parts, area) * NG_PER_ML
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


def levels_at(
    group: Group, dosing: Dosing, parts: tuple[Part, ...], times_h: Sequence[float]
) -> Floats:
    """Give the levels of an analyte, shape ``(people, times)`` [ng/mL]."""

    def read(body: Body, name: str, trains: tuple[Train, ...]) -> Floats:
        return trajectory(body, [name], trains, times_h)[name]

    return add_up(group, dosing, parts, read) * NG_PER_ML


def peak_of(
    group: Group, dosing: Dosing, parts: tuple[Part, ...], window_h: float
) -> tuple[Floats, Floats]:
    """Find the highest level of each person and its time.

    Every start and end of a dose is looked at exactly. A peak between two
    looks is found from the parabola through the three highest.

    Returns
    -------
    Peaks [ng/mL] and their times [h], each of shape ``(people,)``.
    """
    times = watch_times(dosing.events, window_h)
    levels = levels_at(group, dosing, parts, times)
    tops = tops_of(levels, 0, slice(0, len(times)))
    return peaks_of(tops, np.asarray(times), edges(dosing.events))


def level_curves(
    group: Group, events: Sequence[DoseEvent], site: str = "venous"
) -> tuple[LevelCurve, ...]:
    """Give median and 5-95 % band of ketamine and norketamine over time."""
    shares = shares_of(group, events)
    analytes = analytes_of(group, shares[0].dosing)
    shown = {analyte: parts for analyte, parts in analytes.items() if analyte in _IN_CURVES}
    times = watch_times(shares[0].dosing.events, _end_of_curves(events))
    blocks = blocks_of(times, group.people.count)
    meter = Meter(len(shares) * len(blocks))
    return _curves(watch(shares, shown, list(shown), blocks, meter), times, site)


def _curves_from(
    watched: Watched, group: Group, events: Sequence[DoseEvent], site: str
) -> tuple[LevelCurve, ...]:
    """Give the curves from what was watched already, where it holds their times."""
    times = watch_times(events, _end_of_curves(events))
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
