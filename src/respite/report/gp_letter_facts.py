"""What a letter to the GP is written from: values, and no database."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from typing import TYPE_CHECKING

from respite.domain import ReliefRule

if TYPE_CHECKING:
    from respite.domain import Diary, DosingHistory
    from respite.report.regimen_told import DosesTold
    from respite.safety import Safety


@dataclass(frozen=True, kw_only=True)
class DueTold:
    """One thing to do, by when, and why then."""

    item: str
    title: str
    due: date
    is_overdue: bool
    reason: str


@dataclass(frozen=True, kw_only=True)
class EffectTold:
    """One unwanted effect on record, in words; what is empty is not known.

    Attributes
    ----------
    what
        What happened, in a few words.
    began
        The day.
    is_serious
        Whether it was serious; ``None`` where nobody has judged.
    severity, outcome, causality
        How strong, how it ended, and whether it is from ketamine.
    """

    what: str
    began: date | None = None
    is_serious: bool | None = None
    severity: str = ""
    outcome: str = ""
    causality: str = ""


@dataclass(frozen=True, kw_only=True)
class EffectCount:
    """How often one effect was seen or told: in how many sessions, or entries of a diary."""

    what: str
    count: int


@dataclass(frozen=True, kw_only=True)
class SessionTold:
    """What one session was said to bring; ``None`` where nobody said.

    Attributes
    ----------
    day
        The day.
    relief_percent, relief_hours
        How much relief, and for how long.
    """

    day: date
    relief_percent: float | None = None
    relief_hours: float | None = None


@dataclass(frozen=True, kw_only=True)
class LetterFacts:
    """Everything that a letter to the GP tells.

    Attributes
    ----------
    on
        The day of the letter.
    condition
        What is treated, in words; empty where nobody said.
    pain_since
        Since when.
    usual_pain
        Usual pain before treatment, 0-10.
    weight_kg
        Body weight [kg].
    rule
        What counts as relief, and when it counts as gone.
    given, diary
        What was given, and what was written.
    sessions
        What sessions were said to bring.
    relief_days
        Days of relief that were told of single doses.
    plan, plan_starts, plan_signed, plan_is_over
        The plan that is signed, its first day, the day of its signature, and whether its last
        dose lies behind.
    next_visit
        When the patient comes next.
    outlook, outlook_on
        What the latest forecast says, and the day on which it was made.
    has_all_medicines
        Whether somebody asked for every medicine.
    safety
        What the rules say of the plan and the patient; ``None`` where they cannot be asked.
    due
        What is due.
    effects
        Unwanted effects on record, the latest first.
    seen_in_sessions, told_in_diary
        What else was seen in sessions, and ticked in the diary, the most frequent first.
    clinic, phone, urgent_phone
        How the clinic is reached.
    """

    on: date
    condition: str = ""
    pain_since: date | None = None
    usual_pain: float | None = None
    weight_kg: float | None = None
    rule: ReliefRule = field(default_factory=ReliefRule)
    given: DosingHistory | None = None
    diary: Diary | None = None
    sessions: tuple[SessionTold, ...] = ()
    relief_days: tuple[float, ...] = ()
    plan: DosesTold | None = None
    plan_starts: date | None = None
    plan_signed: date | None = None
    plan_is_over: bool = False
    next_visit: date | None = None
    outlook: tuple[str, ...] = ()
    outlook_on: date | None = None
    has_all_medicines: bool = False
    safety: Safety | None = None
    due: tuple[DueTold, ...] = ()
    effects: tuple[EffectTold, ...] = ()
    seen_in_sessions: tuple[EffectCount, ...] = ()
    told_in_diary: tuple[EffectCount, ...] = ()
    clinic: str = ""
    phone: str = ""
    urgent_phone: str = ""
