"""What is due, case by case."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from respite.domain import Patient, PatientNotUnderstood, Regimen, Sex, read_dosing_history
from respite.literature import load_library
from respite.safety import last_done, surveillance_of, surveillance_plan

law = settings(derandomize=True, deadline=None, max_examples=40)

HEAD = "start,drug,amount,unit,route,duration_min\n"
ON = date(2026, 6, 1)
DAILY = Regimen.parse("ketamine 25 mg oral every 8 h x540")
SINGLE = Regimen.parse("ketamine 35 mg iv over 40 min")
LONG = Regimen.parse("esketamine 10 mg/h iv for 100 h")
ITEMS = sorted(load_library().surveillance)


def doses(*lines: str):
    return read_dosing_history(HEAD + "".join(f"{line}\n" for line in lines))


def daily(days: int, mg: int = 75):
    return doses(
        *(f"{ON - timedelta(days=n)}T09:00,ketamine,{mg},mg,oral,0" for n in range(1, days + 1))
    )


def found(due, item: str):
    return [one for one in due if one.item == item]


@pytest.mark.parametrize(
    ("days", "tier", "liver"),
    [(3, "single", None), (20, "intermittent", 182), (120, "near_daily", 91)],
)
def test_intervals_follow_days_of_exposure(days: int, tier: str, liver: int | None) -> None:
    done = dict.fromkeys(ITEMS, date(2026, 5, 1))
    plan = surveillance_plan(Patient(), on=ON, history=daily(days), done=done)
    assert plan.tier == tier
    due = [one.due for one in found(plan.due, "liver")]
    assert due == ([] if liver is None else [date(2026, 5, 1) + timedelta(days=liver)])


def test_what_nobody_knows_to_be_done_is_due_now_and_says_so() -> None:
    due = surveillance_of(Patient(), on=ON, history=daily(100))
    bladder = found(due, "urinalysis")
    assert [one.due for one in bladder] == [ON]
    assert "nobody said when it was last done" in bladder[0].why
    assert not bladder[0].is_overdue


def test_what_is_late_is_overdue() -> None:
    done = {"urinalysis": date(2026, 1, 1)}
    due = surveillance_of(Patient(), on=ON, history=daily(120), done=done)
    assert [(one.due, one.is_overdue) for one in found(due, "urinalysis")] == [
        (date(2026, 4, 2), True)
    ]


def test_a_second_long_infusion_after_sixteen_days_brings_a_liver_plan() -> None:
    history = doses("2026-05-15T09:00,esketamine,1000,mg,iv,6000")
    plan = surveillance_plan(Patient(), on=ON, starts=date(2026, 6, 4), history=history,
                             regimen=LONG, done={"liver": date(2026, 5, 14)})  # fmt: skip
    assert plan.at_end_of_plan is not None
    assert plan.at_end_of_plan.gaps_between_long_infusions == (16,)
    liver = found(plan.due, "liver")
    assert liver[0].due == date(2026, 6, 4)
    assert "16 days after the end of another" in liver[0].why
    assert liver[0].source == "noppers2011_liver"
    assert liver[0].number_is == "mixed"


def test_a_long_infusion_alone_asks_for_tests_while_it_runs_and_after() -> None:
    due = surveillance_of(Patient(), on=ON, regimen=LONG, done={"liver": date(2026, 5, 31)})
    assert [one.due for one in found(due, "liver")][:2] == [date(2026, 6, 3), date(2026, 6, 6)]
    assert found(due, "liver")[0].source == "aap_liver2020"


def test_one_short_infusion_says_what_does_not_apply_and_what_nobody_knows() -> None:
    plan = surveillance_plan(Patient(), on=ON, regimen=SINGLE)
    text = " ".join(plan.remarks)
    assert plan.tier == "single"
    assert "Ketamine on 1 of 180 days is fewer than 6" in text
    assert "urinalysis" in text
    assert "0 of 179 people" in text
    assert "does not exclude a rate of 1.7 %" in text
    assert "No dosing history was given" in text


def test_a_creeping_dose_and_shrinking_intervals_are_seen_in_the_history() -> None:
    gaps, day, lines = [14, 14, 14, 7, 7, 7], ON - timedelta(days=70), []
    for number in range(7):
        lines.append(f"{day}T09:00,ketamine,{30 if number < 4 else 60},mg,iv,40")
        day += timedelta(days=gaps[min(number, 5)])
    due = surveillance_of(Patient(), on=ON, history=doses(*lines))
    told = " ".join(one.why for one in found(due, "misuse"))
    assert "daily dose rose by" in told
    assert "Intervals between doses shrank by 50 %" in told


def test_treatment_that_ended_long_ago_asks_for_nothing_and_says_so() -> None:
    history = doses(
        "2022-03-02T09:00,ketamine,35,mg,iv,40", "2022-03-09T09:00,ketamine,35,mg,iv,40"
    )
    plan = surveillance_plan(Patient(), on=ON, history=history)
    assert plan.due == ()
    assert any("nothing is due" in remark for remark in plan.remarks)
    again = surveillance_plan(Patient(), on=ON, history=history, regimen=SINGLE)
    assert found(again.due, "liver")
    assert not any(one.is_overdue for one in again.due)


def test_a_man_has_no_pregnancy_test_and_everybody_else_does() -> None:
    assert not found(surveillance_of(Patient(sex=Sex.MALE), on=ON, regimen=SINGLE), "pregnancy")
    for sex in (Sex.FEMALE, None):
        patient = Patient() if sex is None else Patient(sex=sex)
        assert found(surveillance_of(patient, on=ON, regimen=SINGLE), "pregnancy")


@pytest.mark.parametrize(
    ("done", "word"),
    [({"lever": ON}, 'write "liver"'), ({"liver": date(2027, 1, 1)}, "which is after")],
)
def test_what_cannot_have_been_done_is_refused(done, word) -> None:
    with pytest.raises(PatientNotUnderstood, match=word):
        surveillance_of(Patient(), on=ON, done=done)


@law
@given(
    st.dictionaries(
        st.sampled_from(["labs.lft_age_days", "course.bladder_check_age_days", "labs.sodium"]),
        st.none() | st.booleans() | st.integers(-5, 10**9) | st.floats() | st.just("yes"),
    )
)
def test_ages_of_tests_become_dates_or_say_nothing(facts: dict) -> None:
    done = last_done(facts, on=ON)
    assert set(done) <= {"liver", "bladder_score", "bladder_symptoms"}
    assert all(day <= ON for day in done.values())
    surveillance_of(Patient(), on=ON, regimen=SINGLE, done=done)


def test_a_plan_that_began_before_today_belongs_into_the_history() -> None:
    with pytest.raises(PatientNotUnderstood, match="which is before"):
        surveillance_plan(Patient(), on=ON, regimen=SINGLE, starts=date(2026, 1, 1))


@pytest.mark.thorough
@law
@given(
    st.integers(0, 170),
    st.dictionaries(st.sampled_from(ITEMS), st.integers(0, 400), max_size=6),
    st.integers(-2000, 2000),
)
def test_shifting_the_calendar_shifts_every_due_date(days: int, ages: dict, shift: int) -> None:
    move = timedelta(days=shift)
    history = daily(days) if days else None
    moved = history and read_dosing_history(
        HEAD + "".join(f"{dose.start + move:%Y-%m-%dT%H:%M},ketamine,75,mg,oral,0\n"
                       for dose in history.doses))  # fmt: skip
    done = {name: ON - timedelta(days=age) for name, age in ages.items()}
    here = surveillance_of(Patient(), on=ON, history=history, regimen=SINGLE, done=done)
    there = surveillance_of(
        Patient(), on=ON + move, history=moved, regimen=SINGLE,
        done={name: day + move for name, day in done.items()},
    )  # fmt: skip
    assert [(one.item, one.due + move, one.is_overdue) for one in here] == [
        (one.item, one.due, one.is_overdue) for one in there
    ]


@pytest.mark.thorough
@law
@given(st.sampled_from(ITEMS), st.integers(0, 300), st.integers(0, 300))
def test_what_was_done_later_is_never_due_earlier(item: str, age: int, younger: int) -> None:
    first, second = sorted((age, younger), reverse=True)
    dates = [
        min((one.due for one in found(surveillance_of(Patient(), on=ON, history=daily(120),
             done={item: ON - timedelta(days=days)}), item)), default=date.max)
        for days in (first, second)
    ]  # fmt: skip
    assert dates[0] <= dates[1]
