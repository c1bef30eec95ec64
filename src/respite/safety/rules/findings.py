"""One rule held against what is known: it fires, it is clear, or nobody knows."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, Literal

from respite.domain import listed
from respite.domain import translate as _
from respite.literature import FactKind, HasAny, Library, Rule, Severity, Verdict
from respite.safety.rules.book import ReadRule, phases_of, rules_of
from respite.safety.rules.known import Facts, Value, said
from respite.safety.rules.logic import deciding, open_facts, truth

Status = Literal["fires", "clear", "unknown"]
"""What became of a rule."""


@dataclass(frozen=True, kw_only=True)
class Finding:
    """What became of one rule.

    Attributes
    ----------
    status
        Whether it fires, is clear, or is not known to be either.
    missing
        Names of the facts that keep it unknown; none where it is not.
    read
        The rule with its condition.
    known
        What is known of the way of giving that decided.
    kinds
        Every fact there is, by name.
    """

    status: Status
    missing: tuple[str, ...]
    read: ReadRule = field(repr=False)
    known: Mapping[str, Value] = field(repr=False, compare=False)
    kinds: Mapping[str, FactKind] = field(repr=False, compare=False)

    @property
    def rule(self) -> str:
        """The id of the rule."""
        return self.read.rule.id

    @property
    def phase(self) -> str:
        """The phase of the rule."""
        return self.read.phase

    @property
    def severity(self) -> Severity:
        """How grave it is that the rule fires."""
        return self.read.rule.severity

    @property
    def rank(self) -> int:
        """Place of the severity, the gravest being zero."""
        return self.read.rank

    @property
    def says(self) -> Verdict:
        """What the rule says of the plan when it fires."""
        return self.read.grade.verdict

    @property
    def action(self) -> str:
        """What to do where it fires."""
        return self.read.rule.action

    @property
    def data(self) -> Rule:
        """The rule as its file has it."""
        return self.read.rule

    @property
    def fires(self) -> bool:
        """Whether it fires."""
        return self.status == "fires"

    @property
    def missing_words(self) -> tuple[str, ...]:
        """The facts that keep it unknown, in words."""
        return tuple(self.kinds[name].words for name in self.missing)

    @property
    def because(self) -> str:
        """Why it fires or is clear, or what is not known, in words."""
        if self.status == "unknown":
            return _("not known: {facts}").format(facts=listed(self.missing_words))
        return "; ".join(self._told())

    def _told(self) -> list[str]:
        told: dict[str, str] = {}
        for atom in deciding(self.read.condition, self.known):
            names = [getattr(atom, name, "") for name in ("fact", "other")]
            only = atom.codes if isinstance(atom, HasAny) else ()
            for name in filter(None, names):
                kind, value = self.kinds[name], self.known.get(name)
                words = _("not told") if value is None else said(kind, value, only)
                told[name] = f"{kind.words}: {words}"
        return list(told.values())

    def to_dict(self) -> dict[str, Any]:
        """Give the record as plain data."""
        rule = self.data
        return {
            "rule": rule.id,
            "phase": self.phase,
            "severity": rule.severity,
            "status": self.status,
            "because": self.because,
            "missing": list(self.missing),
            "action": rule.action,
            "number_is": rule.number_is,
            "basis": rule.basis,
            "status_of_rule": rule.status,
            "read": rule.read,
            "note": rule.because or None,
            "when": rule.when,
            "source": ", ".join(rule.sources),
            "sources": list(rule.sources),
        }


def screen(
    library: Library, facts: Facts, phases: tuple[str, ...] | None = None
) -> tuple[Finding, ...]:
    """Hold every rule of some phases against what is known.

    Where a plan gives drugs in several ways, a rule fires if it fires for one of them, and is
    clear only if it is clear for all.

    Parameters
    ----------
    library
        Where rules come from.
    facts
        What is known.
    phases
        Names of phases; by default the evaluation and the plan.

    Returns
    -------
    One finding for each rule, in the order of the library.

    Raises
    ------
    PhaseNotKnown
        Where a phase has no such name.
    """
    views, kinds = facts.views(), library.vocabulary
    return tuple(
        _finding(rule, views, kinds) for rule in rules_of(library, phases_of(library, phases))
    )


def _finding(
    rule: ReadRule, views: tuple[Mapping[str, Value], ...], kinds: Mapping[str, FactKind]
) -> Finding:
    status: Status = "clear"
    decided, missing = views[0], tuple[str, ...]()
    for known in views:
        holds = truth(rule.condition, known)
        if holds:
            return Finding(status="fires", missing=(), read=rule, known=known, kinds=kinds)
        if holds is None and status == "clear":
            status, decided, missing = "unknown", known, open_facts(rule.condition, known)
    return Finding(status=status, missing=missing, read=rule, known=decided, kinds=kinds)
