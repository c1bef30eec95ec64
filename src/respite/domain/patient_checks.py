"""Which facts about a patient are possible.

The bounds are ours: wider than any patient, they catch slips of the keyboard
and mistaken units. They say nothing about whom a model is valid for.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from enum import StrEnum
from math import isfinite
from typing import TYPE_CHECKING, cast

from respite.domain.errors import PatientNotUnderstood
from respite.domain.spelling import closest_word, quoted

if TYPE_CHECKING:
    from respite.domain.patient import Patient

# Lowest, highest, unit.
_RANGES: dict[str, tuple[int, int, str]] = {
    "age": (0, 120, "years"),
    "weight": (1, 500, "kg"),
    "height": (30, 260, "cm"),
    "baseline_pain": (0, 10, "points"),
    "pain_years": (0, 120, "years"),
    "egfr": (0, 300, "mL/min per 1.73 m²"),
    "depression": (0, 27, "points of the PHQ-9"),
    "daily_opioid_mg": (0, 10_000, "mg of oral morphine a day"),
}
_LIGHTEST_BUILD, _HEAVIEST_BUILD = 6, 200
"""Kilograms per square metre; outside, weight and height were swapped or misread."""

_MOST_MEDICINES = 100
_LONGEST_NAME = 100
_ALLELES = re.compile(r"\*([0-9]{1,3})([A-Za-z]?)/\*([0-9]{1,3})([A-Za-z]?)", re.ASCII)


def checked_fact(name: str, value: object) -> object:
    """Give a fact as it is kept, or refuse it in words."""
    if name in _RANGES:
        return _number(name, value)
    if name == "medicines":
        return _medicines(value)
    if name == "cyp2b6":
        return _alleles(value)
    return _choice(name, value)


def check_together(patient: Patient) -> None:
    """Refuse facts that cannot both be true."""
    age, pain_years = patient.age, patient.pain_years
    if isinstance(age, (int, float)) and isinstance(pain_years, (int, float)) and pain_years > age:
        raise _refusal(
            "pain_years",
            f"{pain_years:g} years of pain in someone aged {age:g} years",
            "no more years of pain than of life.",
            "check both numbers.",
        )
    weight, height = patient.weight, patient.height
    if not (isinstance(weight, (int, float)) and isinstance(height, (int, float))):
        return
    build = weight * 100 * 100 / (height * height)
    if not _LIGHTEST_BUILD <= build <= _HEAVIEST_BUILD:
        raise _refusal(
            "weight",
            f"{weight:g} kg at a height of {height:g} cm",
            "a weight and a height that fit one person.",
            "check whether the two were swapped; weight is in kg, height in cm.",
        )


def _number(name: str, value: object) -> float:
    lowest, highest, unit = _RANGES[name]
    expected = f"a number from {lowest} to {highest} ({unit})."
    if isinstance(value, bool) or not isinstance(value, (int, float)):
        raise _refusal(name, quoted(value), expected, "write a plain number, without a unit.")
    # A whole number from a file may have any number of digits, and only floats can be infinite.
    is_number = isinstance(value, int) or isfinite(value)
    if not is_number or not lowest <= value <= highest:
        raise _refusal(name, quoted(value), expected, _hint(name, value))
    if name == "depression" and value != int(value):
        raise _refusal(name, quoted(value), "a whole number of points.", "write the PHQ-9 total.")
    return value


def _hint(name: str, value: float) -> str:
    if name == "height" and 0 < value < 3:
        return f"write the height in centimetres: {value * 100:g}."
    return "check the number and its unit."


def _medicines(value: object) -> tuple[str, ...]:
    expected = 'a list of names, such as ["clarithromycin"], or an empty list for none.'
    if not isinstance(value, (list, tuple)):
        raise _refusal("medicines", quoted(value), expected, "put the names in a list.")
    names: list[str] = []
    for item in cast("Iterable[object]", value):
        name = " ".join(item.split()).lower() if isinstance(item, str) else ""
        if not name or len(name) > _LONGEST_NAME or not name.isprintable():
            raise _refusal("medicines", quoted(item), expected, "write the name of the medicine.")
        if name not in names:
            names.append(name)
    if len(names) > _MOST_MEDICINES:
        raise _refusal(
            "medicines", f"{len(names)} names", f"at most {_MOST_MEDICINES}.", "shorten the list."
        )
    return tuple(names)


def _alleles(value: object) -> str:
    match = _ALLELES.fullmatch(value.replace(" ", "")) if isinstance(value, str) else None
    if match is None:
        raise _refusal(
            "cyp2b6", quoted(value), "a pair of star alleles, such as *1/*6.", "write both alleles."
        )
    pair = sorted([(int(match[1]), match[2].upper()), (int(match[3]), match[4].upper())])
    return "/".join(f"*{number}{letter}" for number, letter in pair)


def _choice(name: str, value: object) -> StrEnum:
    choices = _choices(name)
    spelling = value.strip().lower().replace("_", "-") if isinstance(value, str) else ""
    for choice in choices:
        if choice == spelling:
            return choice
    words = [str(choice) for choice in choices]
    near = closest_word(spelling, words)
    remedy = f"write {quoted(near)}." if near else "use one of these words."
    raise _refusal(name, quoted(value), f"one of {', '.join(words)}.", remedy)


def _choices(name: str) -> list[StrEnum]:
    # Imported here because the patient, in turn, asks this file to check it.
    from respite.domain.patient import Condition, Liver, Sex

    kinds: dict[str, type[StrEnum]] = {"sex": Sex, "condition": Condition, "liver": Liver}
    return list(kinds[name])


def _refusal(name: str, what: str, expected: str, remedy: str) -> PatientNotUnderstood:
    return PatientNotUnderstood(f"The fact {name} is {what}.", expected, remedy)
