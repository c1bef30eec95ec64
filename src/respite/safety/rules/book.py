"""The rules of a library with their conditions read, each file once."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import lru_cache

from respite.domain import RespiteError, closest_word, quoted
from respite.domain import translate as _
from respite.literature import (
    Grade,
    Library,
    Phase,
    Rule,
    Rulebook,
    RuleCondition,
    facts_in,
    read_condition,
)

BOOK = "safety"
"""Name of the file that says how rules are read."""


class PhaseNotKnown(RespiteError):
    """A phase of treatment that has no such name."""


@dataclass(frozen=True)
class ReadRule:
    """A rule with its condition read.

    Attributes
    ----------
    rule, phase
        The rule, and the phase it belongs to.
    condition, facts
        Its condition, and the facts that are named in it.
    grade
        What its severity means, and what it says of a plan.
    rank
        Place of its severity, the gravest being zero.
    """

    rule: Rule
    phase: str
    condition: RuleCondition
    facts: tuple[str, ...]
    grade: Grade
    rank: int


@dataclass(frozen=True)
class ReadContradiction:
    """Facts that cannot all be true, with their condition read."""

    says: str
    condition: RuleCondition
    facts: tuple[str, ...]


def book_of(library: Library) -> Rulebook:
    """Give the file that says how rules are read."""
    return library.rulebooks[BOOK]


def phases_of(library: Library, names: Iterable[str] | None) -> tuple[Phase, ...]:
    """Give phases by name, in the order of a treatment; without names those that are usual.

    Parameters
    ----------
    library
        Where phases come from.
    names
        What was asked for.

    Raises
    ------
    PhaseNotKnown
        Where a phase has no such name.
    """
    every = book_of(library).phases
    if names is None:
        return tuple(phase for phase in every if phase.default)
    wanted = [name.strip().lower().replace("_", "-") for name in names]
    known = [phase.name for phase in every]
    for name in wanted:
        if name not in known:
            near = closest_word(name, known)
            raise PhaseNotKnown(
                _("There is no phase {name}.").format(name=quoted(name)),
                _("one of {names}.").format(names=", ".join(known)),
                _("write {word}.").format(word=near) if near else _("use one of these words."),
            )
    return tuple(phase for phase in every if phase.name in wanted)


def rules_of(library: Library, phases: Sequence[Phase]) -> tuple[ReadRule, ...]:
    """Give the rules of some phases, in the order of the library.

    Parameters
    ----------
    library
        Where rules come from.
    phases
        Phases of a treatment.
    """
    return tuple(rule for phase in phases for rule in _of_phase(library, phase))


@lru_cache(maxsize=64)
def _of_phase(library: Library, phase: Phase) -> tuple[ReadRule, ...]:
    if phase.file not in library.rules:
        return ()
    kinds = library.vocabulary
    grades = {grade.name: (rank, grade) for rank, grade in enumerate(book_of(library).severities)}
    read: list[ReadRule] = []
    for rule in library.rules[phase.file].rules:
        condition = read_condition(rule.when, kinds)
        rank, grade = grades[rule.severity]
        read.append(ReadRule(rule, phase.name, condition, facts_in(condition), grade, rank))
    return tuple(read)


@lru_cache(maxsize=8)
def contradictions_of(library: Library) -> tuple[ReadContradiction, ...]:
    """Give the facts that cannot all be true."""
    kinds = library.vocabulary
    read = [(one.says, read_condition(one.when, kinds)) for one in book_of(library).contradictions]
    return tuple(
        ReadContradiction(says, condition, facts_in(condition)) for says, condition in read
    )
