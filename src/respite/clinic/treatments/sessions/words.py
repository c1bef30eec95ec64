"""What the lines of a flowsheet say, in words."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from respite.clinic.treatments.models import EntryKind, SessionEntry
from respite.clinic.treatments.sessions.actions import MENDED, REMOVABLE
from respite.clinic.treatments.sessions.checks import OVERRULED, TICKED, kind_of
from respite.clinic.treatments.sessions.flowsheet import (
    NEW_MEDICINES,
    PAIN_AFTER,
    PAIN_BEFORE,
    TAKEN_BACK,
    WEIGHT,
)
from respite.clinic.treatments.sessions.watch import (
    SCORES,
    effect_titles,
    scales,
    severities,
)
from respite.domain import listed
from respite.domain import translate as _


@dataclass(frozen=True)
class Told:
    """One line in words.

    Attributes
    ----------
    entry, words
        The line, and what it says.
    is_struck
        Whether it was corrected, or taken back.
    may_be_mended
        Whether it may still be corrected.
    """

    entry: SessionEntry
    words: str
    is_struck: bool
    may_be_mended: bool


def told_lines(entries: list[SessionEntry]) -> list[Told]:
    """Say every line, the latest first, with those that were corrected."""
    corrected = {one.corrects_id for one in entries}
    return [
        Told(
            one,
            line_words(one),
            is_struck=one.pk in corrected,
            may_be_mended=one.pk not in corrected
            and one.kind in MENDED | REMOVABLE
            and TAKEN_BACK not in one.data
            and not {"called_off", TICKED, OVERRULED} & set(one.data),
        )
        for one in reversed(entries)
    ]


def line_words(entry: SessionEntry) -> str:
    """Say what one line tells."""
    data, kind = entry.data, EntryKind(entry.kind)
    if TAKEN_BACK in data:
        return _("Taken back: {why}").format(why=data[TAKEN_BACK])
    words = _WORDS.get(kind)
    return str(kind.label) if words is None else words(data)


def _rate(data: Mapping[str, Any]) -> str:
    if not data.get("rate"):
        return ""
    if float(data["rate"]) == 0:
        return _("pause")
    return _("{drug} {route} at {rate} {unit}").format(
        drug=data["drug"], route=data["route"], rate=plain(data["rate"]), unit=data["unit"]
    )


def plain(number: str) -> str:
    """Write a number without zeros that say nothing."""
    return number.rstrip("0").rstrip(".") if "." in number else number


def _start(data: Mapping[str, Any]) -> str:
    rate = _rate(data)
    return _("Start: {rate}").format(rate=rate) if rate else _("Start")


def _changed_rate(data: Mapping[str, Any]) -> str:
    return _("Rate: {rate}").format(rate=_rate(data))


def _single(data: Mapping[str, Any]) -> str:
    return _("Given at once: {drug} {mg} mg {route}").format(
        drug=data["drug"], mg=plain(data["mg"]), route=data["route"]
    )


def _vitals(data: Mapping[str, Any]) -> str:
    told: list[str] = []
    if data.get("systolic") is not None:
        words = _("pressure {systolic}/{diastolic}")
        told.append(words.format(systolic=data["systolic"], diastolic=data["diastolic"]))
    sentences = {
        "pulse": _("pulse {value}"),
        "saturation": _("saturation {value} %"),
        "breaths": _("breaths {value}"),
        "sedation": _("sedation {value}"),
        "dissociation": _("dissociation {value}"),
        "nausea": _("nausea {value}"),
    }
    scored = scales()
    for name, sentence in sentences.items():
        value = data.get(name)
        if value is not None:
            told.append(sentence.format(value=scored[name][value] if name in SCORES else value))
    return _("Vital signs: {values}").format(values="; ".join(told))


def _effect(data: Mapping[str, Any]) -> str:
    name = data.get("words") or effect_titles()[data["effect"]]
    return _("Effect: {name}, {severity}").format(
        name=name, severity=severities()[data["severity"]]
    )


def _note(data: Mapping[str, Any]) -> str:
    if "called_off" in data:
        return _("Called off: {reason}").format(reason=data["called_off"])
    return _("Note: {text}").format(text=data.get("text", ""))


def _answer(data: Mapping[str, Any]) -> str:
    if "ended" in data:
        return _("Ended: the patient goes home.")
    if TICKED in data:
        return _("Precaution ticked: {rules}").format(rules=listed(_rules(data[TICKED])))
    if OVERRULED in data:
        return _("Goes on in spite of {rules}: {reason}").format(
            rules=listed(_rules(data[OVERRULED])), reason=data.get("reason", "")
        )
    fact, told = data["fact"], data["told"]
    value = (_("yes") if told else _("no")) if isinstance(told, bool) else str(told)
    if fact == WEIGHT:
        value = f"{told} kg"
    return _("{what}: {value}").format(what=fact_words(fact), value=value)


def _rules(marked: Mapping[str, Any]) -> list[str]:
    return [fact_words(one) if one == NEW_MEDICINES else one for one in marked]


def fact_words(fact: str) -> str:
    """Say what a question of a checklist is about."""
    own = {
        WEIGHT: _("Weight"),
        NEW_MEDICINES: _("New medicines"),
        PAIN_BEFORE: _("Pain before"),
        PAIN_AFTER: _("Pain at leaving"),
    }
    kind = kind_of(fact)
    if fact in own or kind is None:
        return own.get(fact, fact)
    return kind.words[:1].upper() + kind.words[1:]


def _amounts(data: Mapping[str, Any]) -> str:
    numbers = {name: plain(data[name]) for name in ("drawn", "given", "wasted")}
    return _("{drug}, lot {lot}: drawn {drawn} mg, given {given} mg, wasted {wasted} mg").format(
        drug=data["drug"], lot=data["lot"], **numbers
    )


def _stop(data: Mapping[str, Any]) -> str:
    return _("Stop")


def _witness(data: Mapping[str, Any]) -> str:
    return _("Second signature for: {amounts}").format(amounts=_amounts(data))


def _observed(data: Mapping[str, Any]) -> str:
    words = severities()
    told = _("Observed: sedation {sedation}, dissociation {dissociation}").format(
        sedation=words[data["sedation"]], dissociation=words[data["dissociation"]]
    )
    if data["serious"] == "yes":
        told += "; " + _("a serious event: {words}").format(words=data["serious_words"])
    return told


_WORDS = {
    EntryKind.STOP: _stop,
    EntryKind.WITNESS: _witness,
    EntryKind.OBSERVED: _observed,
    EntryKind.CHECK: _answer,
    EntryKind.START: _start,
    EntryKind.RATE: _changed_rate,
    EntryKind.BOLUS: _single,
    EntryKind.VITALS: _vitals,
    EntryKind.EFFECT: _effect,
    EntryKind.NOTE: _note,
    EntryKind.DISCHARGE: _answer,
    EntryKind.AMOUNTS: _amounts,
}
