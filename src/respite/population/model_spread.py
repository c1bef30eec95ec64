"""The answer of several models to one question, side by side."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True, kw_only=True)
class ModelExposure:
    """One metric of one analyte, as one model gives it.

    Attributes
    ----------
    model, title
        Which model.
    site
        Where the blood is drawn: levels of one site are never put beside those of another.
    analyte, metric, unit
        What is compared.
    q05, q50, q95
        Quantiles over the virtual patients; all alike where a model has no spread.
    """

    model: str
    title: str
    site: str
    analyte: str
    metric: str
    unit: str
    q05: float
    q50: float
    q95: float


@dataclass(frozen=True, kw_only=True)
class ModelSpread:
    """How far the middles of several models of one site lie apart.

    Attributes
    ----------
    models
        How many models.
    lowest, highest
        The lowest and the highest of their medians.
    fold
        One over the other.
    log_sd
        Standard deviation of the logarithms of the medians: model uncertainty.
    """

    site: str
    analyte: str
    metric: str
    unit: str
    models: int
    lowest: float
    highest: float
    fold: float
    log_sd: float


@dataclass(frozen=True)
class Beside:
    """Several models on one question.

    Attributes
    ----------
    exposures
        What each model gives, the model that was asked first.
    spreads
        How far models of the same site lie apart.
    left_out
        Models that were not asked, with the reason.
    """

    exposures: tuple[ModelExposure, ...]
    spreads: tuple[ModelSpread, ...]
    left_out: tuple[Mapping[str, str], ...]

    def to_dict(self) -> dict[str, Any]:
        """Give the comparison as plain data."""
        return {
            "exposures": [vars(row).copy() for row in self.exposures],
            "spreads": [vars(row).copy() for row in self.spreads],
            "left_out": [dict(row) for row in self.left_out],
        }
