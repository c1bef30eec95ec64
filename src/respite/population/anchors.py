"""Does each shipped model reproduce what its own paper reports?"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from functools import partial

import numpy as np

from respite.domain import Patient, Regimen, Route, convert
from respite.engine import Body, Train, area_under_curve
from respite.literature import Anchor, Library, Model
from respite.population.analytes import add_up, analytes_of
from respite.population.group import Dosing, Group, draw_group
from respite.population.random_draws import Floats, People
from respite.population.simulation import NG_PER_ML, levels_at, peak_of

_WINDOW_H = 48
_GROUP = 2000

_HELD_H = 96
"""How long a level is held before a dose is added, and after: long enough to be steady."""


@dataclass(frozen=True)
class AnchorResult:
    """One anchor: what was expected, what the model gives, and whether that is near enough."""

    model: str
    what: str
    expected: float
    got: float
    unit: str
    within_percent: float
    met: bool


def check_anchors(library: Library) -> tuple[AnchorResult, ...]:
    """Put every anchor of every kinetic model to the test.

    Typical anchors are met by the typical person; group anchors by the mean
    of a group of virtual patients with a fixed seed.
    """
    return tuple(
        _check(library, library.assembled(name), anchor)
        for name, model in library.models.items()
        if model.kind == "kinetics"
        for anchor in model.anchors
    )


def _check(library: Library, model: Model, anchor: Anchor) -> AnchorResult:
    got = _measure(library, model, anchor)
    expect = anchor.expect
    return AnchorResult(
        model=model.id,
        what=anchor.what,
        expected=expect.value,
        got=got,
        unit=expect.unit,
        within_percent=expect.within_percent,
        met=abs(got - expect.value) <= expect.within_percent / 100 * abs(expect.value),
    )


def _measure(library: Library, model: Model, anchor: Anchor) -> float:
    facts = {name: quantity.canonical for name, quantity in anchor.patient.items()}
    is_typical = anchor.kind == "typical"
    people = People(1, 1 if is_typical else _GROUP, is_typical=is_typical)
    group = draw_group(library, Patient.from_mapping(facts), people, kinetics=model)
    drug = model.drug or "ketamine"
    regimen = Regimen.parse(anchor.regimen or f"{drug} 1 mg iv")
    dosing = group.dose(regimen.events())
    unit, measure = MEASURES[anchor.metric]
    return convert(float(np.mean(measure(group, dosing, anchor))), unit, anchor.expect.unit)


def _concentration(group: Group, dosing: Dosing, anchor: Anchor) -> Floats:
    parts = analytes_of(group, dosing)[anchor.analyte]
    return levels_at(group, dosing, parts, [anchor.at_h or 0])[:, 0] / NG_PER_ML


def _peak(group: Group, dosing: Dosing, anchor: Anchor) -> Floats:
    parts = analytes_of(group, dosing)[anchor.analyte]
    return peak_of(group, dosing, parts, _WINDOW_H)[0] / NG_PER_ML


def _peak_time(group: Group, dosing: Dosing, anchor: Anchor) -> Floats:
    return peak_of(group, dosing, analytes_of(group, dosing)[anchor.analyte], _WINDOW_H)[1]


def _area(group: Group, dosing: Dosing, anchor: Anchor) -> Floats:
    return add_up(dosing, analytes_of(group, dosing)[anchor.analyte], area_under_curve)


def _area_to_last(group: Group, dosing: Dosing, anchor: Anchor) -> Floats:
    read = partial(area_under_curve, until_h=anchor.at_h or _WINDOW_H)
    return add_up(dosing, analytes_of(group, dosing)[anchor.analyte], read)


def _given(dosing: Dosing) -> Floats:
    trains = [train for form in dosing.trains.values() for train in form]
    return np.sum([train.amount_mg * train.count for train in trains], axis=0)


def _clearance(group: Group, dosing: Dosing, anchor: Anchor) -> Floats:
    return _given(dosing) / _area(group, dosing, anchor)


def _volume_at_steady_state(group: Group, dosing: Dosing, anchor: Anchor) -> Floats:
    """Give clearance times mean residence time after one instant dose; the modes are exact."""

    def moment(body: Body, name: str, trains: tuple[Train, ...]) -> Floats:
        output = body.response(name)
        rates = body.rates[:, list(output.columns)]
        given = np.sum([train.amount_mg * train.count for train in trains], axis=0)
        return given * np.sum(output.heights / rates**2, axis=1)

    parts = analytes_of(group, dosing)[anchor.analyte]
    area = _area(group, dosing, anchor)
    return _given(dosing) * add_up(dosing, parts, moment) / area**2


def _bioavailability_at_level(group: Group, dosing: Dosing, anchor: Anchor) -> Floats:
    """Give the share of a dose that reaches blood while an infusion holds a level.

    The dose adds its share, over clearance, to the area under the curve.
    """
    level = anchor.at_level.canonical if anchor.at_level else 0
    small = dosing.events[0]
    push = replace(small, route=Route.IV, amount=1, is_per_kg=False, duration_h=0)
    clearance = 1 / _area(group, group.dose([push]), anchor)
    held_h = 2 * _HELD_H
    amount = float(np.mean(clearance)) * level * held_h
    holding = replace(push, amount=amount, duration_h=held_h)
    with_dose = group.dose([holding, replace(small, time_h=_HELD_H)])
    added = _area(group, with_dose, anchor) - _area(group, group.dose([holding]), anchor)
    return added * clearance / small.amount


MEASURES: Mapping[str, tuple[str, Callable[[Group, Dosing, Anchor], Floats]]] = {
    "concentration": ("mg/L", _concentration),
    "cmax": ("mg/L", _peak),
    "tmax": ("h", _peak_time),
    "auc_inf": ("mg*h/L", _area),
    "auc_last": ("mg*h/L", _area_to_last),
    "clearance": ("L/h", _clearance),
    "vss": ("L", _volume_at_steady_state),
    "bioavailability_at_level": ("fraction", _bioavailability_at_level),
}
"""What an anchor may compare: the unit that is computed in, and how."""
