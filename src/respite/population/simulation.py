"""What levels does a regimen give in a group of virtual patients?"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
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
from respite.engine import IV, Body, Train, area_under_curve, change_times, trajectory
from respite.literature import Library, Model, load_library
from respite.population.analytes import Part, add_up, analytes_of
from respite.population.basis import assumed_factors, assumed_numbers, provenance
from respite.population.clearance import interactions_of
from respite.population.covariates import people_in_words
from respite.population.exposure import Exposure, LevelCurve, Simulation
from respite.population.group import CORE, Dosing, Group, draw_group
from respite.population.interaction_words import describe_factors
from respite.population.quantiles import quantiles
from respite.population.random_draws import Floats, People
from respite.population.scope import scope_of

NG_PER_ML = 1000
"""ng/mL in one mg/L."""

_AFTER_LAST_DOSE_H = 24
"""How long levels are watched after the last dose; ours, over twice a terminal half-life."""

_STEPS_IN_DOSE = 12
_STEPS_BETWEEN = 48
_MOST_WATCHED = 24
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
    library = library or load_library()
    chosen = _kinetic_model(library, model or CORE, site)
    scope = scope_of((chosen,), patient, regimen)
    interactions = interactions_of(library, patient)
    group = draw_group(library, patient, People(seed, patients), kinetics=chosen)
    dosing = group.dose(regimen.events())
    analytes = analytes_of(group, dosing)
    if not analytes:
        raise OutOfScope(
            _("The regimen gives placebo alone."),
            _("a drug whose level can be simulated."),
            _("ketamine or esketamine in place of placebo."),
        )
    window = max((regimen.last_dose_end_h + _AFTER_LAST_DOSE_H, *at_h))
    exposures = [
        exposure
        for analyte, parts in analytes.items()
        for exposure in _exposures(group, dosing, analyte, parts, (window, tuple(at_h)))
    ]
    measured = chosen.sampling.site if chosen.sampling else "venous"
    return Simulation(
        regimen=str(regimen),
        patients=patients,
        model=chosen.id,
        seed=seed,
        window_h=window,
        people=people_in_words(patient, library),
        exposures=tuple(_at_site(exposure, measured) for exposure in exposures),
        curves=level_curves(group, regimen.events(), measured),
        scope=(*scope, *describe_factors(library, chosen, patient, regimen)),
        assumed=(*assumed_numbers((chosen,)), *assumed_factors(library, interactions)),
        provenance=provenance(library, (chosen,), seed, interactions=interactions),
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


def _exposures(
    group: Group,
    dosing: Dosing,
    analyte: str,
    parts: tuple[Part, ...],
    asked: tuple[float, tuple[float, ...]],
) -> list[Exposure]:
    window, at_h = asked
    whole = add_up(group, dosing, parts, area_under_curve) * NG_PER_ML
    part = add_up(group, dosing, parts, partial(_area_until, until_h=window)) * NG_PER_ML
    peak, time = peak_of(group, dosing, parts, window)
    summary = partial(_summary, analyte)
    rows = [
        summary("cmax", "ng/mL", peak),
        summary("tmax", "h", time),
        summary("auc_inf", "ng·h/mL", whole),
        summary("auc_last", "ng·h/mL", part),
        summary("cavg", "ng/mL", part / window),
    ]
    levels = levels_at(group, dosing, parts, sorted(set(at_h)))
    for column, time_h in enumerate(sorted(set(at_h))):
        rows.append(_summary(analyte, "concentration", "ng/mL", levels[:, column], time_h))
    return rows


def _area_until(body: Body, name: str, trains: Sequence[Train], until_h: float) -> Floats:
    return area_under_curve(body, name, trains, until_h)


def _summary(
    analyte: str, metric: str, unit: str, values: Floats, time_h: float | None = None
) -> Exposure:
    low, middle, high = quantiles(values, 5 / 100, 0.5, 95 / 100)
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
    times = np.asarray(
        sorted({*watch_times(dosing.events, window_h), *_way_ends(dosing, window_h)})
    )
    levels = levels_at(group, dosing, parts, times.tolist())
    top = np.argmax(levels, axis=1)
    inner = np.clip(top, 1, len(times) - 2)
    rows = np.arange(len(top))
    before, at, after = (levels[rows, inner + step] for step in (-1, 0, 1))
    left, right = times[inner] - times[inner - 1], times[inner + 1] - times[inner]
    rise, fall = (at - before) / left, (after - at) / right
    bend = (fall - rise) / (left + right)
    slope = (rise * right + fall * left) / (left + right)
    edges = [*_edges(dosing.events), *_way_ends(dosing, window_h)]
    is_smooth = (bend < 0) & (inner == top) & ~np.isin(times[inner], edges)
    shift = np.where(is_smooth, -slope / np.where(is_smooth, 2 * bend, 1), 0)
    shift = np.clip(shift, -left, right)
    peak = np.where(is_smooth, at + slope * shift + bend * shift**2, levels[rows, top])
    return peak, np.where(is_smooth, times[inner] + shift, times[top])


def _edges(events: Sequence[DoseEvent]) -> list[float]:
    return [edge for event in events for edge in (event.time_h, event.time_h + event.duration_h)]


def _way_ends(dosing: Dosing, window_h: float) -> set[float]:
    """List when doses by slow ways have entered, where that is not when they were given."""
    return {
        time_h
        for trains in dosing.trains.values()
        for train in trains
        if train.entry != IV
        for time_h in change_times([train])
        if time_h <= window_h
    }


def watch_times(events: Sequence[DoseEvent], window_h: float) -> list[float]:
    """Choose times that see every rise and fall: edges of doses, closely after them, and between.

    Of long courses a few doses, evenly spread and with the last among them,
    are watched closely; the edges of all are.
    """
    step = max(len(events) // _MOST_WATCHED, 1)
    times = {0.0, window_h, *_edges(events)}
    for event in events[::-step]:
        end = event.time_h + event.duration_h
        if event.duration_h:
            times |= set(np.linspace(event.time_h, end, _STEPS_IN_DOSE).tolist())
        later = [start.time_h for start in events if start.time_h > event.time_h]
        stop = min([*later, window_h])
        if stop > end:
            # Evenly spaced on a square scale: close after the dose, wider later.
            soon = min(stop, end + _AFTER_LAST_DOSE_H)
            spread = np.linspace(0, 1, _STEPS_BETWEEN) ** 2
            times |= set((end + (soon - end) * spread).tolist())
            times |= set(np.linspace(soon, stop, _STEPS_IN_DOSE).tolist())
    return sorted(time for time in times if time <= window_h)


def level_curves(
    group: Group, events: Sequence[DoseEvent], site: str = "venous"
) -> tuple[LevelCurve, ...]:
    """Give median and 5-95 % band of ketamine and norketamine over time."""
    dosing = group.dose(events)
    end = max(event.time_h + event.duration_h for event in events)
    window = end + _AFTER_LAST_DOSE_H
    times = sorted({*watch_times(dosing.events, window), *_way_ends(dosing, window)})
    curves: list[LevelCurve] = []
    for analyte, parts in analytes_of(group, dosing).items():
        if analyte not in ("ketamine", "norketamine"):
            continue
        bands = quantiles(levels_at(group, dosing, parts, times), 5 / 100, 0.5, 95 / 100)
        low, middle, high = (tuple(band.tolist()) for band in bands)
        curves.append(
            LevelCurve(
                analyte=analyte, site=site, time_h=tuple(times), q05=low, q50=middle, q95=high
            )
        )
    return tuple(curves)
