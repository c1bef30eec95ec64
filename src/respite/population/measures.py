"""What studies measure, read from a group of virtual people: peaks, areas, numbers of the body."""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from functools import partial

import numpy as np

from respite.domain import DoseEvent, Route, parse_unit
from respite.engine import Body, Train, area_under_curve
from respite.literature import Observation
from respite.population.analytes import Part, add_up, analytes_of
from respite.population.group import Dosing, Group
from respite.population.random_draws import Floats
from respite.population.simulation import NG_PER_ML, levels_at, peak_of, watch_times

_WATCHED_H = 48
"""How long after the last dose a highest level is looked for."""

_LATE_H = (96, 120)
"""Hours after the last dose between which a half-life is read, where no last sample was seen:
so late that only the slowest phase is left."""


@dataclass(frozen=True)
class Measured:
    """What is read from whom: a group, what reaches it, the parts of the analyte, and the row."""

    group: Group
    dosing: Dosing
    parts: tuple[Part, ...]
    seen: Observation

    @property
    def end_h(self) -> float:
        """End of the last dose [h]."""
        return max(event.end_h for event in self.dosing.events)

    @property
    def given_mg(self) -> Floats:
        """What was given of the forms that the analyte comes from, shape ``(people,)``."""
        trains = [train for form in self.dosing.trains.values() for train in form]
        return np.sum([train.amount_mg * train.count for train in trains], axis=0)

    def area(self, until_h: float | None = None) -> Floats:
        """Area under the curve of each person, without end unless one is given [mg·h/L]."""
        read = partial(area_under_curve, until_h=until_h)
        return add_up(self.dosing, self.parts, read)

    def levels(self, *times_h: float) -> Floats:
        """Levels of each person, shape ``(people, times)`` [mg/L]."""
        return levels_at(self.group, self.dosing, self.parts, times_h) / NG_PER_ML


def of_analyte(group: Group, dosing: Dosing, analyte: str) -> tuple[Dosing, tuple[Part, ...]]:
    """Keep of the doses only the forms that an analyte comes from: its own, not its twin's.

    Parameters
    ----------
    group
        The people.
    dosing
        What they are given.
    analyte
        What is measured.

    Returns
    -------
    The doses that are left, and the parts that add up to the analyte.
    """
    parts = analytes_of(group, dosing)[analyte]
    forms = {form.name for form, _output in parts}
    trains = {name: train if name in forms else () for name, train in dosing.trains.items()}
    return replace(dosing, trains=trains), parts


def _concentration(of: Measured) -> Floats:
    return of.levels(of.seen.time_h or 0)[:, 0]


def _peak(of: Measured) -> Floats:
    until = of.end_h + _WATCHED_H
    if of.seen.from_h is None:
        return peak_of(of.group, of.dosing, of.parts, until)[0] / NG_PER_ML
    later = [time for time in watch_times(of.dosing.events, until) if time > of.seen.from_h]
    return np.max(of.levels(of.seen.from_h, *later), axis=1)


def _peak_time(of: Measured) -> Floats:
    return peak_of(of.group, of.dosing, of.parts, of.end_h + _WATCHED_H)[1]


def _area_to_last(of: Measured) -> Floats:
    return of.area(of.seen.until_h)


def _clearance(of: Measured) -> Floats:
    return of.given_mg / of.area()


def _volume_at_steady_state(of: Measured) -> Floats:
    r"""Give clearance times mean residence time after one push.

    Notes
    -----
    Of a curve that is a sum of exponentials with heights :math:`h` and rates :math:`d`,

    .. math::
        V_{ss} = A \frac{\sum h / d^2}{(\sum h / d)^2}
    """

    def moment(body: Body, name: str, trains: tuple[Train, ...]) -> Floats:
        output = body.response(name)
        rates = body.rates[:, list(output.columns)]
        given = np.sum([train.amount_mg * train.count for train in trains], axis=0)
        return given * np.sum(output.heights / rates**2, axis=1)

    spread = add_up(of.dosing, of.parts, moment)
    return of.given_mg * spread / of.area() ** 2


def _half_life(of: Measured) -> Floats:
    """Read the half-life from the fall over the later half of the samples, or from late levels."""
    last = of.seen.until_h
    window = (last / 2, last) if last else tuple(of.end_h + late for late in _LATE_H)
    before, after = of.levels(*window).T
    return math.log(2) * (window[1] - window[0]) / np.log(before / after)


def _bioavailability(of: Measured) -> Floats:
    """Compare the area with that of the same doses put into a vein, over the same time."""
    events = [_into_a_vein(event) for event in of.dosing.events]
    forms = [name for name, trains in of.dosing.trains.items() if trains]
    veins = of.group.dose(events)
    kept = {name: train if name in forms else () for name, train in veins.trains.items()}
    beside = replace(of, dosing=replace(veins, trains=kept))
    return _area_to_last(of) / _area_to_last(beside)


def _into_a_vein(event: DoseEvent) -> DoseEvent:
    return DoseEvent(
        time_h=event.time_h,
        drug=event.drug,
        route=Route.IV,
        amount=event.amount,
        is_per_kg=event.is_per_kg,
        duration_h=event.duration_h,
        salt=event.salt,
    )


MEASURES: Mapping[str, tuple[str, Callable[[Measured], Floats]]] = {
    "concentration": ("mg/L", _concentration),
    "cmax": ("mg/L", _peak),
    "tmax": ("h", _peak_time),
    "auc_inf": ("mg*h/L", _area_to_last),
    "auc_last": ("mg*h/L", _area_to_last),
    "clearance": ("L/h", _clearance),
    "vss": ("L", _volume_at_steady_state),
    "half_life": ("h", _half_life),
    "bioavailability": ("fraction", _bioavailability),
}
"""What may be compared: the unit that is computed in, and how."""


def as_printed(of: Measured, unit: str, values: Floats) -> tuple[str, Floats]:
    """Divide by the weight or the dose where a figure is printed for each kg or each mg.

    Parameters
    ----------
    of
        What was read from whom.
    unit
        Unit of the values.
    values
        One value for each person.

    Returns
    -------
    The unit afterwards, and the values in it.
    """
    asked, computed = parse_unit(of.seen.unit), parse_unit(unit)
    weight = of.group.covariates["weight"]
    if asked.is_like(computed):
        return unit, values
    if asked.is_like(parse_unit(f"{unit}/kg")):
        return f"{unit}/kg", values / weight
    given = np.zeros_like(values)
    for event in of.dosing.events:
        given = given + event.amount * (weight if event.is_per_kg else 1)
    return f"{unit}/mg", values / given


def _geometric_mean(values: Floats) -> float:
    return float(np.exp(np.mean(np.log(values))))


SUMMARIES: Mapping[str, Callable[[Floats], float]] = {
    "mean": lambda values: float(np.mean(values)),
    "median": lambda values: float(np.median(values)),
    "geometric_mean": _geometric_mean,
}
"""How one figure sums up many people; any other summary is that of the typical person."""
