"""How a virtual patient writes scores: as our model has it, or as another one does."""

from __future__ import annotations

import numpy as np

from respite.domain import WORST_PAIN
from respite.literature import Library
from respite.population import People, draw_parameters
from validation.calibration import plan2012, settings
from validation.calibration.metrics import Floats
from validation.calibration.virtual import DAY_H, SCORES_H, Life

Draw = np.random.Generator


def ours(_library: Library, life: Life, draw: Draw) -> Floats:
    """Write scores as the forecast thinks they are written.

    What is felt is pain as expected, with a slow drift of untreated pain that begins with the
    diary and what a day brings; a score is that, rounded, or now and then a lapse.

    Parameters
    ----------
    _library
        Not needed: the numbers were drawn with the patient.
    life
        Whose scores.
    draw
        Where chance comes from.
    """
    person = life.group.needs
    numbers = {name: float(values[0]) for name, values in person.numbers.items()}
    days_h = np.diff(SCORES_H, prepend=SCORES_H[0])
    kept_of_day = np.exp(-days_h / numbers["autocorrelation_time"])
    kept_of_drift = np.exp2(-days_h / numbers["drift_half_time"])
    day = wander(numbers["between_days"], kept_of_day, draw, begins_at_zero=False)
    drift = wander(numbers["drift_spread"], kept_of_drift, draw, begins_at_zero=True)
    latent = (float(person.untreated[0]) + drift) * life.left + day
    meant = np.clip(np.round(latent), 0, WORST_PAIN)
    lapse = draw.integers(0, WORST_PAIN, len(SCORES_H), endpoint=True)
    return np.where(draw.random(len(SCORES_H)) < numbers["lapse_chance"], lapse, meant)


def wander(sd: float, kept: Floats, draw: Draw, *, begins_at_zero: bool) -> Floats:
    """Draw an Ornstein-Uhlenbeck process at given times.

    Parameters
    ----------
    sd
        Its standing spread.
    kept
        Share that is kept from each time to the next; the first does not matter.
    draw
        Where chance comes from.
    begins_at_zero
        Whether it begins at zero; otherwise it has been going on for ever.
    """
    news = sd * draw.standard_normal(len(kept))
    values = np.zeros(len(kept))
    values[0] = 0 if begins_at_zero else news[0]
    for now in range(1, len(kept)):
        share = kept[now]
        values[now] = share * values[now - 1] + np.sqrt(1 - share**2) * news[now]
    return values


def as_in_plan2012(library: Library, life: Life, draw: Draw) -> Floats:
    """Write scores by the Markov integer model of plan2012, our relief laid over its course.

    Its fall of pain in people given placebo is taken for a change of untreated pain that begins
    with the diary, so it is no part of the truth; our placebo responders are, since they are what
    a course of infusions brings about.

    Parameters
    ----------
    library
        Where its numbers are.
    life
        Whose relief.
    draw
        Where chance comes from.
    """
    model = library.assembled("diary_plan2012")
    people = People(settings.SEED_OF_DIARIES, 1, first=life.number)
    drawn = draw_parameters(
        model.parameters, people, correlations=model.correlations, stream="diary"
    )
    writer = plan2012.Writer.of({name: float(values[0]) for name, values in drawn.items()}, model)
    days = (SCORES_H - SCORES_H[0]) / DAY_H
    return writer.write(days, life.left, draw)


def written_at_random(scores: Floats, draw: Draw) -> np.ndarray:
    """Say which scores are written where gaps come at random."""
    return draw.random(len(scores)) >= settings.MISSING


def written_less_in_pain(scores: Floats, draw: Draw) -> np.ndarray:
    """Say which scores are written where the chance of a gap grows with the score."""
    logit = np.log(settings.MISSING / (1 - settings.MISSING))
    logit = logit + settings.GAP_PER_POINT * (scores - settings.GAP_FROM)
    return draw.random(len(scores)) >= 1 / (1 + np.exp(-logit))
