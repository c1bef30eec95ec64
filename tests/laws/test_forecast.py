"""Laws of a forecast: what holds for any patient and any plan."""

from __future__ import annotations

import json
import math
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from respite.domain import Condition, Patient, Regimen, Threshold
from respite.forecasting import Forecast, forecast

law = settings(max_examples=12)

DRAWS = 200

patients = st.builds(
    Patient,
    weight=st.floats(45, 150),
    age=st.integers(18, 90),
    condition=st.sampled_from(Condition),
    baseline_pain=st.floats(2, 10),
)
little_known = st.sampled_from([Patient(), Patient(weight=60), Patient(condition=Condition.CANCER)])
regimens = st.sampled_from(
    [
        "ketamine 0.5 mg/kg iv over 40 min",
        "ketamine 20 mg iv",
        "esketamine 0.3 mg/kg iv over 30 min daily x5",
        "esketamine 5 mg/h iv for 24 h, 15 mg/h for 60 h",
        "ketamine 25 mg/h iv for 100 h",
        "ketamine 0.5 mg/kg iv over 40 min every 2 weeks x4",
        "placebo iv over 40 min daily x3; ketamine 10 mg iv",
    ]
).map(Regimen.parse)
seeds = st.integers(0, 2**32)


def ask(patient: Patient, regimen: Regimen, **more: Any) -> Forecast:
    options: dict[str, Any] = {"draws": DRAWS, "horizon_days": 120} | more
    return forecast(patient, regimen, **options)


def shares(answer: Forecast, which: str = "time_to_pain_return") -> list[float]:
    times = getattr(answer, which)
    return [
        times.p_no_response,
        times.p_gone_before_last_dose,
        times.p_hours_only,
        times.p_returns,
        times.p_beyond_horizon,
    ]


@law
@given(patients | little_known, regimens, seeds, st.sampled_from(Threshold))
def test_the_numbers_of_one_answer_agree_with_each_other(patient, regimen, seed, threshold):
    answer = ask(patient, regimen, seed=seed, threshold=threshold)
    for which in ("time_to_pain_return", "drug_only"):
        times = getattr(answer, which)
        assert sum(shares(answer, which)) == pytest.approx(1, abs=1e-12)
        assert all(0 <= share <= 1 for share in shares(answer, which))
        lasting = list(times.survival.values())
        assert list(times.survival) == sorted(times.survival)
        assert lasting == sorted(lasting, reverse=True)
        assert all(held <= times.p_returns + times.p_beyond_horizon + 1e-12 for held in lasting)
        # A median is made of twenty draws at least.
        assert (times.median_days is None) == (round(times.p_returns * DRAWS) < 20)
        if times.median_days is not None:
            low, high = times.interval80_days
            assert 1 <= low <= times.median_days <= high <= answer.horizon_days
        if times.hours_only_median_h is not None:
            assert 0 < times.hours_only_median_h < 24
        missing = {name for name in ("median_days", "interval80_days", "hours_only_median_h")}
        assert {name for name in missing if getattr(times, name) is None} == set(times.missing)
    assert answer.responder_probability == pytest.approx(
        1 - answer.time_to_pain_return.p_no_response, abs=1e-12
    )
    days = answer.days_with_relief
    assert 0 <= days.q10 <= days.q90 <= answer.last_dose_end_day + answer.horizon_days + 1e-9
    assert 0 <= days.drug_attributable_mean <= days.mean + 1e-9
    for gap in answer.gaps:
        assert gap["to_day"] - gap["from_day"] > answer.confirm_days
        assert 0 <= gap["p_faded"] <= gap["p_relief"] <= 1


@law
@given(patients | little_known, regimens, seeds)
def test_pain_stays_on_its_scale_with_its_quantiles_in_order(patient, regimen, seed):
    pain = ask(patient, regimen, seed=seed, at=["0.25h", "2.5d"]).pain
    assert list(pain.day) == sorted(set(pain.day))
    assert {0.25 / 24, 2.5, 0, 1, 7} <= set(pain.day)
    for i in range(len(pain.day)):
        assert 0 <= pain.q10[i] <= pain.q50[i] <= pain.q90[i] <= 10
        assert 0 <= pain.score_q10[i] <= pain.score_q90[i] <= 10
        assert pain.q10[i] <= pain.placebo_mean[i] or pain.mean[i] <= pain.placebo_mean[i]
        # What placebo leaves of pain, the drug can only lessen.
        assert pain.mean[i] <= pain.placebo_mean[i] + 1e-12 <= 10 + 1e-12
    assert pain.mean[0] == pytest.approx(pain.placebo_mean[0], abs=1e-12)


@law
@given(patients, regimens, seeds)
def test_with_placebo_counted_relief_never_lasts_less_long(patient, regimen, seed):
    answer = ask(patient, regimen, seed=seed)
    felt, alone = answer.time_to_pain_return, answer.drug_only
    assert all(felt.survival[day] >= alone.survival[day] for day in felt.survival)
    assert felt.p_no_response <= alone.p_no_response
    assert felt.p_beyond_horizon >= alone.p_beyond_horizon


@law
@given(patients, regimens, seeds)
def test_more_relief_asked_for_never_lasts_longer(patient, regimen, seed):
    lesser = ask(patient, regimen, seed=seed)
    deeper = ask(patient, regimen, seed=seed, threshold=Threshold.FIFTY_PERCENT)
    for which in ("time_to_pain_return", "drug_only"):
        less, more = getattr(lesser, which), getattr(deeper, which)
        assert all(less.survival[day] >= more.survival[day] for day in less.survival)
        assert less.p_no_response <= more.p_no_response
    assert deeper.days_with_relief.mean <= lesser.days_with_relief.mean
    for row in (lesser, deeper):
        thirty, fifty = row.relief_share["30"], row.relief_share["50"]
        assert thirty.keys() == fifty.keys()
        assert all(thirty[key] >= fifty[key] for key in thirty)


@law
@given(patients, regimens, seeds)
def test_a_longer_horizon_changes_nothing_below_the_shorter_one(patient, regimen, seed):
    short = ask(patient, regimen, seed=seed, horizon_days=60)
    long = ask(patient, regimen, seed=seed, horizon_days=300)
    for which in ("time_to_pain_return", "drug_only"):
        near, far = getattr(short, which), getattr(long, which)
        assert all(far.survival[day] == held for day, held in near.survival.items())
        for share in ("p_no_response", "p_gone_before_last_dose", "p_hours_only"):
            assert getattr(near, share) == getattr(far, share)
        assert far.p_beyond_horizon <= near.p_beyond_horizon
    assert long.pain.mean[: len(short.pain.mean)] == short.pain.mean
    assert long.days_with_relief.mean >= short.days_with_relief.mean - 1e-9
    assert long.responder_probability == short.responder_probability


@law
@given(patients | little_known, regimens, seeds)
def test_the_same_seed_gives_the_same_answer(patient, regimen, seed):
    one, two = (ask(patient, regimen, seed=seed).to_dict() for _ in range(2))
    assert one == two


def test_another_seed_gives_another_answer():
    patient, plan = Patient(weight=70), Regimen.parse("ketamine 0.5 mg/kg iv over 40 min daily x5")
    one, two = (ask(patient, plan, seed=seed) for seed in (1, 2))
    assert one.pain.mean != two.pain.mean


@settings(max_examples=5)
@given(patients, seeds)
def test_placebo_alone_has_no_drug_to_respond_to(patient, seed):
    answer = ask(patient, Regimen.parse("placebo iv over 40 min daily x5"), seed=seed)
    assert answer.drug_only.p_no_response == 1
    assert answer.days_with_relief.drug_attributable_mean == 0
    assert answer.pain.mean == pytest.approx(answer.pain.placebo_mean, rel=1e-14)
    assert answer.levels == ()


@law
@given(
    patients,
    regimens,
    st.lists(
        st.sampled_from(["0.25h", "15 min", "1h", "36 h", "2.5d", "7d", "8weeks", "0d"]),
        max_size=5,
        unique=True,
    ),
)
def test_shares_with_relief_are_given_for_each_time_as_it_was_typed(patient, regimen, at):
    answer = ask(patient, regimen, at=at)
    expected = {"1", "3", "7", "14", "28", "56", "84", *at}
    assert set(answer.relief_share) == {"30", "50"}
    for row in answer.relief_share.values():
        assert set(row) == expected
        assert all(0 <= share <= 1 for share in row.values())
    if "7d" in at:
        assert answer.relief_share["30"]["7d"] == answer.relief_share["30"]["7"]


KEYS: dict[str, set[str]] = {
    "": {
        "schema", "regimen", "start", "threshold", "confirm_days", "horizon_days",
        "time_to_pain_return", "drug_only", "next_dose_by", "pain", "relief_share",
        "responder_probability", "days_with_relief", "gaps", "certainty", "scope", "assumed",
        "diagnostics", "provenance",
    },
    "time_to_pain_return": {
        "p_no_response", "p_gone_before_last_dose", "p_hours_only", "p_returns",
        "p_beyond_horizon", "hours_only_median_h", "median_days", "interval80_days", "survival",
    },
    "next_dose_by": {"day_after_last_dose", "chance_faded"},
    "pain": {"day", "mean", "q10", "q50", "q90", "score_q10", "score_q90", "placebo_mean"},
    "days_with_relief": {"mean", "q10", "q90", "drug_attributable_mean"},
    "certainty": {"grade", "why"},
    "diagnostics": {"method", "draws", "ess", "pareto_k"},
    "provenance": {"respite", "library_digest", "models", "sources", "seed"},
}  # fmt: skip
"""What version 1 of the form promises; keys may be added and are never renamed."""


@law
@given(patients | little_known, regimens)
def test_an_answer_is_plain_data_with_the_promised_keys(patient, regimen):
    told = ask(patient, regimen).to_dict()
    answer = json.loads(json.dumps(told, allow_nan=False))
    assert answer == told
    assert answer["schema"] == "respite.forecast/1"
    for part, keys in KEYS.items():
        assert keys <= (answer[part] if part else answer).keys(), part
    assert answer["drug_only"].keys() == answer["time_to_pain_return"].keys()
    assert set(answer["time_to_pain_return"]["survival"]) == {"7", "14", "28", "56", "84"}
    assert len({len(column) for column in answer["pain"].values()}) == 1
    for line in answer["scope"]:
        assert line["status"] in ("inside", "outside", "unknown")
        assert line.keys() == {"fact", "status", "message"}


@law
@given(patients, regimens, seeds)
def test_a_number_that_does_not_exist_comes_with_its_reason(patient, regimen, seed):
    answer = ask(patient, regimen, seed=seed, draws=100)
    due = answer.next_dose_by
    assert (due.day_after_last_dose is None) == bool(due.because)
    lasting = answer.time_to_pain_return.survival
    if due.day_after_last_dose is not None:
        assert 1 <= due.day_after_last_dose <= answer.horizon_days
        shares_now = shares(answer)
        longer_than_a_day = shares_now[3] + shares_now[4]
        assert longer_than_a_day >= due.chance_faded
        for day, held in lasting.items():
            faded = 1 - held / longer_than_a_day
            # On the day itself enough have lost relief; on any day before it, too few.
            if day >= due.day_after_last_dose:
                assert faded >= due.chance_faded - 1e-12
            else:
                assert faded < due.chance_faded
    assert all(math.isfinite(held) for held in lasting.values())
