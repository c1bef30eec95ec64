"""Results of laboratories, questionnaires and bladder checks of invented patients."""

from __future__ import annotations

import uuid
from datetime import date, datetime, time, timedelta
from random import Random
from zoneinfo import ZoneInfo

from respite.clinic.accounts.models import User
from respite.clinic.demo.stories import Story
from respite.clinic.diaries.models import Entry
from respite.clinic.patients.actions import add_score
from respite.clinic.patients.models import PatientRecord
from respite.clinic.surveillance.actions import ToldResult, keep_results
from respite.safety import read_result

EVERY = timedelta(days=35)
LONG_AGO = timedelta(days=205)
BEFORE = timedelta(days=6)

RISING = ("28", "44", "67", "104")
"""ALT of the one in whom it rises."""

LIMITS = {"ALT": "40", "ALP": "115", "GGT": "60", "Bilirubin": "21"}


def tell_tests(by: User, patient: PatientRecord, story: Story, today: date, zone: ZoneInfo) -> None:
    """Keep what a laboratory may have found in an invented patient.

    Parameters
    ----------
    by
        Who writes it down.
    patient, story
        Who it is, and how far treatment has come.
    today, zone
        The day on which the demo is made, and the clock of the clinic.
    """
    if not story.session_days:
        return
    chance = Random(story.seed)
    for place, day in enumerate(_days(story, today)):
        is_rising = story.phase == "maintained"
        alt = RISING[place % len(RISING)] if is_rising else str(chance.randint(14, 36))
        keep_results(by, patient, list(_panel(day, alt, chance)), _number(chance), tells_rules=True)
    on = min(story.session_days[-1] + timedelta(days=7), today)
    points = {str(item): chance.choice((0, 0, 1, 1, 2)) for item in range(1, 9)} | {"9": 0}
    told = {"instrument": "phq9", "answers": points, "total": sum(points.values()), "on": on}
    add_score(by, patient, told, _number(chance))
    if story.phase == "fading" and patient.user is not None:
        _bladder_signs(patient, today, zone, chance)


def _days(story: Story, today: date) -> list[date]:
    """Give the days of blood tests: late in those who stopped, and each month in others."""
    first = story.session_days[0] - BEFORE
    if story.phase == "fading":
        return [first - LONG_AGO]
    if story.phase == "maintained":
        return [today - timedelta(days=3) - EVERY * back for back in (3, 2, 1, 0)]
    return [first - EVERY, first]


def _panel(day: date, alt: str, chance: Random) -> list[ToldResult]:
    rows = [
        ("ALT", alt, "U/L"),
        ("AST", str(chance.randint(15, 34)), "U/L"),
        ("ALP", str(chance.randint(48, 96)), "U/L"),
        ("GGT", str(chance.randint(12, 44)), "U/L"),
        ("Bilirubin", str(chance.randint(5, 16)), "µmol/L"),
        ("Creatinine", str(chance.randint(58, 88)), "µmol/L"),
        ("Blood in urine", "none", ""),
        ("Leucocytes in urine", "none", ""),
    ]
    return [_told(day, *row) for row in rows]


def _told(day: date, test: str, typed: str, unit: str) -> ToldResult:
    told = read_result(test, typed, unit)
    high = read_result(test, LIMITS[test], unit).number if test in LIMITS else None
    return ToldResult(
        analyte=told.analyte.id, typed=typed, unit=told.unit, factor=told.factor, value=told.value,
        code=told.code, high=high, day=day,
    )  # fmt: skip


def _bladder_signs(patient: PatientRecord, today: date, zone: ZoneInfo, chance: Random) -> None:
    day = today - timedelta(days=2)
    Entry.objects.create(
        patient=patient, client_id=_number(chance), day=day, written_by=patient.user,
        felt_at=datetime.combine(day, time(20, 30), zone), pain=5,
        written_at=datetime.combine(day, time(20, 30), zone),
        bladder={
            "often": True, "hurry": True, "hurts": False, "blood": False, "cannot_pass": False,
        },
        note="Up four times last night.",
    )  # fmt: skip


def _number(chance: Random) -> uuid.UUID:
    return uuid.UUID(int=chance.getrandbits(128), version=4)
