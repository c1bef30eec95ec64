"""What is due: the answer, as values."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any, Literal

from respite.literature import NumberIs, Trigger
from respite.safety.surveillance.exposure import Exposure

Tier = Literal["none", "single", "intermittent", "near_daily"]
"""How often ketamine is given, by days of exposure within 180: none, a few, from 6, from 90."""


@dataclass(frozen=True, kw_only=True)
class Due:
    """One thing to do, and by when.

    Parameters
    ----------
    item
        The name of its file in ``library/surveillance``.
    title, what
        The item in a few words, and what is done.
    due
        The day by which it should be done.
    is_overdue
        Whether that day has passed.
    last_done
        When it was last done; ``None`` where nobody said.
    reason, harm
        Why it is due then, and why it is watched at all, each a sentence.
    triggers
        What may be found, and what then follows.
    number_is, status, source
        Whose the interval is, and where it comes from.
    """

    item: str
    title: str
    what: str
    due: date
    is_overdue: bool
    last_done: date | None
    reason: str
    harm: str
    triggers: tuple[Trigger, ...]
    number_is: NumberIs
    status: str
    source: str

    @property
    def why(self) -> str:
        """Why it is due then, and why it is watched at all."""
        return f"{self.reason} {self.harm}"

    @property
    def threshold(self) -> str:
        """Every finding that leads to something, in words."""
        return "; ".join(trigger.threshold for trigger in self.triggers)

    @property
    def action(self) -> str:
        """What to do for each finding, in words."""
        return "; ".join(f"{trigger.threshold}: {trigger.action}" for trigger in self.triggers)

    def to_dict(self) -> dict[str, Any]:
        """Give the item as plain data."""
        return {
            "item": self.item,
            "title": self.title,
            "what": self.what,
            "due": self.due.isoformat(),
            "is_overdue": self.is_overdue,
            "last_done": None if self.last_done is None else self.last_done.isoformat(),
            "reason": self.reason,
            "harm": self.harm,
            "why": self.why,
            "triggers": [trigger_data(trigger) for trigger in self.triggers],
            "number_is": self.number_is,
            "status": self.status,
            "source": self.source,
        }


@dataclass(frozen=True, kw_only=True)
class OnTrigger:
    """What is done only when something else is found.

    Parameters
    ----------
    item, title, what
        The item, and what is done.
    triggers
        What must be found, and what then follows.
    """

    item: str
    title: str
    what: str
    triggers: tuple[Trigger, ...]

    def to_dict(self) -> dict[str, Any]:
        """Give the item as plain data."""
        return {
            "item": self.item,
            "title": self.title,
            "what": self.what,
            "triggers": [trigger_data(trigger) for trigger in self.triggers],
        }


@dataclass(frozen=True, kw_only=True)
class SurveillancePlan:
    """Everything to be watched in one patient from one day on.

    Parameters
    ----------
    on
        The day from which it is looked.
    tier
        How often ketamine was given, or will be by the end of the plan.
    exposure, at_end_of_plan
        Exposure up to that day, and up to the end of the plan where there is one.
    due
        What is due, the earliest first.
    on_trigger
        What is done only when something is found.
    remarks
        What does not apply, what is not known, and what was taken for granted, in sentences.
    """

    on: date
    tier: Tier
    exposure: Exposure
    at_end_of_plan: Exposure | None
    due: tuple[Due, ...]
    on_trigger: tuple[OnTrigger, ...]
    remarks: tuple[str, ...]

    @property
    def sources(self) -> tuple[str, ...]:
        """Every source of what is due, each once."""
        return tuple(dict.fromkeys(one.source for one in self.due))

    def to_dict(self) -> dict[str, Any]:
        """Give the plan as plain data."""
        end = self.at_end_of_plan
        return {
            "schema": "respite.surveillance/1",
            "on": self.on.isoformat(),
            "tier": self.tier,
            "exposure": self.exposure.to_dict(),
            "exposure_at_end_of_plan": None if end is None else end.to_dict(),
            "due": [one.to_dict() for one in self.due],
            "on_trigger": [one.to_dict() for one in self.on_trigger],
            "remarks": list(self.remarks),
        }


def trigger_data(trigger: Trigger) -> dict[str, Any]:
    """Give a finding and what follows from it as plain data."""
    return {
        "threshold": trigger.threshold,
        "action": trigger.action,
        "number_is": trigger.number_is,
        "status": trigger.status,
        "source": trigger.source,
    }


def as_sentence(text: str) -> str:
    """Give words of the library a capital at their start and a full stop at their end."""
    return f"{text[:1].upper()}{text[1:]}."
