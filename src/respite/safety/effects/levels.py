"""The levels that drive acute effects: venous, S-ketamine that would do the same, minutes late."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np

from respite.domain import DoseEvent, OutOfScope, Patient
from respite.domain import translate as _
from respite.engine import effect_site_step
from respite.literature import Library, Model
from respite.population import (
    CORE,
    PLASMA,
    Floats,
    Group,
    People,
    draw_group,
    draw_parameters,
    for_events,
    refuse_other_site,
)
from respite.safety.effects.model import ACUTE_MODEL
from respite.safety.effects.sessions import Session, sessions_of

ACUTE = "acute"
"""The effect site of acute effects."""

WATCHED_H = 6
"""How long after each dose its rise is looked for [h]; ours."""

SHOWN_AFTER_H = 4
"""How long after the last dose of a session its course is shown [h]."""

_ALIKE = 98
"""Sessions whose highest levels are so many hundredths of the highest of all count as like it."""

_LOOKS_AFTER = 14
_LOOKS_DURING = 3
_SHOWN = 33


@dataclass(frozen=True)
class Exposed:
    """A group with the site of acute effects, and how R-ketamine counts in each person.

    Attributes
    ----------
    group
        The people.
    r_potency
        Potency of R-ketamine against S-ketamine, shape ``(people,)``.
    """

    group: Group
    r_potency: Floats

    @property
    def ages(self) -> Floats:
        """Age of each person [years]."""
        return self.group.covariates["age"]


@dataclass(frozen=True)
class SessionLevels:
    """The highest level of each person in each session, and one session in full.

    Attributes
    ----------
    sessions
        The sessions.
    peaks
        The highest levels [mg/L], shape ``(people, sessions)``.
    times_h
        Times of the session that is shown, from its start [h], shape ``(times,)``.
    course
        Levels at these times [mg/L], shape ``(people, times)``.
    shown
        Place of the session that is shown: the first of those with the highest levels.
    """

    sessions: tuple[Session, ...]
    peaks: Floats
    times_h: Floats
    course: Floats
    shown: int


def draw_exposed(
    library: Library, patient: Patient, people: People, events: Sequence[DoseEvent]
) -> Exposed:
    """Draw a group for acute effects; with many plans, once for the doses of them all.

    Parameters
    ----------
    library
        Where the numbers come from.
    patient
        What is known.
    people
        Who is drawn.
    events
        Every dose that any of the plans may give.

    Raises
    ------
    OutOfScope
        If the levels are not of the site that the effects were related to.
    """
    model = library.assembled(ACUTE_MODEL)
    core = library.assembled(CORE)
    refuse_other_site(model, core)
    return exposed_to(
        model, draw_group(library, patient, people, kinetics=for_events(core, tuple(events)))
    )


def exposed_to(model: Model, group: Group) -> Exposed:
    """Add the site of acute effects to a group that was drawn before.

    Parameters
    ----------
    model
        The model of acute effects.
    group
        The people, drawn with the core.
    """
    needed = ("acute_half_time", "acute_r_potency")
    numbers = draw_parameters(
        {name: model.parameters[name] for name in needed}, group.people, stream="acute"
    )
    site = effect_site_step(np.log(2) / numbers["acute_half_time"], fed_by=PLASMA)
    kinetics = group.kinetics.with_sites({ACUTE: site})
    return Exposed(replace(group, kinetics=kinetics), numbers["acute_r_potency"])


def session_levels(exposed: Exposed, events: Sequence[DoseEvent]) -> SessionLevels:
    """Find the levels of each session.

    Parameters
    ----------
    exposed
        The people.
    events
        What they are given.

    Raises
    ------
    OutOfScope
        If no dose is given.
    """
    sessions = sessions_of(events)
    if not sessions:
        raise OutOfScope(
            _("The plan gives no dose."),
            _("at least one dose."),
            _("a regimen such as ketamine 0.5 mg/kg iv over 40 min."),
        )
    looks = [_looks(session) for session in sessions]
    followed = _levels(exposed, events, np.unique(np.concatenate(looks)))
    peaks = np.stack([followed.within(times).max(axis=1) for times in looks], axis=1)
    height = peaks.mean(axis=0)
    # Levels that are left over from dose to dose make no later session another one.
    shown = int(np.argmax(height * 100 >= height.max() * _ALIKE))
    start, end = _run(sessions, shown)
    times = np.unique(np.concatenate([_even(start, end), *_edges(sessions, start, end)]))
    course = _levels(exposed, events, times).within(times)
    return SessionLevels(sessions, peaks, times - start, course, shown)


@dataclass(frozen=True)
class _Followed:
    times_h: Floats
    levels: Floats

    def within(self, times_h: Floats) -> Floats:
        return self.levels[:, np.searchsorted(self.times_h, times_h)]


def _levels(exposed: Exposed, events: Sequence[DoseEvent], times_h: Floats) -> _Followed:
    group = exposed.group
    potency = {"s": 1, "r": exposed.r_potency[:, None], "racemate": 1}
    total = np.zeros((group.people.count, len(times_h)))
    for form, outputs in group.levels([ACUTE], group.dose(events), times_h.tolist()).items():
        total = total + potency[form] * outputs[ACUTE]
    return _Followed(times_h, np.maximum(total, 0))


def _looks(session: Session) -> Floats:
    """Choose times that see the rise of every dose of a session: close after it, wider later."""
    after = WATCHED_H * np.linspace(0, 1, _LOOKS_AFTER) ** 2
    times = [np.asarray([session.start_h])]
    for event in session.events:
        start, end = max(event.time_h, session.start_h), min(event.end_h, session.until_h)
        times += [np.linspace(start, end, _LOOKS_DURING), end + after]
    every = np.concatenate(times)
    return np.unique(every[every <= session.until_h])


def _run(sessions: tuple[Session, ...], shown: int) -> tuple[float, float]:
    """Give the start and the end of what is shown: a session, or an infusion of days as a whole."""
    first = shown
    while sessions[first].is_continued:
        first -= 1
    last = shown
    while last + 1 < len(sessions) and sessions[last + 1].is_continued:
        last += 1
    dosed = max(event.end_h for event in sessions[last].events)
    until = sessions[last + 1].start_h if last + 1 < len(sessions) else np.inf
    return sessions[first].start_h, min(dosed + SHOWN_AFTER_H, until)


def _even(start: float, end: float) -> Floats:
    return np.linspace(start, end, _SHOWN)


def _edges(sessions: tuple[Session, ...], start: float, end: float) -> list[Floats]:
    edges = {
        edge
        for session in sessions
        for event in session.events
        for edge in (event.time_h, event.end_h)
        if start <= edge <= end
    }
    return [np.asarray(sorted(edges))]
