"""From comparisons in trials to the pooled answer, by means or by counts."""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from statistics import NormalDist
from typing import Any

from respite.domain import RespiteError
from respite.domain import translate as _
from respite.evidence.pooling.answer import Pool, PooledRow, Ratio
from respite.evidence.pooling.binary import pooled_counts
from respite.evidence.pooling.counts import Counts, log_odds_ratio, mantel_haenszel, peto
from respite.evidence.pooling.gather import Compared
from respite.evidence.pooling.normal_normal import (
    Posterior,
    Shrunken,
    half_normal,
    pooled_normally,
)
from respite.evidence.pooling.restricted import (
    FEWEST_FOR_PREDICTION,
    Restricted,
    pooled_by_restricted_likelihood,
)
from respite.literature import Claim, Library, Parameter

REACH = NormalDist().inv_cdf(1 - (1 - 95 / 100) / 2)
"""Standard errors on either side of a figure that hold 95 %."""


@dataclass(frozen=True)
class _Scale:
    """In which unit answers stand: points as they are, or odds ratios for log odds."""

    is_ratio: bool

    def __call__(self, value: float) -> float:
        return math.exp(value) if self.is_ratio else value

    def pair(self, pair: tuple[float, float]) -> tuple[float, float]:
        return self(pair[0]), self(pair[1])


def fitted(pooled: Sequence[Compared], library: Library, **asked: Any) -> Pool:
    """Pool comparisons, and say what cannot be said.

    Parameters
    ----------
    pooled
        One comparison for each trial; at least one.
    library
        Where priors and titles come from.
    asked
        What the answer carries from the question.
    """
    counts = [one.counts for one in pooled if one.counts is not None]
    scale = _Scale(bool(counts))
    effects = [_effect(one) for one in pooled]
    told = [pair for pair in effects if pair is not None]
    if not told:
        raise RespiteError(
            _("Nobody or everybody responded in each of {count} trials.").format(count=len(pooled)),
            _("a trial in which some people responded and some did not."),
            _("another --at, or --measure mean_pain."),
        )
    posterior = _posterior(told, counts, library) if len(told) > 1 else None
    beside = pooled_by_restricted_likelihood(*zip(*told, strict=True)) if len(told) > 1 else None
    estimate, interval = _centre(posterior, told)
    claims: tuple[Claim, ...] = asked["claims"]
    few = _too_few(len(told))
    return Pool(
        **asked,
        unit="odds_ratio" if scale.is_ratio else "points",
        estimate=scale(estimate),
        interval95=scale.pair(interval),
        tau=None if posterior is None else posterior.tau,
        tau_interval95=None if posterior is None else posterior.tau_interval95,
        prediction95=None if few or posterior is None else scale.pair(posterior.prediction95),
        prediction_because=few,
        chance_favours_ketamine=_favours(posterior, scale),
        rows=tuple(
            _row(one, effect, weight, own, _Told(library, scale))
            for one, effect, weight, own in _side_by_side(pooled, effects, posterior, beside)
        ),
        restricted=None if beside is None else _on_scale(beside, scale),
        restricted_because=None
        if beside is not None
        else _("a single trial: there is nothing to pool"),
        peto_odds_ratio=_ratio(peto(counts)),
        risk_ratio=_ratio(mantel_haenszel(counts)),
        says_nothing=sum(one.says_nothing for one in counts),
        certainty=_certainty(claims),
        assumed=tuple(_assumed(pooled, scale, library, is_pooled=posterior is not None)),
    )


def _effect(one: Compared) -> tuple[float, float] | None:
    """Give the effect of one trial with its error; nothing where its counts say nothing."""
    if one.counts is None:
        assert one.effect is not None
        assert one.error is not None
        return one.effect, one.error
    return None if one.counts.says_nothing else log_odds_ratio(one.counts)


def _posterior(
    told: Sequence[tuple[float, float]], counts: Sequence[Counts], library: Library
) -> Posterior:
    if counts:
        prior = half_normal(library.convention("pooling.disagreement_log_odds").value)
        return pooled_counts(counts, prior, library.convention("pooling.mean_log_odds").value)
    prior = half_normal(library.convention("pooling.disagreement_points").value)
    return pooled_normally([effect for effect, _e in told], [error for _e, error in told], prior)


def _centre(
    posterior: Posterior | None, told: Sequence[tuple[float, float]]
) -> tuple[float, tuple[float, float]]:
    if posterior is not None:
        return posterior.estimate, posterior.interval95
    effect, error = told[0]
    return effect, (effect - REACH * error, effect + REACH * error)


def _too_few(k: int) -> str | None:
    if k == 1:
        return _("a single trial cannot show how much trials differ")
    if k < FEWEST_FOR_PREDICTION:
        return _("two trials hardly show how much trials differ")
    return None


def _favours(posterior: Posterior | None, scale: _Scale) -> float | None:
    if posterior is None:
        return None
    below = posterior.chance_below_zero
    return 1 - below if scale.is_ratio else below


@dataclass(frozen=True)
class _Told:
    """Where titles stand, and in which unit rows are told."""

    library: Library
    scale: _Scale


def _side_by_side(
    pooled: Sequence[Compared],
    effects: Sequence[tuple[float, float] | None],
    posterior: Posterior | None,
    beside: Restricted | None,
) -> Iterator[tuple[Compared, tuple[float, float] | None, float, Shrunken | None]]:
    """Give each trial with its effect, its weight and what all trials say of it."""
    weights = iter(beside.weights if beside is not None else (1.0,))
    shrunken = iter(() if posterior is None else posterior.trials)
    for one, effect in zip(pooled, effects, strict=True):
        if effect is None:
            yield one, None, 0.0, None
        else:
            yield one, effect, next(weights), next(shrunken, None)


def _row(
    one: Compared,
    effect: tuple[float, float] | None,
    weight: float,
    own: Shrunken | None,
    told: _Told,
) -> PooledRow:
    study, scale = told.library.studies.get(one.study), told.scale
    interval = None
    if effect is not None:
        interval = scale.pair((effect[0] - REACH * effect[1], effect[0] + REACH * effect[1]))
    if own is not None:
        own = Shrunken(estimate=scale(own.estimate), interval95=scale.pair(own.interval95))
    return PooledRow(
        study=one.study,
        title=one.study if study is None else study.title,
        condition=one.condition,
        days=one.days,
        effect=None if effect is None else scale(effect[0]),
        interval95=interval,
        standard_error=None if effect is None else effect[1],
        weight=weight,
        shrunken=own,
        ketamine=one.ketamine,
        placebo=one.placebo,
        threshold=one.threshold,
        imputed=one.imputed,
        notes=(*one.notes, *_about_cells(one)),
        status=one.status,
        read=one.read,
        source=one.source,
    )


def _about_cells(one: Compared) -> Iterator[str]:
    if one.counts is None:
        return
    if one.counts.says_nothing:
        yield _("nobody or everybody responded in both groups: it says nothing of their ratio")
    elif 0 in one.counts.cells:
        yield _("an empty cell: half a person is added for this row, not for the pool")


def _on_scale(beside: Restricted, scale: _Scale) -> Restricted:
    prediction = beside.prediction95
    return Restricted(
        estimate=scale(beside.estimate),
        standard_error=beside.standard_error,
        interval95=scale.pair(beside.interval95),
        prediction95=None if prediction is None else scale.pair(prediction),
        tau2=beside.tau2,
        q=beside.q,
        i2=beside.i2,
        weights=beside.weights,
    )


def _ratio(found: tuple[float, float] | None) -> Ratio | None:
    if found is None:
        return None
    centre, error = found
    low, high = centre - REACH * error, centre + REACH * error
    return Ratio(estimate=math.exp(centre), interval95=(math.exp(low), math.exp(high)))


def _certainty(claims: Sequence[Claim]) -> dict[str, str]:
    """Give the grade of the claim that fits best, and the reasons that count against it."""
    if not claims:
        return {"grade": _("not graded"), "why": _("no claim of the library fits this question")}
    first = claims[0]
    against = [reason.because for reason in first.why.values() if TAKES_AWAY & {reason.concern}]
    return {
        "claim": first.words,
        "grade": first.grade.replace("_", " "),
        "why": "; ".join(against),
    }


TAKES_AWAY = frozenset({"serious", "very_serious"})
"""Concerns that lower a grade."""


def _assumed(
    pooled: Sequence[Compared], scale: _Scale, library: Library, *, is_pooled: bool
) -> Iterator[str]:
    ratio = ["disagreement_log_odds", "mean_log_odds"]
    priors = ratio if scale.is_ratio else ["disagreement_points"]
    names = priors if is_pooled else []
    names += sorted({name for one in pooled for name in one.rests_on})
    for name in names:
        number: Parameter = library.convention(f"pooling.{name}")
        printed = number.printed.removesuffix(" fraction")
        yield _("{words}, {printed}: {because}").format(
            words=number.words, printed=printed, because=number.because
        )
