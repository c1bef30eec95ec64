"""What a condition makes of what is known: true, false, or unknown.

The logic is that of Kleene with three values: an *and* with a false part is false whatever else is
unknown, an *or* with a true part is true, and otherwise an unknown part leaves the whole unknown.
"""

from __future__ import annotations

import operator
from collections.abc import Callable, Iterator, Mapping

from respite.literature import (
    Both,
    Compare,
    CompareFacts,
    Either,
    HasAny,
    IsWord,
    Missing,
    Opposite,
    RuleCondition,
)
from respite.safety.rules.known import Codes, Span, Value

HOLDS: dict[str, Callable[[float, float], bool]] = {
    ">=": operator.ge,
    "<=": operator.le,
    ">": operator.gt,
    "<": operator.lt,
    "=": operator.eq,
    "!=": operator.ne,
}


def truth(condition: RuleCondition, known: Mapping[str, Value]) -> bool | None:
    """Say whether a condition holds; ``None`` where that is not known.

    Parameters
    ----------
    condition
        The condition of a rule.
    known
        What is known, by name.
    """
    if isinstance(condition, Both):
        return _all(truth(part, known) for part in condition.parts)
    if isinstance(condition, Either):
        return _not(_all(_not(truth(part, known)) for part in condition.parts))
    if isinstance(condition, Opposite):
        return _not(truth(condition.part, known))
    if isinstance(condition, Missing):
        return condition.fact not in known
    value = known.get(condition.fact)
    if value is None:
        return None
    if isinstance(condition, IsWord):
        return (value in condition.words) is not condition.negated
    if isinstance(condition, HasAny):
        return _not(_all(_not(_has(value, code)) for code in condition.codes))
    if isinstance(condition, Compare):
        return _compared(value, condition.operator, condition.limit)
    return _facts_compared(value, known.get(condition.other), condition)


def open_facts(condition: RuleCondition, known: Mapping[str, Value]) -> tuple[str, ...]:
    """Name the facts that keep a condition unknown, each once.

    Parameters
    ----------
    condition
        A condition of which nobody knows whether it holds.
    known
        What is known, by name.
    """
    return tuple(dict.fromkeys(_open(condition, known)))


def open_codes(condition: RuleCondition, known: Mapping[str, Value]) -> dict[str, set[str]]:
    """Give the words of lists that keep a condition unknown, by fact."""
    waiting: dict[str, set[str]] = {}
    for part in _open_parts(condition, known):
        if isinstance(part, HasAny):
            value = known.get(part.fact)
            waiting.setdefault(part.fact, set()).update(
                code for code in part.codes if value is None or _has(value, code) is None
            )
    return waiting


def deciding(condition: RuleCondition, known: Mapping[str, Value]) -> Iterator[RuleCondition]:
    """Go through the comparisons that make a condition true, or that make it false.

    Parameters
    ----------
    condition
        A condition that holds, or that does not.
    known
        What is known, by name.
    """
    holds = truth(condition, known)
    if isinstance(condition, Both | Either):
        for part in condition.parts:
            if truth(part, known) is holds:
                yield from deciding(part, known)
    elif isinstance(condition, Opposite):
        yield from deciding(condition.part, known)
    else:
        yield condition


def _all(parts: Iterator[bool | None]) -> bool | None:
    whole: bool | None = True
    for part in parts:
        if part is False:
            return False
        if part is None:
            whole = None
    return whole


def _not(value: bool | None) -> bool | None:
    return None if value is None else not value


def _has(value: Value, code: str) -> bool | None:
    return value.has(code) if isinstance(value, Codes) else None


def _compared(value: Value, sign: str, limit: float) -> bool | None:
    holds = HOLDS[sign]
    if isinstance(value, Span):
        ends = {holds(value.lowest, limit), holds(value.highest, limit)}
        within = value.lowest < limit < value.highest
        if len(ends) > 1 or (within and sign in ("=", "!=")):
            return None
        return ends.pop()
    return holds(value, limit) if isinstance(value, float | int) else None


def _facts_compared(one: Value, other: Value | None, condition: RuleCondition) -> bool | None:
    assert isinstance(condition, CompareFacts)
    return _compared(one, condition.operator, other) if isinstance(other, float | int) else None


def _open(condition: RuleCondition, known: Mapping[str, Value]) -> Iterator[str]:
    for part in _open_parts(condition, known):
        if isinstance(part, CompareFacts):
            yield from (name for name in (part.fact, part.other) if name not in known)
        elif not isinstance(part, Both | Either | Opposite):
            yield part.fact


def _open_parts(condition: RuleCondition, known: Mapping[str, Value]) -> Iterator[RuleCondition]:
    if truth(condition, known) is not None:
        return
    if isinstance(condition, Both | Either):
        for part in condition.parts:
            yield from _open_parts(part, known)
    elif isinstance(condition, Opposite):
        yield from _open_parts(condition.part, known)
    else:
        yield condition
