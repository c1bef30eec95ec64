"""Presses the pages of a clinic as people would, and says how long they wait."""

from __future__ import annotations

import asyncio
import time
from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass, field
from random import Random
from uuid import uuid4

from tools.browsing import Browser

BETWEEN_S = 1.0
"""Everybody does one thing in so long."""

Deed = Callable[[Browser, Random], Awaitable[int]]
"""Does one thing at a browser, and gives the status of the answer."""


@dataclass
class Waits:
    """How long people waited [s], and how often something else than was wanted came."""

    seconds: list[float] = field(default_factory=list)
    faults: int = 0
    lasted: float = 0.0

    def quantile(self, share: float) -> float:
        """Give a quantile of the waits [ms]."""
        ordered = sorted(self.seconds)
        return 1000 * ordered[min(int(share * len(ordered)), len(ordered) - 1)]

    @property
    def rate(self) -> float:
        """Answers in a second."""
        return len(self.seconds) / self.lasted


async def tap(browser: Browser, chance: Random) -> int:
    """Write one entry of a diary, on the token of the last page."""
    if not browser.token:
        await browser.get("/diary/")
    told = {"pain": chance.randrange(11), "client_id": uuid4(), "offset_minutes": 60}
    answer = await browser.post("/diary/", told)
    is_kept = answer.status == 302 and answer.headers["location"].startswith("/diary/")
    return 200 if is_kept else answer.status


async def read_on(browser: Browser, _chance: Random) -> int:
    """Open the page that the last answer led to, as a browser does at once."""
    return (await browser.get(browser.leads_to)).status


def opens(pattern: str, patients: Sequence[int]) -> Deed:
    """Open a page of a patient by chance."""

    async def deed(browser: Browser, chance: Random) -> int:
        return (await browser.get(pattern.format(chance.choice(patients)))).status

    return deed


async def press(
    browsers: Sequence[Browser],
    deed: Deed,
    seconds: float,
    *,
    then: Deed | None = None,
    between_s: float = BETWEEN_S,
) -> Waits:
    """Have everybody do one thing again and again.

    Parameters
    ----------
    browsers
        Who.
    deed
        What.
    seconds
        For how long.
    then
        What each does next, whose wait is not counted; nothing where it is ``None``.
    between_s
        Within how long each person means to do one thing [s]; a wait counts from when it was
        meant to begin, so that nobody's patience hides a queue. Zero: at once again.
    """
    waits, deeds = Waits(), 1 if then is None else 2
    # Connections are opened and tokens fetched at once, so that no process gets all of them.
    await asyncio.gather(*(deed(one, Random(-number)) for number, one in enumerate(browsers)))
    begun = time.perf_counter()

    async def person(number: int, browser: Browser) -> None:
        chance = Random(number)
        meant = begun + between_s * deeds * chance.random()
        while meant < begun + seconds:
            await asyncio.sleep(max(meant - time.perf_counter(), 0))
            start = time.perf_counter() if not between_s else meant
            status = await deed(browser, chance)
            waits.seconds.append(time.perf_counter() - start)
            waits.faults += status != 200
            if then is not None:
                waits.faults += await then(browser, chance) != 200
            meant = meant + between_s * deeds if between_s else time.perf_counter()

    await asyncio.gather(*(person(n, one) for n, one in enumerate(browsers)))
    waits.lasted = time.perf_counter() - begun
    return waits
