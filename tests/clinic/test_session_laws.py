"""Laws of the flowsheet: order and repetition do not matter, and no milligram is lost."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from decimal import Decimal
from fractions import Fraction
from uuid import UUID

import pytest
from hypothesis import given
from hypothesis import strategies as st

from respite.clinic.treatments.sessions.flowsheet import (
    RATE_UNITS,
    Line,
    fault_of,
    flowsheet_of,
    mg_an_hour,
)

BEGIN = datetime(2026, 3, 2, 9, tzinfo=UTC)

rates = st.decimals("0", "40", places=4).map(str)
seconds = st.integers(1, 6 * 3600)


def key(number: int) -> str:
    return str(UUID(int=number))


@st.composite
def sheets(draw) -> list[Line]:
    """Draw a session: a weight, a start, rates, single doses and a stop."""
    length = draw(seconds)
    weight = draw(st.decimals("40", "150", places=1))
    unit = draw(st.sampled_from(RATE_UNITS))
    way = {"drug": "ketamine", "route": "iv"}
    told = [
        ("check", -60, {"fact": "own.weight_kg", "told": str(weight)}),
        ("start", 0, {**way, "rate": draw(rates), "unit": unit}),
        ("stop", length, {}),
    ]
    for at in draw(st.lists(st.integers(0, length), max_size=6, unique=True)):
        told.append(("rate", at, {**way, "rate": draw(rates), "unit": unit}))
    for at in draw(st.lists(st.integers(0, length), max_size=3)):
        told.append(("bolus", at, {**way, "mg": str(draw(st.decimals("0.001", "50", places=3)))}))
    return [
        Line(key(number), kind, BEGIN + timedelta(seconds=at), data)
        for number, (kind, at, data) in enumerate(told)
    ]


@given(sheets())
def test_doses_add_up_to_the_integral_of_the_rates(lines):
    sheet = flowsheet_of(lines)
    end = sheet.stopped_at
    rates = sorted((one for one in lines if one.kind in ("start", "rate")),
                   key=lambda one: (one.at, one.kind == "rate", one.key))  # fmt: skip
    integral = Fraction(0)
    for one, until in zip(rates, [*(r.at for r in rates[1:]), end], strict=True):
        size = mg_an_hour(one.data["rate"], one.data["unit"], sheet.weight_kg)
        integral += size * int((until - one.at).total_seconds()) / 3600
    single = sum(Decimal(one.data["mg"]) for one in lines if one.kind == "bolus")
    given_mg = sum(one.amount for one in sheet.doses())
    assert abs(Fraction(given_mg) - Fraction(single) - integral) <= Fraction(1, 2000)
    assert abs(sheet.mg_by(end) - Fraction(given_mg)) <= Fraction(1, 2000)


@given(sheets(), st.data())
def test_lines_in_any_order_and_twice_are_the_same_flowsheet(lines, data):
    again = data.draw(st.permutations(lines + data.draw(st.permutations(lines))))
    one, other = flowsheet_of(lines), flowsheet_of(again)
    assert one == other
    assert one.doses() == other.doses()
    assert one.state == other.state
    assert fault_of(one) is None


@given(sheets(), st.data())
def test_a_corrected_session_is_one_that_was_right_at_once(lines, data):
    right = data.draw(st.sampled_from([one for one in lines if one.kind in ("start", "rate")]))
    wrong = Line(key(1000), right.kind, right.at + timedelta(seconds=data.draw(st.integers(-5, 5))),
                 {**right.data, "rate": data.draw(rates)})  # fmt: skip
    mended = Line(right.key, right.kind, right.at, right.data, corrects=wrong.key)
    others = [one for one in lines if one.key != right.key]
    found = flowsheet_of(data.draw(st.permutations([*others, wrong, mended])))
    assert found.doses() == flowsheet_of(lines).doses()


@given(sheets(), rates)
def test_a_line_that_was_taken_back_was_never_there(lines, rate):
    way = {"drug": "ketamine", "route": "iv"}
    wrong = Line(key(1000), "rate", BEGIN, {**way, "rate": rate, "unit": "mg/h"})
    back = Line(key(1001), "rate", BEGIN, {"taken_back": "slip"}, corrects=wrong.key)
    assert flowsheet_of([*lines, wrong, back]) == flowsheet_of(lines)


@pytest.mark.parametrize(
    ("rate", "unit", "mg"),
    [("30", "mg/h", 30), ("0.5", "mg/kg/h", 35), ("1", "mg/min", 60), ("10", "ug/kg/min", 42)],
)
def test_a_rate_is_read_in_each_unit(rate, unit, mg):
    assert mg_an_hour(rate, unit, Decimal(70)) == mg


def test_a_pause_gives_nothing_and_ends_the_step_before():
    way = {"drug": "ketamine", "route": "iv", "unit": "mg/h"}
    at = [BEGIN + timedelta(minutes=minutes) for minutes in (0, 30, 45, 60)]
    sheet = flowsheet_of(
        [
            Line(key(1), "start", at[0], {**way, "rate": "60"}),
            Line(key(2), "rate", at[1], {**way, "rate": "0"}),
            Line(key(3), "rate", at[2], {**way, "rate": "40"}),
            Line(key(4), "stop", at[3]),
        ]
    )
    assert [(str(d.amount), str(d.duration_min)) for d in sheet.doses()] == [
        ("30.000", "30.00"),
        ("10.000", "15.00"),
    ]


def test_two_rates_at_one_moment_are_refused():
    way = {"drug": "ketamine", "route": "iv", "unit": "mg/h"}
    lines = [Line(key(1), "start", BEGIN)]
    lines += [Line(key(2 + n), "rate", BEGIN, {**way, "rate": str(n)}) for n in range(2)]
    assert fault_of(flowsheet_of(lines)) is not None
    assert fault_of(flowsheet_of(lines[:2])) is None


def test_nothing_is_given_before_the_start_or_after_the_stop():
    way = {"drug": "ketamine", "route": "iv"}
    lines = [Line(key(1), "start", BEGIN), Line(key(2), "stop", BEGIN + timedelta(hours=1))]
    for shift in (timedelta(minutes=-1), timedelta(minutes=61)):
        late = Line(key(3), "bolus", BEGIN + shift, {**way, "mg": "5"})
        assert fault_of(flowsheet_of([*lines, late])) is not None
