"""How long does one forecast take, from the command to the answer, and how long does learning?"""

from __future__ import annotations

import statistics
import subprocess
import sys
import tempfile
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import numpy as np

from benchmarks.figure import Figure, seconds
from benchmarks.setting import Size
from respite.domain import Patient, Regimen
from respite.forecasting import Entries, Setting, learn
from respite.literature import load_library
from respite.population import CORE, Floats, People, draw_group, for_events, simulate_pain

PLAN = "ketamine 0.5 mg/kg iv over 40 min daily x10"
RESPITE = (sys.executable, "-m", "respite")
WHO = ("--condition", "crps", "--weight", "70")
BAR, BAR_WITH_DIARY = 0.8, 1.0
BAR_SIXTY_DAYS, BAR_THREE_YEARS = 0.15, 1.0
DRAWS = 4000
COURSE_EVERY_DAYS = 44
SEEDS = (1, 2, 3, 4, 5)


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
    days = COURSE_EVERY_DAYS * size.courses
    note = f"{DRAWS} draws, median of {size.cold_starts}, in one process"
    return [
        *cold,
        Figure(
            "learning from 60 days of diary",
            _learning(size, _odd(1, 60)),
            "s",
            BAR_SIXTY_DAYS,
            note=note,
        ),
        Figure(
            f"learning from {days} days of diary, {size.courses} courses",
            statistics.median(
                _learning(size, _virtual(size.courses, days, seed))
                for seed in SEEDS[: size.cold_starts]
            ),
            "s",
            BAR_THREE_YEARS,
            note=f"{note}; median of {len(SEEDS[: size.cold_starts])} virtual patients",
        ),
        Figure(
            "the same, of a person unlike nearly all others",
            _learning(size, _odd(size.courses, days)),
            "s",
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


def _setting(courses: int, days: int, write: Callable[[Setting], Floats]) -> Setting:
    """Put courses of ten infusions and a daily diary together."""
    one = Regimen.parse(PLAN).events()
    events = tuple(
        replace(event, time_h=event.time_h + 24 * COURSE_EVERY_DAYS * course)
        for course in range(courses)
        for event in one
    )
    library = load_library()
    kinetics = for_events(library.assembled(CORE), events)
    times = np.linspace(11, 24 * days - 13, days)
    patient = Patient.from_mapping({"weight": 70, "condition": "crps"})
    blank = Entries(times, np.zeros(days), 1, np.zeros(days))
    setting = Setting(library, patient, "crps", kinetics, events, blank)
    return replace(setting, entries=replace(blank, score=write(setting)))


def _odd(courses: int, days: int) -> Setting:
    """Give a person whose relief is deeper, and gone sooner, than in nearly all others."""
    return _setting(courses, days, lambda _setting: _scores(days))


def _virtual(courses: int, days: int, seed: int) -> Setting:
    """Give a person of our own model who responds."""

    def write(setting: Setting) -> Floats:
        group = draw_group(
            setting.library,
            setting.patient,
            People(seed, 1, given={"person class response_chance": np.zeros(1)}),
            kinetics=setting.kinetics,
            condition=setting.condition,
        )
        pain = simulate_pain(group, setting.events, setting.entries.time_h.tolist()).pain()[0]
        spread = float(group.needs.numbers["between_days"][0])
        scatter = np.random.default_rng(seed).normal(scale=spread, size=days)
        return np.clip(np.round(pain + scatter), 0, 10)

    return _setting(courses, days, write)


def _learning(size: Size, setting: Setting) -> float:
    def once() -> None:
        # A setting keeps what it worked out, so each run gets its own.
        learn(replace(setting), People(1, DRAWS))

    once()
    return statistics.median(seconds(once) for _ in range(size.cold_starts))
