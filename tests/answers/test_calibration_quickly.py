"""Few patients and one length of diary: are ranks of the truth even? `make calibrate` asks more."""

from __future__ import annotations

import numpy as np
import pytest
from scipy import stats
from validation.calibration import metrics
from validation.calibration.runs import ask_about
from validation.calibration.scenarios import SCENARIOS, Scenario
from validation.calibration.variants import half_time_fixed, half_time_thrice, without_correlation

from respite.literature import load_library

pytestmark = pytest.mark.thorough

PATIENTS, DRAWS, AFTER_DAYS = 60, 800, 14
FALSE_ALARM = 1e-4
"""Chance that either of the two tests below fails although ranks are even. The seeds are fixed,
so an alarm is raised by a change of the code or the library, and not by another run."""


@pytest.fixture(scope="module")
def rows():
    asked = SCENARIOS["ours"]
    scenario = Scenario(asked.name, "", "", "", kind="ours", after_days=(AFTER_DAYS,))
    library = load_library()
    return [
        row
        for number in range(PATIENTS)
        for row in ask_about(scenario, library, library, number, DRAWS)
    ]


@pytest.mark.parametrize("of", ["pit", "pit_returned"])
def test_ranks_of_the_truth_are_even(rows, of):
    pits = np.asarray([getattr(row, of) for row in rows])
    pits = pits[~np.isnan(pits)]
    limit = stats.kstwo.isf(FALSE_ALARM / 2, len(pits))
    assert metrics.distance_from_uniform(pits) < limit


def test_a_diary_tells_more_than_the_share_of_slow_responders(rows):
    slow = np.asarray([row.slow for row in rows])
    told = metrics.brier(np.asarray([row.slow_chance for row in rows]), slow)
    assert told < metrics.brier(np.full(len(rows), slow.mean()), slow)


def test_variants_change_what_they_say_and_nothing_else():
    library = load_library()
    before = library.assembled("pain_respite1")
    slower = half_time_thrice(library).assembled("pain_respite1")
    sure = half_time_fixed(library).assembled("pain_respite1")
    forgetful = without_correlation(library).assembled("pain_respite1")
    number, changed = (model.parameters["slow_half_time"] for model in (before, slower))
    assert changed.value == pytest.approx(3 * number.value)
    assert changed.standard_error_sd == pytest.approx(number.standard_error_sd)
    assert changed.between_patients_sd == number.between_patients_sd
    fixed = sure.parameters["slow_half_time"]
    assert fixed.printed == "18 days"
    assert fixed.standard_error_sd is None
    assert fixed.between_patients_sd == number.between_patients_sd
    assert forgetful.residual["autocorrelation_time"].value < 1
    for model in (slower, sure):
        assert model.residual == before.residual
        assert {
            name for name in before.parameters if model.parameters[name] != before.parameters[name]
        } == {"slow_half_time"}
    assert forgetful.parameters == before.parameters
