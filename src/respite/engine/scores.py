r"""How likely written scores are, when pain is expected to run a certain course.

A score is a latent one, rounded and kept on its scale:

    latent(t) = expected(t) + left(t) d(t) + r(t)

*r* is what a day brings: it stays near where it was, and forgets with time.
*d* is a slow drift of untreated pain, of which the share *left* is felt. Both
are Ornstein-Uhlenbeck processes. Now and then a score is a lapse, and says nothing.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import partial

from respite.engine.arrays import Array, namespace
from respite.engine.normal import normal_curve
from respite.engine.settings import BARELY
from respite.engine.stepping import Row, step_through


@dataclass(frozen=True)
class WrittenScores:
    """Scores that were written down, in order of time.

    Attributes
    ----------
    low, high
        Between which latent scores each lies, shape ``(scores,)``, or with
        axes of people before it; at the ends of the scale one of them is far away.
    blur
        Variance that each has beside, as one written late, shape ``(scores,)``.
    lapse
        The chance of each score where it is a lapse, shape ``(scores,)``.
    """

    low: Array
    high: Array
    blur: Array
    lapse: Array


@dataclass(frozen=True)
class Wander:
    """How what is written wanders about what is expected.

    Attributes
    ----------
    day_sd
        Standing spread of what a day brings [points], shape ``(people,)``.
    day_kept
        Share of it that is kept from the score before, shape ``(people, scores)``;
        where nothing is known before, the first does not matter.
    drift_sd
        Standing spread of the slow drift [points], shape ``(people,)``.
    drift_kept
        Share of it that is kept, shape ``(people, scores)``; the first is that since
        the begin of the record, where the drift is zero.
    lapse_chance
        Chance that a score is a lapse, shape ``(people,)``.
    """

    day_sd: Array
    day_kept: Array
    drift_sd: Array
    drift_kept: Array
    lapse_chance: Array


@dataclass(frozen=True)
class WanderState:
    """What is known of a person's wandering after a score: normal, with these moments.

    Attributes
    ----------
    day, drift
        Means, shape ``(people,)`` or ``(people, scores)``.
    day_variance, drift_variance, both
        Variances and covariance, same shape.
    """

    day: Array
    drift: Array
    day_variance: Array
    drift_variance: Array
    both: Array


@dataclass(frozen=True)
class ScoreChances:
    """How likely each score was, given those before it.

    Attributes
    ----------
    log_chance
        Logarithm of its chance, shape ``(people, scores)``.
    mean, variance
        Of the latent score, foreseen from the scores before it, same shape.
    state
        What is known after each score.
    """

    log_chance: Array
    mean: Array
    variance: Array
    state: WanderState


def score_chances(
    expected: Array,
    left: Array,
    scores: WrittenScores,
    wander: Wander,
    before: WanderState | None = None,
) -> ScoreChances:
    r"""Follow a person from score to score.

    Parameters
    ----------
    expected
        Expected pain at each score, shape ``(people, scores)``.
    left
        Share of untreated pain that is left there, same shape.
    scores, wander
        What was written, and how what is written wanders.
    before
        What is known of the wandering before the first score; by default the
        spread of any day, and no drift.

    Returns
    -------
    The chances; their logarithms add up to that of the whole diary.

    Notes
    -----
    A filter that assumes densities: what is known before a score is normal
    with mean :math:`\mu` and variance *S* of the latent score, so the chance
    of the score is a difference of normal areas; what is known after it is
    taken to be normal again, with the exact mean and variance. Where scores
    are exact numbers that is Kalman's filter. Source: moments of the truncated
    normal distribution, and the law of total variance over lapses.
    """
    xp = namespace(expected)

    def first(values: Array) -> Array:
        return xp.moveaxis(values, -1, 0)

    nothing = xp.zeros_like(wander.day_sd)
    known = before or WanderState(nothing, nothing, wander.day_sd * wander.day_sd, nothing, nothing)
    start = (known.day, known.drift, known.day_variance, known.drift_variance, known.both)
    rows = (
        first(expected),
        first(left),
        first(wander.day_kept),
        first(wander.drift_kept),
        first(_ends(scores)),
        first(scores.blur),
        first(scores.lapse),
    )
    step = partial(
        _step, wander.day_sd * wander.day_sd, wander.drift_sd * wander.drift_sd, wander.lapse_chance
    )
    found = [xp.moveaxis(values, 0, -1) for values in step_through(step, start, rows)[1]]
    return ScoreChances(found[0], found[1], found[2], WanderState(*found[3:]))


def _ends(scores: WrittenScores) -> Array:
    """Give both ends of each stretch, shape ``(2, people or 1, scores)``."""
    ends = namespace(scores.low).stack([scores.low, scores.high])
    return ends if ends.ndim > 2 else ends[:, None, :]


_State = tuple[Array, Array, Array, Array, Array]


def _step(
    day_variance: Array, drift_variance: Array, lapse_chance: Array, state: _State, row: Row
) -> tuple[_State, Row]:
    """Foresee one score, then learn from it."""
    day, drift, of_day, of_drift, both = state
    expected, left, kept, drifts, ends, blur, lapse = row
    xp = namespace(expected)
    day, drift = kept * day, drifts * drift
    of_day = kept * kept * (of_day - day_variance) + day_variance
    of_drift = drifts * drifts * (of_drift - drift_variance) + drift_variance
    both = kept * drifts * both
    with_day = of_day + left * both
    with_drift = both + left * of_drift
    variance = with_day + left * with_drift + blur
    mean = expected + day + left * drift
    sd = xp.sqrt(variance)
    ends, areas, heights = normal_curve((ends - mean) / sd)
    tilts = heights * ends
    area = areas[1, ...] - areas[0, ...]
    meant = (1 - lapse_chance) * area
    chance = meant + lapse_chance * lapse
    meant = meant / chance
    meant = meant / xp.maximum(area, BARELY)
    shift = meant * (heights[0, ...] - heights[1, ...])
    learnt = meant * (tilts[1, ...] - tilts[0, ...]) + shift * shift
    gain, drift_gain = with_day / sd, with_drift / sd
    after = (
        day + gain * shift,
        drift + drift_gain * shift,
        of_day - gain * gain * learnt,
        of_drift - drift_gain * drift_gain * learnt,
        both - gain * drift_gain * learnt,
    )
    return after, (xp.log(chance), mean, variance, *after)
