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
All of it was pressed {rounds} times over, since a machine that is shared is now slower, now faster:
a row is that of the round in the middle, by what 95 % waited, with the least and most in brackets.

| What | Answers | In a second | Half wait [ms] | 95 % [ms] | 99 % [ms] | Bar |
|---|---|---|---|---|---|---|
{rows}

{forecasts}

{begin}{drill}{end}

The clinic is filled in bulk: entries by one statement, forecasts as copies of a few real ones, and
lines of the trail for each patient and a tenth of the entries. Its numbers are invented.
"""


EVENING_HOURS = 3
"""Within how long most diaries of a day may be written; ours."""


BEGIN, END = "<!-- drill -->\n", "\n<!-- end of the drill -->"
"""Around what the page says of copies: a run without one keeps what the last one found."""


@dataclass(frozen=True)
class Row:
    """One measurement: what, how long people waited in each round, and the bar of 95 % [ms]."""

    what: str
    rounds: list[Waits]
    bar_ms: float | None = None

    def text(self) -> str:
        """Give the row of the table."""
        ordered = sorted(self.rounds, key=lambda waits: waits.quantile(0.95))
        waits, faults = ordered[len(ordered) // 2], sum(one.faults for one in ordered)
        half, most, last = (f"{waits.quantile(share):.0f}" for share in (0.5, 0.95, 0.99))
        if len(ordered) > 1:
            least, worst = ordered[0].quantile(0.95), ordered[-1].quantile(0.95)
            most += f" ({least:.0f} to {worst:.0f})"
        bar = ""
        if self.bar_ms is not None:
            is_met = waits.quantile(0.95) <= self.bar_ms and not faults
            bar = f"{self.bar_ms:.0f}: {'met' if is_met else 'missed'}"
        what = self.what + (f" ({faults} faults)" if faults else "")
        told = [what, f"{len(waits.seconds):,}", f"{waits.rate:.0f}", half, most, last, bar]
        return f"| {' | '.join(told)} |"


@dataclass(frozen=True)
class Found:
    """Everything that was found: waits, forecasts made in how many seconds, and the drill."""

    rows: Sequence[Row]
    queue: tuple[int, float]
    drilled: Drilled | None


def page(size: Size, date: object, before: float, found: Found, drill_before: str) -> str:
    """Write the page.

    Parameters
    ----------
    size, date, before
        What was pressed how hard, when, and how many processes wanted the cores before.
    found
        What was found.
    drill_before
        What was said of the last copy, for a run without one.
    """
    return TEXT.format(
        patients=size.patients,
        entries=size.entries,
        writers=size.writers,
        readers=size.readers,
        processes=size.processes,
        rounds=size.rounds,
        date=date,
        machine=_machine(),
        before=before,
        rows="\n".join(row.text() for row in found.rows),
        forecasts=forecasts_told(size, found.queue),
        begin=BEGIN,
        end=END,
        drill=drill_before if found.drilled is None else _drill(found.drilled, date),
    )


def drill_before(text: str) -> str:
    """Give what a page says of copies, dated as it is."""
    _head, _begin, rest = text.partition(BEGIN)
    told, _end, _tail = rest.partition(END)
    return told or "No copy was taken."


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


def _drill(found: Drilled, date: object) -> str:
    fills = "; ".join(
        f"into {engine} in {lasted:.0f} s with {memory:.0f} MiB"
        for engine, lasted, memory in found.fills
    )
    return (
        f"On {date}, a copy of {found.rows:,} rows was taken while patients wrote:"
        f" {found.copy_s:.0f} s, {found.copy_mib:.0f} MiB, with at most"
        f" {found.copy_memory_mib:.0f} MiB of memory; of those who wrote meanwhile,"
        f" 95 % waited at most {found.waits.quantile(0.95):.0f} ms."
        f" It was filled {fills}. Every count was that of the copy, and the trail was whole."
    )


def _machine() -> str:
    return (
        f"{os.cpu_count()} cores of {processor()}, {memory_gb():.0f} GB of memory,"
        f" {platform.system()}, Python {platform.python_version()}"
    )


__all__ = ["Found", "Row", "busy", "drill_before", "forecasts_told", "page"]
