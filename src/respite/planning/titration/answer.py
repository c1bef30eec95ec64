"""The next step of a treatment: the answer, as values."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from respite.domain import Regimen
from respite.literature import NumberIs


class StepKind(StrEnum):
    """What to do next."""

    START = "start"
    STEP_UP = "step up"
    KEEP = "keep"
    STEP_DOWN = "step down"
    STOP = "stop"
    TAPER = "taper"
    LENGTHEN = "lengthen interval"


@dataclass(frozen=True)
class Basis:
    """One rule that the step rests on.

    Parameters
    ----------
    rule
        Where it stands in the library, such as ``titration/ketamine_oral_essex``.
    words
        What it says.
    number_is, status, source
        Whose its number is, and where it comes from.
    """

    rule: str
    words: str
    number_is: NumberIs
    status: str
    source: str

    def to_dict(self) -> dict[str, Any]:
        """Give the rule as plain data."""
        return {
            "rule": self.rule,
            "words": self.words,
            "number_is": self.number_is,
            "status": self.status,
            "source": self.source,
        }


@dataclass(frozen=True, kw_only=True)
class NextStep:
    """What the record of sessions asks for next.

    Parameters
    ----------
    kind
        What to do.
    regimen
        What would be given; ``None`` where nothing is, or where no source
        that was read says how much.
    reasons
        Why, the deciding reason first.
    asks
        What must be known before more can be said.
    holes
        What no source that was read says.
    basis
        The rules that it rests on.
    """

    kind: StepKind
    regimen: Regimen | None
    reasons: tuple[str, ...]
    asks: tuple[str, ...] = ()
    holes: tuple[str, ...] = ()
    basis: tuple[Basis, ...] = ()

    @property
    def sources(self) -> tuple[str, ...]:
        """Every source that the step rests on, each once."""
        return tuple(dict.fromkeys(one.source for one in self.basis))

    @property
    def is_ours(self) -> bool:
        """Whether any number that it rests on is ours, recalled or mixed."""
        return any(one.number_is in ("ours", "mixed", "recalled") for one in self.basis)

    def to_dict(self) -> dict[str, Any]:
        """Give the step as plain data."""
        return {
            "schema": "respite.next-step/1",
            "kind": self.kind.value,
            "regimen": None if self.regimen is None else str(self.regimen),
            "reasons": list(self.reasons),
            "asks": list(self.asks),
            "holes": list(self.holes),
            "basis": [one.to_dict() for one in self.basis],
            "sources": list(self.sources),
        }
