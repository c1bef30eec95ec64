"""Units agree with pint, an independent table of units."""

import pint
import pytest

from respite.domain import UnitNotUnderstood, convert, parse_unit

# Here kilograms are body weight and never drug, which pint cannot know.
ORACLE = pint.UnitRegistry()
ORACLE.define("body_kilogram = [body_weight] = bodykg")

PAIRS = [
    ("ng", "mg"),
    ("µg", "mg"),
    ("μg", "mg"),
    ("mcg", "ug"),
    ("g", "mg"),
    ("mL", "L"),
    ("s", "h"),
    ("min", "h"),
    ("day", "h"),
    ("days", "week"),
    ("d", "min"),
    ("month", "day"),
    ("year", "month"),
    ("1/min", "1/h"),
    ("L/min", "L/h"),
    ("mL/min/kg", "L/h/kg"),
    ("mg/h/kg", "mg/kg/h"),
    ("ug/kg/min", "mg/kg/h"),
    ("ng/mL", "mg/L"),
    ("ug/L", "ng/mL"),
    ("ng*h/mL", "mg*h/L"),
    ("ng·h/mL", "mg*min/L"),
    ("percent", "fraction"),
    ("%", "1"),
    ("m", "cm"),
    ("g/mol", "mg/nmol"),
    ("nmol/mL", "umol/L"),
]


def oracle_of(text: str) -> str:
    spelling = {"kg": "bodykg", "d": "day", "fraction": "1", "%": "percent"}
    spelling |= {"µg": "ug", "μg": "ug"}
    return "/".join(spelling.get(word, word) for word in text.replace("·", "*").split("/"))


@pytest.mark.parametrize(("from_unit", "to_unit"), PAIRS)
def test_conversions_agree_with_pint(from_unit: str, to_unit: str) -> None:
    ratio = f"1.0 * ({oracle_of(from_unit)}) / ({oracle_of(to_unit)})"
    one = ORACLE.Quantity(ratio).to_base_units()
    assert one.dimensionless
    assert convert(1, from_unit, to_unit) == pytest.approx(one.magnitude, rel=1e-12)


@pytest.mark.parametrize("text", ["mg", "L", "h", "mg/L", "kg", "L/h", "1/h", "fraction", "mg*h/L"])
def test_canonical_units_have_factor_one(text: str) -> None:
    assert parse_unit(text).factor == 1


def test_a_size_before_a_unit_belongs_to_it() -> None:
    assert convert(70, "L/h/70kg", "L/h/kg") == 1


def test_converting_there_and_back_is_exact_for_plain_values() -> None:
    for value in (185, 0.5, 1.25, 300):
        assert convert(convert(value, "ng/mL", "mg/L"), "mg/L", "ng/mL") == pytest.approx(value)


@pytest.mark.parametrize(
    ("from_unit", "to_unit"),
    [
        ("kg", "mg"),
        ("mg/kg", "fraction"),
        ("mL/min", "mL/min/kg"),
        ("h", "1/h"),
        ("points", "cm"),
        ("mmHg", "percent"),
        ("nmol", "mg"),
    ],
)
def test_units_of_other_things_are_refused(from_unit: str, to_unit: str) -> None:
    assert not parse_unit(from_unit).is_like(parse_unit(to_unit))
    with pytest.raises(UnitNotUnderstood, match="measures"):
        convert(1, from_unit, to_unit)


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("mgg", '"mg"'),
        ("hr", '"h'),
        ("L/hh", '"h"'),
        ("", "not known"),
        ("mg//L", "not known"),
        ("mg/(L)", "not known"),
        ("2", "not known"),
        ("0kg", "not known"),
        ("furlong", "furlong"),
        ("m" * 1000, "not known"),
    ],
)
def test_an_unknown_unit_is_told(text: str, told: str) -> None:
    with pytest.raises(UnitNotUnderstood) as refusal:
        parse_unit(text)
    assert told in str(refusal.value)
