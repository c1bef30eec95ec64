"""A copy is taken while people write, and filled into an empty clinic of each engine."""

from __future__ import annotations

import asyncio
import gzip
import json
import subprocess
import sys
import time
from collections import deque
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from tools.browsing import Browser
from tools.own_clinic import OwnClinic

from benchmarks.clinic_load.driving import Waits, press, read_on, tap

MIB = 1024


@dataclass(frozen=True)
class Drilled:
    """What a drill found.

    Attributes
    ----------
    rows
        Rows in the copy, as its own end says.
    copy_s, copy_mib, copy_memory_mib
        How long the copy took, its size, and the most memory that it needed.
    waits
        What those waited who wrote meanwhile.
    fills
        Engine, how long it took to fill [s], and the most memory [MiB].
    """

    rows: int
    copy_s: float
    copy_mib: float
    copy_memory_mib: float
    waits: Waits
    fills: Sequence[tuple[str, float, float]]


class NotTheSame(Exception):
    """A clinic that was filled from a copy holds something else than the copy says."""


async def drill(
    clinic: OwnClinic, browsers: Sequence[Browser], folder: Path, places: dict[str, dict[str, str]]
) -> Drilled:
    """Take a copy while people write, fill it into every place, and compare.

    Parameters
    ----------
    clinic, browsers
        The clinic, and who writes.
    folder
        Where the copy goes.
    places
        The environment of an empty clinic, by engine.

    Raises
    ------
    NotTheSame
        Where a count differs, or the trail is broken.
    """
    copy = folder / "load.copy"
    copying = asyncio.create_task(_command(clinic.environment, "backup", str(copy)))
    waits = Waits()
    while not copying.done():
        some = await press(browsers, tap, 5, then=read_on)
        waits.seconds += some.seconds
        waits.faults += some.faults
        waits.lasted += some.lasted
    copy_s, copy_memory = copying.result()
    said = _counts(copy)
    print(f"copied: {copy_s:.0f} s, {copy_memory:.0f} MiB", flush=True)
    fills: list[tuple[str, float, float]] = []
    for engine, environment in places.items():
        lasted, memory = await _command(environment, "restore", str(copy))
        again = folder / "again.copy"
        await _command(environment, "backup", str(again))
        if _counts(again) != said:
            raise NotTheSame(engine)
        await _command(environment, "check")
        fills.append((engine, lasted, memory))
        print(f"filled into {engine}: {lasted:.0f} s, {memory:.0f} MiB", flush=True)
    size = copy.stat().st_size / MIB**2
    return Drilled(sum(said.values()), copy_s, size, copy_memory, waits, fills)


def _counts(copy: Path) -> dict[str, int]:
    """Read the counts at the end of a copy."""
    with gzip.open(copy, "rt", encoding="utf-8") as text:
        (last,) = deque(text, maxlen=1)
    told: dict[str, Any] = json.loads(last)["end"]
    return told


async def _command(environment: dict[str, str], *words: str) -> tuple[float, float]:
    """Run a command, and give how long it took [s] and the most memory that it held [MiB]."""
    begun = time.perf_counter()
    asked = [sys.executable, "-m", "respite", "clinic", *words]
    process = await asyncio.create_subprocess_exec(
        *asked, env=environment, stdout=subprocess.PIPE, stderr=subprocess.PIPE
    )
    highest = 0.0
    talking = asyncio.create_task(process.communicate())
    while not talking.done():
        highest = max(highest, _memory(process.pid))
        await asyncio.sleep(0.1)
    _said, fault = talking.result()
    if process.returncode:
        raise NotTheSame(fault.decode())
    return time.perf_counter() - begun, highest


def _memory(pid: int) -> float:
    """Give the memory of a process [MiB]; zero where the system does not tell."""
    try:
        lines = Path(f"/proc/{pid}/status").read_text("ascii").splitlines()
    except OSError:
        return 0.0
    return next((int(one.split()[1]) / MIB for one in lines if one.startswith("VmRSS")), 0.0)
