"""Fill a clinic, press it, drain its queue, copy and restore it, and write the page."""

from __future__ import annotations

import argparse
import asyncio
import datetime
import os
import signal
import subprocess
import sys
import tempfile
from contextlib import ExitStack
from dataclasses import dataclass, field
from pathlib import Path
from types import FrameType

from tools.browsing import Browser
from tools.own_clinic import OwnClinic
from tools.own_postgresql import OwnPostgreSQL

from benchmarks.clinic_load.driving import Waits, opens, press, read_on, tap
from benchmarks.clinic_load.page import Found, Row, busy, drill_before, forecasts_told, page
from benchmarks.clinic_load.size import Size

PAGE = Path("docs/reference/load.md")
SECRET = "of a trial, nothing is kept " * 3
FILLING = {"max_wal_size": "4GB"}
"""Settings of the database beside its own: room for the filling."""

PAGES = (
    ("work-list", "worklist:list", 300),
    ("list of patients", "patients:list", 300),
    ("overview of a patient", "patients:overview", 300),
    ("forecast and diary of a patient", "forecasts:forecast", 300),
)
POST_BAR_MS = 60


@dataclass(frozen=True)
class Told:
    """Rows of the page, each printed once it is measured: a run takes an hour."""

    rows: dict[str, Row] = field(default_factory=dict)

    def add(self, what: str, waits: Waits, bar_ms: float | None = None) -> None:
        """Add one round of a row."""
        row = self.rows.setdefault(what, Row(what, [], bar_ms))
        row.rounds.append(waits)
        print(Row(what, [waits], bar_ms).text(), flush=True)


def _end(_signal: int, _frame: FrameType | None) -> None:
    sys.exit(1)


def main() -> None:
    """Run from the command line."""
    words = argparse.ArgumentParser(prog="python -m benchmarks.clinic_load", description=__doc__)
    words.add_argument("--date", type=datetime.date.fromisoformat, help="write the page, so dated")
    words.add_argument("--patients", type=int, default=Size.patients)
    words.add_argument("--entries", type=int, default=Size.entries)
    words.add_argument("--seconds", type=int, default=Size.seconds)
    words.add_argument("--rounds", type=int, default=Size.rounds)
    words.add_argument("--owed", type=int, default=Size.owed)
    words.add_argument("--without-drill", dest="has_drill", action="store_false", help="no copy")
    asked = words.parse_args()
    # Told to end, it ends what it started.
    signal.signal(signal.SIGTERM, _end)
    size = Size(
        patients=asked.patients, entries=asked.entries, seconds=asked.seconds,
        rounds=asked.rounds, owed=asked.owed,
    )  # fmt: skip
    before = busy()
    with tempfile.TemporaryDirectory(prefix="respite-load-") as folder, ExitStack() as ends:
        Path(folder).chmod(0o755)
        home, server = Path(folder) / "home", Path(folder) / "pg"
        home.mkdir()
        server.mkdir()
        database = ends.enter_context(OwnPostgreSQL(server, FILLING))
        os.environ |= {
            "RESPITE_CLINIC_HOME": str(home), "RESPITE_CLINIC_SECRET": SECRET,
            "DATABASE_URL": database.address, "DJANGO_SETTINGS_MODULE": "respite.clinic.settings",
        }  # fmt: skip
        count = "--patients", str(size.patients), "--entries", str(size.entries)
        subprocess.run([sys.executable, "-m", "benchmarks.clinic_load.fill", *count], check=True)
        clinic = OwnClinic(home, database.address)
        ends.callback(clinic.close)
        clinic.start_web(size.processes)
        found = asyncio.run(_measure(clinic, size, Path(folder), has_drill=asked.has_drill))
    before_text = PAGE.read_text("utf-8") if PAGE.exists() else ""
    text = page(size, asked.date or datetime.date.today(), before, found, drill_before(before_text))
    print(text)
    if asked.date:
        PAGE.write_text(text, "utf-8")


async def _measure(clinic: OwnClinic, size: Size, folder: Path, *, has_drill: bool) -> Found:
    from benchmarks.clinic_load.drill import drill
    from benchmarks.clinic_load.queue import drained, owe

    patients, cookies = await asyncio.to_thread(_people, size)
    writers = [Browser(clinic.port, one) for one in cookies["patient"][: size.writers]]
    readers = [Browser(clinic.port, one) for one in cookies["clinician"][: size.readers]]
    seconds = size.seconds
    await press(writers, tap, 3, then=read_on)  # every process has read its templates
    rows = Told()
    for _round in range(size.rounds):
        posts = await press(writers, tap, seconds, then=read_on)
        rows.add(f"diary post, {size.writers} patients", posts, POST_BAR_MS)
        most = await press(writers, tap, seconds / 2, then=read_on, between_s=0)
        rows.add("the same without a pause", most)
        for what, name, bar in PAGES:
            address = _address(name)
            if address:
                waits = await press(readers, opens(address, patients), seconds)
                rows.add(f"{what}, {size.readers} clinicians", waits, bar)
        both = await asyncio.gather(
            press(writers, tap, seconds, then=read_on),
            press(readers, opens(_address("patients:overview"), patients), seconds),
        )
        rows.add("diary post while clinicians read", both[0], POST_BAR_MS)
        rows.add("overview while patients write", both[1], 300)
    owing = [Browser(clinic.port, one) for one in cookies["patient"][: size.owed]]
    await owe(owing)
    queue = await drained(clinic, size.workers)
    print(forecasts_told(size, queue), flush=True)
    drilled = None
    if has_drill:
        second = folder / "second"
        second.mkdir()
        with OwnPostgreSQL(second, FILLING) as other:
            places = {
                "PostgreSQL": clinic.environment | {
                    "RESPITE_CLINIC_HOME": str(second), "DATABASE_URL": other.address,
                },
                "SQLite": clinic.environment | {
                    "RESPITE_CLINIC_HOME": str(folder / "third"), "DATABASE_URL": "",
                },
            }  # fmt: skip
            drilled = await drill(clinic, writers, folder, places)
    return Found(list(rows.rows.values()), queue, drilled)


def _people(size: Size) -> tuple[list[int], dict[str, list[str]]]:
    import django

    django.setup()
    from benchmarks.clinic_load.people import sessions_of
    from respite.clinic.patients.models import PatientRecord

    patients = list(PatientRecord.objects.order_by("pk").values_list("pk", flat=True))
    count = {"patient": max(size.writers, size.owed), "clinician": size.readers}
    return patients, {role: sessions_of(role, number) for role, number in count.items()}


def _address(name: str) -> str:
    """Give the address of a page, with a place for a patient; nothing where there is none."""
    from django.urls import NoReverseMatch, reverse

    for arguments in ((), (0,)):
        try:
            return reverse(name, args=arguments).replace("/0/", "/{}/")
        except NoReverseMatch:
            continue
    return ""


if __name__ == "__main__":
    main()
