"""A group of drawn people: their bodies and how they respond, ready for any regimen."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from typing import Any

import numpy as np
from numpy.typing import NDArray

from respite.domain import DoseEvent, Drug, OutOfScope, Patient, Salt, SteadyDose
from respite.domain import translate as _
from respite.engine import Body, Rows, Train, amplitudes, trajectory
from respite.literature import Library, Model
from respite.population.backends import with_arrays
from respite.population.clearance import clearance_factors
from respite.population.covariates import REFERENCE_POPULATION, Covariates, draw_covariates
from respite.population.kinetics import Kinetics, draw_kinetics
from respite.population.pain_model import Responders, draw_responders
from respite.population.random_draws import Floats, People
from respite.population.routes import Way, trains_of, ways_in
from respite.population.terms import is_linear
from respite.population.trains import EventTrain, event_trains

CORE = "ketamine_respite1"
PAIN = "pain_respite1"

Levels = Mapping[str, Mapping[str, Floats]]
"""For each form of the drug its outputs, shape ``(people, times)`` [mg/L]."""


@dataclass(frozen=True)
class Dosing:
    """Dose events as each form of the drug sees them.

    Attributes
    ----------
    events
        All dose events, placebo included: they are the sessions.
    trains
        For each form of the drug the trains that reach its body.
    bodies
        For each form the bodies, with an entry for every way that is used.
    """

    events: tuple[DoseEvent, ...]
    trains: Mapping[str, tuple[Train, ...]]
    bodies: Mapping[str, Body]

    def of(self, rows: Rows) -> Dosing:
        """Give the doses and bodies of some of the people."""
        return Dosing(
            self.events,
            {form: tuple(each.of(rows) for each in its) for form, its in self.trains.items()},
            {form: body.of(rows) for form, body in self.bodies.items()},
        )


@dataclass(frozen=True)
class Group:
    """People drawn once; every regimen is then tried on the same people.

    Attributes
    ----------
    people
        Which people.
    covariates
        Facts about each of them.
    kinetics
        Their bodies, with effect sites where ``responders`` is given.
    responders
        How they respond; ``None`` where only levels are asked for.
    base_per_hydrochloride
        Milligrams of base in a milligram of hydrochloride.
    """

    people: People
    covariates: Covariates
    kinetics: Kinetics
    responders: Responders | None
    base_per_hydrochloride: float

    def chunks(self, size: int) -> Iterator[Group]:
        """Split the group, so that curves of one part fit the cache of one core."""
        for first, people in zip(
            range(0, self.people.count, size), self.people.chunks(size), strict=True
        ):
            yield self._of(slice(first, first + people.count), people)

    def pick(self, rows: NDArray[np.intp]) -> Group:
        """Pick some of the people, who keep all that was drawn for them."""
        return self._of(rows, replace(self.people, count=len(rows), given={}))

    def _of(self, rows: Rows, people: People) -> Group:
        return Group(
            people,
            {name: values[rows] for name, values in self.covariates.items()},
            self.kinetics.of(rows),
            None if self.responders is None else self.responders.of(rows),
            self.base_per_hydrochloride,
        )

    def responding(self, responders: Responders) -> Group:
        """Give the same bodies to people who respond in this way."""
        return replace(
            self, responders=responders, kinetics=self.kinetics.with_sites(responders.sites())
        )

    def on(self, library: Any) -> Group:
        """Move the people to another array library: see :func:`array_library`."""
        return with_arrays(self, library.asarray)

    def dose(self, events: Sequence[DoseEvent], steady: Sequence[SteadyDose] = ()) -> Dosing:
        """Work out what reaches each body, and how; placebo reaches none.

        Parameters
        ----------
        events
            The doses.
        steady
            Doses that were given for ever before; not among ``events``.

        Raises
        ------
        OutOfScope
            If the kinetic model does not say how a route enters.
        """
        trains: dict[str, tuple[Train, ...]] = {}
        bodies: dict[str, Body] = {}
        for form in self.kinetics.species:
            trains[form.name], ways = self.enter(form.name, events, steady)
            bodies[form.name] = self.kinetics.body_for(form.name, ways)
        every = (*events, *(dose.event for dose in steady))
        ordered = tuple(sorted(every, key=lambda event: event.time_h))
        return Dosing(ordered, trains, bodies)

    def enter(
        self, name: str, events: Sequence[DoseEvent], steady: Sequence[SteadyDose] = ()
    ) -> tuple[tuple[Train, ...], dict[str, Way]]:
        """Give the trains of one form of the drug, and the ways they come in by."""
        (form,) = (form for form in self.kinetics.species if form.name == name)
        given = (
            *event_trains([event for event in events if event.drug is not Drug.PLACEBO]),
            *(EventTrain(dose.event, 1, dose.interval_h, is_steady=True) for dose in steady),
        )
        trains: list[Train] = []
        used: dict[str, Way] = {}
        numbers = self.kinetics.numbers[form.name]
        for train in given:
            if train.event.drug not in form.share:
                continue
            base_mg = self._base_mg(train.event)
            for way in ways_in(self.kinetics.model, numbers, train.event, base_mg):
                used[way.entry] = way
                trains.extend(trains_of(way, train, base_mg * form.share[train.event.drug]))
        return tuple(trains), used

    def _base_mg(self, event: DoseEvent) -> Floats:
        """Give the base in a dose, both enantiomers together [mg], shape ``(people,)``."""
        per_kilogram = self.covariates["weight"] if event.is_per_kg else 1
        base = self.base_per_hydrochloride if event.salt is Salt.HYDROCHLORIDE else 1
        return np.ones(self.people.count) * event.amount * per_kilogram * base

    def levels(self, names: Sequence[str], dosing: Dosing, times_h: Sequence[float]) -> Levels:
        """Give outputs of every form of the drug that is dosed."""
        return {
            form: trajectory(dosing.bodies[form], names, trains, times_h)
            for form, trains in dosing.trains.items()
            if trains
        }

    def states(self, dosing: Dosing, time_h: float) -> dict[str, tuple[Body, Floats]]:
        """Give the body and the amplitudes of every form that is dosed, at one time."""
        return {
            form: (dosing.bodies[form], amplitudes(dosing.bodies[form], trains, time_h))
            for form, trains in dosing.trains.items()
            if trains
        }

    @cached_property
    def needs(self) -> Responders:
        """How the people respond; a defect of ours if they were drawn without it."""
        if self.responders is None:
            raise ValueError("this group was drawn without a pain model")
        return self.responders


def draw_group(
    library: Library,
    patient: Patient,
    people: People,
    *,
    kinetics: Model | None = None,
    condition: str | None = None,
) -> Group:
    """Draw a group of people like one patient.

    Parameters
    ----------
    library
        Where the numbers come from.
    patient
        What is known; the rest is drawn from the reference population.
    people
        Who is drawn.
    kinetics
        Kinetic model; by default the core.
    condition
        Draw also how the people respond, in this condition.

    Returns
    -------
    The group.
    """
    model = kinetics or library.assembled(CORE)
    covariates = draw_covariates(library.assembled(REFERENCE_POPULATION), patient, people)
    factors = clearance_factors(library, patient, people)
    bodies = draw_kinetics(model, people, covariates, factors)
    salt = library.constant("constants_ketamine.base_per_hydrochloride")
    group = Group(people, covariates, bodies, None, salt)
    if condition is None:
        return group
    _refuse_terms(model)
    pain = library.assembled(PAIN)
    refuse_other_site(pain, model)
    return group.responding(draw_responders(pain, pain.in_condition(condition), patient, people))


def _refuse_terms(model: Model) -> None:
    """Refuse to drive pain by a model that is no sum of decays."""
    if not is_linear(model):
        raise OutOfScope(
            _("{model} is not linear, and forecasts follow levels for months.").format(
                model=model.id
            ),
            _("a linear kinetic model."),
            _("{core}, or respite simulate for levels by this model.").format(core=CORE),
        )


def refuse_other_site(pain: Model, kinetics: Model) -> None:
    """Refuse to drive a curve by levels from another site than those it was built on.

    During an infusion arterial levels may be twice the venous ones, so a
    concentration of half the effect means nothing without its site.

    Parameters
    ----------
    pain
        Whose curves.
    kinetics
        Whose levels.

    Raises
    ------
    OutOfScope
        If the two were built on different sites.
    """
    driven = kinetics.sampling.site if kinetics.sampling else None
    sites = {pain.sampling.site} if pain.sampling else set[str]()
    sites |= {number.site for number in pain.parameters.values() if number.site}
    for site in sorted(sites):
        if site != driven:
            raise OutOfScope(
                _(
                    "The curves of {pain} belong to {site} levels; {kinetics} gives {other} ones."
                ).format(pain=pain.id, site=site, kinetics=kinetics.id, other=driven),
                _("levels from the site the curves were built on."),
                _("a kinetic model of {site} levels.").format(site=site),
            )
