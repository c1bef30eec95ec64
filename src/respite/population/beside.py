"""What do other models say? The same question to each, and how far their answers lie apart."""

from __future__ import annotations

import math
from collections.abc import Iterable
from dataclasses import replace
from statistics import stdev

from respite.domain import OutOfScope, Patient, Regimen
from respite.domain import translate as _
from respite.literature import Library, Model, load_library
from respite.population.chunks import Meter, Progress
from respite.population.coverage import ADULT
from respite.population.exposure import Simulation
from respite.population.model_spread import Beside, ModelExposure, ModelSpread
from respite.population.simulation import simulate

ANALYTES = ("ketamine", "norketamine")
METRICS = ("cmax", "tmax", "auc_inf")

ONLY_IF_NAMED = frozenset({"icu"})
"""Conditions in which the body itself differs: a model of them is asked by its name alone."""


def beside_other_models(
    answer: Simulation,
    patient: Patient,
    regimen: Regimen,
    *,
    library: Library | None = None,
    progress: Progress | None = None,
) -> Simulation:
    """Put what other models give beside a simulation.

    Parameters
    ----------
    answer
        The simulation of one model.
    patient, regimen
        Its question.
    library
        Where the models come from; the one that is shipped by default.
    progress
        Told now and then what share of the work is done.

    Returns
    -------
    The same simulation with ``beside``. Each model answers for the site it was
    built on, and only models of the same site are compared. Models that rest
    on each other count once.
    """
    library = library or load_library()
    others = [name for name in _kinetic(library) if name != answer.model]
    meter = Meter(len(others), progress)
    answers, left_out = [answer], list[dict[str, str]]()
    for name in others:
        reason = _why_not_beside(library, library.model(answer.model), library.model(name))
        if not reason:
            try:
                answers.append(_ask(answer, patient, regimen, name, library))
            except OutOfScope as fault:
                reason = _("{found} Expected: {expected}").format(
                    found=fault.found, expected=fault.expected
                )
        if reason:
            left_out.append({"model": name, "because": reason})
        meter.step()
    exposures = [row for one in answers for row in _exposures(one, library)]
    return replace(
        answer, beside=Beside(tuple(exposures), tuple(_spreads(exposures)), tuple(left_out))
    )


def _kinetic(library: Library) -> Iterable[str]:
    return (name for name, model in library.models.items() if model.kind == "kinetics")


def _why_not_beside(library: Library, asked: Model, other: Model) -> str:
    if {asked.base, other.base} & {asked.id, other.id}:
        return _("{one} is built on {base}: no second opinion.").format(
            one=asked.id if asked.base == other.id else other.id,
            base=asked.base if asked.base == other.id else other.base,
        )
    condition = library.assembled(other.id).scope.get("condition")
    if condition is not None and set(condition.words) <= ONLY_IF_NAMED:
        return _("It describes people in intensive care; ask it by name.")
    age = library.assembled(other.id).scope.get("age")
    if age is not None and age.usable is not None and age.usable.to <= ADULT:
        return _("It describes children; ask it by name.")
    return ""


def _ask(
    answer: Simulation, patient: Patient, regimen: Regimen, model: str, library: Library
) -> Simulation:
    return simulate(
        patient,
        regimen,
        patients=answer.patients,
        model=model,
        seed=answer.seed,
        library=library,
    )


def _exposures(answer: Simulation, library: Library) -> Iterable[ModelExposure]:
    for row in answer.exposures:
        if row.analyte in ANALYTES and row.metric in METRICS:
            yield ModelExposure(
                model=answer.model,
                title=library.model(answer.model).title,
                site=row.site,
                analyte=row.analyte,
                metric=row.metric,
                unit=row.unit,
                q05=row.q05,
                q50=row.q50,
                q95=row.q95,
            )


def _spreads(exposures: Iterable[ModelExposure]) -> Iterable[ModelSpread]:
    alike: dict[tuple[str, str, str, str], list[float]] = {}
    for row in exposures:
        if row.metric != "tmax":
            key = (row.site, row.analyte, row.metric, row.unit)
            alike.setdefault(key, []).append(row.q50)
    for (site, analyte, metric, unit), middles in alike.items():
        if len(middles) > 1 and min(middles) > 0:
            yield ModelSpread(
                site=site,
                analyte=analyte,
                metric=metric,
                unit=unit,
                models=len(middles),
                lowest=min(middles),
                highest=max(middles),
                fold=max(middles) / min(middles),
                log_sd=stdev(map(math.log, middles)),
            )
