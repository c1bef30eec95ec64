"""The page that says what was found."""

from __future__ import annotations

import os
import platform
from collections.abc import Sequence
from dataclasses import dataclass

from benchmarks.clinic_load.drill import Drilled
from benchmarks.clinic_load.driving import Waits
from benchmarks.clinic_load.size import Size
from benchmarks.machine import busy, memory_gb, processor

TEXT = """# Load

*For those who run a clinic's computers, and developers.* Written by `make load`; nobody edits it.

A clinic of {patients:,} patients and {entries:,} entries of diaries on PostgreSQL is used by
{writers} patients and {readers} clinicians at once. Pages are served by {processes} processes
(`respite clinic web`); those who press, the pages and the database share the cores.
Each person means to do one thing a second, and a wait counts from when it was meant to begin;
"without a pause" sends the next thing once the last is answered, which says how much can be taken
in at most. Patients post an entry, then read the page that it leads to, by turns: as many such
pages are served as posts, beside those in the table. A post carries a session, the token against
forged forms and a number of its own, as a browser sends it; it is answered once it is on the disk,
with its line on the trail.

Measured on {date}, on {machine}. On average {before:.1f} processes wanted the cores when it began.
More than a few mean that other work ran beside, and that waits look longer than they are.

| What | Answers | In a second | Half wait [ms] | 95 % [ms] | 99 % [ms] | Bar |
|---|---|---|---|---|---|---|
{rows}

{forecasts}

{drill}

The clinic is filled in bulk: entries by one statement, forecasts as copies of a few real ones, and
lines of the trail for each patient and a tenth of the entries. Its numbers are invented.
"""


EVENING_HOURS = 3
"""Within how long most diaries of a day may be written; ours."""


@dataclass(frozen=True)
class Row:
    """One measurement: what, how long people waited, and the bar of its 95 % [ms]."""

    what: str
    waits: Waits
    bar_ms: float | None = None

    def text(self) -> str:
        """Give the row of the table."""
        waits = self.waits
        numbers = [f"{waits.quantile(share):.0f}" for share in (0.5, 0.95, 0.99)]
        bar = ""
        if self.bar_ms is not None:
            is_met = waits.quantile(0.95) <= self.bar_ms and not waits.faults
            bar = f"{self.bar_ms:.0f}: {'met' if is_met else 'missed'}"
        what = self.what + (f" ({waits.faults} faults)" if waits.faults else "")
        told = [what, f"{len(waits.seconds):,}", f"{waits.rate:.0f}", *numbers, bar]
        return f"| {' | '.join(told)} |"


@dataclass(frozen=True)
class Found:
    """Everything that was found: waits, forecasts made in how many seconds, and the drill."""

    rows: Sequence[Row]
    queue: tuple[int, float]
    drilled: Drilled | None


def page(size: Size, date: object, before: float, found: Found) -> str:
    """Write the page.

    Parameters
    ----------
    size, date, before
        What was pressed how hard, when, and how many processes wanted the cores before.
    found
        What was found.
    """
    return TEXT.format(
        patients=size.patients,
        entries=size.entries,
        writers=size.writers,
        readers=size.readers,
        processes=size.processes,
        date=date,
        machine=_machine(),
        before=before,
        rows="\n".join(row.text() for row in found.rows),
        forecasts=forecasts_told(size, found.queue),
        drill=(
            "No copy was taken in this run." if found.drilled is None else _drill(found.drilled)
        ),
    )


def forecasts_told(size: Size, queue: tuple[int, float]) -> str:
    """Say how fast the queue drained."""
    made, lasted = queue
    rate = made / lasted if lasted else 0.0
    return (
        f"The queue: {size.workers} workers made {made} forecasts of patients with"
        f" {size.days} entries in {lasted:.0f} seconds, {rate:.1f} in a second"
        f" (bar: 10: {'met' if rate >= 10 else 'missed'}). Were all patients to write within"
        f" the same {EVENING_HOURS} hours, {size.patients / EVENING_HOURS / 3600:.1f} in a"
        " second would be owed; more workers on more cores make as many more."
    )


def _drill(found: Drilled) -> str:
    fills = "; ".join(
        f"into {engine} in {lasted:.0f} s with {memory:.0f} MiB"
        for engine, lasted, memory in found.fills
    )
    return (
        f"A copy of {found.rows:,} rows was taken while patients wrote: {found.copy_s:.0f} s,"
        f" {found.copy_mib:.0f} MiB, with at most {found.copy_memory_mib:.0f} MiB of memory; of"
        f" those who wrote meanwhile, 95 % waited at most {found.waits.quantile(0.95):.0f} ms."
        f" It was filled {fills}. Every count was that of the copy, and the trail was whole."
    )


def _machine() -> str:
    return (
        f"{os.cpu_count()} cores of {processor()}, {memory_gb():.0f} GB of memory,"
        f" {platform.system()}, Python {platform.python_version()}"
    )


__all__ = ["Found", "Row", "busy", "forecasts_told", "page"]
