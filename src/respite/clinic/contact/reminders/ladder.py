"""The ladder of reminders: from what is known to the one next step. Pure: no clock, no table.

A silence begins after the last day with an entry. For ``silent_days`` days a reminder goes out
each day, then one that is worded otherwise and is the last; on the day after that somebody calls.
Who cannot be reminded is called on the same day. A pause, a new wish to be reminded and every
entry begin anew. A call that reached the patient closes the silence it answers.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from enum import Enum

LAST_STEP_DAYS = 2
"""How many days after the last silent day somebody calls: one for the last e-mail. Ours."""


class Step(Enum):
    """What comes next for a patient on a day."""

    NOTHING = "nothing"
    REMIND = "remind"
    REMIND_AGAIN = "remind again"
    CALL = "call"


@dataclass(frozen=True)
class Call:
    """A call that was made: for which silence, and when to try again; never, where reached."""

    silence_from: date | None
    again_on: date | None


@dataclass(frozen=True)
class Facts:
    """What is known of one patient.

    Attributes
    ----------
    expected_from
        The first day for which an entry was expected; ``None`` where only entries say so.
    last_entry
        The last day with an entry.
    paused_until
        The last day of the last pause.
    mail_days
        Days for which a reminder was made.
    calls
        Calls, the latest last.
    can_mail
        Whether reminders are wanted and can be sent.
    silent_days
        Days after which the clinic counts a patient as silent.
    """

    expected_from: date | None = None
    last_entry: date | None = None
    paused_until: date | None = None
    mail_days: frozenset[date] = frozenset()
    calls: tuple[Call, ...] = ()
    can_mail: bool = True
    silent_days: int = 3


def silence_from(facts: Facts) -> date | None:
    """Give the last day before the silence, if there is one; ``None`` where nothing is expected."""
    before = None if facts.expected_from is None else facts.expected_from - timedelta(days=1)
    known = [day for day in (before, facts.last_entry, facts.paused_until) if day is not None]
    if before is None and facts.last_entry is None:
        return None
    return max(known)


def call_day(facts: Facts) -> date | None:
    """Give the day from which somebody should call, unless something comes in between."""
    start = silence_from(facts)
    if start is None:
        return None
    return start + timedelta(days=facts.silent_days + LAST_STEP_DAYS)


def next_step(facts: Facts, today: date) -> Step:
    """Give the one step of a day.

    Parameters
    ----------
    facts
        What is known.
    today
        The day, by the clock of the clinic.
    """
    start, due = silence_from(facts), call_day(facts)
    if start is None or due is None or start >= today:
        return Step.NOTHING
    answering = [one for one in facts.calls if one.silence_from == start]
    if answering:
        again_on = answering[-1].again_on
        return Step.CALL if again_on is not None and again_on <= today else Step.NOTHING
    if today >= due:
        return Step.CALL
    if not facts.can_mail or today in facts.mail_days:
        return Step.NOTHING
    is_last = (today - start).days > facts.silent_days
    return Step.REMIND_AGAIN if is_last else Step.REMIND
