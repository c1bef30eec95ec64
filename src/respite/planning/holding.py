"""Plans held against the rules of safety: what speaks against which, and what must be asked."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from respite.domain import DosingHistory, Patient
from respite.domain import translate as _
from respite.literature import Library
from respite.planning.answer import RefusedPlan, Said
from respite.planning.candidates import Candidate
from respite.safety import Facts, Finding, facts_of, questions_of, screen

REFUSES = ("stop", "absolute", "relative")
"""Severities that rule a plan out; a named senior may overrule the last."""


@dataclass(frozen=True)
class Held:
    """What rules say of a patient and of plans.

    Attributes
    ----------
    known
        What is known whatever the plan.
    of_patient
        What became of the rules of evaluation, whatever the plan.
    of_plan
        What became of the rules of the plan, for each plan by its text.
    """

    known: Facts
    of_patient: tuple[Finding, ...]
    of_plan: Mapping[str, tuple[Finding, ...]]

    @property
    def stops_patient(self) -> tuple[Finding, ...]:
        """Rules that refuse every plan."""
        return tuple(one for one in self.of_patient if _refuses(one))

    @property
    def says_weak(self) -> tuple[str, ...]:
        """What rules say of evidence for the indication, where it is weak."""
        return tuple(one.action for one in self.of_patient if one.fires and one.data.says_weak)

    def of_patient_said(self) -> tuple[Said, ...]:
        """Give the rules of the patient that fire, as an answer carries them."""
        return tuple(said(one) for one in self.of_patient if one.fires)

    def against(self, plan: str) -> tuple[Finding, ...]:
        """Give the rules that refuse a plan, those of the patient first."""
        own = tuple(one for one in self.of_plan[plan] if _refuses(one))
        return (*self.stops_patient, *own)

    def conditions(self, plan: str) -> tuple[Said, ...]:
        """Give what rules ask for, of a plan that they allow."""
        every = self.of_plan[plan]
        return tuple(said(one) for one in every if one.fires and not _refuses(one))

    def refused(self, every: Iterable[Candidate]) -> tuple[RefusedPlan, ...]:
        """Name every plan that is refused, with its first rule."""
        found: list[RefusedPlan] = []
        for candidate in every:
            for rule in self.against(candidate.text)[:1]:
                found.append(RefusedPlan(
                    regimen=candidate.text, rule=rule.rule, because=rule.because,
                    action=rule.action,
                ))  # fmt: skip
        return tuple(found)

    def ask(self, library: Library) -> tuple[str, ...]:
        """Name the facts that are not known and could change what is proposed."""
        every = (*self.of_patient, *(one for plan in self.of_plan.values() for one in plan))
        questions = questions_of(every, library.vocabulary)
        return tuple(dict.fromkeys(one.ask for one in questions if one.could_raise))

    def open_on(self, plan: str) -> tuple[Finding, ...]:
        """Give the rules that would refuse a plan if what is not known were so."""
        every = (*self.of_patient, *self.of_plan[plan])
        return tuple(one for one in every if one.status == "unknown" and one.severity in REFUSES)


def hold(  # noqa: PLR0913 - each is something that may be known
    library: Library,
    patient: Patient,
    every: Sequence[Candidate],
    *,
    facts: Facts | None,
    history: DosingHistory | None,
    day: date,
) -> Held:
    """Hold plans against the rules.

    Parameters
    ----------
    library
        Where rules come from.
    patient
        What is known of the patient.
    every
        The plans.
    facts
        Facts that were told beside.
    history
        What was given.
    day
        The day on which is asked.

    Raises
    ------
    FactsNotUnderstood
        Where facts cannot all be true.
    """
    alone = facts_of(library, patient, None, told=facts, history=history, at=day)
    of_plan: dict[str, tuple[Finding, ...]] = {}
    for one in every:
        told = (facts or Facts()).with_(
            {"plan.setting": one.practice.setting}, _("the way of giving")
        )
        known = facts_of(library, patient, one.regimen, told=told, history=history, at=day)
        of_plan[one.text] = screen(library, known, ("plan",))
    return Held(alone, screen(library, alone, ("evaluation",)), of_plan)


def _refuses(found: Finding) -> bool:
    return found.fires and found.severity in REFUSES


def said(found: Finding) -> Said:
    """Give a finding as an answer carries it."""
    return Said(
        rule=found.rule, severity=found.severity, action=found.action, because=found.because
    )
