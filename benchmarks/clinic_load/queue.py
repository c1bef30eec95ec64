"""How fast the queue drains: many patients are owed a forecast, and a few workers make them."""

from __future__ import annotations

import asyncio
import time
from collections.abc import Sequence
from random import Random

from tools.browsing import Browser
from tools.own_clinic import OwnClinic

from benchmarks.clinic_load.driving import tap

MOST_S = 240
"""So long is waited at most; what is done by then is counted."""


async def owe(browsers: Sequence[Browser]) -> None:
    """Have everybody write one entry."""
    for number, browser in enumerate(browsers):
        await tap(browser, Random(number))


async def drained(clinic: OwnClinic, workers: int) -> tuple[int, float]:
    """Start workers, and give how many forecasts they made in how many seconds.

    The time begins with the first that is made, once the workers have read the library.
    """
    from respite.clinic.forecasts.asking_actions import listen
    from respite.clinic.forecasts.queries import owed_count

    while await asyncio.to_thread(listen):
        pass
    owed = await asyncio.to_thread(owed_count)
    names = [f"worker {number}" for number in range(workers)]
    for name in names:
        clinic.start_worker(name)
    first, begun = owed, time.perf_counter()
    left = owed
    start = begun
    while left and time.perf_counter() - begun < MOST_S:
        await asyncio.sleep(0.1)
        left = await asyncio.to_thread(owed_count)
        if left == owed:
            start = time.perf_counter()
        elif first == owed:
            first, start = left, time.perf_counter()
    lasted = time.perf_counter() - start
    await asyncio.to_thread(clinic.stop, *names)
    return first - left, lasted
