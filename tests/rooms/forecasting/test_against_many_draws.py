"""What a diary teaches, against the plainest method there is: many people, weighed.

Sixty thousand people are drawn as the model says, with nothing steered; each
weighs as much as the diary is likely in them. That needs no peaks, no
proposals and no smoothed weights, and shares no draw with the method it checks.

A share of *n* effective draws errs by ``sqrt(p (1 - p) / n)``. Both sides err,
and four standard errors of the difference are allowed: of two hundred
comparisons that are right, one in eighty would fail by chance.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import pytest
from one_person import DAILY, LONG, PATIENT, entries_of, events_of, setting_of

from respite.domain import DoseEvent, Patient, ReliefRule
from respite.forecasting import Entries
from respite.forecasting.clock import set_clock
from respite.forecasting.draws import Case, draw_return
from respite.forecasting.learning.likelihood import diary_chances
from respite.forecasting.learning.posterior import learn
from respite.forecasting.learning.setting import LevelSeries, Setting
from respite.population import PLASMA, Group, People, draw_group, simulate_pain

MANY, DRAWS, CHUNK = 60_000, 4000, 2000
FAR = 4
"""Standard errors that are allowed."""

KNOWN = Patient(weight=82, age=61, condition=PATIENT.condition, baseline_pain=7)


@dataclass(frozen=True)
class Weighed:
    """People, which of them each draw is, and how many draws that is worth."""

    group: Group
    rows: np.ndarray
    ess: float


def log_chance_of_levels(group: Group, setting: Setting) -> np.ndarray:
    """Weigh levels of all ketamine in plasma, whose errors are log-normal."""
    levels = setting.levels
    if levels is None:
        return np.zeros(group.people.count)
    found = group.levels([PLASMA], group.dose(setting.events), levels.time_h.tolist())
    expected = np.log(sum(form[PLASMA] for form in found.values()))
    return -np.sum(((levels.log_value - expected) / levels.log_sd) ** 2, axis=1) / 2


def weigh_many(setting: Setting, seed: int) -> Weighed:
    """Draw people from the prior, and pick among them by weight."""
    prior = draw_group(
        setting.library,
        setting.patient,
        People(seed, MANY),
        kinetics=setting.kinetics,
        condition=setting.condition,
    )
    log_weights = np.concatenate([_log_weights(part, setting) for part in prior.chunks(CHUNK)])
    weights = np.exp(log_weights - np.max(log_weights))
    weights /= np.sum(weights)
    picked = np.random.default_rng(seed).choice(MANY, size=2 * DRAWS, p=weights)
    people, rows = np.unique(picked, return_inverse=True)
    ess = 1 / np.sum(weights**2)
    return Weighed(prior.pick(people), rows, 1 / (1 / ess + 1 / (2 * DRAWS)))


def _log_weights(part: Group, setting: Setting) -> np.ndarray:
    courses = simulate_pain(part, setting.events, setting.clock.times_h)
    found = diary_chances(
        part.needs, courses, setting.clock.places, setting.entries, setting.scores
    )
    return np.sum(found.log_chance, axis=1) + log_chance_of_levels(part, setting)


def answers_of(found: Weighed, events: Sequence[DoseEvent]) -> dict[str, np.ndarray]:
    """Give what a reader would ask of each draw."""
    needs, rows = found.group.needs, found.rows
    clock = set_clock(events, (), 60, 3)
    returns = draw_return(Case(events, clock, ReliefRule()), found.group, rows)
    kinetics = found.group.kinetics.numbers
    return {
        "slow_half_time": needs.numbers["slow_half_time"][rows],
        "slow_ec50": needs.numbers["slow_ec50"][rows],
        "untreated": needs.untreated[rows],
        "between_days": needs.numbers["between_days"][rows],
        "days": np.where(returns.ever, returns.days, 0),
        **{f"clearance of {form}": its["clearance"][rows] for form, its in kinetics.items()},
    }


def assert_agree(found: Weighed, many: Weighed, events: Sequence[DoseEvent]) -> None:
    def near(share: float) -> float:
        variance = max(share * (1 - share), 1 / many.ess)
        return FAR * float(np.sqrt(variance * (1 / found.ess + 1 / many.ess)))

    for name in ("placebo", "slow", "persists"):
        ours, theirs = (
            float(np.mean(getattr(each.group.needs, name)[each.rows])) for each in (found, many)
        )
        assert ours == pytest.approx(theirs, abs=near(theirs)), name
    one, other = answers_of(found, events), answers_of(many, events)
    for name, values in other.items():
        for level in (0.1, 0.3, 0.5, 0.7, 0.9):
            at = np.quantile(values, level, method="lower")
            ours, theirs = np.mean(one[name] <= at), np.mean(values <= at)
            assert ours == pytest.approx(theirs, abs=near(theirs)), (name, level)


def learnt(setting: Setting) -> Weighed:
    found = learn(setting, People(1, DRAWS))
    assert found.diagnostics["method"] == "sir"
    return Weighed(found.group, found.rows, found.diagnostics["ess"])


CASES = {
    "relief for two weeks": (LONG, entries_of([-1, 5, 10, 16], [7, 4, 3, 4]), PATIENT),
    "nothing helps, and usual pain is known": (DAILY, entries_of([2, 6, 12, 20], [7] * 4), KNOWN),
    "relief that was gone in a week": (DAILY, entries_of([-1, 5, 12], [8, 3, 7]), PATIENT),
}


@pytest.mark.thorough
@pytest.mark.parametrize("case", CASES)
def test_a_short_diary_teaches_what_many_weighed_people_say(case):
    regimen, entries, patient = CASES[case]
    setting = setting_of(events_of(regimen), entries, patient)
    many = weigh_many(setting, seed=77)
    assert many.ess > 300
    assert_agree(learnt(setting), many, setting.events)


def with_levels(entries: Entries, mg_per_l: Sequence[float]) -> Setting:
    """Give a setting with levels of ketamine near the end of the long infusion and after it."""
    events = events_of(LONG)
    bare = setting_of(events, entries)
    spread = np.sqrt(np.log1p(bare.kinetics.residual["parent"].value ** 2))
    levels = LevelSeries(
        time_h=np.array([90.0, 102.0]),
        analytes=("ketamine", "ketamine"),
        log_value=np.log(mg_per_l),
        log_sd=np.full(2, spread),
    )
    return setting_of(events, entries, levels=levels)


@pytest.mark.thorough
def test_measured_levels_teach_what_many_weighed_people_say():
    """Levels of somebody who clears little."""
    setting = with_levels(entries_of([-1, 9], [7, 4]), [0.42, 0.25])
    many = weigh_many(setting, seed=78)
    assert many.ess > 300
    assert_agree(learnt(setting), many, setting.events)


def clearance_quantiles(group: Group, rows: np.ndarray) -> np.ndarray:
    """Give the quantiles of the clearance of each form, shape ``(forms, 3)``."""
    forms = group.kinetics.numbers.values()
    return np.array([np.quantile(its["clearance"][rows], [0.1, 0.5, 0.9]) for its in forms])


def test_without_a_level_clearance_stays_near_its_prior_and_with_one_it_moves():
    entries = entries_of([-1, 5, 10, 16], [7, 4, 3, 4])
    bare, measured = setting_of(events_of(LONG), entries), with_levels(entries, [0.42, 0.25])
    prior = draw_group(bare.library, PATIENT, People(5, DRAWS), kinetics=bare.kinetics)
    before = clearance_quantiles(prior, np.arange(DRAWS))
    without, with_some = (
        clearance_quantiles(found.group, found.rows) for found in (learnt(bare), learnt(measured))
    )
    width = (before[:, 2] - before[:, 0])[:, None]
    assert np.all(np.abs(without - before) < 0.15 * width)
    assert np.all(with_some[:, 1] < before[:, 1] - 0.15 * width[:, 0])
    assert np.all(with_some[:, 2] - with_some[:, 0] < 0.8 * width[:, 0])
