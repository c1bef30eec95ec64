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
from respite.domain.words import translate as _
from respite.domain.words import translate_plural

if TYPE_CHECKING:
    from respite.domain.patient import Patient

# Lowest, highest; the units are below.
_RANGES: dict[str, tuple[int, int]] = {
    "age": (0, 120),
    "weight": (1, 500),
    "height": (30, 260),
    "baseline_pain": (0, 10),
    "pain_years": (0, 120),
    "egfr": (0, 300),
    "depression": (0, 27),
    "daily_opioid_mg": (0, 10_000),
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
            _("{pain_years:g} years of pain in someone aged {age:g} years").format(
                pain_years=pain_years, age=age
            ),
            _("no more years of pain than of life."),
            _("check both numbers."),
        )
    weight, height = patient.weight, patient.height
    if not (isinstance(weight, (int, float)) and isinstance(height, (int, float))):
        return
    build = weight * 100 * 100 / (height * height)
    if not _LIGHTEST_BUILD <= build <= _HEAVIEST_BUILD:
        raise _refusal(
            "weight",
            _("{weight:g} kg at a height of {height:g} cm").format(weight=weight, height=height),
            _("a weight and a height that fit one person."),
            _("check whether the two were swapped; weight is in kg, height in cm."),
        )


def _number(name: str, value: object) -> float:
    lowest, highest = _RANGES[name]
    expected = _("a number from {lowest} to {highest} ({unit}).").format(
        lowest=lowest, highest=highest, unit=_unit(name)
    )
    if isinstance(value, bool) or not isinstance(value, (int, float)):
        raise _refusal(name, quoted(value), expected, _("write a plain number, without a unit."))
    # A whole number from a file may have any number of digits, and only floats can be infinite.
    is_number = isinstance(value, int) or isfinite(value)
    if not is_number or not lowest <= value <= highest:
        raise _refusal(name, quoted(value), expected, _hint(name, value))
    if name == "depression" and value != int(value):
        raise _refusal(
            name, quoted(value), _("a whole number of points."), _("write the PHQ-9 total.")
        )
    return value


def _unit(name: str) -> str:
    units = {
        "age": _("years"),
        "weight": _("kg"),
        "height": _("cm"),
        "baseline_pain": _("points"),
        "pain_years": _("years"),
        "egfr": _("mL/min per 1.73 m²"),
        "depression": _("points of the PHQ-9"),
        "daily_opioid_mg": _("mg of oral morphine a day"),
    }
    return units[name]


def _hint(name: str, value: float) -> str:
    if name == "height" and 0 < value < 3:
        return _("write the height in centimetres: {value:g}.").format(value=value * 100)
    return _("check the number and its unit.")


def _medicines(value: object) -> tuple[str, ...]:
    expected = _('a list of names, such as ["clarithromycin"], or an empty list for none.')
    if not isinstance(value, (list, tuple)):
        raise _refusal("medicines", quoted(value), expected, _("put the names in a list."))
    names: list[str] = []
    for item in cast("Iterable[object]", value):
        name = " ".join(item.split()).lower() if isinstance(item, str) else ""
        if not name or len(name) > _LONGEST_NAME or not name.isprintable():
            raise _refusal(
                "medicines", quoted(item), expected, _("write the name of the medicine.")
            )
        if name not in names:
            names.append(name)
    if len(names) > _MOST_MEDICINES:
        raise _refusal(
            "medicines",
            translate_plural("{count} name", "{count} names", len(names)).format(count=len(names)),
            _("at most {most}.").format(most=_MOST_MEDICINES),
            _("shorten the list."),
        )
    return tuple(names)


def _alleles(value: object) -> str:
    match = _ALLELES.fullmatch(value.replace(" ", "")) if isinstance(value, str) else None
    if match is None:
        raise _refusal(
            "cyp2b6",
            quoted(value),
            _("a pair of star alleles, such as *1/*6."),
            _("write both alleles."),
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
    remedy = _("write {word}.").format(word=quoted(near)) if near else _("use one of these words.")
    raise _refusal(name, quoted(value), _("one of {words}.").format(words=", ".join(words)), remedy)


def _choices(name: str) -> list[StrEnum]:
    # Imported here because the patient, in turn, asks this file to check it.
    from respite.domain.patient import Ancestry, Condition, Liver, Sex

    kinds: dict[str, type[StrEnum]] = {
        "sex": Sex,
        "condition": Condition,
        "liver": Liver,
        "ancestry": Ancestry,
    }
    return list(kinds[name])


def _refusal(name: str, what: str, expected: str, remedy: str) -> PatientNotUnderstood:
    return PatientNotUnderstood(
        _("The fact {name} is {what}.").format(name=name, what=what), expected, remedy
    )
