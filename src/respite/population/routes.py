"""How a dose reaches the body by each route: in parts, each late in its own way."""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from respite.domain import DoseEvent, OutOfScope, Route
from respite.domain import translate as _
from respite.engine import IV, Depot, Train, namespace
from respite.literature import REST, Model, Path
from respite.population.random_draws import Floats
from respite.population.structures import FORMATION, LIVER, METABOLITE, Numbers
from respite.population.terms import way_name
from respite.population.trains import EventTrain


def route_key(event: DoseEvent) -> str:
    """Name the route of a dose as model files do: with its form, where one is said."""
    return str(event.way)


def for_events(model: Model, events: Iterable[DoseEvent]) -> Model:
    """Give a model with the numbers that these doses need, so that no others are drawn or told."""
    return model.for_routes({route_key(event) for event in events})


@dataclass(frozen=True)
class Way:
    """One part of a dose on its way.

    Attributes
    ----------
    entry
        Name of the entry of the body that takes it.
    share
        Share of the dose, shape ``(people,)``.
    depot
        Where it waits; ``None`` for a vein.
    lag_h, duration_h
        Time before anything happens, and time of steady release; the same for everybody.
    """

    entry: str
    share: Floats | float
    depot: Depot | None
    lag_h: float = 0
    duration_h: float = 0


def ways_in(model: Model, numbers: Numbers, event: DoseEvent, base_mg: Floats) -> tuple[Way, ...]:
    """Split a dose into the parts that reach the body.

    Parameters
    ----------
    model
        Whose routes.
    numbers
        Each person's numbers, for one form of the drug.
    event
        The dose.
    base_mg
        Its amount of base, both enantiomers together [mg], shape ``(people,)``.

    Returns
    -------
    One part for each path of the route.

    Raises
    ------
    OutOfScope
        If the model does not say how this route enters.

    Notes
    -----
    Of a dose :math:`A` given by devices of :math:`D` each, a share :math:`f`
    of the first and :math:`x f` of what exceeds it is absorbed directly, so
    the share of the whole is :math:`f (D + x (A - D)) / A`. For whole devices
    that is the form of perezruixo2021. ``swallowed`` splits by the
    availability :math:`F` of gut wall and liver: :math:`F` reaches plasma,
    and of the rest a fraction is already metabolite when it does.
    """
    if event.route is Route.IV:
        return (Way(IV, 1, None),)
    key = route_key(event)
    if key not in model.routes:
        raise OutOfScope(
            _("The route is {route}, and {model} does not say how that enters the body.").format(
                route=key, model=model.id
            ),
            _("one of {routes}.").format(routes=", ".join(("iv", *model.routes))),
            _("another model (respite models list), or leave the form out."),
        )
    paths = model.routes[key]
    return tuple(
        Way(
            way_name(key, place),
            share,
            Depot(_into(path, numbers), _rates(path, numbers)),
            _typical(model, path.lag),
            _typical(model, path.duration),
        )
        for place, (path, share) in enumerate(
            zip(paths, _shares(paths, numbers, base_mg), strict=True)
        )
    )


def _share(path: Path, numbers: Numbers, base_mg: Floats) -> Floats | None:
    """Give the share of a path; ``None`` where it is what the others leave."""
    if path.share == REST:
        return None
    share = numbers[path.share] if path.share else base_mg * 0 + 1
    if not path.one_device:
        return share
    first, further = numbers[path.one_device], numbers[path.further_devices]
    beyond = namespace(base_mg).clip(base_mg - first, 0, None)
    return share * (base_mg - (1 - further) * beyond) / base_mg


@dataclass(frozen=True)
class Split:
    """How a dose divides: what enters directly, and what gut wall and liver see first."""

    direct: float
    swallowed: float


def typical_splits(model: Model) -> Mapping[str, Split]:
    """Give how a small dose by each route of a model divides in the typical person."""
    typical = {name: np.array([number.value]) for name, number in model.parameters.items()}
    splits = {Route.IV.value: Split(1, 0)}
    for route, paths in model.routes.items():
        shares = _shares(paths, typical, np.ones(1))
        swallowed = [path.into == "swallowed" for path in paths]
        splits[route] = Split(
            *(
                float(
                    sum(
                        share[0]
                        for share, is_so in zip(shares, swallowed, strict=True)
                        if is_so == kind
                    )
                )
                for kind in (False, True)
            )
        )
    return splits


def _shares(paths: Sequence[Path], numbers: Numbers, base_mg: Floats) -> list[Floats]:
    """Give the share of each path; one may have what the others leave."""
    shares = [_share(path, numbers, base_mg) for path in paths]
    left = base_mg * 0 + 1 - sum(share for share in shares if share is not None)
    return [left if share is None else share for share in shares]


def _into(path: Path, numbers: Numbers) -> Mapping[str, Floats]:
    everyone = next(iter(numbers.values())) * 0 + 1
    through = numbers[path.available] if path.available else everyone
    if path.into != "swallowed":
        return {PLACES[path.into]: through}
    parent = through * numbers["swallowed_availability"]
    already = numbers["first_pass_metabolite_fraction"]
    return {IV: parent, METABOLITE: (through - parent) * already}


PLACES = {"plasma": IV, "metabolite": METABOLITE, "liver": LIVER, "formation": FORMATION}
"""Entries of the body by the word of a path."""


def _rates(path: Path, numbers: Numbers) -> tuple[Floats, ...]:
    absorbed = (numbers[path.rate],) if path.rate else ()
    return (*absorbed, 1 / numbers[path.delay]) if path.delay else absorbed


def _typical(model: Model, name: str) -> float:
    return model.parameters[name].value if name else 0


def trains_of(way: Way, train: EventTrain, amount_mg: Floats) -> tuple[Train, ...]:
    """Turn equal doses by one way into trains whose doses do not overlap.

    A dose that is itself given slowly enters as slowly as it is given; else
    the way's own time of release counts. Where that outlasts the interval,
    every *n*-th dose makes a train of its own.
    """
    duration = train.event.duration_h or way.duration_h
    is_repeated = train.count > 1 or train.is_steady
    lanes = max(math.ceil(duration / train.interval_h), 1) if is_repeated else 1
    return tuple(
        Train(
            start_h=train.event.time_h + way.lag_h + first * train.interval_h,
            count=count,
            interval_h=lanes * train.interval_h,
            duration_h=duration,
            amount_mg=amount_mg * way.share,
            entry=way.entry,
            is_steady=train.is_steady,
        )
        for first, count in _lanes(train, lanes)
    )


def _lanes(train: EventTrain, lanes: int) -> list[tuple[int, int]]:
    """Deal doses out to lanes: the number of the first in each, and how many.

    In steady state a lane without a dose of its own still has those before.
    """
    dealt = [(lane, len(range(lane, train.count, lanes))) for lane in range(lanes)]
    if train.is_steady:
        return [(lane, count) if count else (lane - lanes, 1) for lane, count in dealt]
    return [(lane, count) for lane, count in dealt if count]
