"""Laws of exposure: it moves with the calendar, adds up, and keeps two drugs apart."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from decimal import Decimal

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from respite.domain import DosingHistory, Drug, GivenDose, Regimen, Route, Salt
from respite.safety import Exposure, exposure_of

law = settings(derandomize=True, deadline=None, max_examples=60)

FIRST = datetime(2025, 1, 1)
DRUGS = st.sampled_from([Drug.KETAMINE, Drug.ESKETAMINE])


@st.composite
def doses(draw: st.DrawFn) -> GivenDose:
    return GivenDose(
        start=FIRST + timedelta(hours=draw(st.integers(0, 24 * 400))),
        drug=draw(DRUGS),
        amount=Decimal(draw(st.integers(1, 400))),
        unit="mg",
        route=draw(st.sampled_from([Route.IV, Route.SC])),
        duration_min=Decimal(draw(st.sampled_from([0, 40, 240, 1440, 6000]))),
        salt=draw(st.sampled_from(list(Salt))),
    )


HISTORIES = st.lists(doses(), min_size=1, max_size=12).map(
    lambda given: DosingHistory(tuple(sorted(given, key=lambda dose: dose.start)))
)
DAYS = st.integers(0, 500).map(lambda days: (FIRST + timedelta(days=days)).date())


def replaced(dose: GivenDose, **parts: object) -> GivenDose:
    from dataclasses import replace

    return replace(dose, **parts)


@law
@given(HISTORIES, DAYS, st.integers(-3000, 3000))
def test_a_shifted_calendar_shifts_dates_and_nothing_else(
    history: DosingHistory, on: date, days: int
) -> None:
    shift = timedelta(days=days)
    moved = DosingHistory(tuple(replaced(dose, start=dose.start + shift) for dose in history.doses))
    here, there = exposure_of(history, on=on), exposure_of(moved, on=on + shift)
    assert numbers(here) == numbers(there)
    assert here.facts() == there.facts()
    if here.last_dose is not None:
        assert there.last_dose == here.last_dose + shift


@law
@given(HISTORIES, DAYS)
def test_a_dose_given_in_two_halves_is_the_same_exposure(history: DosingHistory, on: date) -> None:
    halves = tuple(
        replaced(
            dose,
            start=dose.start + part * timedelta(minutes=float(dose.duration_min / 2)),
            amount=dose.amount / 2,
            duration_min=dose.duration_min / 2,
        )
        for dose in history.doses
        for part in (0, 1)
    )
    # A half that begins on a later day begins a session of that day.
    same_day = all(
        (dose.start + timedelta(minutes=float(dose.duration_min / 2))).date() == dose.start.date()
        for dose in history.doses
    )
    assume(same_day)
    split = DosingHistory(tuple(sorted(halves, key=lambda dose: dose.start)))
    assert numbers(exposure_of(split, on=on)) == pytest.approx(numbers(exposure_of(history, on=on)))


@law
@given(HISTORIES, HISTORIES, DAYS)
def test_two_histories_together_add_up(one: DosingHistory, other: DosingHistory, on: date) -> None:
    both = DosingHistory(tuple(sorted((*one.doses, *other.doses), key=lambda dose: dose.start)))
    first, second, merged = (exposure_of(each, on=on) for each in (one, other, both))
    for drug in (Drug.KETAMINE, Drug.ESKETAMINE):
        one_part, other_part = (each.cumulative_mg.get(drug, 0) for each in (first, second))
        assert merged.cumulative_mg.get(drug, 0) == pytest.approx(one_part + other_part)
    most = max(first.days_in_180, second.days_in_180)
    assert most <= merged.days_in_180 <= first.days_in_180 + second.days_in_180
    assert merged.days_in_180 <= merged.days_in_365 <= 365


@law
@given(HISTORIES, DAYS)
def test_racemic_ketamine_and_esketamine_are_never_added(history: DosingHistory, on: date) -> None:
    whole = exposure_of(history, on=on)
    for drug in whole.cumulative_mg:
        alone = DosingHistory(tuple(dose for dose in history.doses if dose.drug is drug))
        counted = exposure_of(alone, on=on)
        assert counted.cumulative_mg == {drug: pytest.approx(whole.cumulative_mg[drug])}
        assert counted.days_in_180 == whole.days_by_drug[drug]


@law
@given(HISTORIES, DAYS, st.integers(0, 300))
def test_looking_later_never_finds_less_in_all(history: DosingHistory, on: date, days: int) -> None:
    now, later = (exposure_of(history, on=on + timedelta(days=more)) for more in (0, days))
    for drug, mg in now.cumulative_mg.items():
        assert later.cumulative_mg[drug] >= mg
    assert len(later.long_infusions) + 1 >= len(now.long_infusions)


@law
@given(HISTORIES, DAYS)
def test_days_are_those_that_a_walk_through_every_hour_meets(
    history: DosingHistory, on: date
) -> None:
    days = set()
    for dose in history.doses:
        minutes = range(0, max(1, int(dose.duration_min)), 20)
        days |= {(dose.start + timedelta(minutes=minute)).date() for minute in minutes}
    begun = {dose.start.date() for dose in history.doses if dose.start.date() <= on}
    exposure = exposure_of(history, on=on)
    for span, counted in ((180, exposure.days_in_180), (365, exposure.days_in_365)):
        assert counted == sum(on - timedelta(days=span) < day <= on for day in days)
    assert exposure.sessions_365 == sum(on - timedelta(days=365) < day for day in begun)
    assert exposure.first_dose == min((day for day in days if day <= on), default=None)


@law
@given(HISTORIES, DAYS)
def test_a_plan_and_a_history_of_the_same_doses_are_the_same_exposure(
    history: DosingHistory, on: date
) -> None:
    plan = Regimen.parse("ketamine 35 mg iv over 40 min weekly x4")
    start = history.doses[-1].start.date() + timedelta(days=1)
    given = tuple(
        GivenDose(
            start=datetime(start.year, start.month, start.day, 9) + timedelta(weeks=week),
            drug=Drug.KETAMINE,
            amount=Decimal(35),
            unit="mg",
            route=Route.IV,
            duration_min=Decimal(40),
        )
        for week in range(4)
    )
    joined = DosingHistory((*history.doses, *given))
    assert exposure_of(history, plan, on=on, starts=start) == exposure_of(joined, on=on)


def numbers(exposure: Exposure) -> dict[str, float]:
    """Give what is counted, without dates; what is not known counts as minus one."""
    told: dict[str, float | None] = {
        "180": exposure.days_in_180,
        "365": exposure.days_in_365,
        "sessions": exposure.sessions_365,
        "rise": exposure.dose_rise_percent,
        "fall": exposure.interval_fall_percent,
        "infusions": len(exposure.long_infusions),
        **{f"hours {n}": one.infused_h for n, one in enumerate(exposure.long_infusions)},
        **{f"gap {n}": gap for n, gap in enumerate(exposure.gaps_between_long_infusions)},
        **{str(drug): mg for drug, mg in exposure.cumulative_mg.items()},
    }
    return {name: -1 if value is None else value for name, value in told.items()}
