"""The answer about targets; its plain form is ``respite.mechanism/1``."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any

from respite.literature import Target


@dataclass(frozen=True, kw_only=True)
class Occupancy:
    """How much of one target is taken over time.

    Attributes
    ----------
    q05, q50, q95
        Share taken, over people, by the middle of all assays.
    least, most
        Share taken in the middle person by the assay that binds least and the one that binds
        most, with as little and as much free as is reported.
    hours_to_a_tenth
        Hours from the end of the last dose until less than a tenth is taken in the middle person;
        zero where it never is a tenth after that dose.
    """

    q05: tuple[float, ...]
    q50: tuple[float, ...]
    q95: tuple[float, ...]
    least: tuple[float, ...]
    most: tuple[float, ...]
    hours_to_a_tenth: float

    @property
    def peak(self) -> int:
        """Place of the highest middle share."""
        return max(range(len(self.q50)), key=self.q50.__getitem__)

    def to_dict(self) -> dict[str, Any]:
        """Give the record as plain data."""
        top = self.peak
        return {
            "peak": {
                name: getattr(self, name)[top] for name in ("q05", "q50", "q95", "least", "most")
            },
            "hours_to_a_tenth": self.hours_to_a_tenth,
            **{name: list(getattr(self, name)) for name in ("q05", "q50", "q95", "least", "most")},
        }


@dataclass(frozen=True, kw_only=True)
class TargetTaken:
    """One target with its assays and, where they allow it, its occupancy.

    Attributes
    ----------
    target
        What it is, with every affinity that was seen.
    occupancy
        ``None`` where no affinity of a substance with a predicted level was seen.
    """

    target: Target
    occupancy: Occupancy | None

    def to_dict(self) -> dict[str, Any]:
        """Give the record as plain data; concentrations in µmol/L."""
        one = self.target
        return {
            "target": one.id,
            "title": one.title,
            "kind": one.kind,
            "action": one.action,
            "affinities": [
                {
                    "form": seen.form,
                    "measure": seen.measure,
                    "low": 1000 * seen.limits[0],
                    "high": 1000 * seen.limits[1],
                    "bound": seen.bound or None,
                    "unit": "umol/L",
                    "assay": seen.assay,
                    "species": seen.species,
                    "status": seen.status,
                    "read": seen.read,
                    "source": seen.source,
                    "at": seen.at,
                }
                for seen in one.affinities
            ],
            "not_reported": list(one.not_reported),
            "known_problems": list(one.known_problems),
            "occupancy": None if self.occupancy is None else self.occupancy.to_dict(),
        }


@dataclass(frozen=True, kw_only=True)
class SlowClock:
    """The exposure that lasting relief is tied to.

    Attributes
    ----------
    exposure_q05, exposure_q50, exposure_q95
        What the slow effect site holds, as S-ketamine [ng/mL].
    relief_q05, relief_q50, relief_q95
        Share of pain that this takes away in somebody who responds to exposure.
    half_time_days
        Half-time with which it comes and goes: 5 %, middle and 95 % of draws.
    condition
        The condition whose numbers are used.
    """

    exposure_q05: tuple[float, ...]
    exposure_q50: tuple[float, ...]
    exposure_q95: tuple[float, ...]
    relief_q05: tuple[float, ...]
    relief_q50: tuple[float, ...]
    relief_q95: tuple[float, ...]
    half_time_days: tuple[float, float, float]
    condition: str

    def to_dict(self) -> dict[str, Any]:
        """Give the record as plain data."""
        bands = (
            *(
                f"{what}_{part}"
                for what in ("exposure", "relief")
                for part in ("q05", "q50", "q95")
            ),
            "half_time_days",
        )
        return {name: list(getattr(self, name)) for name in bands} | {"condition": self.condition}


@dataclass(frozen=True, kw_only=True)
class Mechanism:
    """What a regimen takes hold of, and for how long.

    Attributes
    ----------
    regimen, patients, people, seed
        The question, as understood.
    last_dose_start_h, last_dose_end_h
        When the last dose starts and ends [h].
    time_h
        Times from the start of the first dose [h].
    free_ketamine_q05, free_ketamine_q50, free_ketamine_q95
        Ketamine free in plasma, both forms together [umol/L].
    free_share
        The share of ketamine that is free, with the least and the most that is reported.
    targets
        Every target of the library.
    slow_clock
        The exposure that lasting relief is tied to.
    scope, assumed, provenance
        Whom this was studied in, what nobody published, and with what it was made.
    draw
        How a notebook shows it.
    """

    regimen: str
    patients: int
    people: str
    seed: int
    last_dose_start_h: float
    last_dose_end_h: float
    time_h: tuple[float, ...]
    free_ketamine_q05: tuple[float, ...]
    free_ketamine_q50: tuple[float, ...]
    free_ketamine_q95: tuple[float, ...]
    free_share: tuple[float, float, float]
    targets: tuple[TargetTaken, ...]
    slow_clock: SlowClock
    scope: tuple[Mapping[str, str], ...]
    assumed: tuple[str, ...]
    provenance: Mapping[str, Any]
    draw: Callable[[Mechanism], str] | None = field(default=None, repr=False, compare=False)

    def taken(self, target: str) -> TargetTaken:
        """Give one target by its key."""
        return next(one for one in self.targets if one.target.id == target)

    def to_dict(self) -> dict[str, Any]:
        """Give the record as plain data."""
        middle, least, most = self.free_share
        return {
            "schema": "respite.mechanism/1",
            "regimen": self.regimen,
            "patients": self.patients,
            "seed": self.seed,
            "last_dose_start_h": self.last_dose_start_h,
            "last_dose_end_h": self.last_dose_end_h,
            "free_share": {"expected": middle, "least": least, "most": most},
            "time_h": list(self.time_h),
            "free_ketamine": {
                "unit": "umol/L",
                "site": "venous",
                "q05": list(self.free_ketamine_q05),
                "q50": list(self.free_ketamine_q50),
                "q95": list(self.free_ketamine_q95),
            },
            "targets": [one.to_dict() for one in self.targets],
            "slow_clock": self.slow_clock.to_dict(),
            "is_hypothesis": ["slow_clock follows from occupancy"],
            "scope": [dict(entry) for entry in self.scope],
            "assumed": list(self.assumed),
            "provenance": dict(self.provenance),
        }

    def _repr_html_(self) -> str | None:
        """Draw the answer in a notebook."""
        return None if self.draw is None else self.draw(self)
