"""The answer to a data set: what a model expects at each of its observations."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from respite.population.scope import ScopeLine


@dataclass(frozen=True, kw_only=True)
class ExpectedLevel:
    """One observation of a data set, and what the model expects there.

    Attributes
    ----------
    subject, row, time_h
        Which observation.
    observed
        Its value [ng/mL], or ``None``.
    analyte
        What is expected.
    typical
        Level of the typical person with the subject's covariates [ng/mL].
    q05, q50, q95
        Quantiles over virtual people with those covariates [ng/mL].
    """

    subject: int
    row: int
    time_h: float
    observed: float | None
    analyte: str
    typical: float
    q05: float
    q50: float
    q95: float


@dataclass(frozen=True, kw_only=True)
class RecordLevels:
    """What a model expects at every observation of a data set.

    Attributes
    ----------
    model, site, draws, seed
        With what it was asked.
    levels
        One entry for each observation and analyte, in the order of the table.
    covariates_used, covariates_not_used
        Columns that a patient knows, and others.
    scope
        How subjects compare with those whom the model saw; each line once.
    provenance
        With what it was made, so that it can be made again.
    """

    model: str
    site: str
    draws: int
    seed: int
    levels: tuple[ExpectedLevel, ...]
    covariates_used: tuple[str, ...]
    covariates_not_used: tuple[str, ...]
    scope: tuple[ScopeLine, ...]
    provenance: Mapping[str, Any]

    def to_dict(self) -> dict[str, Any]:
        """Give the answer as plain data in the form of ``respite.record-levels/1``."""
        return {
            "schema": "respite.record-levels/1",
            "model": self.model,
            "site": self.site,
            "draws": self.draws,
            "seed": self.seed,
            "levels": [vars(level).copy() for level in self.levels],
            "covariates_used": list(self.covariates_used),
            "covariates_not_used": list(self.covariates_not_used),
            "scope": [dict(line) for line in self.scope],
            "provenance": dict(self.provenance),
        }
