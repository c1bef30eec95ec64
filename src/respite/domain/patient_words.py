"""Describes a patient in one line, as a clinician would at the bedside."""

from __future__ import annotations

from typing import TYPE_CHECKING

from respite.domain.patient import Condition, Liver, Patient, Sex, Unknown

if TYPE_CHECKING:
    from collections.abc import Iterator

_ADULT_YEARS = 18

_CONDITIONS = {
    Condition.CRPS: "CRPS",
    Condition.NEUROPATHIC: "neuropathic pain",
    Condition.FIBROMYALGIA: "fibromyalgia",
    Condition.PHANTOM_LIMB: "phantom limb pain",
    Condition.SPINAL_CORD_INJURY: "pain after spinal cord injury",
    Condition.POST_HERPETIC: "post-herpetic neuralgia",
    Condition.MIGRAINE: "migraine",
    Condition.CANCER: "cancer pain",
    Condition.MIXED: "mixed chronic pain",
    Condition.DEPRESSION: "depression",
}


def describe(patient: Patient) -> str:
    """Give the known facts in one line, such as ``woman of 45, 70 kg, CRPS``."""
    facts = list(_facts(patient))
    return ", ".join(facts) if facts else "patient of whom nothing is known"


def _facts(patient: Patient) -> Iterator[str]:
    if patient.sex is not Unknown.UNKNOWN or patient.age is not Unknown.UNKNOWN:
        yield _person(patient)
    yield from _told("{:g} kg", patient.weight)
    yield from _told("{:g} cm", patient.height)
    if patient.condition is not Unknown.UNKNOWN:
        yield _CONDITIONS[patient.condition]
    yield from _told("usual pain {:g} of 10", patient.baseline_pain)
    yield from _told("in pain for {:g} years", patient.pain_years)
    if patient.medicines is not Unknown.UNKNOWN:
        yield f"taking {' and '.join(patient.medicines)}" if patient.medicines else "no medicines"
    if patient.liver is not Unknown.UNKNOWN:
        yield _liver(patient.liver)
    yield from _told("eGFR {:g} mL/min per 1.73 m²", patient.egfr)
    if patient.cyp2b6 is not Unknown.UNKNOWN:
        yield f"CYP2B6 {patient.cyp2b6}"
    yield from _told("PHQ-9 {:g} of 27", patient.depression)
    yield from _told("opioids of {:g} mg oral morphine a day", patient.daily_opioid_mg)


def _told(pattern: str, value: float | Unknown) -> Iterator[str]:
    if value is not Unknown.UNKNOWN:
        yield pattern.format(value)


def _person(patient: Patient) -> str:
    age = patient.age
    is_child = age is not Unknown.UNKNOWN and age < _ADULT_YEARS
    words = {Sex.FEMALE: ("woman", "girl"), Sex.MALE: ("man", "boy")}
    unnamed = ("person", "child")
    grown, young = unnamed if patient.sex is Unknown.UNKNOWN else words[patient.sex]
    who = young if is_child else grown
    return f"{who} of unknown age" if age is Unknown.UNKNOWN else f"{who} of {age:g}"


def _liver(liver: Liver) -> str:
    if liver is Liver.NORMAL:
        return "liver normal"
    return f"liver Child-Pugh {liver[-1].upper()}"
