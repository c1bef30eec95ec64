"""Kinetics of the draws: from their prior, or near levels that were measured in the person."""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass, replace
from functools import partial

import numpy as np

from respite.domain import UNKNOWN, MeasuredLevels, OutOfScope
from respite.domain import translate as _
from respite.engine import ScoreChances, WanderState
from respite.forecasting.learning.heavy_draws import draw_about, tails_of
from respite.forecasting.learning.laplace import find_peaks
from respite.forecasting.learning.setting import LevelSeries, Setting
from respite.forecasting.timeline import Timeline
from respite.literature import Model
from respite.population import (
    Floats,
    Group,
    People,
    analytes_of,
    draw_group,
    person_sd,
    study_sd,
)


@dataclass(frozen=True)
class Bodies:
    """Kinetics of each draw, and how much more likely they are than they were drawn.

    Attributes
    ----------
    group
        The people, without a pain model.
    log_ratio
        Logarithm of prior times chance of the levels over proposal, shape ``(draws,)``.
    """

    group: Group
    log_ratio: Floats


@dataclass(frozen=True)
class BodyBell:
    """Where kinetics are drawn: standard departures by the address of their draw.

    Attributes
    ----------
    names
        The addresses; none where no level was measured.
    centre, covariance
        Of the departures, shapes ``(names,)`` and ``(names, names)``.
    """

    names: tuple[str, ...]
    centre: Floats
    covariance: Floats

    def typical(self, count: int) -> dict[str, Floats]:
        """Give the draws of people who are all at the centre."""
        return {name: np.full(count, at) for name, at in zip(self.names, self.centre, strict=True)}


NO_BELL = BodyBell((), np.empty(0), np.empty((0, 0)))


def level_series(
    levels: MeasuredLevels | None, timeline: Timeline, kinetics: Model
) -> LevelSeries | None:
    """Turn measured levels into arrays.

    Parameters
    ----------
    levels
        The levels.
    timeline
        The doses they belong to.
    kinetics
        The kinetic model, which says what can be measured, where, and how exactly.

    Raises
    ------
    OutOfScope
        If a level was drawn before the first dose, at another site than the
        model's, or there is no date to count from.
    """
    if levels is None:
        return None
    if timeline.first is None:
        raise OutOfScope(
            _("Levels were measured, and no dose has a date."),
            _("a date for the first dose."),
            _("give the dosing history with --history, or --start."),
        )
    times = np.asarray(levels.hours_after(timeline.first))
    site = kinetics.sampling.site if kinetics.sampling else None
    for level, time in zip(levels.levels, times, strict=True):
        if level.site != site:
            raise OutOfScope(
                _("A level is {site}, and {model} gives {other} ones.").format(
                    site=level.site, model=kinetics.id, other=site
                ),
                _("levels from the site that the model was built on."),
                _("leave {site} levels out.").format(site=level.site),
            )
        if time <= 0:
            raise OutOfScope(
                _("A level was drawn on {at}, before the first dose.").format(
                    at=level.at.isoformat()
                ),
                _("levels drawn after a dose."),
                _("check the time of the level, and those of the doses."),
            )
    spread = {
        name: math.sqrt(math.log1p(number.value**2)) for name, number in kinetics.residual.items()
    }
    parent = [level.analyte.value.endswith("norketamine") for level in levels.levels]
    return LevelSeries(
        times,
        tuple(level.analyte.value for level in levels.levels),
        np.log([level.mg_per_l for level in levels.levels]),
        np.asarray([spread["metabolite" if is_one else "parent"] for is_one in parent]),
    )


def find_bell(setting: Setting, seed: int) -> BodyBell:
    """Find the kinetics that fit the measured levels best, and how well they are known.

    Raises
    ------
    OutOfScope
        If what was measured is nothing that the doses bring.
    """
    if setting.levels is None:
        return NO_BELL
    numbers = setting.kinetics.parameters
    names = [f"study kinetics {name}" for name in numbers if study_sd(numbers[name])]
    names += [f"person kinetics {name}" for name in numbers if person_sd(numbers[name])]
    if setting.patient.weight is UNKNOWN:
        names.append("person covariate weight")
    active = np.ones((1, len(names)), dtype=bool)
    peak = find_peaks(active, partial(_guess, setting, setting.levels, tuple(names), seed))
    covariance: Floats = np.linalg.inv(peak.information[:1])[0]
    return BodyBell(tuple(names), peak.z[0], covariance)


def draw_bodies(setting: Setting, bell: BodyBell, people: People) -> Bodies:
    """Draw kinetics.

    Parameters
    ----------
    setting
        The person.
    bell
        Where they are looked for.
    people
        Seed and number of the draws.
    """
    if setting.levels is None:
        nothing = np.zeros(people.count)
        return Bodies(_group(setting, people), nothing)
    own = np.stack([people.normals(f"body {name}") for name in bell.names], axis=1)
    drawn = draw_about(own, own, bell.centre, bell.covariance, tails_of(people, "body"))
    size = own.shape[1]
    log_prior = -np.sum(drawn.place**2, axis=1) / 2 - size * math.log(2 * math.pi) / 2
    given = dict(zip(bell.names, drawn.place.T, strict=True))
    group = _group(setting, replace(people, given=given))
    fit = np.sum(_level_chances(setting.levels, _log_levels(setting, group)).log_chance, axis=1)
    return Bodies(group, drawn.log_ratio(log_prior) + fit)


def typical_group(setting: Setting, bell: BodyBell, seed: int, count: int) -> Group:
    """Give people of typical kinetics: typical of all, or of this person."""
    return _group(setting, People(seed, count, is_typical=True, given=bell.typical(count)))


def _group(setting: Setting, people: People) -> Group:
    return draw_group(setting.library, setting.patient, people, kinetics=setting.kinetics)


def _guess(
    setting: Setting,
    levels: LevelSeries,
    names: tuple[str, ...],
    seed: int,
    _which: object,
    z: Floats,
) -> ScoreChances:
    given: Mapping[str, Floats] = dict(zip(names, z.T, strict=True))
    people = People(seed, len(z), is_typical=True, given=given)
    return _level_chances(levels, _log_levels(setting, _group(setting, people)))


def _log_levels(setting: Setting, group: Group) -> Floats:
    """Give the logarithm of each level that is expected, ``(people, levels)``."""
    levels = setting.levels
    assert levels is not None
    dosing = group.dose(setting.given)
    analytes = analytes_of(group, dosing)
    for name in levels.analytes:
        if name not in analytes:
            raise OutOfScope(
                _("A level of {analyte} was measured, and no dose brings it.").format(analyte=name),
                _("one of {analytes}.").format(analytes=", ".join(analytes) or _("nothing")),
                _("check the drug of the doses, and the analyte."),
            )
    times = np.unique(levels.time_h)
    outputs = list(dict.fromkeys(part[1] for name in levels.analytes for part in analytes[name]))
    found = group.levels(outputs, dosing, times.tolist())
    columns = np.searchsorted(times, levels.time_h)
    expected = [
        sum(found[form.name][output][:, column] for form, output in analytes[name])
        for name, column in zip(levels.analytes, columns, strict=True)
    ]
    return np.log(np.maximum(np.stack(expected, axis=1), np.finfo(np.float64).tiny))


def _level_chances(levels: LevelSeries, expected: Floats) -> ScoreChances:
    """Weigh levels, whose errors are log-normal."""
    away = (levels.log_value - expected) / levels.log_sd
    log_chance = -away * away / 2 - np.log(levels.log_sd)
    variance = np.broadcast_to(levels.log_sd**2, expected.shape)
    nothing = np.zeros_like(expected)
    state = WanderState(nothing, nothing, nothing, nothing, nothing)
    return ScoreChances(log_chance, expected, variance, state)
