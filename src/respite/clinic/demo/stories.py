"""Who is invented, and how far each has come."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from random import Random

SURNAMES = (
    "Aalto", "Berg", "Castro", "Dubois", "Ekholm", "Fischer", "Galli", "Haas", "Ivanova", "Jansen",
    "Kovacs", "Lindqvist", "Moreau", "Novak", "Okafor", "Petrov", "Quist", "Rossi", "Santos",
    "Tanaka", "Ueda", "Vogel", "Weber", "Yilmaz", "Zeman",
)  # fmt: skip
FORENAMES = {
    "female": ("Anna", "Bea", "Clara", "Dina", "Elin", "Fatima", "Greta", "Hanna", "Ines", "Lea"),
    "male": ("Adam", "Ben", "Carlo", "David", "Emil", "Farid", "Georg", "Hugo", "Ivan", "Leo"),
}

PHASES = (
    "new", "evaluated", "planned", "in course", "relieved", "fading", "maintained", "stopped",
)  # fmt: skip
"""How far a patient has come; each comes in turn."""

CONDITIONS = ("crps", "neuropathic", "fibromyalgia", "phantom-limb", "post-herpetic", "crps")

SILENT_DAYS = 9
"""For how many days some have written nothing: where relief fades, or treatment stopped."""

COURSE = "ketamine 0.5 mg/kg iv over 40 min daily x10"
NASAL = "esketamine 56 mg intranasal twice weekly for 4 weeks"
MONTHLY = "ketamine 0.5 mg/kg iv over 40 min every 4 weeks x6"
"""Plans of the demo, as they would be typed."""

TRIED = (
    ("Pregabalin", "some"), ("Duloxetine", "none"), ("Amitriptyline", "harmed"),
    ("Physiotherapy", "some"), ("Tramadol", "none"), ("Lidocaine plaster", "helped"),
)  # fmt: skip
MEDICINES = (("tramadol", "50 mg four times a day"), ("amitriptyline", "25 mg at night"),
             ("pregabalin", "150 mg twice a day"), ("amlodipine", "5 mg"))  # fmt: skip


@dataclass(frozen=True)
class Story:
    """One invented patient.

    Attributes
    ----------
    name, sex, born, weight_kg, condition, usual_pain
        Who it is.
    phase
        One of ``PHASES``.
    regimen
        The plan; empty where there is none.
    session_days
        Days of sessions that were held.
    diary_days
        Days on which something may have been written.
    is_relieved
        Whether exposure relieves this person.
    seed
        Seed of all that is drawn.
    """

    name: str
    sex: str
    born: date
    weight_kg: int
    condition: str
    usual_pain: int
    phase: str
    regimen: str
    session_days: tuple[date, ...]
    diary_days: tuple[date, ...]
    is_relieved: bool
    seed: int


def invent(count: int, today: date, seed: int) -> Iterator[Story]:
    """Invent patients, each phase in turn.

    Parameters
    ----------
    count
        How many.
    today
        The day on which the demo is made.
    seed
        Same seed and day, same patients.
    """
    chance = Random(seed)
    for place in range(count):
        phase = PHASES[place % len(PHASES)]
        sex = chance.choice(("female", "male"))
        regimen, days = _treatment(phase, today, chance)
        first = days[0] if days else today
        yield Story(
            name=f"{chance.choice(FORENAMES[sex])} {SURNAMES[place % len(SURNAMES)]}",
            sex=sex,
            born=today - timedelta(days=chance.randint(24 * 365, 76 * 365)),
            weight_kg=chance.randint(52, 104),
            condition=CONDITIONS[place % len(CONDITIONS)],
            usual_pain=chance.randint(6, 9),
            phase=phase,
            regimen=regimen,
            session_days=days,
            diary_days=_diary_days(phase, first, today),
            is_relieved=phase in {"relieved", "fading", "maintained", "in course"},
            seed=seed + place,
        )


def _treatment(phase: str, today: date, chance: Random) -> tuple[str, tuple[date, ...]]:
    """Give the plan, and the days of sessions that were held by now."""
    if phase in {"new", "evaluated"}:
        return "", ()
    if phase == "planned":
        return COURSE, ()
    if phase == "maintained":
        last = today - timedelta(days=chance.randint(5, 20))
        return MONTHLY, tuple(last - timedelta(weeks=4 * back) for back in (2, 1, 0))
    ended = {"in course": 1, "relieved": 12, "fading": 45, "stopped": 60}[phase]
    last = today - timedelta(days=ended + chance.randint(0, 4))
    held = 4 if phase == "in course" else 10
    return COURSE, tuple(last - timedelta(days=back) for back in reversed(range(held)))


def _diary_days(phase: str, first: date, today: date) -> tuple[date, ...]:
    """Give the days of a diary; some have been silent of late."""
    if phase in {"new", "evaluated"}:
        return ()
    begin = min(first, today) - timedelta(days=7)
    written = (today - begin).days - (SILENT_DAYS if phase in {"fading", "stopped"} else 0)
    return tuple(begin + timedelta(days=day) for day in range(written))
