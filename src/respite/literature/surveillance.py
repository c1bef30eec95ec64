"""What is watched in people who are given ketamine again and again: how often, and then what."""

from __future__ import annotations

from typing import Literal

from msgspec import Struct

from respite.literature.number import Quantity, Read, Status

NumberIs = Literal["source", "ours", "mixed", "recalled", "none"]
"""Whose the numbers of a statement are: those of its source, ours, some of each, what is
remembered and was not seen, or there are none."""

Occasion = Literal[
    "start",
    "after_start",
    "near_daily",
    "intermittent",
    "single",
    "each_session",
    "each_course",
    "during_long_infusion",
    "after_long_infusion",
    "retreatment",
    "after_course",
    "in_session",
    "trigger",
]
"""When something is due: before the first dose; so many days after it; again and again in those
exposed near-daily, now and then, or once; before each session or course; while a long infusion
runs, after it, or when another follows soon; after a course; within a session, which is not dated
here; or only when something else is found."""

Whom = Literal["everyone", "may_be_pregnant"]


class Timing(Struct, frozen=True, forbid_unknown_fields=True):
    """When an item is due, and who says so.

    Attributes
    ----------
    occasion
        See ``Occasion``.
    every
        After how long it is due again, or how fresh it must be; left out where once is enough.
    days
        Days after the first dose, for ``after_start``.
    number_is, status, source, at, read, because
        Whose the interval is, and where it was seen; ``source`` left out is that of the file.
    """

    occasion: Occasion
    number_is: NumberIs
    status: Status
    every: Quantity | None = None
    days: tuple[int, ...] = ()
    source: str = ""
    at: str = ""
    read: Read | None = None
    because: str = ""


class Trigger(Struct, frozen=True, forbid_unknown_fields=True):
    """What is found, and what is then done.

    Attributes
    ----------
    threshold
        What counts as a finding.
    action
        What to do then.
    number_is, status, source, at, read, because
        Whose the threshold is, and where it was seen.
    id
        Its name within the item, where a program can find it.
    when
        The finding as a condition over facts of the rules; empty where only a person can tell.
    grave
        Whether it may not wait for the next visit; ours.
    """

    threshold: str
    action: str
    number_is: NumberIs
    status: Status
    id: str = ""
    when: str = ""
    grave: bool = False
    source: str = ""
    at: str = ""
    read: Read | None = None
    because: str = ""


class SurveillanceItem(Struct, frozen=True, forbid_unknown_fields=True):
    """One file of ``library/surveillance``.

    Attributes
    ----------
    organ
        What is watched over, such as ``bladder``.
    title
        The item in a few words.
    does
        What is done.
    why
        Why it is watched, in a sentence.
    whom
        Whom it concerns.
    when, triggers
        When it is due, and what follows from what is found.
    source, read
        Where the file as a whole comes from.
    unknown
        What nobody knows, in a sentence.
    age_fact
        The fact of safety rules that says how many days ago it was done, where there is one.
    done_by
        Analytes by whose results of one day it is done: at least one of each group.
    """

    id: str
    organ: str
    title: str
    does: str
    why: str
    source: str
    read: Read
    when: tuple[Timing, ...]
    triggers: tuple[Trigger, ...] = ()
    whom: Whom = "everyone"
    unknown: str = ""
    age_fact: str = ""
    done_by: tuple[tuple[str, ...], ...] = ()

    def timing(self, occasion: Occasion) -> Timing | None:
        """Give when it is due on an occasion, or ``None`` where the occasion asks for nothing."""
        return next((timing for timing in self.when if timing.occasion == occasion), None)

    @property
    def sources(self) -> tuple[str, ...]:
        """Every source that is named in the file, each once."""
        named = (self.source, *(part.source for part in (*self.when, *self.triggers)))
        return tuple(dict.fromkeys(key for key in named if key))
