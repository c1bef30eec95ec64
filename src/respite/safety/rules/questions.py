"""What is not known and could change the verdict, as questions, the most important first."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from respite.literature import FactKind, Severity
from respite.safety.rules.findings import Finding
from respite.safety.rules.logic import open_codes


@dataclass(frozen=True, kw_only=True)
class Question:
    """One fact that is not known, and what hangs on it.

    Attributes
    ----------
    fact, ask
        Its name, and the question by which a person is asked.
    codes
        Of a list of words, those that nobody told, with their meaning.
    rules
        Rules that wait for it, the gravest first.
    gravest
        The gravest severity among them.
    alone
        Rules of that severity that wait for nothing else.
    flags
        By which flags it may be told, beside a file of facts.
    could_raise
        Whether one of the rules could make the verdict *caution* or *stop*.
    """

    fact: str
    ask: str
    codes: Mapping[str, str]
    rules: tuple[str, ...]
    gravest: Severity
    alone: tuple[str, ...]
    flags: tuple[str, ...]
    could_raise: bool

    def to_dict(self) -> dict[str, Any]:
        """Give the record as plain data."""
        return {
            "fact": self.fact,
            "ask": self.ask,
            "codes": dict(self.codes),
            "rules": list(self.rules),
            "gravest": self.gravest,
            "alone": list(self.alone),
            "flags": list(self.flags),
            "could_raise": self.could_raise,
        }


def questions_of(
    findings: Iterable[Finding], kinds: Mapping[str, FactKind]
) -> tuple[Question, ...]:
    """Give what must be asked, ranked by how much it could change the verdict.

    First comes what the gravest rules wait for; among those, a fact that alone decides one; then
    the one for which most rules wait.

    Parameters
    ----------
    findings
        What became of each rule.
    kinds
        Every fact there is, by name.
    """
    waiting: dict[str, list[Finding]] = {}
    for finding in findings:
        for name in finding.missing:
            waiting.setdefault(name, []).append(finding)
    ranked = sorted(waiting, key=lambda name: (*_weight(waiting[name]), list(kinds).index(name)))
    return tuple(_question(kinds[name], waiting[name]) for name in ranked)


def _weight(held: list[Finding]) -> tuple[int, bool, int]:
    gravest = min(one.rank for one in held)
    alone = any(one.rank == gravest and len(one.missing) == 1 for one in held)
    return gravest, not alone, -len(held)


def _question(kind: FactKind, held: list[Finding]) -> Question:
    ordered = sorted(held, key=lambda one: one.rank)
    gravest = ordered[0].rank
    codes: dict[str, str] = {}
    if kind.type == "codes":
        for one in ordered:
            wanted = open_codes(one.read.condition, one.known).get(kind.name, set())
            codes |= {code: kind.codes[code] for code in sorted(wanted)}
    elif kind.type == "code":
        codes = dict(kind.codes)
    return Question(
        fact=kind.name,
        ask=kind.ask,
        codes=codes,
        rules=tuple(one.rule for one in ordered),
        gravest=ordered[0].severity,
        alone=tuple(o.rule for o in ordered if o.rank == gravest and len(o.missing) == 1),
        flags=kind.flags,
        could_raise=any(one.says != "proceed" for one in held),
    )
