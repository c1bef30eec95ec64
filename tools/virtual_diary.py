"""Write the dosing history and the diary of a virtual patient, for pages that show their use.

Nobody lived this: a person is drawn from our own pain model with a fixed seed, given two
courses, and made to write scores as the model says people write them. ``make fix`` writes the
files afresh where the model has changed.
"""

from __future__ import annotations

from datetime import datetime, timedelta
from decimal import Decimal
from pathlib import Path

import numpy as np

from respite.domain import (
    Diary,
    DiaryEntry,
    DosingHistory,
    Drug,
    GivenDose,
    Patient,
    Route,
    write_diary,
    write_dosing_history,
)
from respite.forecasting import write_scores
from respite.literature import Library, load_library
from respite.population import Floats, Group, People, draw_group, simulate_pain

PLACE = Path("docs") / "tutorials" / "one-diary"
CONDITION = "crps"
FACTS = {"age": 45, "sex": "female", "weight": 70, "condition": CONDITION, "baseline_pain": 7}

SEED = 20260105
DAWN_OF_DIARY = datetime(2026, 1, 5, 20)
FIRST_DOSE = datetime(2026, 1, 12, 9)
COURSE_DAYS = 10
COURSES_AFTER_DAYS = (0, 56)
"""Two courses of ten daily infusions, eight weeks apart."""

DIARY_DAYS = 88
"""The diary ends two weeks after the second course: relief should still be there."""

GIVEN_UP_CHANCE, BLANK_CHANCE = 0.1, 0.04
"""How often a day is left out, or left blank."""

LATE = {23, 61}
"""Days whose score was written two days later."""

MOODS = {0: 14, 28: 9, 70: 8}
"""Totals of the PHQ-9, by day of the diary."""

STEADY = 1.0
"""Day-to-day spread of scores, in points, that leaves a figure easy to read."""

PEOPLE = 2000


def files() -> dict[Path, str]:
    """Give each file by its place in the repository."""
    doses = _doses()
    return {
        PLACE / "patient.toml": _facts(),
        PLACE / "doses.csv": write_dosing_history(doses),
        PLACE / "diary.csv": write_diary(_diary(load_library(), doses)),
    }


def _facts() -> str:
    """Write the facts of the patient as a file."""
    lines = [f'{name} = "{fact}"' if isinstance(fact, str) else f"{name} = {fact}"
             for name, fact in FACTS.items()]  # fmt: skip
    return "# A virtual patient: nobody lives who is described here.\n" + "\n".join(lines) + "\n"


def _doses() -> DosingHistory:
    starts = [
        FIRST_DOSE + timedelta(days=after + day)
        for after in COURSES_AFTER_DAYS
        for day in range(COURSE_DAYS)
    ]
    return DosingHistory(
        tuple(
            GivenDose(
                start=start,
                drug=Drug.KETAMINE,
                amount=Decimal(35),
                unit="mg",
                route=Route.IV,
                duration_min=Decimal(40),
            )
            for start in starts
        )
    )


def _diary(library: Library, doses: DosingHistory) -> Diary:
    draw = np.random.default_rng(SEED)
    days = [DAWN_OF_DIARY + timedelta(days=day) for day in range(DIARY_DAYS)]
    hours = np.asarray([(day - FIRST_DOSE).total_seconds() / 3600 for day in days])
    scores = write_scores(*_one_relieved(library, doses, hours), hours, draw)
    given_up = draw.random(DIARY_DAYS) < GIVEN_UP_CHANCE
    blank = draw.random(DIARY_DAYS) < BLANK_CHANCE
    return Diary(
        tuple(
            DiaryEntry(
                at=at,
                pain=None if blank[day] else float(scores[day]),
                phq9=MOODS.get(day),
                entered_at=at + timedelta(days=2 if day in LATE else 0),
            )
            for day, at in enumerate(days)
            if not given_up[day] or day in MOODS or day in LATE or day == DIARY_DAYS - 1
        )
    )


def _one_relieved(library: Library, doses: DosingHistory, hours: Floats) -> tuple[Group, Floats]:
    """Draw people until one is relieved by exposure alone, and relief lasts and fades.

    Returns
    -------
    The person, and the share of pain that is left at each hour.
    """
    patient = Patient.from_mapping(FACTS)
    group = draw_group(library, patient, People(SEED, PEOPLE), condition=CONDITION)
    events = doses.events()
    ends = [event.time_h + event.duration_h for event in events]
    times = np.unique([*np.maximum(hours, 0), *ends])
    relief = simulate_pain(group, events, times.tolist()).relief(with_placebo=True)
    relief = relief[:, np.searchsorted(times, np.maximum(hours, 0))]
    after_course = hours.searchsorted([ends[COURSE_DAYS - 1] + 24, ends[-1] - COURSE_DAYS * 24])
    person = group.needs
    fits = (person.slow > 0) & (person.placebo == 0) & (person.persists == 0)
    fits &= (relief[:, after_course[0]] > 0.5) & (relief[:, after_course[1]] < 0.2)
    fits &= (relief[:, -1] > 0.35) & (person.numbers["between_days"] < STEADY)
    chosen = np.flatnonzero(fits)[:1]
    left = np.where(hours < 0, 1, 1 - relief[chosen[0]])
    return group.pick(chosen), left
