"""Rules of surveillance, titration and effects of sessions: nothing half said, nothing upgraded."""

from __future__ import annotations

from collections.abc import Iterator

from msgspec import Struct

from respite.domain import INFUSED_ROUTES, Condition, LibraryFault
from respite.domain import translate as _
from respite.literature.checks.walk import everything
from respite.literature.condition import read_condition
from respite.literature.library import Library
from respite.literature.surveillance import SurveillanceItem
from respite.literature.titration import Protocol, SessionEffect

REPEATED = frozenset({"near_daily", "intermittent", "during_long_infusion", "retreatment"})
"""Occasions that need an interval."""

HOLES = ("start", "step", "ceilings", "stop", "taper", "duration")
"""What a protocol says, or says that its source does not say."""

ACTS = ("free", "hold", "down", "stop")
"""From no limit to no dose."""


def numbers_of_ours_are_assumed(_library: Library, record: Struct) -> Iterator[str]:
    """Check that only a number of the source, or no number, is called published."""
    for place, part in everything(record):
        whose = getattr(part, "number_is", "")
        status = getattr(part, "status", "")
        if whose in ("ours", "mixed", "recalled") and status != "assumed":
            yield _("{place} has number_is = '{whose}' and must be assumed.").format(
                place=place, whose=whose
            )
        if whose == "source" and status != "published":
            yield _("{place} has the number of its source and must be published.").format(
                place=place
            )


def occasions_are_complete(_library: Library, item: SurveillanceItem) -> Iterator[str]:
    """Check that what recurs has an interval, days are counted, and no occasion comes twice."""
    occasions = [timing.occasion for timing in item.when]
    for number, timing in enumerate(item.when, start=1):
        place = f"when.{number}"
        if timing.occasion in REPEATED and timing.every is None:
            yield _("{place} recurs and has no 'every'.").format(place=place)
        if (timing.occasion == "after_start") != bool(timing.days):
            yield _("{place}: days belong to after_start, which needs them.").format(place=place)
        if occasions.count(timing.occasion) > 1:
            yield _("{place} has an occasion that comes twice.").format(place=place)
    if not item.when:
        yield _("It is never due.")
    if "trigger" in occasions and len(occasions) > 1:
        yield _("What is due only on a trigger has no other occasion.")


def protocols_name_their_holes(_library: Library, one: Protocol) -> Iterator[str]:
    """Check that what is missing is said to be, and that what is there is not."""
    for name in HOLES:
        if bool(getattr(one, name)) == (name in one.not_reported):
            yield _("{name} must either be given or stand in not_reported.").format(name=name)


def protocols_are_in_words_of_regimens(_library: Library, one: Protocol) -> Iterator[str]:
    """Check conditions and routes, and that a rate belongs to an infusion."""
    for condition in one.conditions:
        if condition not in frozenset(Condition):
            yield _("The condition '{condition}' is no condition that a patient can have.").format(
                condition=condition
            )
    points = (one.start, one.step, *one.ceilings)
    has_rate = any(point is not None and point.per == "hour" for point in points)
    if has_rate and one.infusion_h is None:
        yield _("A rate needs infusion_h.")
    if one.infusion_h is not None and one.route not in INFUSED_ROUTES:
        yield _("infusion_h belongs to a route by which drug can run in.")


def steps_and_ceilings_are_in_order(_library: Library, one: Protocol) -> Iterator[str]:
    """Check that amounts are above zero, ranges rise, and no start is above its own ceiling."""
    points = [point for point in (one.start, one.step, *one.ceilings) if point is not None]
    for point in points:
        if point.value <= 0 or (point.to is not None and point.to <= point.value):
            yield _("{printed} is no amount that a dose can have.").format(printed=point.printed)
    for ceiling in one.ceilings:
        start = one.start
        alike = start and (start.unit, start.per) == (ceiling.unit, ceiling.per)
        if start and alike and start.value > ceiling.value:
            yield _("The start is above the ceiling {printed}.").format(printed=ceiling.printed)


def effects_are_recognised_by_one_file(library: Library, one: SessionEffect) -> Iterator[str]:
    """Check that an effect has names in lower case, and that no other answers to them."""
    if not one.names:
        yield _("It has no names.")
    for name in one.names:
        if name != " ".join(name.casefold().split()):
            yield _("The name '{name}' is not in lower case with single spaces.").format(name=name)
    for id in library.session_effects:
        if id != one.id:
            for name in set(one.names) & set(library.session_effects[id].names):
                yield _("The name '{name}' belongs to {other} too.").format(name=name, other=id)


def worse_effects_never_ask_for_less(_library: Library, one: SessionEffect) -> Iterator[str]:
    """Check that a severer grade of an effect limits the dose at least as much."""
    grades = [ACTS.index(act) for act in (one.mild, one.moderate, one.severe)]
    if grades != sorted(grades):
        yield _("A severer grade limits the dose less than a milder one.")


def findings_can_be_read(library: Library, item: SurveillanceItem) -> Iterator[str]:
    """Check that findings have a name each, conditions that can be read, and tests that exist."""
    named = [one.id for one in item.triggers if one.when]
    for id in sorted({id for id in named if not id or named.count(id) > 1}):
        yield _("A finding with a condition has no name of its own: '{id}'.").format(id=id)
    for one in item.triggers:
        if one.when:
            try:
                read_condition(one.when, library.vocabulary)
            except LibraryFault as fault:
                yield _("{finding}: {fault}").format(finding=one.id, fault=fault)
    for test in (test for group in item.done_by for test in group):
        if test not in library.analytes:
            yield _("It is done by '{test}', which does not exist.").format(test=test)
