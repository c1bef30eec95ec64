"""What the library says that trials taught belongs to the trials it holds, and to the model."""

from __future__ import annotations

import math

import numpy as np
import pytest

from respite.evidence import coverage_of_fit, digest_of_fit
from respite.literature import load_library

LIBRARY = load_library()
FIT = LIBRARY.fits["pain_respite1"]
MODEL = LIBRARY.model(FIT.model)


def test_the_fit_was_made_from_the_trials_that_are_here():
    assert FIT.data_digest == digest_of_fit(LIBRARY), "the trials have changed: make refit"
    fitted = {study.id for study in LIBRARY.studies.values() if study.role == "calibration"}
    assert set(FIT.trials) == fitted


def number_of(name: str):
    condition, dot, own = name.partition(".")
    return MODEL.conditions[condition].parameters[own] if dot else MODEL.parameters[name]


@pytest.mark.parametrize("name", FIT.names)
def test_every_number_of_the_model_is_that_of_the_fit(name):
    number, place = number_of(name), FIT.names.index(name)
    scale = {"log_normal": math.log, "logit_normal": lambda share: math.log(share / (1 - share))}
    assert number.status in ("pooled", "assumed")
    assert ("hardly moved it" in number.because) == (number.status == "assumed")
    assert scale[number.distribution](number.value) == pytest.approx(FIT.mean[place], abs=1e-3)
    variance = FIT.covariance[place][place]
    assert number.standard_error_sd == pytest.approx(math.sqrt(variance), rel=1e-3)


def test_what_trials_hardly_moved_is_still_called_assumed():
    """No trial compared the two forms, or gave a course of days in migraine."""
    assert number_of("r_potency").status == "assumed"
    assert number_of("migraine.response_chance").status == "assumed"
    assert number_of("crps.response_chance").status == "pooled"
    assert number_of("crps.fast_response_chance").status == "pooled"
    assert number_of("placebo_chance").status == "pooled"


def test_the_covariance_is_one():
    covariance = np.asarray(FIT.covariance)
    assert covariance == pytest.approx(covariance.T)
    assert np.all(np.linalg.eigvalsh(covariance) > 0)


def test_the_chains_agree():
    assert FIT.worst_r_hat < 1.05
    assert FIT.divergent == 0


def test_trials_left_out_are_held_and_better_predicted_than_without_a_dose():
    found = coverage_of_fit(FIT, "left-out")
    assert found.trials == len(FIT.trials)
    assert found.inside90 >= 0.8
    scores = {one.name: sum(one.log_scores) for one in FIT.structures}
    assert scores["shipped"] > scores["no_dose"]


def test_every_miss_is_discussed():
    missed = {one.study for one in FIT.figures if one.inside90 is False}
    silent = {study for study in missed if not LIBRARY.studies[study].if_missed}
    assert not silent


def test_a_single_infusion_in_fibromyalgia_is_predicted_to_bring_nothing_that_lasts():
    rows = [one for one in FIT.figures if (one.study, one.role) == ("noppers2011", "left-out")]
    drug, placebo = (
        next(one.predicted for one in rows if (one.arm, one.time_days) == (arm, 56))
        for arm in ("ketamine", "midazolam")
    )
    assert abs(drug - placebo) < 5


def test_a_negative_trial_of_cancer_pain_by_mouth_is_predicted_from_the_one_under_the_skin():
    rows = [one for one in FIT.figures if one.study in ("fallon2018", "salas2012")]
    assert rows
    for one in rows:
        assert one.role == "validation"
        assert one.found == "no_difference"
        assert one.predicted > 0.5
