"""What a reason is: why a patient needs somebody, as data."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from enum import IntEnum, StrEnum

from respite.clinic.worklist.reasons.looked import Looked

Plain = str | int | float | bool | None
"""What a value of a sentence may be: what JSON keeps as it is."""


class Kind(StrEnum):
    """Of what kind a reason is; each kind has one file beside this one."""

    URGENT = "urgent"
    MOOD = "mood"
    FINDING = "finding"
    EVENT = "event"
    MESSAGE = "message"
    CALL = "call"
    FADING = "fading"
    VISIT = "visit"
    SILENT = "silent"
    TEST = "test"
    PLAN = "plan"
    FORECAST = "forecast"


SETTLED_ELSEWHERE = frozenset({Kind.MESSAGE, Kind.EVENT})
"""Kinds that nobody marks as done in the list: settling them on their own page closes them."""


class Need(IntEnum):
    """How soon somebody is needed; the smaller comes first."""

    NOW = 1
    TODAY = 2
    WEEK = 3


@dataclass(frozen=True, kw_only=True)
class Reason:
    """One reason that holds now.

    Attributes
    ----------
    kind, key
        What tells it from every other of its patient. A key stands for evidence, and not for a
        moment: the same evidence has the same key at whatever time it is looked at, and what comes
        later has another. What a person marked as done stays done for its key.
    need
        How soon somebody is needed.
    says, values
        The name of a sentence (see ``words.py``), and what is put into it.
    since
        Since when it holds, by the record and not by when somebody looked.
    due
        By when something is to be done.
    """

    kind: Kind
    key: str
    need: Need
    says: str
    since: datetime
    values: Mapping[str, Plain] = field(default_factory=dict)
    due: datetime | None = None


Finder = Callable[[Looked], Iterator[Reason]]
"""Gives the reasons of one kind that hold for a patient now."""
