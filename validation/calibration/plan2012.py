"""The Markov integer model of plan2012: the next score depends on the last one."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from math import exp, lgamma, log

import numpy as np

from respite.domain import WORST_PAIN
from respite.literature import Model
from validation.calibration.metrics import Floats

DAY_H = 24
SCORES = np.arange(WORST_PAIN + 1)


@dataclass(frozen=True)
class Writer:
    """How one person writes.

    Attributes
    ----------
    usual
        Mean score before any change, 0-10.
    depth, half_time_days
        Share by which it falls in the end, and the half-time of that fall.
    repeats
        Logit of the chance that each score is written again, shape ``(11,)``, on the first day.
    settles
        What a day adds to those logits.
    steps
        Chance of a step of one, two and three points, either way together.
    narrowness
        How much narrower than a Poisson count a score is, 0-1.
    """

    usual: float
    depth: float
    half_time_days: float
    repeats: Mapping[int, float]
    settles: float
    steps: tuple[float, float, float]
    narrowness: float

    @staticmethod
    def of(drawn: Mapping[str, float], model: Model) -> Writer:
        """Make a writer of drawn numbers in canonical units.

        Parameters
        ----------
        drawn
            The numbers of one person.
        model
            Their typical values: one random effect moves the chances of a 0, a 9 and a 10 alike.
        """
        typical = model.parameters["repeat_at_zero"].value
        departure = logit(drawn["repeat_at_zero"]) - logit(typical)
        return Writer(
            usual=WORST_PAIN * drawn["usual_share"],
            depth=drawn["decline_depth"],
            half_time_days=drawn["decline_half_time"] / DAY_H,
            repeats={
                0: logit(drawn["repeat_at_zero"]),
                9: logit(drawn["repeat_at_nine"]) + departure,
                10: logit(drawn["repeat_at_ten"]) + departure,
            },
            settles=drawn["settling_rate"] * DAY_H,
            steps=(drawn["step_of_one"], drawn["step_of_two"], drawn["step_of_three"]),
            narrowness=drawn["narrowness"],
        )

    def mean(self, days: Floats) -> Floats:
        """Give the mean score of a day, were there no other score before it."""
        return self.usual * (1 - self.depth * (1 - np.exp2(-days / self.half_time_days)))

    def write(self, days: Floats, left: Floats, draw: np.random.Generator) -> Floats:
        """Write one score after another.

        Parameters
        ----------
        days
            Days since the first score, a day apart.
        left
            Share of pain that relief leaves on each.
        draw
            Where chance comes from.
        """
        scores: list[int] = []
        for day, mean in zip(days, self.mean(days) * left, strict=True):
            chances = truncated_count(float(mean), self.narrowness)
            if scores:
                chances = self.after(scores[-1], float(day), chances)
            scores.append(int(draw.choice(SCORES, p=chances)))
        return np.asarray(scores, dtype=np.float64)

    def after(self, last: int, day: float, afresh: Floats) -> Floats:
        """Give the chance of each score after the last one.

        Parameters
        ----------
        last
            The score before.
        day
            Days since the first score.
        afresh
            Chances of a score that does not depend on the last.
        """
        chances = np.zeros(len(SCORES))
        chances[last] = rest = self.repeated(last, day)
        for size, chance in enumerate(self.steps, start=1):
            reached = [score for score in (last - size, last + size) if score in SCORES]
            for score in reached:
                chances[score] = chance / 2 * (1 - rest)
            rest += chances[reached].sum()
        return chances + (1 - rest) * afresh

    def repeated(self, last: int, day: float) -> float:
        """Give the chance that a score is written again: a straight line from 0 to 9."""
        at = {score: expit(value + self.settles * day) for score, value in self.repeats.items()}
        return at[10] if last == WORST_PAIN else at[0] + (at[9] - at[0]) * last / 9


def truncated_count(mean: float, narrowness: float) -> Floats:
    r"""Give the chance of each score as a generalised Poisson count that is kept on the scale.

    Parameters
    ----------
    mean
        Mean of the count, above 0 and below 10.
    narrowness
        0 for a Poisson count, 1 for the narrowest that reaches the top of the scale.

    Notes
    -----
    With :math:`\delta = -\text{narrowness}\, \lambda / (10 - \lambda)` and
    :math:`\mu = \lambda (1 - \delta)` the chance of *n* is in proportion to
    :math:`\mu (\mu + \delta n)^{n - 1} e^{-\mu - \delta n} / n!`.
    """
    spread = -narrowness * mean / (WORST_PAIN - mean)
    rate = mean * (1 - spread)
    heights = [
        log(rate) + (n - 1) * log(held) - held - lgamma(n + 1)
        for n in range(WORST_PAIN + 1)
        if (held := rate + spread * n) > 0
    ]
    chances = np.exp(np.asarray(heights) - max(heights))
    return np.pad(chances / chances.sum(), (0, len(SCORES) - len(chances)))


def logit(share: float) -> float:
    """Give the logarithm of the odds."""
    return log(share / (1 - share))


def expit(value: float) -> float:
    """Give the share whose odds have this logarithm."""
    return 1 / (1 + exp(-value))
