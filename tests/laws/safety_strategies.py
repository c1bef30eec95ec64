"""Facts for rules: every value that a condition tells apart, and people who know some of them."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import product

from hypothesis import strategies as st

from respite.literature import Compare, FactKind, HasAny, atoms_of, load_library
from respite.safety import Codes
from respite.safety.rules.book import book_of, rules_of

LIBRARY = load_library()
KINDS = LIBRARY.vocabulary
RULES = rules_of(LIBRARY, book_of(LIBRARY).phases)


def _limits() -> dict[str, set[float]]:
    limits: dict[str, set[float]] = {}
    for rule in RULES:
        for atom in atoms_of(rule.condition):
            if isinstance(atom, Compare):
                limits.setdefault(atom.fact, set()).add(atom.limit)
    return limits


LIMITS = _limits()


def values_of(kind: FactKind, atoms) -> Sequence[object]:
    """Give values of a fact that the comparisons tell apart, all of them possible."""
    if kind.type == "yes_no":
        return [True, False]
    if kind.type == "code":
        return list(kind.codes)
    if kind.type == "codes":
        named = [c for a in atoms if isinstance(a, HasAny) and a.fact == kind.name for c in a.codes]
        return [Codes(complete=True), *(Codes(frozenset({c}), complete=True) for c in named)]
    limits = sorted(LIMITS.get(kind.name, {1}))
    step = 1 if kind.whole else 1 / 100
    around = {value for limit in limits for value in (limit - step, limit, limit + step)}
    lowest, highest = kind.lowest, kind.highest
    assert lowest is not None
    assert highest is not None
    return sorted(value for value in around if lowest <= value <= highest)


def cases_of(*rules):
    """Go through facts that decide rules: every combination of values that they tell apart."""
    names = list(dict.fromkeys(name for rule in rules for name in rule.facts))
    atoms = [atom for rule in rules for atom in atoms_of(rule.condition)]
    for values in product(*(values_of(KINDS[name], atoms) for name in names)):
        yield dict(zip(names, values, strict=True))


def _value(name: str):
    kind = KINDS[name]
    if kind.type == "codes":
        codes = st.frozensets(st.sampled_from(sorted(kind.codes)), max_size=3)
        return st.tuples(codes, codes, st.booleans()).map(
            lambda told: Codes(told[0], told[1] - told[0], told[2])
        )
    return st.sampled_from(values_of(kind, ()))


NAMES = sorted({name for rule in RULES for name in rule.facts})
told = st.sampled_from(NAMES).flatmap(lambda name: st.tuples(st.just(name), _value(name)))
known = st.lists(told, max_size=40).map(dict)

__all__ = ["KINDS", "LIBRARY", "RULES", "cases_of", "known", "told", "values_of"]
