"""A plan held against the rules of safety, with all that is known of its patient today."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any

from django.utils import timezone

from respite.clinic.patients.models import PatientRecord
from respite.clinic.patients.queries import facts_told, history_of
from respite.domain import Regimen, RespiteError
from respite.report import check, check_told
from respite.safety import Safety

NEVER = ("absolute", "stop")
"""Severities that nobody overrules."""

OVERRULED = "relative"
"""The severity that a named clinician may overrule, with a reason."""

STAGES = ("before", "during", "discharge")
"""Phases of which an order names what must be watched."""


@dataclass(frozen=True, kw_only=True)
class Checked:
    """What rules say of a plan.

    Attributes
    ----------
    safety
        The answer; ``None`` where what is known cannot all be true.
    words
        The answer in words, as every face says it.
    fault
        Why there is no answer.
    """

    safety: Safety | None
    words: dict[str, Any]
    fault: RespiteError | None = None

    @property
    def never(self) -> list[dict[str, Any]]:
        """Rules that fire and that nobody overrules."""
        return [one for one in self.words.get("fired", []) if one["severity"] in NEVER]

    @property
    def overruled(self) -> list[dict[str, Any]]:
        """Rules that fire and that a named clinician may overrule."""
        return [one for one in self.words.get("fired", []) if one["severity"] == OVERRULED]

    @property
    def open(self) -> list[str]:
        """Rules of which nobody knows whether they would say stop."""
        return list(self.words.get("could_stop", []))


def checked(patient: PatientRecord, regimen: Regimen | None, *, on: date | None = None) -> Checked:
    """Hold a plan against the rules; what is known and cannot be true is told, not raised."""
    day = on or timezone.localdate()
    try:
        safety = check(
            patient.to_patient(day),
            regimen,
            facts=facts_told(patient, day),
            history=history_of(patient),
            on=day,
        )
    except RespiteError as fault:
        return Checked(safety=None, words={}, fault=fault)
    return Checked(safety=safety, words=check_told(safety))


@dataclass(frozen=True, kw_only=True)
class Watched:
    """What rules ask for in one phase of a session.

    Attributes
    ----------
    phase
        The phase.
    to_do
        What is done and recorded each time.
    to_act_on
        What is done where something is found.
    """

    phase: str
    to_do: list[str]
    to_act_on: list[str]


def to_watch(patient: PatientRecord, regimen: Regimen, *, on: date) -> list[Watched]:
    """Say what rules ask to be checked before, while and after a dose is given.

    Returns
    -------
    The phases in order; empty where the rules cannot be asked.
    """
    told: list[Watched] = []
    for phase in STAGES:
        try:
            answer = check(patient.to_patient(on), regimen, phase=phase, on=on)
        except RespiteError:
            return []
        open_rules = [one for one in answer.findings if one.status != "clear"]
        do = [one.action for one in open_rules if one.severity == "monitor"]
        act = [one.action for one in open_rules if one.severity != "monitor"]
        told.append(
            Watched(
                phase=phase,
                to_do=list(dict.fromkeys(do)),
                to_act_on=list(dict.fromkeys(act)),
            )
        )
    return told
