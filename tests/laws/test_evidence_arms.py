"""What must hold of arms that are simulated and held against trials, whatever the numbers."""

from __future__ import annotations

from dataclasses import replace
from functools import cache

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from respite.evidence.model_based.agreement import coverage_of
from respite.evidence.model_based.expected import Arms, arms_of
from respite.evidence.model_based.layered_people import LayeredPeople
from respite.evidence.model_based.likelihood import Likelihood, likelihood_of
from respite.evidence.model_based.reading import seen_trials
from respite.evidence.model_based.structures import SHIPPED, STRUCTURES
from respite.evidence.model_based.unknowns import Unknowns, unknowns_of
from respite.evidence.trials.rows import trial_rows
from respite.literature import PredictedFigure, load_library

POINTS = st.integers(0, 2**32 - 1).map(
    lambda seed: np.random.default_rng(seed).standard_normal(len(unknowns().names))
)


@cache
def arms() -> Arms:
    library = load_library()
    trials, _skipped = seen_trials(trial_rows(library), ("calibration",))
    return arms_of(library, trials, SHIPPED, seed=1)


@cache
def unknowns() -> Unknowns:
    return unknowns_of(load_library(), arms().trials, arms().atlas.people)


@cache
def likelihood() -> Likelihood:
    return likelihood_of(arms(), unknowns().at(np.zeros(len(unknowns().names))))


@given(st.integers(2, 300), st.integers(0, 1000), st.text("abc", min_size=1, max_size=5))
def test_one_person_lies_in_each_layer(count, seed, name):
    people = LayeredPeople(seed, count)
    shares = np.sort(people.uniforms(name))
    assert shares == pytest.approx((np.arange(count) + 0.5) / count)
    normals = people.normals(name)
    assert len(set(normals)) == count
    assert np.mean(normals) == pytest.approx(0, abs=1e-9)


@given(POINTS)
def test_what_is_expected_lies_where_it_can(z):
    expected = arms().expect(unknowns().at(z))
    for (_trial, row), value in zip(arms().rows, expected, strict=True):
        low, high = {
            "responders": (0, 1),
            "mean_pain": (0, 10),
            "mean_fall_percent": (-200, 100),
        }.get(row.kind, (-10, 10))
        assert low <= value <= high, row


@given(POINTS)
def test_the_chances_of_what_may_be_concluded_add_up(z):
    expected = arms().expect(unknowns().at(z))
    told = likelihood().chance_told(expected)
    assert np.all((told >= 0) & (told <= 1))
    total = 0
    for found in ("less", "more", "no_difference"):
        trials = [
            replace(one, rows=tuple(replace(row, found=found) for row in one.rows))
            for one in arms().trials
        ]
        other = replace(likelihood(), arms=replace(arms(), trials=trials))
        total = total + other.chance_told(expected)
    assert total == pytest.approx(np.ones(len(total)), abs=1e-5)


@given(POINTS, st.sampled_from(STRUCTURES))
def test_nobody_who_responds_to_nothing_gets_relief(z, structure):
    point = unknowns().at(z)
    nothing = {
        chance: dict.fromkeys(values, np.asarray(0.0)) for chance, values in point.chances.items()
    }
    none = replace(
        point, chances=nothing, placebo_chance=point.placebo_chance * 0, course=point.course * 0
    )
    responses = replace(arms(), structure=structure).respond(none)
    assert np.allclose(responses.mean_left(), 1)


@given(POINTS)
def test_the_classes_are_everybody(z):
    responses = arms().respond(unknowns().at(z))
    columns = range(0, len(arms().atlas.columns), 7)
    chances, left = responses.classes(columns)
    assert np.sum(chances, axis=0) == pytest.approx(np.ones(len(columns)))
    mean = np.einsum("kc,kpc->pc", chances, left)
    assert mean == pytest.approx(responses.mean_left()[:, list(columns)])


@pytest.mark.thorough
@given(POINTS)
def test_a_trial_left_out_changes_no_other(z):
    by_trial = likelihood().by_trial(unknowns().at(z))
    alone, _skipped = seen_trials(trial_rows(load_library()), ("calibration",))
    some = [one for one in alone if one.study != "hardy2012"]
    fewer = arms_of(load_library(), some, SHIPPED, seed=1)
    others = unknowns_of(load_library(), some, fewer.atlas.people)
    places = [unknowns().places[name] for name in others.names]
    start = others.at(np.zeros(len(others.names)))
    found = likelihood_of(fewer, start).by_trial(others.at(z[places]))
    kept = [at for at, one in enumerate(alone) if one.study != "hardy2012"]
    assert found == pytest.approx(by_trial[kept], rel=1e-9)


@given(POINTS)
def test_conditions_of_nerve_pain_lie_nearer_to_it_than_to_others(z):
    typical = np.where([" spread" in name for name in unknowns().names], 0, z)
    logits = unknowns().logits(typical, "response_chance")
    ratio = abs(logits["post-herpetic"] - logits["neuropathic"])
    place = unknowns().places["response_chance post-herpetic"]
    library = load_library()
    spread = library.convention("fitting.spread_between_conditions").value
    within = library.convention("fitting.spread_within_neuropathic").value
    assert ratio == pytest.approx(spread * within * abs(z[place]))


def figure(study: str, *, inside: bool) -> PredictedFigure:
    return PredictedFigure(
        study=study, arm="drug", what="pain", measure="mean_pain", time_days=7, role="left-out",
        unit="points", predicted=5, observed=5, predicted90=(3, 7), predicted50=(4, 6),
        inside50=inside, inside90=inside,
    )  # fmt: skip


@given(st.integers(1, 30), st.integers(1, 30))
def test_a_trial_counts_once_however_many_figures_it_has(first, second):
    figures = [figure("one", inside=True)] * first + [figure("two", inside=False)] * second
    found = coverage_of(figures, "left-out")
    assert found is not None
    assert (found.trials, found.figures) == (2, first + second)
    assert found.inside90 == pytest.approx(0.5)
    assert found.width90_points == pytest.approx(4)
    assert coverage_of(figures, "validation") is None
