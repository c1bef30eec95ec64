"""What levels does a regimen give in a group of virtual patients?"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

import numpy as np

from respite.domain import (
    Patient,
    Regimen,
    TimeMark,
)
from respite.engine import Body, Train, trajectory
from respite.literature import Library, load_library
from respite.population.analytes import Part, add_up
from respite.population.basis import assumed_factors, assumed_numbers, provenance
from respite.population.chunks import Progress, keep_freed_memory
from respite.population.clearance import interactions_of
from respite.population.covariates import people_in_words
from respite.population.exposure import Exposure, Simulation
from respite.population.exposures import Question, exposures_of
from respite.population.group import CORE, Dosing, Group, draw_group
from respite.population.interaction_words import describe_factors
from respite.population.level_bands import curves_from
from respite.population.levels import NG_PER_ML
from respite.population.peaks import peaks_of, tops_of
from respite.population.question import (
    drugs_in,
    kinetic_model,
    refuse_too_many,
    refuse_too_many_followed,
)
from respite.population.random_draws import Floats, People
from respite.population.routes import for_events
from respite.population.scope import scope_of
from respite.population.watch_times import AFTER_LAST_DOSE_H, as_entered, edges, watch_times


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
    refuse_too_many(patients, regimen)
    keep_freed_memory()
    library = library or load_library()
    chosen = kinetic_model(library, model or CORE, site)
    refuse_too_many_followed(patients, regimen, chosen)
    scope = scope_of((chosen,), patient, regimen)
    interactions = interactions_of(library, patient)
    used = for_events(chosen, regimen.events())
    group = draw_group(library, patient, People(seed, patients), kinetics=used)
    analytes = drugs_in(group, regimen)
    window = max((regimen.last_dose_end_h + AFTER_LAST_DOSE_H, *at_h))
    asked = Question(analytes, window, tuple(sorted(set(at_h))))
    exposures, watched = exposures_of(group, regimen.events(), asked, progress)
    measured = chosen.sampling.site if chosen.sampling else "venous"
    return Simulation(
        regimen=str(regimen),
        patients=patients,
        model=chosen.id,
        seed=seed,
        window_h=window,
        people=people_in_words(patient, library),
        exposures=tuple(_at_site(exposure, measured) for exposure in exposures),
        curves=curves_from(watched, group, regimen.events(), measured),
        scope=(*scope, *describe_factors(library, chosen, patient, regimen)),
        assumed=(*assumed_numbers((used,)), *assumed_factors(library, interactions)),
        provenance=provenance(library, (used,), seed, interactions=interactions),
    )


def _at_site(exposure: Exposure, site: str) -> Exposure:
    return replace(exposure, site=site)


def levels_at(
    group: Group, dosing: Dosing, parts: tuple[Part, ...], times_h: Sequence[float]
) -> Floats:
    """Give the levels of an analyte, shape ``(people, times)`` [ng/mL]."""

    def read(body: Body, name: str, trains: tuple[Train, ...]) -> Floats:
        return trajectory(body, [name], trains, times_h)[name]

    return add_up(dosing, parts, read) * NG_PER_ML


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
    events = as_entered(group.kinetics.model, dosing.events)
    times = watch_times(events, window_h)
    levels = levels_at(group, dosing, parts, times)
    tops = tops_of(levels, 0, slice(0, len(times)))
    return peaks_of(tops, np.asarray(times), edges(events))
