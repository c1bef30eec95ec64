"""The answer of a simulation: what levels to expect, and how far they spread."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any

from respite.population.model_spread import Beside


@dataclass(frozen=True, kw_only=True)
class Exposure:
    """One metric of one analyte over a group of virtual patients.

    Attributes
    ----------
    analyte
        ``ketamine`` (both enantiomers), ``s-ketamine``, ``r-ketamine``,
        ``norketamine`` and what else the model has.
    site
        Where the blood is drawn: ``venous`` or ``arterial`` plasma.
    metric
        ``cmax``, ``tmax``, ``auc_inf``, ``auc_last``, ``cavg`` or ``concentration``.
    time_h
        Time from the start of the first dose, for ``concentration`` only [h].
    unit
        ``ng/mL``, ``h`` or ``ng·h/mL``.
    mean, sd, q05, q50, q95
        Mean, standard deviation and quantiles over the virtual patients.
    """

    analyte: str
    site: str
    metric: str
    time_h: float | None
    unit: str
    mean: float
    sd: float
    q05: float
    q50: float
    q95: float


@dataclass(frozen=True, kw_only=True)
class LevelCurve:
    """Concentration of one analyte over time: median and 5-95 % band of the group.

    Attributes
    ----------
    time_h
        Times from the start of the first dose [h].
    q05, q50, q95
        Concentrations [ng/mL], one for each time.
    """

    analyte: str
    site: str
    time_h: tuple[float, ...]
    q05: tuple[float, ...]
    q50: tuple[float, ...]
    q95: tuple[float, ...]


@dataclass(frozen=True, kw_only=True)
class Simulation:
    """What levels a regimen gives in a group of virtual patients.

    ``window_h`` is the observation window of ``auc_last`` and ``cavg`` [h].
    ``people`` describes the group in words. ``beside`` holds what other models
    give, where they were asked. ``to_dict`` is
    ``respite.simulate/1`` of the published contract.
    """

    regimen: str
    patients: int
    model: str
    seed: int
    window_h: float
    people: str
    exposures: tuple[Exposure, ...]
    curves: tuple[LevelCurve, ...]
    scope: tuple[Mapping[str, str], ...]
    assumed: tuple[str, ...]
    provenance: Mapping[str, Any]
    beside: Beside | None = None
    draw: Callable[[Simulation], str] | None = field(default=None, repr=False, compare=False)

    def to_dict(self) -> dict[str, Any]:
        """Give the answer as plain data in the form of ``respite.simulate/1``."""
        return {
            "schema": "respite.simulate/1",
            "regimen": self.regimen,
            "patients": self.patients,
            "model": self.model,
            "seed": self.seed,
            "window_h": self.window_h,
            "people": self.people,
            "exposures": [vars(exposure).copy() for exposure in self.exposures],
            "scope": [dict(entry) for entry in self.scope],
            "assumed": list(self.assumed),
            "beside": None if self.beside is None else self.beside.to_dict(),
            "provenance": dict(self.provenance),
        }

    def _repr_html_(self) -> str | None:
        """Draw the answer in a notebook, where a face has said how."""
        return None if self.draw is None else self.draw(self)
