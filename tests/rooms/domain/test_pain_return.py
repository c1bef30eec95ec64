"""When has pain returned? The definition on curves that a person could draw."""

from __future__ import annotations

import math

import numpy as np
import pytest

from respite import forecast
from respite.domain import (
    Outcome,
    OutOfScope,
    Patient,
    Regimen,
    ReliefRule,
    RespiteError,
    Threshold,
    classify,
    find_pain_return,
)
from respite.domain.pain import ThresholdNotUnderstood

HORIZON = 30
DAYS = [0.0, 0.25, 0.5, *map(float, range(1, HORIZON + 4))]
"""Times since the end of the last dose: closely at first, then daily to horizon plus three."""


def returned(relief, *, had_relief: bool, confirm_days: float = 3) -> tuple[Outcome, float]:
    """Give the outcome of one person whose relief is a function of days, at 30 %."""
    curve = np.array([[relief(day) for day in DAYS]])
    had = np.array([had_relief])
    found = find_pain_return(curve, np.array([0.3]), had, DAYS, confirm_days)
    days = np.array([*DAYS, math.inf])[found.index]
    kinds = classify(days, found.ever, had, HORIZON)
    (outcome,) = (kind for kind, is_so in kinds.items() if is_so[0])
    return outcome, float(days[0])


def until(last: float):
    return lambda day: 0.6 if day < last else 0.0


def test_relief_that_fades_after_days_returns_on_that_day():
    assert returned(until(12), had_relief=True) == (Outcome.RETURNED, 12)


def test_relief_exactly_at_the_threshold_is_relief():
    assert returned(lambda day: 0.3 if day < 5 else 0.29, had_relief=True) == (Outcome.RETURNED, 5)


def test_relief_of_hours_is_told_apart():
    assert returned(until(0.5), had_relief=True) == (Outcome.HOURS_ONLY, 0.5)
    assert returned(until(1), had_relief=True) == (Outcome.RETURNED, 1)


def test_who_was_never_relieved_has_not_responded():
    assert returned(lambda _: 0.29, had_relief=False)[0] is Outcome.NO_RESPONSE


def test_relief_lost_before_the_last_dose_ended_was_gone_by_then():
    assert returned(lambda _: 0.1, had_relief=True) == (Outcome.GONE_BEFORE_LAST_DOSE, 0)


def test_relief_that_sets_in_after_the_last_dose_counts():
    late = returned(lambda day: 0.5 if 2 <= day < 9 else 0.0, had_relief=False)
    assert late == (Outcome.RETURNED, 9)


def test_relief_that_was_lost_at_the_last_dose_and_comes_back_soon_is_a_short_dip():
    dip = returned(lambda day: 0.5 if 2 <= day < 9 else 0.0, had_relief=True)
    assert dip == (Outcome.RETURNED, 9)


def test_relief_that_was_lost_at_the_last_dose_and_comes_back_late_was_gone():
    late = returned(lambda day: 0.5 if 4 <= day < 9 else 0.0, had_relief=True)
    assert late == (Outcome.GONE_BEFORE_LAST_DOSE, 0)


def test_a_dip_shorter_than_the_confirming_days_is_ignored():
    def dipping(day: float) -> float:
        return 0.0 if 6 <= day < 8 or day >= 20 else 0.5

    assert returned(dipping, had_relief=True) == (Outcome.RETURNED, 20)
    assert returned(dipping, had_relief=True, confirm_days=2) == (Outcome.RETURNED, 6)


def test_a_dip_as_long_as_the_confirming_days_is_a_loss():
    def dipping(day: float) -> float:
        return 0.0 if 6 <= day < 9 or day >= 20 else 0.5

    assert returned(dipping, had_relief=True) == (Outcome.RETURNED, 6)


def test_relief_that_outlasts_the_horizon_has_no_time():
    assert returned(lambda _: 0.4, had_relief=True) == (Outcome.BEYOND_HORIZON, math.inf)
    assert returned(until(HORIZON + 1), had_relief=True)[0] is Outcome.BEYOND_HORIZON
    assert returned(until(HORIZON), had_relief=True) == (Outcome.RETURNED, HORIZON)


def test_a_second_course_before_relief_has_faded_counts_from_its_own_end():
    """One course ends at day 4, the second at day 18; relief is lost at day 25 and not between."""
    plan = Regimen.parse("ketamine 40 mg iv daily x5 then 40 mg iv every 14 days x1")
    end = plan.last_dose_end_h / 24
    assert end == 18
    assert returned(until(25 - end), had_relief=True) == (Outcome.RETURNED, 7)


def test_under_maintenance_only_the_last_gap_is_the_answer():
    """Relief that faded and came back with each dose is relief had before the last one."""
    plan = Regimen.parse("ketamine 40 mg iv every 4 weeks x3")
    end = plan.last_dose_end_h / 24

    def relief(day: float) -> float:
        return 0.5 if (day + end) % 28 < 10 else 0.0

    assert returned(relief, had_relief=True) == (Outcome.RETURNED, 10)


# ------------------------------------------------------------------ thresholds


def test_two_points_of_a_pain_below_two_are_not_assessable():
    assert Threshold.TWO_POINTS.is_assessable(2)
    assert not Threshold.TWO_POINTS.is_assessable(1.9)
    assert Threshold.THIRTY_PERCENT.is_assessable(0.5)
    assert Threshold.TWO_POINTS.share_of(np.array([1.0]))[0] > 1


def test_a_forecast_that_cannot_be_assessed_is_refused_in_words():
    plan = Regimen.parse("ketamine 0.5 mg/kg iv over 40 min")
    for pain, threshold in ((1.5, Threshold.TWO_POINTS), (0, Threshold.THIRTY_PERCENT)):
        with pytest.raises(OutOfScope, match="Usual pain is"):
            forecast(Patient(baseline_pain=pain), plan, threshold=threshold)


@pytest.mark.parametrize("text", ["30%", " 50 % ", "2Points", "2 points"])
def test_thresholds_are_read_as_people_type_them(text):
    assert Threshold.parse(text).value == text.replace(" ", "").lower()


@pytest.mark.parametrize("text", ["", "30", "40%", "two points", "0.3"])
def test_other_thresholds_are_refused_in_words(text):
    with pytest.raises(ThresholdNotUnderstood, match=r"30%, 50% or 2points") as refusal:
        Threshold.parse(text)
    assert isinstance(refusal.value, RespiteError)


def test_relief_counts_from_thirty_percent_and_three_days_unless_said_otherwise():
    assert ReliefRule() == ReliefRule(Threshold.THIRTY_PERCENT, 3)
