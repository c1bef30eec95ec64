"""What levels does a model expect where a data set has its observations?"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import reduce
from operator import add
from typing import Any

import numpy as np

from respite.domain import (
    UNKNOWN,
    DataSet,
    DoseEvent,
    Episode,
    Observation,
    OutOfScope,
    Patient,
    SteadyDose,
    Subject,
)
from respite.domain import translate as _
from respite.literature import Interaction, Library, Model, load_library
from respite.population.analytes import analytes_of
from respite.population.basis import provenance
from respite.population.changes import levels_through_changes
from respite.population.chunks import Meter, Progress, in_order
from respite.population.clearance import interactions_of
from respite.population.expected_levels import ExpectedLevel, RecordLevels
from respite.population.group import CORE, draw_group
from respite.population.interaction_words import describe_factors_by
from respite.population.levels import NG_PER_ML
from respite.population.quantiles import quantiles
from respite.population.question import kinetic_model
from respite.population.random_draws import Floats, People
from respite.population.routes import for_events
from respite.population.scope import ScopeLine, scope_of_doses
from respite.population.terms import is_linear

BAND = (5 / 100, 0.5, 95 / 100)

FACTS = {"WT": "weight", "WEIGHT": "weight", "AGE": "age", "EGFR": "egfr"}
"""Covariates that are facts about a patient, by the name of their column."""

MEDICINE = "MED_"
"""A column with this beginning says, 1 or 0, whether that medicine is taken."""


@dataclass(frozen=True)
class _Asked:
    """A question about one subject: the model, and who stands for the subject."""

    library: Library
    model: Model
    people: People
    patient: Patient

    def facts(self, covariates: Mapping[str, float]) -> Patient:
        """Give the patient with the covariates that hold at one time."""
        known: dict[str, Any] = {}
        for column, value in covariates.items():
            if column in FACTS:
                known[FACTS[column]] = value
        taken = [
            column.removeprefix(MEDICINE).replace("_", " ").lower()
            for column, value in covariates.items()
            if column.startswith(MEDICINE) and value
        ]
        if any(column.startswith(MEDICINE) for column in covariates):
            earlier = () if self.patient.medicines is UNKNOWN else self.patient.medicines
            known["medicines"] = tuple(dict.fromkeys((*earlier, *taken)))
        return replace(self.patient, **known)


def simulate_records(  # noqa: PLR0913 - each is a question a reader may ask by name
    data: DataSet,
    *,
    patient: Patient | None = None,
    model: str | None = None,
    site: str | None = None,
    draws: int = 200,
    seed: int = 1,
    library: Library | None = None,
    progress: Progress | None = None,
) -> RecordLevels:
    """Simulate the levels that a data set asks for.

    Every subject is simulated with the doses and the covariates of its own
    rows. Additional doses, resets and doses at steady state mean what
    :mod:`respite.domain.data_set` says; a steady state is exact, not a long
    series. Where weight or medicines change on the way, amounts in the body
    carry over.

    Parameters
    ----------
    data
        The data set.
    patient
        What is known of every subject beside its covariates.
    model
        Kinetic model; the core by default.
    site
        Where blood is drawn; a model answers only for its own site.
    draws
        Virtual people that stand for each subject.
    seed
        Seed of every draw.
    library
        Where the numbers come from; the one that is shipped by default.
    progress
        Told now and then what share of the work is done.

    Returns
    -------
    What is expected at each observation, for ketamine and norketamine.

    Raises
    ------
    OutOfScope
        If the model does not cover a drug or a route, or a subject's facts
        change during a steady state.
    RespiteError
        If a covariate is no possible fact about a patient.
    """
    library = library or load_library()
    chosen = kinetic_model(library, model or CORE, site)
    if not is_linear(chosen) and any(
        episode.steady for subject in data.subjects for episode in subject.episodes
    ):
        raise OutOfScope(
            _("{model} is not linear, and a dose stands at steady state.").format(model=chosen.id),
            _("a linear kinetic model, or doses that have a beginning."),
            _("--model {core}, or write the earlier doses out.").format(core=CORE),
        )
    used = for_events(chosen, [event for subject in data.subjects for event in subject.doses])
    sources: dict[str, None] = {}
    scope: dict[tuple[str, ...], ScopeLine] = {}
    meter = Meter(max(len(data.subjects), 1), progress)
    levels: list[ExpectedLevel] = []

    def follow(numbered: tuple[int, Subject]) -> list[ExpectedLevel]:
        number, subject = numbered
        people = People(seed, draws, first=number * draws)
        asked = _Asked(library, used, people, patient or Patient())
        for line in _scope(asked, chosen, subject):
            scope[tuple(line.values())] = line
        for one in _interactions(asked, subject):
            sources.update(dict.fromkeys(one.sources))
        return list(_expected(asked, subject))

    for found in in_order(follow, enumerate(data.subjects)):
        levels += found
        meter.step()
    columns = dict.fromkeys(
        name
        for subject in data.subjects
        for change in subject.covariate_changes
        for name in change.values
    )
    known = tuple(name for name in columns if _is_a_fact(name))
    made_with = provenance(library, (used,), seed)
    return RecordLevels(
        model=chosen.id,
        site=chosen.sampling.site if chosen.sampling else "venous",
        draws=draws,
        seed=seed,
        levels=tuple(levels),
        covariates_used=known,
        covariates_not_used=tuple(name for name in columns if name not in known),
        scope=tuple(scope.values()),
        provenance={**made_with, "sources": list(dict.fromkeys((*made_with["sources"], *sources)))},
    )


def _scope(asked: _Asked, model: Model, subject: Subject) -> Iterator[ScopeLine]:
    """Compare a subject, at each of its sets of facts, with whom a model saw.

    Raises
    ------
    OutOfScope
        With the number of the subject.
    """
    times = [0.0, *(change.time_h for change in subject.covariate_changes)]
    for time_h in times:
        facts = asked.facts(subject.covariates_at(time_h))
        try:
            yield from scope_of_doses((model,), facts, subject.doses)
            routes = tuple(dict.fromkeys(event.route.value for event in subject.doses))
            yield from describe_factors_by(asked.library, model, facts, routes)
        except OutOfScope as fault:
            raise OutOfScope(
                _("Subject {id}: {found}").format(id=subject.id, found=fault.found),
                fault.expected,
                fault.remedy,
            ) from fault


def _interactions(asked: _Asked, subject: Subject) -> Iterator[Interaction]:
    """Give what belongs to the subject at any of its sets of facts."""
    for time_h in (0.0, *(change.time_h for change in subject.covariate_changes)):
        yield from interactions_of(asked.library, asked.facts(subject.covariates_at(time_h)))


def _is_a_fact(column: str) -> bool:
    return column in FACTS or column.startswith(MEDICINE)


def _expected(asked: _Asked, subject: Subject) -> Iterator[ExpectedLevel]:
    """Give what is expected at every observation of one subject, in the order of its rows."""
    typical = replace(asked, people=replace(asked.people, count=1, is_typical=True))
    drawn = _levels(asked, subject)
    middle = _levels(typical, subject)
    for place, seen in enumerate(subject.observations):
        for analyte, values in drawn[place].items():
            low, half, high = quantiles(values, *BAND)
            yield ExpectedLevel(
                subject=subject.id,
                row=seen.row,
                time_h=seen.time_h,
                observed=seen.value,
                analyte=analyte,
                typical=float(middle[place][analyte][0]),
                q05=float(low),
                q50=float(half),
                q95=float(high),
            )


Levels = dict[str, Floats]
"""For each analyte the levels of all people at one time [ng/mL]."""


def _levels(asked: _Asked, subject: Subject) -> list[Levels]:
    """Give the levels at every observation, each from the doses that count for it."""
    found: list[Levels] = [{} for _seen in subject.observations]
    for number, episode in enumerate(subject.episodes):
        mine = [i for i, seen in enumerate(subject.observations) if seen.episode == number]
        for events, steady, places in _alike(episode, subject.observations, mine):
            times = sorted({subject.observations[place].time_h for place in places})
            levels = _levels_at(asked, subject, (events, steady), times)
            for place in places:
                column = times.index(subject.observations[place].time_h)
                found[place] = {name: values[:, column] for name, values in levels.items()}
    return found


def _alike(
    episode: Episode, observations: Sequence[Observation], mine: Sequence[int]
) -> Iterator[tuple[tuple[DoseEvent, ...], tuple[SteadyDose, ...], list[int]]]:
    """Gather observations that the same doses count for.

    A dose that lies later changes nothing, so most observations may be asked
    about with every dose of the episode; those that stand just above a dose of
    their own time may not.
    """
    whole: list[int] = []
    for place in mine:
        seen = observations[place]
        later = episode.events[seen.events_before :]
        later_steady = episode.steady[seen.steady_before :]
        is_above = any(event.time_h <= seen.time_h for event in later)
        if is_above or later_steady:
            events = episode.events[: seen.events_before]
            yield events, episode.steady[: seen.steady_before], [place]
        else:
            whole.append(place)
    if whole:
        yield episode.events, episode.steady, whole


def _levels_at(
    asked: _Asked,
    subject: Subject,
    doses: tuple[Sequence[DoseEvent], Sequence[SteadyDose]],
    times_h: Sequence[float],
) -> Levels:
    """Give the levels of ketamine and norketamine, each of shape ``(people, times)`` [ng/mL]."""
    events, steady = doses
    starts = [event.time_h for event in (*events, *(dose.event for dose in steady))]
    if not starts:
        followed = TOTALS if "metabolite" in asked.model.structure else TOTALS[:1]
        return {name: np.zeros((asked.people.count, len(times_h))) for name in followed}
    facts = _facts_between(asked, subject, min(starts), times_h[-1])
    if len(facts) > 1:
        if steady:
            raise OutOfScope(
                _("Weight or medicines of subject {id} change after a steady state.").format(
                    id=subject.id
                ),
                _("a steady state under facts that stay the same."),
                _("write the doses out, or keep the facts the same until a reset."),
            )
        levels = levels_through_changes(
            asked.library, facts, events, times_h, asked.people, kinetics=asked.model
        )
        return {name: levels[name] * NG_PER_ML for name in TOTALS if name in levels}
    ((_start, patient),) = facts
    group = draw_group(asked.library, patient, asked.people, kinetics=asked.model)
    dosing = group.dose(events, steady)
    analytes = analytes_of(group, dosing)
    wanted = {name: analytes[name] for name in TOTALS if name in analytes}
    outputs = list(dict.fromkeys(output for parts in wanted.values() for _form, output in parts))
    levels = group.levels(outputs, dosing, times_h)
    return {
        name: NG_PER_ML * reduce(add, (levels[form.name][output] for form, output in parts))
        for name, parts in wanted.items()
    }


TOTALS = ("ketamine", "norketamine")


def _facts_between(
    asked: _Asked, subject: Subject, start_h: float, end_h: float
) -> list[tuple[float, Patient]]:
    """Give the patient at the start, and at each change of a fact until the end."""
    facts = [(start_h, asked.facts(subject.covariates_at(start_h)))]
    for change in subject.covariate_changes:
        if start_h < change.time_h <= end_h:
            then = asked.facts(subject.covariates_at(change.time_h))
            if then != facts[-1][1]:
                facts.append((change.time_h, then))
    return facts
