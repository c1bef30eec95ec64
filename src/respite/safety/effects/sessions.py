"""Sessions of a plan, and how used to them people are.

A session holds what is given within a day of its first dose. An infusion that lasts longer is
looked at anew every day, as people in hospital are, but it stays one session for what fades.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from respite.domain import DoseEvent
from respite.population import Floats

LOOK_H = 24
"""How long one look lasts [h]."""

USUAL_GAP_H = 7 * 24
"""How far apart sessions before this plan are taken to be, and how long before it the last of them
was [h]; ours."""


@dataclass(frozen=True)
class Session:
    """One look at a person.

    Attributes
    ----------
    start_h, until_h
        When it begins, and when the next begins or it ends [h].
    events
        The doses that run within it.
    is_continued
        Whether an infusion that began in the session before goes on.
    """

    start_h: float
    until_h: float
    events: tuple[DoseEvent, ...]
    is_continued: bool


def sessions_of(events: Sequence[DoseEvent]) -> tuple[Session, ...]:
    """Split doses into sessions.

    Parameters
    ----------
    events
        The doses, placebo included.

    Returns
    -------
    The sessions in order of time.
    """
    ordered = sorted(events, key=lambda event: event.time_h)
    starts: list[tuple[float, bool]] = []
    window_end = dosed_until = -np.inf
    for event in ordered:
        if event.time_h >= window_end:
            starts.append((event.time_h, event.time_h <= dosed_until))
            window_end = event.time_h + LOOK_H
        while event.end_h > window_end:
            starts.append((window_end, True))
            window_end += LOOK_H
        dosed_until = max(dosed_until, event.end_h if event.duration_h else -np.inf)
    ends = [*(start for start, _continued in starts[1:]), np.inf]
    return tuple(
        _session(start, min(end, start + LOOK_H), is_continued, ordered)
        for (start, is_continued), end in zip(starts, ends, strict=True)
    )


def _session(start: float, until: float, is_continued: bool, events: list[DoseEvent]) -> Session:
    within = tuple(
        event
        for event in events
        if event.time_h < until and (event.end_h > start or event.time_h >= start)
    )
    return Session(start, until, within, is_continued)


def worn_by(
    sessions: Sequence[Session],
    half_time_h: float,
    half_after: float,
    sessions_before: int = 0,
) -> Floats:
    r"""Give how used to it people are in each session, from 0 to 1, shape ``(sessions,)``.

    Parameters
    ----------
    sessions
        The sessions.
    half_time_h
        Time in which half of it is lost again [h].
    half_after
        Sessions that make people half as used to it as they can be.
    sessions_before
        Sessions before these, taken to have been a week apart, the last a week before.

    Notes
    -----
    With *m* sessions gone by, each counting half after every half-time, and *k* of them for
    half, it is

    .. math::
        \frac{m}{k + m}

    so nothing in a first session.
    """
    ages = (np.arange(sessions_before) + 1) * USUAL_GAP_H
    gone_by = float(np.sum(np.exp2(-ages / half_time_h)))
    worn: list[float] = []
    before: float | None = None
    for session in sessions:
        if before is not None and not session.is_continued:
            gone_by = (gone_by + 1) * 2 ** (-(session.start_h - before) / half_time_h)
        if before is None or not session.is_continued:
            before = session.start_h
        worn.append(gone_by / (half_after + gone_by))
    return np.asarray(worn)


def long_of(sessions: Sequence[Session]) -> Floats:
    """Say of each session, by 1 or 0, whether it is a day of an infusion of days."""
    goes_on = [*(session.is_continued for session in sessions[1:]), False]
    return np.asarray(
        [float(one.is_continued or after) for one, after in zip(sessions, goes_on, strict=True)]
    )
