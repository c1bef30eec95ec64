"""A rule of safety as data: when it fires, how grave it is, what to do, and whose word it is."""

from __future__ import annotations

from typing import Literal

from msgspec import Struct

from respite.literature.number import Read, Status

Severity = Literal["stop", "absolute", "relative", "ask", "caution", "monitor"]
"""How grave a rule is; what each word means stands in ``library/rulebooks``."""

Verdict = Literal["stop", "caution", "proceed"]
"""What is said of a plan as a whole."""

NumberIs = Literal["source", "ours", "mixed", "unverified", "none"]
"""Whose the numbers of a rule are; ``unverified`` were recalled, ``none`` says it has none."""

Basis = Literal[
    "label",
    "guideline",
    "regulator",
    "trial",
    "case_series",
    "instrument",
    "ours",
    "general_knowledge",
]
"""What a rule rests on."""


class Rule(Struct, frozen=True, forbid_unknown_fields=True):
    """One rule.

    Attributes
    ----------
    id
        By which answers name it.
    severity
        How grave it is that it fires.
    when
        The condition under which it fires, as ``condition.py`` reads it.
    action
        What to do then, in plain words.
    status, read
        ``published`` where the core of the rule was read in a source, and how; otherwise
        ``assumed``.
    number_is
        Whose the numbers in the condition are.
    basis
        What kind of source it rests on; ``ours`` where its threshold or its action is ours.
    sources
        Keys of the sources.
    because
        What is ours in it, or what else is to be said.
    says_weak
        Whether it says that evidence for the indication is weak, so that a proposal begins with
        no ketamine.
    """

    id: str
    severity: Severity
    when: str
    action: str
    status: Status
    read: Read
    number_is: NumberIs
    basis: Basis
    sources: tuple[str, ...]
    because: str = ""
    says_weak: bool = False


class RuleSet(Struct, frozen=True, forbid_unknown_fields=True):
    """One file of ``library/rules``: the rules of one phase."""

    id: str
    title: str
    rules: tuple[Rule, ...]


class Phase(Struct, frozen=True, forbid_unknown_fields=True):
    """One phase of a treatment.

    Attributes
    ----------
    name, words
        What it is called, and what it is in words.
    drawn_from
        Under which phases its rules were collected.
    default
        Whether it is looked at where no phase is asked for.
    """

    name: str
    words: str
    drawn_from: tuple[str, ...] = ()
    default: bool = False

    @property
    def file(self) -> str:
        """Name of the file of its rules."""
        return self.name.replace("-", "_")


class Grade(Struct, frozen=True, forbid_unknown_fields=True):
    """One severity: what it means, what it was called where rules were collected, and what it says.

    Attributes
    ----------
    name, words
        What it is called, and what it means.
    drawn_from
        What it was called where rules were collected; nothing where only we use it.
    verdict
        What a rule of this severity says of the plan when it fires.
    """

    name: Severity
    words: str
    drawn_from: str
    verdict: Verdict


class Contradiction(Struct, frozen=True, forbid_unknown_fields=True):
    """Facts that cannot both be true: when, and how it is said."""

    when: str
    says: str


class Rulebook(Struct, frozen=True, forbid_unknown_fields=True):
    """One file of ``library/rulebooks``: how rules are read.

    Attributes
    ----------
    phases
        Phases in the order of a treatment.
    severities
        Severities, the gravest first.
    contradictions
        Facts that cannot both be true.
    """

    id: str
    title: str
    phases: tuple[Phase, ...]
    severities: tuple[Grade, ...]
    contradictions: tuple[Contradiction, ...] = ()
