"""May this be given to this patient, what must be asked and watched, and what effects to expect?

It may import ``population`` and below. What is allowed: ``rules``. Start with
``rules/checking.py``, then ``rules/logic.py``. Rules are data, in ``library/rules``.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from respite.domain import lazy_door

if TYPE_CHECKING:
    from respite.safety.rules.answer import Safety
    from respite.safety.rules.book import PhaseNotKnown, phases_of
    from respite.safety.rules.checking import check, verdict_of
    from respite.safety.rules.findings import Finding, screen
    from respite.safety.rules.gathering import facts_of
    from respite.safety.rules.known import Codes, Facts, FactsNotUnderstood, Span, said
    from respite.safety.rules.questions import Question, questions_of
    from respite.safety.rules.told import read_facts

HOMES = {
    "rules.answer": "Safety",
    "rules.book": "PhaseNotKnown phases_of",
    "rules.checking": "check verdict_of",
    "rules.findings": "Finding screen",
    "rules.gathering": "facts_of",
    "rules.known": "Codes Facts FactsNotUnderstood Span said",
    "rules.questions": "Question questions_of",
    "rules.told": "read_facts",
}
"""Which file each name lives in: each is read when it is first asked for."""

__getattr__ = lazy_door(__name__, HOMES)

__all__ = [
    "Codes",
    "Facts",
    "FactsNotUnderstood",
    "Finding",
    "PhaseNotKnown",
    "Question",
    "Safety",
    "Span",
    "check",
    "facts_of",
    "phases_of",
    "questions_of",
    "read_facts",
    "said",
    "screen",
    "verdict_of",
]
