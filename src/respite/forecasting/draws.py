"""One draw after another: what becomes of the pain of each."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, fields
from functools import partial
from typing import TypeVar

import numpy as np

from respite.domain import WORST_PAIN, DoseEvent, ReliefRule
from respite.engine import Rows
from respite.forecasting.clock import DAY_H, Clock
from respite.forecasting.gaps import GapDraws, watch_gaps
from respite.forecasting.pain_return import (
    Brackets,
    ReturnDraws,
    bracket_return,
    time_to_pain_return,
)
from respite.forecasting.wandering import Known, Wandering, wander
from respite.population import (
    AfterLastDose,
    Floats,
    Group,
    in_order,
    keep_freed_memory,
    simulate_pain,
)

_CHUNK = 2000
"""Draws in one chunk: its arrays then fit the cache of one core."""

EVERYBODY = slice(None)
"""Every person of a group is one draw: nothing is copied to pick them."""

Record = TypeVar("Record", Brackets, GapDraws, ReturnDraws)


@dataclass(frozen=True)
class Case:
    """One question, worked out as far as no draw is needed.

    Attributes
    ----------
    events
        The dose events.
    clock
        The times that are looked at.
    rule
        What counts as relief, and how long it must stay away.
    share_days
        Answered days for which the share of people with relief is wanted.
    """

    events: Sequence[DoseEvent]
    clock: Clock
    rule: ReliefRule
    share_days: tuple[float, ...] = ()


@dataclass(frozen=True)
class Draws:
    """What becomes of each draw; every array has draws as its first axis.

    Attributes
    ----------
    felt, drug_only
        Time to pain return with placebo counted, and without.
    pain, pain_on_placebo
        Expected pain, and the same on placebo, at each answered day.
    written
        A score that the person might write on each of those days.
    relief
        Relief at each of the days for which shares are wanted.
    days_felt, days_drug
        Days with relief, with placebo counted and without.
    gaps
        Relief in the gaps between doses.
    """

    felt: ReturnDraws
    drug_only: ReturnDraws
    pain: Floats
    pain_on_placebo: Floats
    relief: Floats
    written: Floats
    days_felt: Floats
    days_drug: Floats
    gaps: GapDraws


@dataclass(frozen=True)
class _Part:
    """What is kept of the curves of one chunk."""

    felt: Brackets
    drug_only: Brackets
    pain: Floats
    pain_on_placebo: Floats
    relief: Floats
    days_felt: Floats
    days_drug: Floats
    gaps: GapDraws


def draw_outcomes(
    case: Case, group: Group, rows: Rows = EVERYBODY, known: Known | None = None
) -> Draws:
    """Follow every draw through the case.

    Curves are followed in chunks that fit the cache. Neither the size of a
    chunk nor the number of threads changes a draw.

    Parameters
    ----------
    case
        The question.
    group
        The different people among the draws.
    rows
        Which of them each draw is; by default everybody is one.
    known
        What a diary says about how their scores wander.
    """
    keep_freed_memory()
    parts = list(in_order(partial(_follow, case), group.chunks(_CHUNK)))
    felt, drug_only = (
        _pick(_return_of(case, group, [getattr(part, name) for part in parts], name), rows)
        for name in ("felt", "drug_only")
    )

    def joined(name: str) -> Floats:
        return np.concatenate([getattr(part, name) for part in parts])[rows]

    steady, on_placebo = joined("pain"), joined("pain_on_placebo")
    drawn = wander(group, rows, [day * DAY_H for day in case.clock.day], known)
    untreated = group.needs.untreated[rows, None]
    pain = _drifted(steady, untreated, drawn)
    return Draws(
        felt=felt,
        drug_only=drug_only,
        pain=pain,
        pain_on_placebo=_drifted(on_placebo, untreated, drawn),
        relief=joined("relief"),
        written=np.clip(np.round(pain + drawn.day), 0, WORST_PAIN),
        days_felt=joined("days_felt"),
        days_drug=joined("days_drug"),
        gaps=_pick(_join([part.gaps for part in parts]), rows),
    )


def draw_return(
    case: Case, group: Group, rows: Rows = EVERYBODY, *, with_placebo: bool = True
) -> ReturnDraws:
    """Give the time to pain return of each draw, and nothing else."""
    keep_freed_memory()

    def bracket(some: Group) -> Brackets:
        courses = simulate_pain(some, case.events, case.clock.times_h)
        relief = courses.relief(with_placebo=with_placebo)
        return bracket_return(relief, courses, case.clock, case.rule)

    found = list(in_order(bracket, group.chunks(_CHUNK)))
    return _pick(_return_of(case, group, found, "felt" if with_placebo else "drug_only"), rows)


def draw_days(case: Case, group: Group) -> Floats:
    """Give each draw's days with relief by the drug alone, from the first dose to the horizon."""
    keep_freed_memory()

    def count(some: Group) -> Floats:
        courses = simulate_pain(some, case.events, case.clock.times_h)
        needed: Floats = case.rule.threshold.share_of(courses.untreated)
        return _days_above(courses.relief(with_placebo=False), needed, case.clock)

    return np.concatenate(list(in_order(count, group.chunks(_CHUNK))))


def _return_of(case: Case, group: Group, found: Sequence[Brackets], name: str) -> ReturnDraws:
    after = AfterLastDose(group, case.events, case.clock.end_h)
    return time_to_pain_return(_join(found), after, case.rule, with_placebo=name == "felt")


def _follow(case: Case, group: Group) -> _Part:
    courses = simulate_pain(group, case.events, case.clock.times_h)
    places = case.clock.answered
    needed: Floats = case.rule.threshold.share_of(courses.untreated)
    relief = courses.relief(with_placebo=True)
    alone = courses.relief(with_placebo=False)
    return _Part(
        felt=bracket_return(relief, courses, case.clock, case.rule),
        drug_only=bracket_return(alone, courses, case.clock, case.rule),
        pain=courses.pain()[:, places],
        pain_on_placebo=courses.pain_on_placebo()[:, places],
        relief=relief[:, [case.clock.index_of(day * DAY_H) for day in case.share_days]],
        days_felt=_days_above(relief, needed, case.clock),
        days_drug=_days_above(alone, needed, case.clock),
        gaps=watch_gaps(relief, needed, case.clock, case.events, case.rule.confirm_days),
    )


def _drifted(pain: Floats, untreated: Floats, drawn: Wandering) -> Floats:
    """Add the drift of untreated pain, of which treatment leaves the same share."""
    return np.clip(pain * (1 + drawn.drift / untreated), 0, WORST_PAIN)


def _days_above(relief: Floats, needed: Floats, clock: Clock) -> Floats:
    """Give the days up to the horizon with relief that counts.

    Straight lines are drawn between the times.
    """
    asked = clock.up_to_horizon
    length = np.diff(clock.times_h[asked])
    above = relief[:, asked] - needed[:, None]
    holds = above >= 0
    whole = (holds[:, :-1] & holds[:, 1:]).astype(np.float64) @ length
    # Relief crosses the threshold between a few of the times only.
    rows, places = np.nonzero(holds[:, :-1] != holds[:, 1:])
    before, after = above[rows, places], above[rows, places + 1]
    share = np.maximum(before, after) / np.abs(after - before)
    partly = np.bincount(rows, share * length[places], minlength=len(relief))
    return (whole + partly) / DAY_H


def _join(parts: Sequence[Record]) -> Record:
    """Put records of arrays together, array by array."""
    kind = type(parts[0])
    names = [field.name for field in fields(parts[0])]
    return kind(*(np.concatenate([getattr(part, name) for part in parts]) for name in names))


def _pick(record: Record, rows: Rows) -> Record:
    """Pick rows of every array of a record."""
    return type(record)(*(getattr(record, field.name)[rows] for field in fields(record)))
