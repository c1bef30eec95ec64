"""What studies saw of acute effects: how many felt something, or how far a reading rose."""

from __future__ import annotations

from typing import Literal

from msgspec import Struct

from respite.literature.number import NotReported, Read, Status

Felt = Literal[
    "dissociation",
    "dizziness",
    "nausea",
    "vomiting",
    "sedation",
    "confusion",
    "headache",
    "pressure_rise",
]
"""Effects that a person has or has not. ``pressure_rise`` is a marked rise of blood pressure."""

Rising = Literal["systolic", "diastolic", "heart_rate"]
"""Readings that rise: two of blood pressure, and the heart rate."""

Asked = Literal["told", "asked", "scale", "measured"]
"""How an effect was found: told without being asked, or read in a chart; asked for at visits of a
trial; by a scale at every session; or measured."""


class SeenEffect(Struct, frozen=True, forbid_unknown_fields=True):
    """One effect in one study.

    Attributes
    ----------
    effect
        Which effect, in our words.
    said
        What the source calls it.
    asked
        How it was found.
    value, value_control
        Share of people [percent] on drug and on placebo, or mean rise in ``unit``.
    n, n_control
        How many people, where not those of the study.
    sd
        Spread of the rise between readings, in ``unit``.
    is_older
        Whether these are people of 65 and over alone.
    """

    effect: Felt | Rising
    said: str
    asked: Asked
    value: float
    unit: str
    status: Status
    read: Read
    at: str = ""
    value_control: float | None = None
    n: int | None = None
    n_control: int | None = None
    sd: float | None = None
    is_older: bool = False
    because: str = ""
    note: str = ""


class UnusedRow(Struct, frozen=True, forbid_unknown_fields=True):
    """What a study also saw, and why it teaches the model nothing."""

    what: str
    figure: str
    because: str


class AcuteStudy(Struct, frozen=True, forbid_unknown_fields=True):
    """One file of ``library/acute``: a study that looked for acute effects.

    Attributes
    ----------
    regimen, regimen_status, because
        What was given, in the regimen language, and how well that is known.
    n, n_control
        People on drug and on placebo.
    sessions_before
        Sessions that people had had before.
    same_people_as
        Another study that counts some of the same people, where there is one: the two are one
        study for what differs between studies, and are left out together.
    is_check
        Whether the model is held against it without having been fitted to it.
    time_course
        When effects came and went, in words.
    rows, unused
        What the model learns from, and what it does not.
    """

    id: str
    title: str
    source: str
    read: Read
    rows: tuple[SeenEffect, ...] = ()
    unused: tuple[UnusedRow, ...] = ()
    regimen: str = ""
    regimen_status: Status | NotReported = "not_reported"
    because: str = ""
    n: int | None = None
    n_control: int | None = None
    sessions_before: int = 0
    same_people_as: str = ""
    is_check: bool = False
    time_course: str = ""
    note: str = ""


class PredictedEffect(Struct, frozen=True, forbid_unknown_fields=True):
    """One row beside what the model says without the study it comes from.

    Attributes
    ----------
    study, effect, said, arm, asked
        Which row; ``arm`` is ``drug``, ``placebo`` or ``difference``.
    unit
        Unit of the figures.
    observed
        What was seen.
    predicted
        5, 50 and 95 % of what a study of that size would have seen.
    fitted
        What the model says that was fitted to all rows, this one too.
    """

    study: str
    effect: Felt | Rising
    said: str
    arm: Literal["drug", "placebo", "difference"]
    asked: Asked
    unit: str
    observed: float
    predicted: tuple[float, float, float]
    fitted: float

    @property
    def holds(self) -> bool:
        """Whether what was seen lies within the interval."""
        low, _middle, high = self.predicted
        return low <= self.observed <= high


class AcuteFit(Struct, frozen=True, forbid_unknown_fields=True):
    """One file of ``library/acute_fits``: how the model of acute effects was fitted.

    Attributes
    ----------
    model, script
        What was fitted, and by what.
    data_digest
        Fingerprint of the rows and of what was assumed before the fit.
    rows, studies
        How many were fitted to.
    figures
        Every row beside its prediction from a fit without its study.
    """

    id: str
    model: str
    script: str
    data_digest: str
    studies: int
    rows: int
    worst_r_hat: float
    divergent: int
    figures: tuple[PredictedEffect, ...]
