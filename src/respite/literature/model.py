"""A published model: which structure, whom it saw, its numbers, and what it must reproduce."""

from __future__ import annotations

from collections.abc import Collection
from datetime import date
from typing import Literal, TypeVar

from msgspec import Struct
from msgspec.structs import replace

from respite.domain import LibraryFault
from respite.domain import translate as _
from respite.literature.number import (
    Interval,
    NotReported,
    Parameter,
    Quantity,
    Read,
    Site,
    Status,
)
from respite.literature.spread import Spread

Level = Literal["between_patients", "between_studies", "between_occasions"]
Grade = Literal["high", "moderate", "low", "very_low"]
Sourced = TypeVar("Sourced", Parameter, "CovariateEffect", "Correlation")


class Revision(Struct, frozen=True, forbid_unknown_fields=True):
    """A change of the file, for readers."""

    on: date
    what: str


class Sampling(Struct, frozen=True, forbid_unknown_fields=True):
    """Where the blood behind the numbers was drawn: a level of one site is not one of another."""

    site: Site
    status: Status
    read: Read | None = None
    source: str = ""
    at: str = ""
    because: str = ""


class Range(Struct, frozen=True, forbid_unknown_fields=True):
    """Whom a model saw in one respect.

    Outside ``usable`` a question is refused; outside ``studied`` its answer is flagged as
    extrapolated. ``words`` lists what was studied where that is no number, ``usable_words`` what
    the model may also be asked about, with ``because``.
    """

    studied: Interval | NotReported | None = None
    usable: Interval | None = None
    words: tuple[str, ...] = ()
    usable_words: tuple[str, ...] = ()
    because: str = ""
    read: Read | None = None
    source: str = ""
    at: str = ""


class Path(Struct, frozen=True, forbid_unknown_fields=True):
    """One way on which a part of each dose of a route reaches the body.

    All but ``into`` name parameters of the file.

    Attributes
    ----------
    into
        Where the part goes: ``plasma``; ``swallowed``, through gut wall and
        liver; the ``liver``; the ``formation`` of the metabolite; or the
        ``metabolite``.
    share
        Share of the dose; ``rest`` for what the other paths of the route
        leave; empty for all of it.
    available
        Share of that part which gets through to where it goes.
    one_device, further_devices
        Amount up to which the share holds, and the factor on it for what is
        given beyond that amount.
    duration
        Time over which it is released at a steady rate.
    rate
        Rate at which it is absorbed; empty where it enters at once.
    delay
        Mean time in one further compartment on the way.
    lag
        Time before anything happens.
    """

    into: Literal["plasma", "swallowed", "liver", "formation", "metabolite"]
    share: str = ""
    available: str = ""
    one_device: str = ""
    further_devices: str = ""
    duration: str = ""
    rate: str = ""
    delay: str = ""
    lag: str = ""

    @property
    def named(self) -> dict[str, str]:
        """The parameters it names, by their role."""
        names = {role: getattr(self, role) for role in self.__struct_fields__ if role != "into"}
        return {role: name for role, name in names.items() if name and name != REST}


OF_SWALLOWED_DRUG = ("gut_availability", "first_pass_metabolite_fraction")
"""Parameters of the first pass that matter only where a path goes through it."""

REST = "rest"
"""Stands for the share of a dose that the other paths of its route leave."""


class CovariateEffect(Struct, frozen=True, forbid_unknown_fields=True):
    r"""How one fact about a patient shifts one parameter.

    Notes
    -----
    With typical value :math:`\theta`, covariate :math:`x`, reference :math:`r`, ``value`` b:

    .. math::
        \text{power: } \theta (x / r)^b \qquad
        \text{linear\_above: } \theta + b \max(0, x - r) \qquad
        \text{factor: } \theta\, b \text{ where the covariate is the word } \textit{when}
    """

    parameter: str
    covariate: str
    form: Literal["power", "linear_above", "factor"]
    value: float
    status: Status
    unit: str = "fraction"
    reference: Quantity | None = None
    when: str = ""
    read: Read | None = None
    source: str = ""
    at: str = ""
    because: str = ""


class Correlation(Struct, frozen=True, forbid_unknown_fields=True):
    """A named pair of random effects that move together; one of the two numbers is given."""

    between: tuple[str, str]
    status: Status
    covariance: float | None = None
    correlation: float | None = None
    level: Level = "between_patients"
    read: Read | None = None
    source: str = ""
    at: str = ""
    because: str = ""


class Expectation(Struct, frozen=True, forbid_unknown_fields=True):
    """What an anchor expects, and how near the model must come."""

    value: float
    unit: str
    within_percent: float


class Anchor(Struct, frozen=True, forbid_unknown_fields=True):
    """A fact that the model must reproduce.

    Attributes
    ----------
    what
        The fact, as a sentence.
    metric
        What is compared; ``concentration`` needs ``at_h``, ``auc_last`` may end at it;
        ``bioavailability_at_level`` needs the level that is held meanwhile, ``at_level``.
    regimen, patient
        Who got what, in the regimen language and as named quantities.
    analyte, site
        Which level, drawn where.
    kind
        ``typical`` for the reference person; ``group`` for a summary over people.
    """

    what: str
    metric: Literal[
        "concentration",
        "cmax",
        "tmax",
        "auc_inf",
        "auc_last",
        "clearance",
        "vss",
        "bioavailability_at_level",
    ]
    analyte: str
    site: Site
    expect: Expectation
    status: Status
    regimen: str = ""
    patient: dict[str, Quantity] = {}
    at_h: float | None = None
    at_level: Quantity | None = None
    kind: Literal["typical", "group"] = "typical"
    read: Read | None = None
    source: str = ""
    at: str = ""
    because: str = ""


class Certainty(Struct, frozen=True, forbid_unknown_fields=True):
    """How sure the evidence is, in the words of GRADE, and why."""

    grade: Grade
    why: str


class Condition(Struct, frozen=True, forbid_unknown_fields=True):
    """What changes in one pain condition; parameters left out are those of the model."""

    certainty: Certainty
    title: str = ""
    parameters: dict[str, Parameter] = {}

    def joined_to(self, base: Condition | None) -> Condition:
        """Give this condition with the numbers of a base that it does not have itself."""
        if base is None or base is self:
            return self
        return replace(self, parameters={**base.parameters, **self.parameters})


class Switch(Struct, frozen=True, forbid_unknown_fields=True):
    """A choice of structure that is kept, with the one that is used unless asked otherwise."""

    default: str
    options: tuple[str, ...]
    because: str


class AddedSpreads(Struct, frozen=True, forbid_unknown_fields=True):
    """Spreads that a model built on a base adds to, or puts in place of, the base's own."""

    between_patients: Spread | None = None
    between_studies: Spread | None = None
    between_occasions: Spread | None = None


class Model(Struct, frozen=True, forbid_unknown_fields=True):
    """One file of ``library/models``; optional sections are empty by default.

    ``structure`` names what the engine offers. ``structure.base`` names another model of the
    library whose numbers this one is built on; ``Library.assembled`` joins the two.
    """

    id: str
    kind: Literal["kinetics", "pain", "people", "diary", "mood", "acute"]
    title: str
    source: str
    read: Read
    role: str
    drug: Literal["ketamine", "esketamine"] | None = None
    structure: dict[str, str] = {}
    analytes: dict[str, str] = {}
    sampling: Sampling | None = None
    certainty: Certainty | None = None
    reference: dict[str, Quantity] = {}
    scope: dict[str, Range] = {}
    limits: dict[str, Interval] = {}
    parameters: dict[str, Parameter] = {}
    covariate_effects: tuple[CovariateEffect, ...] = ()
    correlations: tuple[Correlation, ...] = ()
    added_spreads: dict[str, AddedSpreads] = {}
    routes: dict[str, tuple[Path, ...]] = {}
    residual: dict[str, Parameter] = {}
    conditions: dict[str, Condition] = {}
    switches: dict[str, Switch] = {}
    anchors: tuple[Anchor, ...] = ()
    not_reported: tuple[str, ...] = ()
    known_problems: tuple[str, ...] = ()
    revisions: tuple[Revision, ...] = ()

    @property
    def base(self) -> str | None:
        """The id of the model this one is built on, if any."""
        return self.structure.get("base")

    def built_on(self, base: Model) -> Model:
        """Join this model to its base: own entries win, the base supplies the rest."""
        parameters = {name: _marked(number, base) for name, number in base.parameters.items()}
        parameters.update(self.parameters)
        for name, added in self.added_spreads.items():
            if name not in parameters:
                raise LibraryFault(
                    _("{model} adds a spread to '{name}', which {base} does not have.").format(
                        model=self.id, name=name, base=base.id
                    ),
                    _("one of {names}.").format(names=", ".join(base.parameters)),
                    _("correct the name."),
                )
            given = {
                level: spread
                for level in ("between_patients", "between_studies", "between_occasions")
                if (spread := getattr(added, level)) is not None
            }
            parameters[name] = replace(parameters[name], **given)
        return replace(
            self,
            structure={**base.structure, **self.structure},
            analytes={**base.analytes, **self.analytes},
            sampling=self.sampling or base.sampling,
            reference={**base.reference, **self.reference},
            scope={**base.scope, **self.scope},
            limits={**base.limits, **self.limits},
            parameters=parameters,
            covariate_effects=tuple(_marked(effect, base) for effect in base.covariate_effects)
            + self.covariate_effects,
            correlations=tuple(_marked(pair, base) for pair in base.correlations)
            + self.correlations,
            routes={**base.routes, **self.routes},
            residual={name: _marked(number, base) for name, number in base.residual.items()}
            | self.residual,
            conditions={
                name: own.joined_to(base.conditions.get(name))
                for name, own in {**base.conditions, **self.conditions}.items()
            },
            switches={**base.switches, **self.switches},
        )

    def for_routes(self, routes: Collection[str]) -> Model:
        """Give the model without the numbers that only other routes need.

        Parameters
        ----------
        routes
            Routes that are used, as ``routes`` names them; a vein needs no entry.
        """
        kept = {route: paths for route, paths in self.routes.items() if route in routes}
        slim = replace(self, routes=kept)
        spoken_for: set[str] = set(self.on_paths)
        if not any(path.into == "swallowed" for paths in kept.values() for path in paths):
            spoken_for |= set(OF_SWALLOWED_DRUG if self.structure.get("first_pass") else ())
        parameters = {
            name: number
            for name, number in self.parameters.items()
            if name in slim.on_paths or name not in spoken_for
        }
        return replace(slim, parameters=parameters)

    @property
    def on_paths(self) -> frozenset[str]:
        """The parameters that the paths of the routes name."""
        paths = (path for paths in self.routes.values() for path in paths)
        return frozenset(name for path in paths for name in path.named.values())

    def sources(self, condition: str | None = None) -> tuple[str, ...]:
        """Give the keys of every source behind the numbers, each once.

        Parameters
        ----------
        condition
            One pain condition; without it those of every condition.
        """
        chosen = self.conditions if condition is None else {condition: self.conditions[condition]}
        numbers = (
            *self.parameters.values(),
            *self.residual.values(),
            *(number for one in chosen.values() for number in one.parameters.values()),
        )
        keys = (
            *(key for number in numbers for key in number.sources),
            *(entry.source for entry in (*self.covariate_effects, *self.correlations)),
            self.source,
        )
        return tuple(dict.fromkeys(key for key in keys if key))

    def in_condition(self, name: str) -> dict[str, Parameter]:
        """Give the parameters that hold in one pain condition."""
        return {**self.parameters, **self.conditions[name].parameters}


def _marked(entry: Sourced, base: Model) -> Sourced:
    """Write the base's source and way of reading on one of its entries, so that they travel."""
    return replace(entry, source=entry.source or base.source, read=entry.read or base.read)


class Constants(Struct, frozen=True, forbid_unknown_fields=True):
    """One file of ``library/constants``: facts of chemistry that belong to no model."""

    id: str
    title: str
    source: str
    read: Read
    parameters: dict[str, Parameter]
