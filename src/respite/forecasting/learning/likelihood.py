"""How likely a diary is, for people in whom the pain model is drawn."""

from __future__ import annotations

import math
from collections.abc import Mapping

from respite.engine import Array, ScoreChances, Wander, WrittenScores, namespace, score_chances
from respite.forecasting.entries import Entries
from respite.population import PainCourses, Responders


def diary_chances(
    people: Responders, courses: PainCourses, places: Array, entries: Entries, scores: WrittenScores
) -> ScoreChances:
    """Weigh a diary, in any array library.

    Parameters
    ----------
    people
        The drawn pain model.
    courses
        Their pain over time.
    places
        Place of each score among the times of the courses.
    entries
        The scores.
    scores
        The stretches they stand for: ``entries.written(...)``.

    Returns
    -------
    The chance of each score, given those before it.
    """
    xp = namespace(people.untreated)
    left = xp.take(courses.left_by_drug * courses.left_by_placebo, xp.asarray(places), axis=1)
    wander = wander_of(people.numbers, xp.asarray(_gaps(entries)))
    return score_chances(people.untreated[:, None] * left, left, scores, wander)


def wander_of(numbers: Mapping[str, Array], gaps_h: Array) -> Wander:
    """Say how written scores wander in people with these numbers, with these gaps between."""
    xp = namespace(numbers["between_days"])
    gaps = gaps_h[None, :]
    return Wander(
        day_sd=numbers["between_days"],
        day_kept=xp.exp(-gaps / numbers["autocorrelation_time"][:, None]),
        drift_sd=numbers["drift_spread"],
        drift_kept=xp.exp(-gaps * math.log(2) / numbers["drift_half_time"][:, None]),
        lapse_chance=numbers["lapse_chance"],
    )


def _gaps(entries: Entries) -> Array:
    """Give the time since the score before each [h], or since the begin of the record."""
    return entries.time_h - [entries.start_h, *entries.time_h[:-1]]
