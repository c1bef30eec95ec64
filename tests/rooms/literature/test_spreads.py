"""A spread as printed becomes one standard deviation, exactly and on the right scale."""

import math
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from respite.literature import Parameter, Spread
from respite.literature.number import Typical

LOG_SDS = st.floats(0.01, 1.5)
VALUES = st.floats(0.01, 1000)
FRACTIONS = st.floats(0.05, 0.95)
EXACT = settings(derandomize=True, deadline=None)


def sd(distribution: str, number: float, **spread: Any) -> float | None:
    return Spread(**spread).sd(distribution, number)


@EXACT
@given(log_sd=LOG_SDS, value=VALUES)
def test_three_ways_to_print_a_log_normal_spread_are_one(log_sd: float, value: float) -> None:
    cv = 100 * math.sqrt(math.expm1(log_sd**2))
    ways = [
        sd("log_normal", value, kind="omega_sd", value=log_sd),
        sd("log_normal", value, kind="omega_variance", value=log_sd**2),
        sd("log_normal", value, kind="cv_percent", value=cv),
        sd("log_normal", value, kind="sd", value=cv / 100 * value),
    ]
    assert ways == pytest.approx([log_sd] * 4, rel=1e-9)


@EXACT
@given(log_sd=LOG_SDS, value=VALUES)
def test_the_interval_of_a_log_normal_number_gives_its_log_sd_back(
    log_sd: float, value: float
) -> None:
    lowest, highest = value * math.exp(-1.959964 * log_sd), value * math.exp(1.959964 * log_sd)
    found = Spread(kind="ci95", from_=lowest, to=highest).sd("log_normal", value)
    assert found == pytest.approx(log_sd, rel=1e-6)


@EXACT
@given(value=FRACTIONS, share=st.floats(0.01, 0.3))
def test_a_standard_error_of_a_fraction_goes_to_the_logit_by_its_slope(
    value: float, share: float
) -> None:
    found = sd("logit_normal", value, kind="standard_error", value=share)
    assert found == pytest.approx(share / (value * (1 - value)))
    percent = sd("logit_normal", value, kind="standard_error_percent", value=100 * share / value)
    assert percent == pytest.approx(found)


@EXACT
@given(log_sd=LOG_SDS, value=VALUES)
def test_a_geometric_spread_is_the_log_spread_of_a_log_normal_number(
    log_sd: float, value: float
) -> None:
    found = sd("log_normal", value, kind="geometric_sd", value=math.exp(log_sd))
    assert found == pytest.approx(log_sd)


@EXACT
@given(log_sd=LOG_SDS, value=VALUES)
def test_an_interval_of_ninety_percent_is_narrower_by_its_own_quantile(
    log_sd: float, value: float
) -> None:
    lowest, highest = value * math.exp(-1.644854 * log_sd), value * math.exp(1.644854 * log_sd)
    found = Spread(kind="ci90", from_=lowest, to=highest).sd("log_normal", value)
    assert found == pytest.approx(log_sd, rel=1e-5)


def test_the_middle_half_of_a_normal_number_gives_its_sd() -> None:
    found = Spread(kind="iqr", from_=10 - 0.67449, to=10 + 0.67449).sd("normal", 10)
    assert found == pytest.approx(1, rel=1e-5)


def test_not_reported_is_not_zero_and_none_is() -> None:
    assert Spread(kind="not_reported").sd("log_normal", 5) is None
    assert Spread(kind="none").sd("log_normal", 5) == 0


def test_a_range_gives_no_standard_deviation_without_the_number_of_people() -> None:
    assert Spread(kind="range", from_=1, to=9).sd("log_normal", 5) is None


@pytest.mark.parametrize(("value", "unit", "error"), [(67, "%", 10), (0.67, "fraction", 0.1)])
def test_percent_and_fraction_are_the_same_chance(value: float, unit: str, error: float) -> None:
    chance = Parameter(
        typical=Typical(
            value=value, unit=unit, standard_error=Spread(kind="standard_error", value=error)
        ),
        status="published",
        distribution="logit_normal",
    )
    assert chance.value == pytest.approx(0.67)
    assert chance.unit == "fraction"
    assert chance.standard_error_sd == pytest.approx(0.1 / (0.67 * 0.33))


@pytest.mark.parametrize(
    ("value", "unit", "canonical", "expected"),
    [
        (19.1, "mL/min/kg", "L/h/kg", 1.146),
        (0.4381, "1/min", "1/h", 26.286),
        (10.9, "days", "h", 261.6),
        (10.5, "ng/mL", "mg/L", 0.0105),
        (-0.038, "point·mL/ng", "point·L/mg", -38),
        (46, "year", "year", 46),
    ],
)
def test_a_number_is_converted_once_to_the_canonical_unit(
    value: float, unit: str, canonical: str, expected: float
) -> None:
    number = Parameter(
        typical=Typical(value=value, unit=unit), status="published", distribution="normal"
    )
    assert number.unit == canonical
    assert number.value == pytest.approx(expected)
    assert number.printed == f"{value:g} {unit}"


def test_a_plain_spread_is_converted_with_its_number() -> None:
    slope = Parameter(
        typical=Typical(value=20, unit="min"),
        between_patients=Spread(kind="sd", value=6),
        status="published",
        distribution="normal",
    )
    assert slope.between_patients_sd == pytest.approx(0.1)
