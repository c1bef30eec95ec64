"""Puts together all that a diary taught."""

from __future__ import annotations

import numpy as np

from respite.domain import translate as _
from respite.forecasting.learning.posterior import Posterior
from respite.forecasting.learning.random_effects import mean_chance
from respite.forecasting.learning.setting import Setting
from respite.forecasting.lessons.another_week import worth_of_another_week
from respite.forecasting.lessons.courses import beats_placebo, relief_by_course
from respite.forecasting.lessons.learnt import Learnt, LearntClass, LearntNumber, Three
from respite.forecasting.lessons.moved import what_moved
from respite.forecasting.pain_return import ReturnDraws
from respite.literature import Parameter
from respite.population import Floats, People, Responders, draw_responders, quantiles

_SHOWN = ("slow_half_time", "slow_ec50", "baseline_pain", "between_days")
"""Numbers of a person that a reader can make use of."""


def what_was_learnt(
    setting: Setting,
    found: Posterior,
    draws: ReturnDraws,
    horizon_days: int,
    since_h: float | None = None,
) -> Learnt:
    """Say what the diary taught, what moved lately, and what more of it would teach.

    Parameters
    ----------
    setting
        The person and the diary.
    found, draws
        The draws that fit the diary, and their times to pain return.
    horizon_days
        How far is looked.
    since_h
        Scores after this time [h from the first dose] are new.
    """
    return Learnt(
        classes=_classes(setting, found),
        numbers=_numbers(setting, found),
        moved=what_moved(found, draws, horizon_days, since_h),
        another_week=worth_of_another_week(setting, found, draws, horizon_days),
        courses=relief_by_course(setting, found),
        beats_placebo=beats_placebo(setting, found),
    )


def _classes(setting: Setting, found: Posterior) -> tuple[LearntClass, ...]:
    needs, rows = found.group.needs, found.rows
    chance = {
        name: mean_chance(setting.parameters[f"{name}_chance"])
        for name in ("placebo", "response", "persistent")
    }
    kinds = (
        ("placebo", _("responds to placebo"), chance["placebo"], needs.placebo),
        ("slow", _("responds to exposure, for weeks"), chance["response"], needs.slow),
        (
            "persistent",
            _("keeps that relief for months"),
            chance["response"] * chance["persistent"],
            needs.persists,
        ),
    )
    return tuple(
        LearntClass(name=name, words=words, before=before, after=float(np.mean(is_so[rows])))
        for name, words, before, is_so in kinds
    )


def _numbers(setting: Setting, found: Posterior) -> tuple[LearntNumber, ...]:
    people = People(found.group.people.seed, len(found.rows))
    prior = draw_responders(setting.pain, setting.parameters, setting.patient, people)
    numbers = {**setting.parameters, **setting.pain.residual}
    return tuple(
        LearntNumber(
            name=name,
            words=numbers[name].words,
            unit=numbers[name].typical.unit,
            before=_three(_values(prior, name), numbers[name]),
            after=_three(_values(found.group.needs, name)[found.rows], numbers[name]),
        )
        for name in _SHOWN
    )


def _values(people: Responders, name: str) -> Floats:
    return people.untreated if name == "baseline_pain" else people.numbers[name]


def _three(values: Floats, number: Parameter) -> Three:
    """Give quantiles in the unit that the number is printed in."""
    printed = number.typical.value / number.value
    low, middle, high = quantiles(values, 10 / 100, 0.5, 90 / 100) * printed
    return (float(low), float(middle), float(high))
