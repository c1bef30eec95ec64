"""An observed study: who was given what, and which levels or exposures were seen."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal

from msgspec import Struct

from respite.literature.number import Interval, NotReported, Quantity, Read, Site, Status
from respite.literature.spread import Spread

Metric = Literal[
    "cmax",
    "tmax",
    "auc_last",
    "auc_inf",
    "concentration",
    "clearance",
    "vss",
    "half_life",
    "bioavailability",
    "bioavailability_at_level",
    "apparent_clearance",
    "apparent_volume",
    "volume_beta",
    "metabolite_ratio",
    "auc_ratio",
    "cmax_ratio",
    "amount_ratio",
    "clearance_ratio",
    "effective_concentration",
    "infusion_rate",
    "share_of_drug",
    "ordering",
]
"""What was measured. A ratio compares two groups of people, but for ``metabolite_ratio``."""

Summary = Literal["mean", "median", "geometric_mean", "model", "range", "in_words", "not_reported"]
"""What one figure says of many people; ``model`` is what a fitted model gives for the typical."""


class Observed(Struct, frozen=True, forbid_unknown_fields=True):
    """Who was observed, as far as the study says.

    Attributes
    ----------
    condition
        A condition of a patient, or ``healthy``, ``surgical``, ``icu``, ``other`` or
        ``not_reported``.
    are_children
        Whether they were children, where their ages were not seen.
    weight, age, age_range, sex, ancestry
        Facts of the group. ``ancestry`` lists every word that holds, such as asian and japanese.
    """

    condition: str
    are_children: bool = False
    weight: Quantity | None = None
    age: Quantity | None = None
    age_range: Interval | None = None
    sex: Literal["female", "male"] | None = None
    ancestry: tuple[str, ...] = ()
    note: str = ""


class Observation(Struct, frozen=True, forbid_unknown_fields=True):
    """One figure that was observed.

    Attributes
    ----------
    analyte, metric, summary
        Of what, which measure, and how it sums many people up.
    value, unit, spread, n
        The figure as printed, its spread between people or its interval, and how many people.
    time_h
        When a ``concentration`` was measured, from the start of the first dose [h].
    from_h, until_h
        First and last sample, where the figure depends on them [h].
    compared_with
        For a ratio, what the other group was given or was like.
    in_words
        What was seen, where it is no number.
    built_into
        Models whose numbers were made with this figure, beside those of the same source.
    discussion
        Why a model that covers the figure misses it.
    site
        Where blood was drawn, if not where the arm says.
    """

    analyte: str
    metric: Metric
    value: float | NotReported
    status: Status
    unit: str = ""
    summary: Summary = "not_reported"
    time_h: float | None = None
    from_h: float | None = None
    until_h: float | None = None
    spread: Spread = Spread(kind="not_reported")
    n: int | None = None
    site: Site | NotReported | None = None
    compared_with: str = ""
    in_words: str = ""
    built_into: tuple[str, ...] = ()
    discussion: str = ""
    read: Read | None = None
    source: str = ""
    at: str = ""
    because: str = ""
    note: str = ""


class ObservedArm(Struct, frozen=True, forbid_unknown_fields=True):
    """One group of an observed study.

    ``regimen`` is in the regimen language; where it cannot be, ``regimen_not_writable`` says why,
    and ``drug`` and ``route`` still say what is known. ``people`` is that of the file if left out.
    """

    name: str
    drug: Literal["ketamine", "esketamine", "other"]
    route: str
    observations: tuple[Observation, ...]
    regimen: str = ""
    regimen_not_writable: str = ""
    regimen_status: Status = "published"
    site: Site | NotReported = "not_reported"
    n: int | None = None
    people: Observed | None = None
    because: str = ""
    note: str = ""


class ObservedStudy(Struct, frozen=True, forbid_unknown_fields=True):
    """One file of ``library/observations``."""

    id: str
    title: str
    source: str
    read: Read
    population: str
    people: Observed
    arms: tuple[ObservedArm, ...]
    n: int | None = None
    note: str = ""
    known_problems: tuple[str, ...] = ()


@dataclass(frozen=True)
class ObservationRow:
    """One observed figure with the study and the arm it stands in.

    Attributes
    ----------
    study, arm, observation
        Where it stands, from the file to the figure.
    """

    study: ObservedStudy
    arm: ObservedArm
    observation: Observation

    @property
    def people(self) -> Observed:
        """Who was observed."""
        return self.arm.people or self.study.people

    @property
    def site(self) -> Site | NotReported:
        """Where blood was drawn."""
        return self.observation.site or self.arm.site

    @property
    def source(self) -> str:
        """Key of the source the figure was seen in."""
        return self.observation.source or self.study.source

    @property
    def n(self) -> int | None:
        """How many people the figure sums up, where that was seen."""
        return self.observation.n or self.arm.n or self.study.n


def rows_of(study: ObservedStudy) -> Iterator[ObservationRow]:
    """Go through every figure of one observed study.

    Parameters
    ----------
    study
        A record of ``library/observations``.
    """
    for arm in study.arms:
        for observation in arm.observations:
            yield ObservationRow(study, arm, observation)
