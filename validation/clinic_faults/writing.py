"""People who write, and send each thing again until the clinic says that it is kept."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from random import Random
from uuid import uuid4

from tools.browsing import Answer, Browser

AGAIN_S = 0.2
GIVE_UP_S = 120

ANSWERS = {
    "own.weight_kg": "70",
    "own.new_medicines": "no",
    "own.pain_before": "8",
    "session.pre.sbp": "128",
    "session.pre.dbp": "82",
    "session.pre.hr": "72",
    "session.pre.spo2": "98",
    "session.pre.escort_confirmed": "yes",
    "session.pre.new_urinary_symptoms": "no",
    "session.pre.new_jaundice_or_itch": "no",
    "session.pre.new_psychosis": "no",
    "session.pre.two_person_dose_check": "yes",
}
"""Answers after which nothing stands against a start."""

LINES: tuple[tuple[str, int, Mapping[str, str]], ...] = (
    ("start", 60, {"way": "ketamine iv", "rate": "0.75", "unit": "mg/kg/h"}),
    ("vitals", 45, {"systolic": "131", "diastolic": "80", "pulse": "71", "saturation": "97"}),
    ("rate", 40, {"way": "ketamine iv", "rate": "0.5", "unit": "mg/kg/h"}),
    ("note", 30, {"text": "Rests."}),
    ("stop", 20, {}),
    ("vitals", 10, {"systolic": "126", "diastolic": "79", "pulse": "70", "saturation": "98"}),
)
"""What is written of an infusion: which form, how many minutes ago, and what."""


@dataclass
class Kept:
    """What the clinic said that it keeps, and how often something was sent for that.

    Attributes
    ----------
    entries
        The score of each entry of a diary, by its number.
    lines
        The session of each line of a flowsheet, by its number.
    sent
        How often anything was sent.
    """

    entries: dict[str, int] = field(default_factory=dict)
    lines: dict[str, int] = field(default_factory=dict)
    sent: int = 0

    @property
    def count(self) -> int:
        """Count what is kept."""
        return len(self.entries) + len(self.lines)


async def diary(browser: Browser, count: int, kept: Kept, chance: Random) -> None:
    """Write some entries."""
    await _until(lambda: browser.get("/diary/"), lambda it: it.status == 200, kept)
    for _entry in range(count):
        number, pain = str(uuid4()), chance.randrange(11)
        told = {"pain": pain, "client_id": number, "offset_minutes": 0}
        await _until(
            lambda told=told: browser.post("/diary/", told),
            lambda it: it.status == 302 and it.headers["location"].startswith("/diary/"),
            kept,
        )
        kept.entries[number] = pain


async def infusion(browser: Browser, patient: int, kept: Kept) -> None:
    """Keep the flowsheet of one session from its checks to its last vital signs."""
    await _until(
        lambda: browser.get(f"/patients/{patient}/sessions/"), lambda it: it.status == 200, kept
    )
    opened = await _until(
        lambda: browser.post(f"/patients/{patient}/sessions/", {}),
        lambda it: it.status == 302 and it.headers["location"].startswith("/sessions/"),
        kept,
    )
    path = opened.headers["location"].partition("#")[0]
    session = int(path.strip("/").rpartition("/")[2])

    async def send(what: str, told: Mapping[str, object]) -> None:
        number = str(uuid4())
        sent = {"what": what, "client_id": number, **told}
        await _until(lambda: browser.post(path, sent), lambda it: it.status == 302, kept)
        kept.lines[number] = session

    for fact, told in ANSWERS.items():
        await send("answer", {"about": fact, "told": told})
    for what, minutes, told in LINES:
        await send(what, {"seconds_ago": 60 * minutes, **told})


class NeverKept(Exception):
    """The clinic did not take something in however often it was sent."""


async def _until(
    ask: Callable[[], object], is_kept: Callable[[Answer], bool], kept: Kept
) -> Answer:
    """Send something until it is kept."""
    last: object = None
    for _again in range(round(GIVE_UP_S / AGAIN_S)):
        kept.sent += 1
        try:
            answer = await ask()  # pyright: ignore[reportGeneralTypeIssues]
        except (OSError, EOFError, TimeoutError, IndexError, ValueError) as error:
            last = error
        else:
            if is_kept(answer):
                return answer
            last = (answer.status, answer.headers.get("location"), answer.text[:3000])
            if answer.status in (403, 404, 422):
                break
        await asyncio.sleep(AGAIN_S)
    raise NeverKept(last)
