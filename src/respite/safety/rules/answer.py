"""The answer of a check; its plain form is ``respite.check/1``."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from respite.literature import Verdict
from respite.safety.effects.answer import AcuteEffect
from respite.safety.rules.findings import Finding, Status
from respite.safety.rules.known import Facts, plain
from respite.safety.rules.questions import Question
from respite.safety.surveillance.due import Due


@dataclass(frozen=True, kw_only=True)
class Safety:
    """Whether a plan may be given to a patient, and what must be asked first.

    Attributes
    ----------
    regimen, people
        The plan and the patient, in words; ``None`` without a plan.
    phases, on
        Phases that were looked at, and the day on which was asked.
    verdict
        ``stop`` where a rule says so; ``caution`` where one asks for a precaution, or where nobody
        knows enough to say more; ``proceed`` otherwise.
    findings
        What became of every rule of the phases.
    questions
        What is not known and keeps rules open, the most important first.
    facts
        What is known.
    not_recognised
        Medicines that the library does not know.
    surveillance, adverse_effects
        What is due, and what effects to expect, where that was asked for.
    effects_missing
        Why no effects are told of a plan; ``None`` where they are, or nobody asked.
    provenance
        With what the answer was made.
    draw
        How a notebook shows it.
    """

    regimen: str | None
    people: str
    phases: tuple[str, ...]
    on: date
    verdict: Verdict
    findings: tuple[Finding, ...]
    questions: tuple[Question, ...]
    facts: Facts
    not_recognised: tuple[str, ...] = ()
    surveillance: tuple[Due, ...] = ()
    adverse_effects: tuple[AcuteEffect, ...] = ()
    effects_missing: str | None = None
    provenance: Mapping[str, Any] = field(default_factory=dict[str, Any])
    draw: Callable[[Safety], str] | None = field(default=None, repr=False, compare=False)

    def of(self, status: Status) -> tuple[Finding, ...]:
        """Give the findings of one status, the gravest first."""
        return tuple(sorted((f for f in self.findings if f.status == status), key=_rank))

    @property
    def ask(self) -> tuple[str, ...]:
        """Names of unknown facts that could make the verdict worse, the most important first."""
        return tuple(one.fact for one in self.questions if one.could_raise)

    @property
    def rests_on(self) -> tuple[Finding, ...]:
        """The rules that fire and say what the verdict says, the gravest first."""
        return tuple(one for one in self.of("fires") if one.says == self.verdict)

    @property
    def could_stop(self) -> tuple[Finding, ...]:
        """Rules of which nobody knows whether they fire, and which would say stop."""
        return tuple(one for one in self.of("unknown") if one.says == "stop")

    @property
    def ask_first(self) -> bool:
        """Whether something must be asked before anything is given."""
        return bool(self.ask)

    def to_dict(self) -> dict[str, Any]:
        """Give the answer as plain data in the form of ``respite.check/1``."""
        return {
            "schema": "respite.check/1",
            "regimen": self.regimen,
            "people": self.people,
            "phases": list(self.phases),
            "on": self.on.isoformat(),
            "verdict": self.verdict,
            "rests_on": [one.rule for one in self.rests_on],
            "ask_first": self.ask_first,
            "findings": [one.to_dict() for one in self.findings],
            "ask": list(self.ask),
            "questions": [one.to_dict() for one in self.questions],
            "not_recognised": list(self.not_recognised),
            "facts": {
                name: {"value": plain(value), "from": self.facts.origin.get(name, "")}
                for name, value in sorted(self.facts.known.items())
            },
            "ways": [
                {name: plain(value) for name, value in sorted(way.items())}
                for way in self.facts.ways
            ],
            "surveillance": [one.to_dict() for one in self.surveillance],
            "adverse_effects": [one.to_dict() for one in self.adverse_effects],
            "effects_missing": self.effects_missing,
            "provenance": dict(self.provenance),
        }

    def _repr_html_(self) -> str:
        """Show the answer in a notebook."""
        return self.draw(self) if self.draw else f"<pre>{self.verdict}</pre>"


def _rank(finding: Finding) -> int:
    return finding.rank
