"""One draw after another: what becomes of the pain of each."""

from __future__ import annotations

from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, fields

import numpy as np

from respite.domain import WORST_PAIN, DoseEvent, Patient, ReliefRule
from respite.forecasting.clock import DAY_H, Clock
from respite.forecasting.gaps import GapDraws, watch_gaps
from respite.forecasting.pain_return import ReturnDraws, time_to_pain_return
from respite.literature import Library
from respite.population import (
    AfterLastDose,
    Floats,
    Group,
    People,
    draw_group,
    simulate_pain,
)

_CHUNK = 500
"""Draws in one chunk: its arrays then fit the cache of one core."""

_THREADS = 2


@dataclass(frozen=True)
class Case:
    """One question, worked out as far as no draw is needed.

    Attributes
    ----------
    patient, condition
        Who is asked about, and in which condition of the library.
    events
        The dose events.
    clock
        The times that are looked at.
    rule
        What counts as relief, and how long it must stay away.
    """

    patient: Patient
    condition: str
    events: Sequence[DoseEvent]
    clock: Clock
    rule: ReliefRule


@dataclass(frozen=True)
class Draws:
    """What becomes of each draw; every array has draws as its first axis.

    Attributes
    ----------
    felt, drug_only
        Time to pain return with placebo counted, and without.
    pain, pain_on_placebo, relief
        Expected pain, the same on placebo, and relief, at each answered day.
    written
        A score that the person might write on each of those days.
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


def draw_outcomes(library: Library, case: Case, people: People) -> Draws:
    """Follow every draw through the case, in chunks that fit the cache.

    Draws are found by their address, so neither the size of a chunk nor the
    number of threads changes any of them.
    """
    chunks = list(people.chunks(_CHUNK))
    # The first chunk reads what it needs from the library; the others then share it.
    first = _draw_chunk(library, case, chunks[0])
    with ThreadPoolExecutor(_THREADS) as pool:
        others = list(pool.map(lambda chunk: _draw_chunk(library, case, chunk), chunks[1:]))
    return _join([first, *others])


def _draw_chunk(library: Library, case: Case, people: People) -> Draws:
    group = draw_group(library, case.patient, people, condition=case.condition)
    courses = simulate_pain(group, case.events, case.clock.times_h)
    after = AfterLastDose(group, case.events, case.clock.end_h)
    felt, drug_only = (
        time_to_pain_return(
            courses,
            case.clock,
            after,
            case.rule,
            with_placebo=with_placebo,
        )
        for with_placebo in (True, False)
    )
    places = case.clock.answered
    needed = case.rule.threshold.share_of(courses.untreated)
    relief = courses.relief(with_placebo=True)
    alone = courses.relief(with_placebo=False)
    pain = courses.pain()[:, places]
    return Draws(
        felt=felt,
        drug_only=drug_only,
        pain=pain,
        pain_on_placebo=courses.pain_on_placebo()[:, places],
        relief=relief[:, places],
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
    above = relief[:, asked] - needed[:, None]
    before, after = above[:, :-1], above[:, 1:]
    rise = np.abs(after - before)
    crosses = (before >= 0) != (after >= 0)
    part = np.maximum(before, after) / np.where(crosses, rise, 1)
    share = np.where(crosses, part, before >= 0)
    return share @ np.diff(clock.times_h[asked]) / DAY_H


def _join(chunks: Sequence[Draws]) -> Draws:
    return Draws(**{field.name: _join_field(chunks, field.name) for field in fields(Draws)})


def _join_field(chunks: Sequence[Draws], name: str) -> object:
    parts = [getattr(chunk, name) for chunk in chunks]
    if isinstance(parts[0], np.ndarray):
        return np.concatenate(parts)
    kind = type(parts[0])
    return kind(
        **{
            field.name: np.concatenate([getattr(part, field.name) for part in parts])
            for field in fields(kind)
        }
    )
