"""Laws of the draws: who is drawn never depends on how, when or with what else."""

from __future__ import annotations

import math
from dataclasses import replace

import msgspec
import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy import stats

from respite.domain import Condition, Patient
from respite.engine import Train, area_under_curve
from respite.literature import load_library
from respite.population import CORE, PAIN, Group, People, draw_group

law = settings(max_examples=60)

names = st.text(st.characters(codec="ascii", categories=["L", "N", "Zs"]), max_size=20)
seeds = st.integers(0, 2**64)

SURE = 1e-4
"""Chance that one statistical test fails though all is well. Seeds are fixed,
so a test that passes once passes always; the rate says how surprising a
failure would be after a change of the generator."""


@law
@given(seeds, names, st.integers(1, 200), st.integers(0, 10**9), st.integers(1, 60))
def test_people_are_the_same_in_chunks_of_any_size(seed, name, count, first, size):
    whole = People(seed, count, first)
    parts = list(whole.chunks(size))
    assert sum(part.count for part in parts) == count
    for draw in ("normals", "study_normals", "uniforms"):
        together = getattr(whole, draw)(name)
        in_parts = [getattr(part, draw)(name) for part in parts]
        np.testing.assert_array_equal(np.concatenate(in_parts), together)
        in_reverse = [getattr(part, draw)(name) for part in reversed(parts)]
        np.testing.assert_array_equal(np.concatenate(in_reverse[::-1]), together)


@law
@given(seeds, names, names, st.integers(0, 500))
def test_other_names_other_seeds_and_other_people_are_other_draws(seed, name, other, first):
    people = People(seed, 20, first)
    draws = [people.normals(name), people.study_normals(name), people.uniforms(name)]
    draws.append(replace(people, seed=seed + 1).normals(name))
    draws.append(replace(people, first=first + 20).normals(name))
    if other != name:
        draws.append(people.normals(other))
    for i, one in enumerate(draws):
        for two in draws[:i]:
            assert not np.any(one == two)


@law
@given(seeds, names, st.integers(1, 50), st.integers(0, 100), st.integers(0, 100))
def test_people_of_one_trial_share_their_study_draw(seed, name, count, trial, first):
    people = People(seed, count, first, trial)
    shared = people.study_normals(name)
    assert np.all(shared == shared[0])
    assert replace(people, trial=trial + 1).study_normals(name)[0] != shared[0]
    assert replace(people, first=first + 1).study_normals(name)[0] == shared[0]
    # The people themselves are those of no trial.
    np.testing.assert_array_equal(people.normals(name), replace(people, trial=None).normals(name))


@law
@given(seeds, names, st.integers(1, 50), st.none() | st.integers(0, 9))
def test_typical_people_have_no_departures(seed, name, count, trial):
    people = People(seed, count, trial=trial, is_typical=True)
    assert np.all(people.normals(name) == 0)
    assert np.all(people.study_normals(name) == 0)


@pytest.mark.parametrize("draw", ["normals", "study_normals"])
def test_departures_are_standard_normal(draw):
    departures = getattr(People(2024, 100_000), draw)("clearance")
    assert np.all(np.isfinite(departures))
    assert stats.kstest(departures, "norm").pvalue > SURE


def test_uniform_draws_are_uniform_and_never_reach_their_ends():
    draws = People(2024, 100_000).uniforms("class")
    assert stats.kstest(draws, "uniform").pvalue > SURE
    assert np.all((draws > 0) & (draws < 1))


def test_neighbours_and_names_are_not_correlated():
    """A correlation of n independent pairs has a standard error of 1 / sqrt(n)."""
    people = People(7, 100_000)
    draws = {name: people.normals(name) for name in ("clearance", "clearance 2", "volume")}
    bound = stats.norm.isf(SURE / 2) / math.sqrt(people.count)
    for name, values in draws.items():
        assert abs(np.corrcoef(values[:-1], values[1:])[0, 1]) < bound
        for other in draws.keys() - {name}:
            assert abs(np.corrcoef(values, draws[other])[0, 1]) < bound


# ------------------------------------------------------------------ drawn models


def clearances(group: Group) -> np.ndarray:
    """Give clearances from the drawn bodies: dose over the whole area."""
    dose = [Train(0, 1, 1, 0, np.ones(group.people.count))]
    return 1 / area_under_curve(group.kinetics.bodies["s"], "plasma", dose)


def central_volumes(group: Group) -> np.ndarray:
    return 1 / np.sum(group.kinetics.bodies["s"].response("plasma").heights, axis=1)


PATIENT = Patient(weight=70, age=45, condition=Condition.CRPS)


def test_spreads_and_correlations_of_drawn_parameters_are_those_of_the_model():
    library = load_library()
    model = library.assembled("s_ketamine_otto2021")
    count = 40_000
    group = draw_group(library, PATIENT, People(5, count), kinetics=model)
    logs = np.log([clearances(group), central_volumes(group)])
    for row, name in zip(logs, ("clearance", "central_volume"), strict=True):
        parameter = model.parameters[name]
        sd = parameter.between_patients_sd
        assert sd is not None
        limit = float(stats.norm.isf(SURE / 2)) * sd / math.sqrt(count)
        assert np.mean(row) == pytest.approx(math.log(parameter.value), abs=limit)
        assert np.std(row) == pytest.approx(sd, abs=limit)
    tied = next(pair for pair in model.correlations if "clearance" in pair.between)
    sds = np.std(logs, axis=1)
    wanted = tied.covariance / (sds[0] * sds[1])
    # Fisher's transformation has a standard error of 1 / sqrt(n - 3).
    error = math.atanh(np.corrcoef(logs)[0, 1]) - math.atanh(wanted)
    assert abs(error) < stats.norm.isf(SURE / 2) / math.sqrt(count - 3)


def test_one_number_more_moves_no_other_draw():
    library = load_library()
    model = library.assembled(CORE)
    one_more = model.parameters["clearance"]
    # Before all others, where a generator that counts would be moved.
    wider = msgspec.structs.replace(model, parameters={"a_new": one_more, **model.parameters})
    people = People(3, 50)
    got = [
        draw_group(library, PATIENT, people, kinetics=each, condition="crps")
        for each in (model, wider)
    ]
    for form in ("s", "r"):
        one, two = (group.kinetics.bodies[form] for group in got)
        np.testing.assert_array_equal(one.rates, two.rates)
        for place, output in one.outputs.items():
            np.testing.assert_array_equal(output.heights, two.outputs[place].heights)
    one, two = (group.needs.numbers for group in got)
    for name in one:
        np.testing.assert_array_equal(one[name], two[name])


@settings(max_examples=10)
@given(seeds, st.integers(1, 30), st.integers(1, 12))
def test_groups_are_the_same_in_chunks_of_any_size(seed, count, size):
    library = load_library()
    unknown = Patient()

    def draw(people: People) -> Group:
        return draw_group(library, unknown, people, condition="mixed")

    people = People(seed, count)
    whole, parts = draw(people), [draw(part) for part in people.chunks(size)]
    weights = [part.covariates["weight"] for part in parts]
    np.testing.assert_array_equal(np.concatenate(weights), whole.covariates["weight"])
    for flag in ("placebo", "fast", "slow", "persists", "untreated"):
        in_parts = [getattr(part.needs, flag) for part in parts]
        np.testing.assert_array_equal(np.concatenate(in_parts), getattr(whole.needs, flag))
    # Eigenvalues are found for one person at a time, so they too are the same.
    rates = [part.kinetics.bodies["r"].rates[:, :5] for part in parts]
    np.testing.assert_allclose(
        np.concatenate(rates), whole.kinetics.bodies["r"].rates[:, :5], rtol=1e-14
    )


def test_shares_of_responders_are_the_chances_of_the_model():
    """One trial shares its chances, so each share is binomial about its own chance."""
    library = load_library()
    count = 20_000
    for trial in range(3):
        group = draw_group(library, PATIENT, People(9, count, trial=trial), condition="crps")
        people = group.needs
        for flag, chance in (
            (people.placebo, "placebo_chance"),
            (people.fast, "fast_response_chance"),
            (people.slow, "response_chance"),
        ):
            p = people.numbers[chance]
            assert np.all(p == p[0])
            test = stats.binomtest(int(np.sum(flag)), count, p[0])
            assert test.pvalue > SURE
        assert np.all(people.persists <= people.slow)


@pytest.mark.thorough
def test_different_people_of_one_trial_differ_and_the_study_moves_them_together():
    library = load_library()
    pain = library.assembled(PAIN).in_condition("crps")
    number = pain["slow_half_time"]
    people, study = number.between_patients_sd, number.standard_error_sd
    assert people is not None
    assert study is not None
    count, trials = 400, 300
    means, sds = [], []
    for trial in range(trials):
        group = draw_group(library, PATIENT, People(1, count, trial=trial), condition="crps")
        logs = np.log(group.needs.numbers["slow_half_time"])
        means.append(np.mean(logs))
        sds.append(np.std(logs, ddof=1))
    # The same people come in every trial, so their own mean is the same each time.
    error = float(stats.norm.isf(SURE / 2))
    assert np.std(means, ddof=1) == pytest.approx(study, rel=error / math.sqrt(2 * trials))
    assert np.ptp(sds) < 1e-12
    assert sds[0] == pytest.approx(people, rel=error / math.sqrt(2 * count))
