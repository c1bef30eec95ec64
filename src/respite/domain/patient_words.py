"""Describes a patient in one line, as a clinician would at the bedside."""

from __future__ import annotations

from typing import TYPE_CHECKING

from respite.domain.patient import Ancestry, Condition, Liver, Patient, Sex, Unknown
from respite.domain.words import joined_by_and
from respite.domain.words import translate as _

if TYPE_CHECKING:
    from collections.abc import Iterator

_ADULT_YEARS = 18


def describe(patient: Patient) -> str:
    """Give the known facts in one line, such as ``woman of 45, 70 kg, CRPS``."""
    facts = list(_facts(patient))
    return ", ".join(facts) if facts else _("patient of whom nothing is known")


def _facts(patient: Patient) -> Iterator[str]:
    if patient.sex is not Unknown.UNKNOWN or patient.age is not Unknown.UNKNOWN:
        yield _person(patient)
    yield from _told(_("{value:g} kg"), patient.weight)
    yield from _told(_("{value:g} cm"), patient.height)
    if patient.condition is not Unknown.UNKNOWN:
        yield _condition(patient.condition)
    yield from _told(_("usual pain {value:g} of 10"), patient.baseline_pain)
    yield from _told(_("in pain for {value:g} years"), patient.pain_years)
    if patient.medicines is not Unknown.UNKNOWN:
        yield (
            _("taking {medicines}").format(medicines=joined_by_and(patient.medicines))
            if patient.medicines
            else _("no medicines")
        )
    if patient.liver is not Unknown.UNKNOWN:
        yield _liver(patient.liver)
    yield from _told(_("eGFR {value:g} mL/min per 1.73 m²"), patient.egfr)
    if patient.cyp2b6 is not Unknown.UNKNOWN:
        yield _("CYP2B6 {cyp2b6}").format(cyp2b6=patient.cyp2b6)
    yield from _told(_("PHQ-9 {value:g} of 27"), patient.depression)
    yield from _told(_("opioids of {value:g} mg oral morphine a day"), patient.daily_opioid_mg)
    if patient.ancestry is not Unknown.UNKNOWN:
        yield _ancestry(patient.ancestry)


def _told(pattern: str, value: float | Unknown) -> Iterator[str]:
    if value is not Unknown.UNKNOWN:
        yield pattern.format(value=value)


def _person(patient: Patient) -> str:
    age = patient.age
    if age is Unknown.UNKNOWN:
        grown = {Sex.FEMALE: _("woman of unknown age"), Sex.MALE: _("man of unknown age")}
        unnamed = _("person of unknown age")
        return unnamed if patient.sex is Unknown.UNKNOWN else grown[patient.sex]
    if age < _ADULT_YEARS:
        words = {Sex.FEMALE: _("girl of {age:g}"), Sex.MALE: _("boy of {age:g}")}
        unnamed = _("child of {age:g}")
    else:
        words = {Sex.FEMALE: _("woman of {age:g}"), Sex.MALE: _("man of {age:g}")}
        unnamed = _("person of {age:g}")
    return (unnamed if patient.sex is Unknown.UNKNOWN else words[patient.sex]).format(age=age)


def _condition(condition: Condition) -> str:
    words = {
        Condition.CRPS: _("CRPS"),
        Condition.NEUROPATHIC: _("neuropathic pain"),
        Condition.FIBROMYALGIA: _("fibromyalgia"),
        Condition.PHANTOM_LIMB: _("phantom limb pain"),
        Condition.SPINAL_CORD_INJURY: _("pain after spinal cord injury"),
        Condition.POST_HERPETIC: _("post-herpetic neuralgia"),
        Condition.MIGRAINE: _("migraine"),
        Condition.CANCER: _("cancer pain"),
        Condition.MIXED: _("mixed chronic pain"),
        Condition.DEPRESSION: _("depression"),
    }
    return words[condition]


def _ancestry(ancestry: Ancestry) -> str:
    words = {
        Ancestry.ASIAN: _("of Asian ancestry"),
        Ancestry.JAPANESE: _("of Japanese ancestry"),
        Ancestry.NOT_ASIAN: _("of other than Asian ancestry"),
    }
    return words[ancestry]


def _liver(liver: Liver) -> str:
    if liver is Liver.NORMAL:
        return _("liver normal")
    return _("liver Child-Pugh {liver}").format(liver=liver[-1].upper())
