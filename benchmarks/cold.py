"""How long does one forecast take, from the command to the answer, and how long does learning?"""

from __future__ import annotations

import statistics
import subprocess
import sys
import tempfile
from dataclasses import replace
from pathlib import Path

import numpy as np

from benchmarks.figure import Figure, seconds
from benchmarks.setting import Size
from respite.domain import Patient, Regimen
from respite.forecasting import Entries, Setting, learn
from respite.literature import load_library
from respite.population import CORE, Floats, People, for_events

PLAN = "ketamine 0.5 mg/kg iv over 40 min daily x10"
RESPITE = (sys.executable, "-m", "respite")
WHO = ("--condition", "crps", "--weight", "70")
BAR, BAR_WITH_DIARY = 0.8, 1.0
BAR_SIXTY_DAYS, BAR_THREE_YEARS = 0.15, 1.0
DRAWS = 4000
COURSES, COURSE_EVERY_DAYS, YEARS_DAYS = 25, 44, 1095


def figures(size: Size) -> list[Figure]:
    """Measure whole commands and the posterior alone, each after one start that warms up."""
    note = f"whole process, median of {size.cold_starts}"
    with tempfile.TemporaryDirectory() as folder:
        diary = Path(folder, "diary.csv")
        diary.write_text(_diary_text(), "utf-8")
        cold = [
            Figure("`respite forecast`", _median(size, ("--regimen", PLAN)), "s", BAR, note=note),
            Figure(
                "`respite forecast` with 60 days of diary",
                _median(size, ("--regimen", PLAN, "--diary", str(diary))),
                "s",
                BAR_WITH_DIARY,
                note=note,
            ),
        ]
    note = f"{DRAWS} draws, median of {size.cold_starts}, in one process"
    return [
        *cold,
        Figure(
            "learning from 60 days of diary",
            _learning(size, 1, 60),
            "s",
            BAR_SIXTY_DAYS,
            note=note,
        ),
        Figure(
            "learning from three years of diary, 25 courses",
            _learning(size, COURSES, YEARS_DAYS),
            "s",
            BAR_THREE_YEARS,
            note=note,
        ),
    ]


def _median(size: Size, words: tuple[str, ...]) -> float:
    def start() -> None:
        subprocess.run([*RESPITE, "forecast", *WHO, *words], check=True, capture_output=True)

    start()
    return statistics.median(seconds(start) for _ in range(size.cold_starts))


def _diary_text() -> str:
    rows = zip(range(60), _scores(60), strict=True)
    return "day,pain\n" + "".join(f"{day},{score:.0f}\n" for day, score in rows)


def _scores(days: int) -> Floats:
    """Give scores that fall with each course and rise again, with some scatter."""
    since = np.arange(days) % COURSE_EVERY_DAYS
    scatter = np.random.default_rng(1).normal(size=days)
    return np.clip(np.round(7 - 3 * np.exp(-since / 14) + scatter), 0, 10)


def _learning(size: Size, courses: int, days: int) -> float:
    one = Regimen.parse(PLAN).events()
    events = tuple(
        replace(event, time_h=event.time_h + 24 * COURSE_EVERY_DAYS * course)
        for course in range(courses)
        for event in one
    )
    library = load_library()
    kinetics = for_events(library.assembled(CORE), events)
    times = np.linspace(11, 24 * days - 13, days)
    entries = Entries(times, _scores(days), 1, np.zeros(days))
    patient = Patient.from_mapping({"weight": 70, "condition": "crps"})

    def once() -> None:
        # A setting keeps what it worked out, so each run gets its own.
        learn(Setting(library, patient, "crps", kinetics, events, entries), People(1, DRAWS))

    once()
    return statistics.median(seconds(once) for _ in range(size.cold_starts))
