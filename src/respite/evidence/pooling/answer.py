"""The answer about a pool of trials; its plain form is ``respite.pool/1``."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any, Literal

from respite.evidence.pooling.gather import Group, LeftOut
from respite.evidence.pooling.normal_normal import Shrunken
from respite.evidence.pooling.restricted import Restricted
from respite.evidence.pooling.trial import Measure
from respite.literature import Claim

Unit = Literal["points", "odds_ratio"]
"""Points of pain, ketamine less placebo; or odds of responding, ketamine over placebo."""


@dataclass(frozen=True, kw_only=True)
class PooledRow:
    """One trial of the pool.

    Attributes
    ----------
    study, title, condition, days
        Which trial, of what, and when it measured.
    effect, interval95
        What it saw, in the unit of the pool.
    standard_error
        Of the effect, or of the logarithm of the odds ratio.
    weight
        Its share in the mean of the line beside.
    shrunken
        The effect in it as all trials together tell it; ``None`` where a single trial is shown,
        or where a trial of counts says nothing by itself.
    ketamine, placebo
        Both sides.
    threshold
        From which fall of pain somebody counts as a responder.
    imputed, notes
        What had to be made up for, and what else is to be said; in words.
    status, read, source
        How the figures are known, and where they were seen.
    """

    study: str
    title: str
    condition: str
    days: float
    effect: float | None
    interval95: tuple[float, float] | None
    standard_error: float | None
    weight: float
    shrunken: Shrunken | None
    ketamine: Group
    placebo: Group
    threshold: str | None
    imputed: tuple[str, ...]
    notes: tuple[str, ...]
    status: str
    read: str
    source: str

    def to_dict(self) -> dict[str, Any]:
        """Give the record as plain data."""
        shrunken = self.shrunken
        return {
            **vars(self),
            "interval95": None if self.interval95 is None else list(self.interval95),
            "shrunken": None
            if shrunken is None
            else {"estimate": shrunken.estimate, "interval95": list(shrunken.interval95)},
            "ketamine": vars(self.ketamine).copy(),
            "placebo": vars(self.placebo).copy(),
            "imputed": bool(self.imputed),
            "imputed_because": list(self.imputed),
            "notes": list(self.notes),
        }


@dataclass(frozen=True, kw_only=True)
class Synthesis:
    """What a published synthesis says about the time that is asked for.

    Attributes
    ----------
    study, title, days, note
        Which synthesis, when, and what is to be said.
    estimate, interval95
        As published, in ``unit``: points. None that we saw pools responders by time.
    status, read, source
        How the figures are known, and where they were seen.
    """

    study: str
    title: str
    days: float
    estimate: float
    interval95: tuple[float, float] | None
    unit: str
    note: str
    status: str
    read: str
    source: str

    def to_dict(self) -> dict[str, Any]:
        """Give the record as plain data."""
        interval = None if self.interval95 is None else list(self.interval95)
        return {**vars(self), "interval95": interval}


@dataclass(frozen=True, kw_only=True)
class Ratio:
    """A ratio pooled without any correction for empty cells."""

    estimate: float
    interval95: tuple[float, float]

    def to_dict(self) -> dict[str, Any]:
        """Give the record as plain data."""
        return {"estimate": self.estimate, "interval95": list(self.interval95)}


@dataclass(frozen=True, kw_only=True)
class Pool:
    """What randomised trials against placebo say together about one time.

    Attributes
    ----------
    measure, unit
        What is pooled, and in which unit the figures stand.
    condition, at_days, window_days
        Of what; the time asked for, and the window that stands for it.
    estimate, interval95
        The mean effect: posterior median and the middle 95 %; of a single trial its own figures.
    tau, tau_interval95
        How much trials differ, in points or in log odds; ``None`` for a single trial.
    prediction95, prediction_because
        Where the effect in a new trial lies, or why that cannot be said.
    chance_favours_ketamine
        Chance that the mean effect favours ketamine; ``None`` for a single trial.
    rows, left_out
        The trials of the pool, and those that are not in it, each with the reason.
    restricted, restricted_because
        The line beside, or why there is none.
    peto_odds_ratio, risk_ratio
        For counts: Peto's odds ratio and the risk ratio of Mantel and Haenszel.
    says_nothing
        For counts: how many trials in which nobody or everybody responded.
    published
        Syntheses by others, shown beside and never pooled.
    certainty
        ``grade`` and ``why`` of the first claim.
    claims
        Every claim that belongs to the question.
    assumed
        What is assumed, in words.
    """

    measure: Measure
    unit: Unit
    condition: str | None
    at_days: float
    window_days: tuple[float, float]
    estimate: float
    interval95: tuple[float, float]
    tau: float | None
    tau_interval95: tuple[float, float] | None
    prediction95: tuple[float, float] | None
    prediction_because: str | None
    chance_favours_ketamine: float | None
    rows: tuple[PooledRow, ...]
    left_out: tuple[LeftOut, ...]
    restricted: Restricted | None
    restricted_because: str | None
    peto_odds_ratio: Ratio | None
    risk_ratio: Ratio | None
    says_nothing: int
    published: tuple[Synthesis, ...]
    certainty: Mapping[str, str]
    claims: tuple[Claim, ...]
    assumed: tuple[str, ...]
    provenance: Mapping[str, Any]
    draw: Callable[[Pool], str] | None = field(default=None, repr=False, compare=False)

    @property
    def k(self) -> int:
        """How many trials there are."""
        return len(self.rows)

    def to_dict(self) -> dict[str, Any]:
        """Give the answer as plain data in the form of ``respite.pool/1``."""
        told = {key: value for key, value in vars(self).items() if key != "draw"}
        return {
            "schema": "respite.pool/1",
            **told,
            "k": self.k,
            "window_days": list(self.window_days),
            "interval95": list(self.interval95),
            "tau_interval95": _listed(self.tau_interval95),
            "prediction95": _listed(self.prediction95),
            "rows": [row.to_dict() for row in self.rows],
            "left_out": {
                "count": len(self.left_out),
                "studies": [vars(one).copy() for one in self.left_out],
            },
            "restricted": None if self.restricted is None else self.restricted.to_dict(),
            "peto_odds_ratio": None
            if self.peto_odds_ratio is None
            else self.peto_odds_ratio.to_dict(),
            "risk_ratio": None if self.risk_ratio is None else self.risk_ratio.to_dict(),
            "published": [one.to_dict() for one in self.published],
            "certainty": dict(self.certainty),
            "claims": [claim.to_dict() for claim in self.claims],
            "assumed": list(self.assumed),
            "provenance": dict(self.provenance),
        }

    def _repr_html_(self) -> str | None:
        """Draw the answer in a notebook, where a face has said how."""
        return None if self.draw is None else self.draw(self)


def _listed(pair: tuple[float, float] | None) -> list[float] | None:
    return None if pair is None else list(pair)
