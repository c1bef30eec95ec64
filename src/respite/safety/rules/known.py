"""Facts: what is known of a patient, a plan and a session, and where each fact comes from.

A fact that is not here is unknown. Unknown is never taken for no.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from math import isclose, isinf
from types import MappingProxyType
from typing import TYPE_CHECKING, Any

from respite.domain import RespiteError, listed
from respite.domain import translate as _

if TYPE_CHECKING:
    from respite.literature import FactKind

AS_PRINTED = 1 / 100
"""Two tellings of one number agree where they differ by less than this share of it; ours."""


class FactsNotUnderstood(RespiteError):
    """A fact that is impossible, without its unit, in the future, or against another."""

    page = "facts-not-understood"


@dataclass(frozen=True)
class Span:
    """A number that lies somewhere from ``lowest`` to ``highest``."""

    lowest: float
    highest: float


@dataclass(frozen=True)
class Codes:
    """Which words of a list belong to somebody, which do not, and which nobody told.

    Parameters
    ----------
    present, absent
        Words that are known to belong, and those that are known not to.
    complete
        Whether every word that is not present is absent.
    """

    present: frozenset[str] = frozenset()
    absent: frozenset[str] = frozenset()
    complete: bool = False

    def has(self, code: str) -> bool | None:
        """Say whether a word belongs; ``None`` where nobody told."""
        if code in self.present:
            return True
        return False if self.complete or code in self.absent else None

    def joined(self, other: Codes) -> Codes | None:
        """Put two tellings together; ``None`` where they contradict each other."""
        both = self.present | other.present
        if any(one.has(code) is False for one in (self, other) for code in both):
            return None
        return Codes(both, self.absent | other.absent, self.complete or other.complete)


Value = bool | float | str | Span | Codes
"""What a fact may be: yes or no, a number, a number within limits, a word, or words of a list."""


@dataclass(frozen=True)
class Facts:
    """What is known; everything else is unknown.

    Parameters
    ----------
    known
        Value of each fact that is known, by name; numbers in the unit of the fact.
    origin
        Where each comes from, in words.
    ways
        Where a plan gives drugs in several ways: what is known of each way, beside ``known``.
    """

    known: Mapping[str, Value] = field(default_factory=lambda: MappingProxyType({}))
    origin: Mapping[str, str] = field(default_factory=lambda: MappingProxyType({}))
    ways: tuple[Mapping[str, Value], ...] = ()

    def with_(self, known: Mapping[str, Value], origin: str = "") -> Facts:
        """Give the same facts with some more, or with others in their place.

        Parameters
        ----------
        known
            Values by name.
        origin
            Where they come from, in words.
        """
        return Facts(
            {**self.known, **known}, {**self.origin, **dict.fromkeys(known, origin)}, self.ways
        )

    def views(self) -> tuple[Mapping[str, Value], ...]:
        """Give what is known of each way in which drugs are given; at least one."""
        return tuple({**way, **self.known} for way in self.ways) or (self.known,)


def joined(one: Facts, other: Facts, kinds: Mapping[str, FactKind]) -> Facts:
    """Put together what two tellings know.

    Parameters
    ----------
    one, other
        What each knows.
    kinds
        Every fact there is, by name.

    Raises
    ------
    FactsNotUnderstood
        Where they contradict each other.
    """
    known, origin = dict(one.known), dict(one.origin)
    for name, value in other.known.items():
        for had, where in _tellings(one, name):
            both = agreed(had, value)
            if both is None:
                raise FactsNotUnderstood(
                    _("{fact} is {one} by {first}, and {other} by {second}.").format(
                        fact=kinds[name].words[:1].upper() + kinds[name].words[1:],
                        one=said(kinds[name], had),
                        first=where,
                        other=said(kinds[name], value),
                        second=other.origin.get(name, _("what was told")),
                    ),
                    _("each fact told once, or told the same."),
                    _("correct one of the two, or leave {name} out.").format(name=name),
                )
            value = both
        known[name], origin[name] = value, other.origin.get(name, "")
    return Facts(known, origin, one.ways)


def _tellings(facts: Facts, name: str) -> list[tuple[Value, str]]:
    where = facts.origin.get(name, _("what was told"))
    if name in facts.known:
        return [(facts.known[name], where)]
    told = [way[name] for way in facts.ways if name in way]
    # Where a plan gives drugs in several ways, a fact of one of them may differ from another's.
    return [(told[0], _("the regimen"))] if told and len(set(map(repr, told))) == 1 else []


def agreed(one: Value, other: Value) -> Value | None:
    """Give what two tellings of one fact say together, or ``None`` where they differ."""
    if isinstance(one, Codes) and isinstance(other, Codes):
        return one.joined(other)
    if isinstance(one, Span) and isinstance(other, float | int):
        return other if one.lowest <= other <= one.highest else None
    if isinstance(other, Span):
        return one if agreed(other, one) is not None else None
    if isinstance(one, bool | str) or isinstance(other, bool | str | Codes):
        return one if one == other else None
    if isinstance(one, float | int):
        return one if one == other or isclose(one, other, rel_tol=AS_PRINTED) else None
    return None


def said(kind: FactKind, value: Value, only: tuple[str, ...] = ()) -> str:
    """Say the value of a fact in words.

    Parameters
    ----------
    kind
        The fact.
    value
        Its value.
    only
        Of a list of words, those that matter; by default all that belong.
    """
    if isinstance(value, bool):
        return _("yes") if value else _("no")
    if isinstance(value, str):
        return kind.codes.get(value, value)
    if isinstance(value, Codes):
        present = [kind.codes.get(c, c) for c in sorted(value.present) if not only or c in only]
        return listed(present) if present else _("none of those asked about")
    unit = "" if kind.unit in ("", "xULN") else f" {kind.unit}"
    unit = _(" times the upper limit") if kind.unit == "xULN" else unit
    if isinstance(value, Span):
        return _("{lowest:g} to {highest:g}{unit}").format(
            lowest=value.lowest, highest=value.highest, unit=unit
        )
    return (
        _("never")
        if isinf(value)
        else f"{value:.3g}{unit}"
        if abs(value) < 100
        else f"{value:g}{unit}"
    )


def plain(value: Value) -> Any:
    """Give a value as plain data, for programs."""
    if isinstance(value, Span):
        return [value.lowest, value.highest]
    if isinstance(value, Codes):
        return {
            "present": sorted(value.present),
            "absent": sorted(value.absent),
            "complete": value.complete,
        }
    return "never" if isinstance(value, float) and isinf(value) else value
