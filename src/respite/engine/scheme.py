"""A body as it is drawn on paper: compartments, what feeds what, and where doses wait."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

from respite.engine.arrays import Array, Rows, namespace
from respite.engine.disposition import Compartments, disposition_modes, single
from respite.engine.entries import Depot, add_entry
from respite.engine.modes import IV, Body, Stage, add_stage

if TYPE_CHECKING:
    from respite.engine.terms import Term


@dataclass(frozen=True)
class Step:
    """Compartments that an earlier place feeds without losing anything by it.

    A metabolite, a delay on its way, an effect site.

    Attributes
    ----------
    compartments
        The centre that is fed, and what lies around it.
    fed_by
        Name of the place that feeds it.
    gain
        What flows in [mg/h] per unit of that place's level, shape ``(people,)``.
    is_dosed
        Whether doses may also go straight into it.
    """

    compartments: Compartments
    fed_by: str
    gain: Array
    is_dosed: bool = False

    def of(self, rows: Rows) -> Step:
        """Give the step of some of the people."""
        return replace(self, compartments=self.compartments.of(rows), gain=self.gain[rows])


def effect_site_step(ke0: Array, *, fed_by: str) -> Step:
    """Give the effect site as a step: see :func:`effect_site` for what it does."""
    xp = namespace(ke0)
    return Step(single(xp.ones_like(ke0), ke0), fed_by, ke0)


@dataclass(frozen=True)
class Scheme:
    """The compartments of each person's body for one drug, before they are solved.

    Attributes
    ----------
    plasma
        Name under which the level in the drug's centre is read.
    drug
        The drug's own compartments.
    spaces
        Spaces of the drug that are read (as amounts) and dosed, by name.
    steps
        What it feeds, by name, each after the place that feeds it.
    depots
        Where doses wait, by the name of the way in.
    terms
        What it does that is not linear, or changes with time.
    """

    plasma: str
    drug: Compartments
    spaces: Mapping[str, int] = field(default_factory=dict[str, int])
    steps: Mapping[str, Step] = field(default_factory=dict[str, Step])
    depots: Mapping[str, Depot] = field(default_factory=dict[str, Depot])
    terms: tuple[Term, ...] = ()

    def of(self, rows: Rows) -> Scheme:
        """Give the schemes of some of the people."""
        return replace(
            self,
            drug=self.drug.of(rows),
            steps={name: step.of(rows) for name, step in self.steps.items()},
            depots={name: depot.of(rows) for name, depot in self.depots.items()},
            terms=tuple(term.of(rows) for term in self.terms),
        )

    def with_steps(self, steps: Mapping[str, Step]) -> Scheme:
        """Give the same scheme with more steps."""
        return replace(self, steps={**self.steps, **steps})

    def with_depots(self, depots: Mapping[str, Depot]) -> Scheme:
        """Give the same scheme with more ways in."""
        return replace(self, depots={**self.depots, **depots})

    def with_terms(self, terms: tuple[Term, ...]) -> Scheme:
        """Give the same scheme with more terms."""
        return replace(self, terms=(*self.terms, *terms))

    def at(self, place: str) -> Compartments:
        """Give the compartments of one place: of the drug itself, or of a step."""
        return self.drug if place == self.plasma else self.steps[place].compartments

    def way_to(self, place: str) -> str:
        """Give the entry that leads into the centre of one place."""
        return IV if place == self.plasma else place

    def opened_at(self, place: str) -> Scheme:
        """Give the same scheme with an entry into one place."""
        if place == self.plasma:
            return self
        return self.with_steps({place: replace(self.steps[place], is_dosed=True)})

    def with_clearance(self, place: str, more: Array) -> Scheme:
        """Give the same scheme with more clearance from one place [L/h], shape ``(people,)``."""
        here = self.at(place)
        wider = replace(here, clearance=here.clearance + more)
        if place == self.plasma:
            return replace(self, drug=wider)
        return self.with_steps({place: replace(self.steps[place], compartments=wider)})


def solve_modes(scheme: Scheme, *, twins: bool | None = None) -> Body:
    """Solve a scheme into modes.

    Parameters
    ----------
    scheme
        The compartments of each person.
    twins
        As in :func:`add_stage`.

    Returns
    -------
    A body that reads plasma, the named spaces and every step [mg/L, spaces mg],
    with the terms of the scheme as its bends.
    """
    bends = tuple(term.bend(scheme) for term in scheme.terms)
    for term in scheme.terms:
        scheme = term.linear_part(scheme)
    body = disposition_modes(scheme.drug).body(scheme.plasma, scheme.spaces)
    body = extend_modes(body, scheme.steps, twins=twins)
    for name, depot in scheme.depots.items():
        body = add_entry(body, name, depot, twins=twins)
    return body.with_bends(bends)


def extend_modes(body: Body, steps: Mapping[str, Step], *, twins: bool | None = None) -> Body:
    """Add further steps to a body that is solved already."""
    for name, step in steps.items():
        body = add_stage(
            body,
            name,
            _stage(step.compartments),
            fed_by=step.fed_by,
            gain=step.gain,
            is_dosed=step.is_dosed,
            twins=twins,
        )
    return body


def _stage(compartments: Compartments) -> Stage:
    """Solve a step; a single compartment needs no eigenvalues."""
    if compartments.flows.shape[1]:
        return disposition_modes(compartments).stage
    rate = compartments.clearance / compartments.central_volume
    return Stage(rate[:, None], 1 / compartments.central_volume[:, None])
