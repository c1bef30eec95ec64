"""What studies saw, beside the levels that a typical person would have had in them."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache

import numpy as np

from respite.domain import Patient, Regimen
from respite.literature import AcuteStudy, Library, SeenEffect, load_library
from respite.population import Floats, People
from respite.safety import (
    ACUTE_MODEL,
    RISING,
    SessionLevels,
    draw_exposed,
    session_levels,
    worn_by,
)

PEOPLE = 300
GROUPS_FROM = (1, 2, 3, 4, 8)
"""Where groups of sessions begin that are alike enough to be counted as one."""

SEED = 2026
RISE_SD = {"systolic": 11.2, "diastolic": 8.45, "heart_rate": 10.0}
"""Spread of a rise between readings where a study gives none: infusion_pressure_2024, and ours."""

ASSUMED = (
    "level_scale",
    "level_of_rise",
    "acute_half_time",
    "acute_r_potency",
    "older_from",
    "dissociation_fade",
    "habit_half_time",
    "habit_sessions",
)
"""Numbers of the model that are not fitted."""


@dataclass(frozen=True, eq=False)
class Row:
    """One figure of one arm, or the difference of two.

    Attributes
    ----------
    study, people, seen, arm
        Which figure; ``people`` is the study that first counted these people.
    n
        People behind it.
    observed
        Share of them, or mean rise.
    error
        Standard error of a rise.
    drive, worn, sessions
        Mean of ln(1 + C / c), with what is left by fading, in some groups of sessions alike; how
        used to it people are in each; and how many are in it. For a rise the mean of the highest
        level over that of reference.
    is_check
        Whether the model is held against it without having been fitted to it.
    is_long
        Whether an infusion lasted for more than a day.
    """

    study: str
    people: str
    seen: SeenEffect
    arm: str
    n: int
    observed: float
    error: float
    drive: Floats
    worn: Floats
    sessions: Floats
    is_long: bool
    is_check: bool = False


@cache
def levels_of(study: str) -> SessionLevels:
    """Simulate what a study gave in people of whom nothing is known."""
    library = load_library()
    events = Regimen.parse(library.acute[study].regimen).events()
    exposed = draw_exposed(library, Patient(), People(SEED, PEOPLE), events)
    return session_levels(exposed, events)


def rows(library: Library) -> tuple[Row, ...]:
    """Give every row that the model is fitted to."""
    return tuple(
        row
        for study in library.acute.values()
        for seen in study.rows
        for row in _rows_of(library, study, seen)
    )


def _rows_of(library: Library, study: AcuteStudy, seen: SeenEffect) -> Iterator[Row]:
    numbers = library.model(ACUTE_MODEL).parameters
    levels = levels_of(study.id)
    people = study.same_people_as or study.id
    n, n_control = seen.n or study.n, seen.n_control or study.n_control
    assert n is not None
    if seen.effect in RISING:
        spread = seen.sd or RISE_SD[seen.effect]
        error = spread * np.sqrt(1 / n + (1 / n_control if seen.value_control and n_control else 0))
        drive = levels.peaks.max(axis=1).mean() / numbers["level_of_rise"].value
        value = seen.value - (seen.value_control or 0)
        arm = "difference" if seen.value_control else "drug"
        yield Row(
            study.id,
            people,
            seen,
            arm,
            n,
            value,
            error,
            np.asarray([drive]),
            np.zeros(1),
            np.ones(1),
            False,
        )
        return
    worn = worn_by(
        levels.sessions,
        numbers["habit_half_time"].value,
        numbers["habit_sessions"].value,
        study.sessions_before,
    )
    drive = np.log1p(levels.peaks / numbers["level_scale"].value).mean(axis=0)
    if seen.effect == "dissociation":
        drive = (1 - numbers["dissociation_fade"].value * worn) * drive
    alike = [group for group in np.split(np.arange(len(drive)), GROUPS_FROM) if group.size]
    drive = np.asarray([drive[group].mean() for group in alike])
    worn = np.asarray([worn[group].mean() for group in alike])
    sessions = np.asarray([float(group.size) for group in alike])
    is_long = any(session.is_continued for session in levels.sessions)
    yield Row(
        study.id,
        people,
        seen,
        "drug",
        n,
        seen.value / 100,
        0,
        drive,
        worn,
        sessions,
        is_long,
        study.is_check,
    )
    if seen.value_control is not None:
        assert n_control is not None
        share = seen.value_control / 100
        none = np.zeros_like(drive)
        yield Row(
            study.id, people, seen, "placebo", n_control, share, 0, none, worn, sessions, is_long
        )


def digest(library: Library, believed_before: object) -> str:
    """Give a fingerprint of the rows, of what was given, and of what was assumed.

    Parameters
    ----------
    library
        The library.
    believed_before
        Whatever else the fit starts from.
    """
    numbers = library.model(ACUTE_MODEL).parameters
    parts = [
        *(
            repr(
                (
                    one.id,
                    one.regimen,
                    one.n,
                    one.n_control,
                    one.sessions_before,
                    one.same_people_as,
                    one.is_check,
                    one.rows,
                )
            )
            for one in library.acute.values()
        ),
        *(repr((name, numbers[name].value, numbers[name].between_patients_sd)) for name in ASSUMED),
        repr(believed_before),
    ]
    return hashlib.sha256("\0".join(parts).encode()).hexdigest()[:16]
