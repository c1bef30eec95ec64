"""One draw after another: what becomes of the pain of each."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, fields
from functools import partial
from typing import TypeVar

import numpy as np

from respite.domain import WORST_PAIN, DoseEvent, Patient, ReliefRule
from respite.forecasting.clock import DAY_H, Clock
from respite.forecasting.gaps import GapDraws, watch_gaps
from respite.forecasting.pain_return import (
    Brackets,
    ReturnDraws,
    bracket_return,
    time_to_pain_return,
)
from respite.literature import Library, Model
from respite.population import (
    AfterLastDose,
    Floats,
    Group,
    People,
    draw_group,
    in_order,
    keep_freed_memory,
    simulate_pain,
)

_CHUNK = 1000
"""Draws in one chunk: its arrays then fit the cache of one core."""

Record = TypeVar("Record", Brackets, GapDraws)


@dataclass(frozen=True)
class Case:
    """One question, worked out as far as no draw is needed.

    Attributes
    ----------
    patient, condition
        Who is asked about, and in which condition of the library.
    kinetics
        The kinetic model.
    events
        The dose events.
    clock
        The times that are looked at.
    rule
        What counts as relief, and how long it must stay away.
    share_days
        Answered days for which the share of people with relief is wanted.
    """

    patient: Patient
    condition: str
    kinetics: Model
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
    written: Floats
    days_felt: Floats
    days_drug: Floats
    gaps: GapDraws


def draw_outcomes(library: Library, case: Case, people: People) -> Draws:
    """Follow every draw through the case.

    People are drawn at once; their curves are followed in chunks that fit the
    cache. Neither the size of a chunk nor the number of threads changes a draw.
    """
    keep_freed_memory()
    group = draw_group(
        library, case.patient, people, kinetics=case.kinetics, condition=case.condition
    )
    parts = list(in_order(partial(_follow, case), group.chunks(_CHUNK)))
    after = AfterLastDose(group, case.events, case.clock.end_h)
    felt, drug_only = (
        time_to_pain_return(
            _join([getattr(part, name) for part in parts]),
            after,
            case.rule,
            with_placebo=with_placebo,
        )
        for name, with_placebo in (("felt", True), ("drug_only", False))
    )
    return Draws(
        felt=felt,
        drug_only=drug_only,
        pain=np.concatenate([part.pain for part in parts]),
        pain_on_placebo=np.concatenate([part.pain_on_placebo for part in parts]),
        relief=np.concatenate([part.relief for part in parts]),
        written=np.concatenate([part.written for part in parts]),
        days_felt=np.concatenate([part.days_felt for part in parts]),
        days_drug=np.concatenate([part.days_drug for part in parts]),
        gaps=_join([part.gaps for part in parts]),
    )


def _follow(case: Case, group: Group) -> _Part:
    courses = simulate_pain(group, case.events, case.clock.times_h)
    places = case.clock.answered
    needed: Floats = case.rule.threshold.share_of(courses.untreated)
    relief = courses.relief(with_placebo=True)
    alone = courses.relief(with_placebo=False)
    pain = courses.pain()[:, places]
    return _Part(
        felt=bracket_return(relief, courses, case.clock, case.rule),
        drug_only=bracket_return(alone, courses, case.clock, case.rule),
        pain=pain,
        pain_on_placebo=courses.pain_on_placebo()[:, places],
        relief=relief[:, [case.clock.index_of(day * DAY_H) for day in case.share_days]],
        written=_written(group, pain),
        days_felt=_days_above(relief, needed, case.clock),
        days_drug=_days_above(alone, needed, case.clock),
        gaps=watch_gaps(relief, needed, case.clock, case.events, case.rule.confirm_days),
    )


def _written(group: Group, pain: Floats) -> Floats:
    """Give a score that each person might write.

    Only quantiles at one time are answered from these, so one departure for
    each draw serves all times.
    """
    departure = group.people.normals("written score") * group.needs.numbers["between_days"]
    return np.clip(np.round(pain + departure[:, None]), 0, WORST_PAIN)


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
