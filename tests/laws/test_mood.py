"""What holds for mood, and the figures it must reproduce."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from respite.domain import Condition, Patient, Regimen
from respite.forecasting import forecast_mood
from respite.literature import load_library
from respite.population import MOOD, People, draw_moods, follow_mood, scores

LIBRARY = load_library()
MODEL = LIBRARY.assembled(MOOD)
MOODS = draw_moods(MODEL, People(1, 3000))
ONE = "ketamine 0.5 mg/kg iv over 40 min"
SIX = f"{ONE} every 54 h x6"
DEPRESSED = Patient(condition=Condition.DEPRESSION, depression=18)


def ask(patient: Patient, regimen: str, draws: int = 3000):
    events = Regimen.parse(regimen).events()
    return forecast_mood(LIBRARY, patient, events, People(1, draws), [float(d) for d in range(60)])


@given(st.integers(1, 30))
def test_more_sessions_never_lower_the_chance_on_average(sessions):
    assert np.mean(MOODS.chance(sessions + 1)) >= np.mean(MOODS.chance(sessions)) - 1e-12


@given(st.integers(1, 8), st.sampled_from([24, 48, 84, 168]))
def test_response_fades_after_the_last_dose_and_scores_stay_on_their_scale(sessions, hours):
    events = Regimen.parse(f"{ONE} every {hours} h x{sessions}").events()
    end = events[-1].end_h
    times = np.concatenate([np.linspace(0, end, 5), end + 24 * np.arange(1, 90, 7)])
    course = follow_mood(MOODS, events, times)
    after = course.responding[:, 5:].mean(axis=0)
    assert np.all(np.diff(after) <= 0)
    seen = scores(MOODS, course, 20)
    assert np.all((seen >= 0) & (seen <= 20))
    assert np.all(seen[:, 0] == 20)


@given(st.integers(1, 8))
def test_a_placebo_is_never_better_than_the_drug(sessions):
    drug = Regimen.parse(f"{ONE} daily x{sessions}")
    times = drug.last_dose_end_h + 24 * np.array([1, 3, 7])
    given_drug = follow_mood(MOODS, drug.events(), times).responding.mean(axis=0)
    on_placebo = follow_mood(MOODS, drug.as_placebo().events(), times).responding.mean(axis=0)
    assert np.all(on_placebo <= given_drug)


def test_one_dose_gives_the_published_shares_at_one_three_and_seven_days():
    found = ask(DEPRESSED, ONE).response
    assert found == pytest.approx({1: 0.522, 3: 0.479, 7: 0.398}, abs=0.05)


def test_after_six_doses_depression_returns_after_about_18_days():
    found = ask(DEPRESSED, SIX)
    assert found.relapse_median_days is not None
    assert 11 <= found.relapse_median_days <= 27
    moods = follow_mood(MOODS, Regimen.parse(SIX).events(), np.array([5 * 54 + 5.0]))
    assert moods.responding.mean() == pytest.approx(0.708, abs=0.05)


@pytest.mark.parametrize(("score", "word"), [(3, "below 5"), (7, "below 10")])
def test_below_ten_mood_relief_is_not_assessable(score, word):
    found = ask(Patient(depression=score), ONE, 100)
    assert word in found.because
    assert found.response == {}
    assert found.course is None
    assert found.to_dict()["missing"].keys() == {"response", "relapse", "course"}


def test_without_a_score_there_is_no_course_and_a_reason():
    found = ask(Patient(condition=Condition.DEPRESSION), ONE, 100)
    assert found.course is None
    assert "course" in found.to_dict()["missing"]
    assert found.response


@pytest.mark.parametrize(
    ("regimen", "flags"),
    [(ONE, 0), ("esketamine 84 mg intranasal", 3), ("ketamine 1 mg/kg iv over 40 min", 1)],
)
def test_what_was_not_studied_is_flagged(regimen, flags):
    assert len(ask(DEPRESSED, regimen, 100).outside) == flags


def test_depression_leaves_pain_as_it_is_and_says_what_is_open():
    found = ask(DEPRESSED, ONE, 100).to_dict()
    low, high = found["pain"]["odds_ratio80"]
    assert found["pain"]["effect"] == "none"
    assert low < 1 < high
    assert low * high == pytest.approx(1)
    assert "suicide" in found["warning"]
