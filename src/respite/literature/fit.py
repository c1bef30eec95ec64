"""A fit of a model to trials: what was learnt, how well trials are predicted, by which script."""

from __future__ import annotations

from typing import Literal

from msgspec import Struct

from respite.literature.number import NotReported

PredictionRole = Literal["calibration", "left-out", "validation"]
"""Whether a figure was fitted to, was left out of the fit that predicts it, or never entered."""


class FittedNumber(Struct, frozen=True, forbid_unknown_fields=True):
    """One number before and after trials.

    Attributes
    ----------
    name, condition
        The parameter, and the condition it holds in; empty for every condition.
    unit
        Unit of the intervals.
    before, after
        5, 50 and 95 % of what is thought of its typical value.
    """

    name: str
    unit: str
    before: tuple[float, float, float]
    after: tuple[float, float, float]
    condition: str = ""


class ComparedStructure(Struct, frozen=True, forbid_unknown_fields=True):
    """How well one structure of the model predicts trials that it was not fitted to.

    ``log_scores`` has the logarithm of the chance of each trial's figures, in the order of
    ``Fit.trials``, after a fit without that trial.
    """

    name: str
    words: str
    log_scores: tuple[float, ...]


class PredictedFigure(Struct, frozen=True, forbid_unknown_fields=True):
    """One figure of a trial beside what is predicted.

    Attributes
    ----------
    study, arm, against, what, measure, time_days
        Which figure.
    role
        Whether it was fitted to.
    unit
        ``points``, ``%``, or ``fraction`` where only a conclusion was seen: a chance.
    observed, observed95
        What was seen, and how well it is known.
    found
        What was concluded, where no number was seen.
    predicted, predicted50, predicted90
        What another trial like this one would see: middle, and intervals. Of a conclusion
        ``predicted`` is the chance of what was found.
    inside50, inside90
        Whether what was seen lies within.
    note
        What was assumed on the way.
    """

    study: str
    arm: str
    what: str
    measure: str
    time_days: float
    role: PredictionRole
    unit: str
    predicted: float
    against: str = ""
    observed: float | NotReported = "not_reported"
    observed95: tuple[float, float] | NotReported = "not_reported"
    found: str = "not_reported"
    predicted50: tuple[float, float] | NotReported = "not_reported"
    predicted90: tuple[float, float] | NotReported = "not_reported"
    inside50: bool | None = None
    inside90: bool | None = None
    note: str = ""


class OrderChance(Struct, frozen=True, forbid_unknown_fields=True):
    """How likely one order of the arms of a study is, at one time.

    ``order`` runs from least pain to most; ``chance`` is that of the means of all people alike,
    ``chance_seen`` that of the means such a study would see.
    """

    study: str
    time_days: float
    order: tuple[str, ...]
    chance: float
    chance_seen: float


class Fit(Struct, frozen=True, forbid_unknown_fields=True):
    """One file of ``library/fits``, written by a script.

    Attributes
    ----------
    model, before
        The model whose numbers were pooled, and the one that says what was believed before.
    script, script_digest, data_digest
        What made it, of which code and from which numbers.
    seed, chains, draws, worst_r_hat, least_ess, divergent
        How it was drawn, and how well.
    trials
        The trials that were fitted to.
    names, mean, covariance
        Typical values on the scale of their distributions (natural logarithm, logit) in canonical
        units; those of a condition are named ``condition.parameter``.
    between_trials
        How far trials differ, on the same scales: response to placebo, exposure needed, and the
        share of pain that passes by itself.
    numbers, structures, figures, orders
        What was learnt; which structure predicts best; every figure beside its prediction.
    """

    id: str
    title: str
    source: str
    model: str
    before: str
    script: str
    script_digest: str
    data_digest: str
    seed: int
    chains: int
    draws: int
    worst_r_hat: float
    least_ess: int
    divergent: int
    trials: tuple[str, ...]
    names: tuple[str, ...]
    mean: tuple[float, ...]
    covariance: tuple[tuple[float, ...], ...]
    between_trials: dict[str, float]
    numbers: tuple[FittedNumber, ...]
    structures: tuple[ComparedStructure, ...]
    figures: tuple[PredictedFigure, ...]
    orders: tuple[OrderChance, ...] = ()
    left_out: tuple[str, ...] = ()
