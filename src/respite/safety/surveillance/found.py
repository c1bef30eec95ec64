"""What was found: triggers of the library whose conditions hold, and the facts that decide."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache

from respite.literature import (
    Library,
    RuleCondition,
    SurveillanceItem,
    Trigger,
    facts_in,
    load_library,
    read_condition,
)
from respite.safety.rules.known import Value
from respite.safety.rules.logic import deciding, truth


@dataclass(frozen=True, kw_only=True)
class FoundTrigger:
    """One finding of the library that holds.

    Attributes
    ----------
    item, trigger
        What is watched, and what was found.
    facts
        The facts by which it holds.
    """

    item: SurveillanceItem
    trigger: Trigger
    facts: tuple[str, ...]

    @property
    def name(self) -> str:
        """What tells it from every other finding of the library."""
        return f"{self.item.id}.{self.trigger.id}"


def found_in(
    known: Mapping[str, Value],
    *,
    about: frozenset[str] | None = None,
    library: Library | None = None,
) -> tuple[FoundTrigger, ...]:
    """Say which findings of the library hold; what is not known is never taken for one.

    Parameters
    ----------
    known
        What is known, by fact.
    about
        Only findings that ask about one of these facts; all by default.
    library
        Where findings come from; the one that comes with Respite by default.

    Examples
    --------
    >>> [one.name for one in found_in({"labs.alt_xuln": 3.5})]
    ['liver.high']
    """
    found: list[FoundTrigger] = []
    for item, trigger, condition, asked in _conditions(library or load_library()):
        if about is not None and not about & asked:
            continue
        if truth(condition, known) is True:
            facts = dict.fromkeys(
                name for part in deciding(condition, known) for name in facts_in(part)
            )
            found.append(FoundTrigger(item=item, trigger=trigger, facts=tuple(facts)))
    return tuple(found)


def asked_by_findings(library: Library | None = None) -> frozenset[str]:
    """Name every fact that a finding asks about."""
    return frozenset(
        name for *_rest, asked in _conditions(library or load_library()) for name in asked
    )


@cache
def _conditions(
    library: Library,
) -> Sequence[tuple[SurveillanceItem, Trigger, RuleCondition, frozenset[str]]]:
    read: list[tuple[SurveillanceItem, Trigger, RuleCondition, frozenset[str]]] = []
    for item in library.surveillance.values():
        for trigger in item.triggers:
            if trigger.when:
                condition = read_condition(trigger.when, library.vocabulary)
                read.append((item, trigger, condition, frozenset(facts_in(condition))))
    return read
