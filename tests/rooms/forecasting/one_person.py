"""One person and one diary, for tests of what a diary teaches."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import Any

import numpy as np

from respite.domain import Condition, DoseEvent, Patient, Regimen
from respite.forecasting import Entries
from respite.forecasting.learning.posterior import Posterior
from respite.forecasting.learning.setting import Setting
from respite.literature import load_library
from respite.population import CORE, People, Responders, draw_group, for_events, simulate_pain

LIBRARY = load_library()
PATIENT = Patient(weight=70, age=45, condition=Condition.CRPS)
LONG = "ketamine 20 mg/h iv for 100 h"
DAILY = "ketamine 0.5 mg/kg iv over 40 min daily x5"


def entries_of(days: Sequence[float], scores: Sequence[float], late_h: Any = 0.0) -> Entries:
    """Give scores written at noon of days that count from the first dose."""
    times = np.asarray(days, dtype=float) * 24 + 3
    late = np.broadcast_to(np.asarray(late_h, dtype=float), len(times)).copy()
    return Entries(times, np.asarray(scores, dtype=float), 1, late)


def events_of(regimen: str, every_days: float = 0, courses: int = 1) -> tuple[DoseEvent, ...]:
    """Give the doses of one or more courses of the same regimen."""
    once = Regimen.parse(regimen).events()
    return tuple(
        replace(event, time_h=event.time_h + number * every_days * 24)
        for number in range(courses)
        for event in once
    )


def setting_of(
    events: Sequence[DoseEvent], entries: Entries, patient: Patient = PATIENT, **more: Any
) -> Setting:
    """Put one person and one diary together."""
    core = for_events(LIBRARY.assembled(CORE), events)
    return Setting(LIBRARY, patient, "crps", core, events, entries, **more)


def numbers_in(found: Posterior) -> dict[str, np.ndarray]:
    """Give what each draw holds, the scores weighed in."""
    needs, rows = found.group.needs, found.rows
    classes = {name: getattr(needs, name) for name in ("placebo", "slow", "persists", "fast")}
    numbers = {"untreated": needs.untreated, **needs.numbers, **classes}
    return {name: values[rows] for name, values in numbers.items()} | {
        "chance": np.sum(found.log_chance, axis=1)[rows]
    }


def write_diary_of(
    events: Sequence[DoseEvent],
    days: Sequence[float],
    seed: int,
    patient: Patient = PATIENT,
    **classes: bool,
) -> tuple[Responders, np.ndarray]:
    """Let one virtual patient, who belongs to some classes, write whole scores on some days."""
    given = {
        f"person class {name}": np.array([0.0 if is_so else 1.0]) for name, is_so in classes.items()
    }
    core = for_events(LIBRARY.assembled(CORE), events)
    group = draw_group(
        LIBRARY, patient, People(seed, 1, given=given), kinetics=core, condition="crps"
    )
    entries = entries_of(days, np.zeros(len(days)))
    times = np.unique(np.maximum([0, *entries.time_h], 0))
    courses = simulate_pain(group, events, times.tolist())
    places = np.searchsorted(times, np.maximum(entries.time_h, 0))
    left = (courses.left_by_drug * courses.left_by_placebo)[0, places]
    numbers = {name: float(values[0]) for name, values in group.needs.numbers.items()}
    gaps = np.diff(entries.time_h, prepend=entries.start_h)
    kept = np.exp(-gaps / numbers["autocorrelation_time"])
    drifts = 0.5 ** (gaps / numbers["drift_half_time"])
    rng = np.random.default_rng(seed)
    day, drift = numbers["between_days"] * rng.standard_normal(), 0.0
    latent = np.empty(len(days))
    for place, (stays, drifted) in enumerate(zip(kept, drifts, strict=True)):
        fresh, moved = rng.standard_normal(2)
        day = stays * day + np.sqrt(1 - stays**2) * numbers["between_days"] * fresh
        drift = drifted * drift + np.sqrt(1 - drifted**2) * numbers["drift_spread"] * moved
        latent[place] = left[place] * (group.needs.untreated[0] + drift) + day
    return group.needs, np.clip(np.round(latent), 0, 10)
