"""May this be given to this patient, what may it do on the day, and what must be watched?

It may import ``population`` and below. What is allowed: ``rules``, from ``rules/checking.py``;
rules are data, in ``library/rules``. What is watched, and when: ``surveillance``, from
``surveillance/exposure.py``.
Acute effects of a plan: ``effects``, from ``effects/acute.py``.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from respite.domain import lazy_door

if TYPE_CHECKING:
    from respite.safety.effects.acute import acute_effects
    from respite.safety.effects.answer import AcuteEffect
    from respite.safety.effects.levels import (
        Exposed,
        SessionLevels,
        draw_exposed,
        exposed_to,
        session_levels,
    )
    from respite.safety.effects.model import (
        ACUTE_MODEL,
        FELT,
        MEASURED,
        RISING,
        EffectModel,
        draw_effects,
    )
    from respite.safety.effects.of_plan import PlanEffects, days_with_doses, effects_of_plan
    from respite.safety.effects.outside import outside_of
    from respite.safety.effects.sessions import Session, long_of, sessions_of, worn_by
    from respite.safety.rules.answer import Safety
    from respite.safety.rules.book import PhaseNotKnown, phases_of
    from respite.safety.rules.checking import check, done_by, verdict_of
    from respite.safety.rules.findings import Finding, screen
    from respite.safety.rules.gathering import facts_of
    from respite.safety.rules.known import Codes, Facts, FactsNotUnderstood, Span, said
    from respite.safety.rules.patient_facts import unknown_medicines
    from respite.safety.rules.questions import Question, questions_of
    from respite.safety.rules.told import read_facts
    from respite.safety.surveillance.due import Due, SurveillancePlan
    from respite.safety.surveillance.exposure import Exposure, LongInfusion, exposure_of
    from respite.safety.surveillance.filtration import egfr_of
    from respite.safety.surveillance.found import FoundTrigger, asked_by_findings, found_in
    from respite.safety.surveillance.results import (
        LabValue,
        ResultNotUnderstood,
        find_analyte,
        names_of_tests,
        read_limit,
        read_result,
        read_unit,
    )
    from respite.safety.surveillance.schedule import last_done, surveillance_of, surveillance_plan

HOMES = {
    "rules.answer": "Safety",
    "rules.book": "PhaseNotKnown phases_of",
    "rules.checking": "check done_by verdict_of",
    "rules.findings": "Finding screen",
    "rules.gathering": "facts_of",
    "rules.known": "Codes Facts FactsNotUnderstood Span said",
    "rules.patient_facts": "unknown_medicines",
    "rules.questions": "Question questions_of",
    "rules.told": "read_facts",
    "surveillance.due": "Due SurveillancePlan",
    "surveillance.exposure": "Exposure LongInfusion exposure_of",
    "surveillance.filtration": "egfr_of",
    "surveillance.found": "FoundTrigger asked_by_findings found_in",
    "surveillance.results": "LabValue ResultNotUnderstood find_analyte names_of_tests read_limit "
    "read_result read_unit",
    "surveillance.schedule": "last_done surveillance_of surveillance_plan",
    "effects.acute": "acute_effects",
    "effects.answer": "AcuteEffect",
    "effects.levels": "Exposed SessionLevels draw_exposed exposed_to session_levels",
    "effects.model": "ACUTE_MODEL FELT MEASURED RISING EffectModel draw_effects",
    "effects.of_plan": "PlanEffects days_with_doses effects_of_plan",
    "effects.outside": "outside_of",
    "effects.sessions": "Session long_of sessions_of worn_by",
}
"""Which file each name lives in: each is read when it is first asked for."""

__getattr__ = lazy_door(__name__, HOMES)

__all__ = [
    "ACUTE_MODEL",
    "FELT",
    "MEASURED",
    "RISING",
    "AcuteEffect",
    "Codes",
    "Due",
    "EffectModel",
    "Exposed",
    "Exposure",
    "Facts",
    "FactsNotUnderstood",
    "Finding",
    "FoundTrigger",
    "LabValue",
    "LongInfusion",
    "PhaseNotKnown",
    "PlanEffects",
    "Question",
    "ResultNotUnderstood",
    "Safety",
    "Session",
    "SessionLevels",
    "Span",
    "SurveillancePlan",
    "acute_effects",
    "asked_by_findings",
    "check",
    "days_with_doses",
    "done_by",
    "draw_effects",
    "draw_exposed",
    "effects_of_plan",
    "egfr_of",
    "exposed_to",
    "exposure_of",
    "facts_of",
    "find_analyte",
    "found_in",
    "last_done",
    "long_of",
    "names_of_tests",
    "outside_of",
    "phases_of",
    "questions_of",
    "read_facts",
    "read_limit",
    "read_result",
    "read_unit",
    "said",
    "screen",
    "session_levels",
    "sessions_of",
    "surveillance_of",
    "surveillance_plan",
    "unknown_medicines",
    "verdict_of",
    "worn_by",
]
