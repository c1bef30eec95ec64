"""Gathers what is known for rules: from patient, plan and history, and from what was told."""

from __future__ import annotations

from datetime import date

from respite.domain import UNKNOWN, DosingHistory, Patient, Regimen, listed
from respite.domain import translate as _
from respite.literature import Library
from respite.safety.rules.book import contradictions_of
from respite.safety.rules.known import Facts, FactsNotUnderstood, joined, said
from respite.safety.rules.logic import truth
from respite.safety.rules.past_facts import past_facts
from respite.safety.rules.patient_facts import patient_facts
from respite.safety.rules.plan_facts import plan_facts


def facts_of(  # noqa: PLR0913 - each is something that may be known
    library: Library,
    patient: Patient,
    regimen: Regimen | None,
    *,
    told: Facts | None = None,
    history: DosingHistory | None = None,
    at: date | None = None,
) -> Facts:
    """Give everything that rules can know of a patient and a plan.

    Parameters
    ----------
    library
        Where facts and names of medicines come from.
    patient
        The patient.
    regimen
        What is planned, or nothing.
    told
        Facts that were told beside these.
    history
        What was given, or nothing.
    at
        The day on which is asked; today by default.

    Raises
    ------
    FactsNotUnderstood
        Where two tellings of one fact differ, or facts cannot all be true.
    """
    kinds = library.vocabulary
    facts = Facts().with_(patient_facts(library, patient), _("the patient"))
    if history is not None:
        past = Facts().with_(past_facts(history, at or date.today()), _("the dosing history"))
        facts = joined(facts, past, kinds)
    if regimen is not None:
        weight = None if patient.weight is UNKNOWN else patient.weight
        ways = plan_facts(regimen, weight)
        facts = Facts(facts.known, facts.origin, ways)
        if len(ways) == 1:
            facts = Facts(facts.known, facts.origin).with_(ways[0], _("the regimen"))
    if told is not None:
        facts = joined(facts, told, kinds)
    refuse_contradictions(library, facts)
    return facts


def refuse_contradictions(library: Library, facts: Facts) -> None:
    """Refuse facts that cannot all be true.

    Parameters
    ----------
    library
        Where it is written which cannot.
    facts
        What is known.

    Raises
    ------
    FactsNotUnderstood
        Where some cannot.
    """
    kinds = library.vocabulary
    for one in contradictions_of(library):
        for known in facts.views():
            if truth(one.condition, known) is not True:
                continue
            values = [f"{name} = {said(kinds[name], known[name])}" for name in one.facts]
            raise FactsNotUnderstood(
                _("These facts cannot all be true: {says} ({values}).").format(
                    says=one.says, values=listed(values)
                ),
                _("facts that fit one person."),
                _("correct one of them, or leave it out."),
            )
