"""Draws what an invented patient writes into the diary, given what was given."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

import numpy as np

from respite.domain import DosingHistory, Patient
from respite.forecasting import condition_of, write_scores
from respite.literature import load_library
from respite.population import PAIN, People, draw_group, for_events, simulate_pain

EVENING = time(20)
"""When invented patients write."""

LEFT_OUT = 8 / 100
"""How often they leave a day out; ours."""

CANDIDATES = 30
"""Of those who fit, how many are looked at; ours."""

TRIES = 300
"""People to draw until one fits what the story needs; ours."""


@dataclass(frozen=True)
class Day:
    """One day of an invented diary.

    Attributes
    ----------
    at
        When it was written.
    pain
        The score.
    """

    at: datetime
    pain: float


def draw_diary(  # noqa: PLR0913 - each is something that is known
    patient: Patient,
    doses: DosingHistory | None,
    days: Sequence[date],
    zone: ZoneInfo,
    *,
    relieved: bool,
    seed: int,
) -> tuple[Day, ...]:
    """Draw the diary of somebody who fits what is known, whether relieved or not.

    Parameters
    ----------
    patient, doses
        What is known, and what was given.
    days
        The days on which something may be written.
    zone
        The clock of the clinic.
    relieved
        Whether exposure relieves this person.
    seed
        Same seed, same diary.
    """
    library = load_library()
    events = () if doses is None else doses.events()
    written = [datetime.combine(day, EVENING, zone) for day in days]
    first = written[0] if doses is None else doses.first_dose_start
    hours = np.asarray([(at - first) / timedelta(hours=1) for at in written])
    pain = library.assembled(PAIN)
    core = library.assembled(pain.structure["kinetics"])
    group = draw_group(
        library, patient, People(seed, TRIES), kinetics=for_events(core, events),
        condition=condition_of(patient),
    )  # fmt: skip
    person = group.needs
    fits = (person.slow > 0) == relieved
    fitting = group.pick(np.flatnonzero(fits & (person.placebo == 0))[:CANDIDATES])
    left = np.ones((len(fitting.needs.untreated), len(hours)))
    if events:
        after = np.maximum(hours, 0)
        times = np.unique([*after, *(event.end_h for event in events)])
        relief = simulate_pain(fitting, events, times.tolist()).relief(with_placebo=True)
        left = np.where(hours < 0, 1, 1 - relief[:, np.searchsorted(times, after)])
    # Of those who fit, the one in whom the story shows best.
    chosen = np.argsort(left.mean(axis=1))[: 1 if relieved else None][-1:]
    one, left = fitting.pick(chosen), left[chosen[0]]
    draw = np.random.default_rng(seed)
    scores = write_scores(one, left, hours, draw)
    kept = draw.random(len(hours)) >= LEFT_OUT
    return tuple(
        Day(at, float(score))
        for at, score, is_kept in zip(written, scores, kept, strict=True)
        if is_kept
    )
