"""The questions that are asked: who writes the diaries, and what the forecast thinks of them."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Literal

import numpy as np

from respite.literature import Library
from validation.calibration import diaries, settings, variants
from validation.calibration.metrics import Flags, Floats
from validation.calibration.settings import Size
from validation.calibration.virtual import Life

Variant = Callable[[Library], Library]
Writer = Callable[[Library, Life, np.random.Generator], Floats]
Gaps = Callable[[Floats, np.random.Generator], Flags]
Kind = Literal["ours", "others", "teeth"]

_FOR_TEETH = 2000
"""So many patients make a fault plain."""


@dataclass(frozen=True)
class Scenario:
    """One way in which patients live and write, and one in which a forecast thinks.

    Attributes
    ----------
    name
        Names its results.
    title, about
        What it is, in a few words and in a sentence or two.
    why
        What to blame where its intervals do not mean what they say.
    kind
        ``ours``: must hold. ``others``: is reported and explained. ``teeth``: must fail.
    truth, fit
        The library that patients are drawn from, and the one that the forecast uses.
    write, gaps
        How scores are written, and which of them are left out.
    after_days
        How long after the last infusion diaries end; ``None`` for no diary at all.
    """

    name: str
    title: str
    about: str
    why: str
    kind: Kind = "others"
    truth: Variant = variants.as_shipped
    fit: Variant = variants.as_shipped
    write: Writer = diaries.ours
    gaps: Gaps = diaries.written_at_random
    after_days: tuple[int | None, ...] = settings.AFTER_DAYS

    def count(self, size: Size) -> int:
        """Give how many patients are asked about."""
        counts = {
            "ours": size.patients,
            "teeth": min(size.patients, _FOR_TEETH),
            "others": size.patients_of_others,
        }
        return counts[self.kind]


_LISTED = (
    Scenario(
        "ours",
        "Our own patients",
        "Patients are drawn from the forecast's own prior, each from a study of their own, and"
        " write as the likelihood says. What is not uniform here is a fault of the method.",
        "Truth and forecast share one model, so this points to the way in which the posterior is"
        " worked out.",
        kind="ours",
        after_days=(None, *settings.AFTER_DAYS),
    ),
    Scenario(
        "plan2012",
        "Diaries of another model",
        "Relief is ours, but scores are written by the Markov integer model of"
        " [plan2012](sources.md#plan2012): counts that cling to the last score more and more, about"
        " a pain that falls over weeks whatever is given.",
        "That pain falls whatever is given looks like relief that stays, and the model has no"
        " place for it but the placebo course and the slow drift; scores that cling to the last"
        " one look surer than they are.",
        write=diaries.as_in_plan2012,
    ),
    Scenario(
        "half_time_twice",
        "Relief that lasts twice as long",
        "The typical half-time of slow relief is twice ours; all else is ours.",
        "Such a clock sets in as slowly as it wears off: fewer people reach relief than was"
        " thought, and those who do keep it for longer.",
        truth=variants.half_time_twice,
    ),
    Scenario(
        "half_time_thrice",
        "Relief that lasts three times as long",
        "The typical half-time of slow relief is three times ours; all else is ours.",
        "Such a clock sets in as slowly as it wears off: fewer people reach relief than was"
        " thought, and those who do keep it for longer. The one trial behind the half-time hardly"
        " leaves room for three times as long.",
        truth=variants.half_time_thrice,
    ),
    Scenario(
        "gaps",
        "Gaps that depend on pain",
        "On bad days a score is left out more often; the forecast takes gaps to come at random.",
        "Scores that are written are lower than those that are not, so relief looks deeper and"
        " longer than it is.",
        gaps=diaries.written_less_in_pain,
    ),
    Scenario(
        "no_correlation",
        "Teeth: days that do not hang together",
        "Our own patients again, but the forecast takes each day's score for news of its own."
        " This must fail at the longest diary.",
        "Scores that stay near one another count as many, so intervals are too narrow.",
        kind="teeth",
        fit=variants.without_correlation,
        after_days=settings.AFTER_DAYS[-1:],
    ),
    Scenario(
        "half_time_fixed",
        "Teeth: a half-time that is wrong",
        "Our own patients again, but the forecast is sure of a typical half-time of"
        f" {settings.HALF_TIME_FIXED_DAYS} days. This must fail up to a week after the course.",
        "A typical half-time that is too long and not open to doubt puts every return too late.",
        kind="teeth",
        fit=variants.half_time_fixed,
        after_days=settings.AFTER_DAYS[:2],
    ),
)

SCENARIOS = {scenario.name: scenario for scenario in _LISTED}
