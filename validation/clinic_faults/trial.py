"""One trial: a clinic is made, people write, processes are killed, and all is looked over."""

from __future__ import annotations

import asyncio
import json
import os
import subprocess
import sys
import tempfile
from collections.abc import Sequence
from contextlib import ExitStack
from dataclasses import dataclass
from pathlib import Path
from random import Random

from tools.browsing import Browser
from tools.own_clinic import OwnClinic
from tools.own_postgresql import OwnPostgreSQL

from validation.clinic_faults.killing import Killer
from validation.clinic_faults.writing import ANSWERS, LINES, Kept, diary, infusion

AT_ONCE = 10
"""Sessions that run at the same time."""


@dataclass(frozen=True)
class Told:
    """What a trial found: what was killed, how often was sent, and the last words."""

    killed: Sequence[str]
    kept: int
    sent: int
    words: str
    is_whole: bool


@dataclass(frozen=True)
class Trial:
    """How much is written, and what is killed.

    Attributes
    ----------
    targets
        What is killed, in order.
    writers, entries
        How many patients write how many entries each.
    sessions
        How many sessions are kept.
    is_on_sqlite
        Whether the clinic is one file.
    seed
        Of every chance.
    """

    targets: Sequence[str]
    writers: int = 50
    entries: int = 20
    sessions: int = 50
    is_on_sqlite: bool = False
    seed: int = 1

    def run(self) -> Told:
        """Run it."""
        with tempfile.TemporaryDirectory(prefix="respite-faults-") as folder, ExitStack() as ends:
            home = Path(folder) / "home"
            home.mkdir()
            database = None
            if not self.is_on_sqlite:
                database = ends.enter_context(OwnPostgreSQL(Path(folder)))
            clinic = OwnClinic(home, database.address if database else "")
            clinic.environment["RESPITE_CLINIC_SECRET"] = "of a trial, nothing is kept " * 3
            ends.callback(clinic.close)
            count = "--writers", str(self.writers), "--treated", str(self.sessions)
            people = json.loads(_run(clinic, "people", *count))
            clinic.start_web()
            clinic.start_worker()
            kept = Kept()
            killed = asyncio.run(self._write(clinic, database, people, kept))
            file = home / "kept.json"
            file.write_text(json.dumps({"entries": kept.entries, "lines": kept.lines}), "utf-8")
            found = _asked(clinic, "looking", str(file))
            words = found.stdout + found.stderr[-2000:]
            return Told(killed, kept.count, kept.sent, words, is_whole=found.returncode == 0)

    async def _write(
        self,
        clinic: OwnClinic,
        database: OwnPostgreSQL | None,
        people: dict[str, list[str]],
        kept: Kept,
    ) -> list[str]:
        wanted = self.writers * self.entries + self.sessions * (len(ANSWERS) + len(LINES))
        gate = asyncio.Semaphore(AT_ONCE)
        opened: list[Browser] = []

        def browser(session: str) -> Browser:
            opened.append(Browser(clinic.port, session))
            return opened[-1]

        async def treat(patient: int) -> None:
            async with gate:
                await infusion(browser(str(people["nurse"])), patient, kept)

        writing = [
            diary(browser(session), self.entries, kept, Random(number))
            for number, session in enumerate(people["writers"])
        ]
        treating = [treat(int(patient)) for patient in people["treated"]]
        killer = Killer(clinic, database, self.targets, self.seed)
        killing = killer.kill_evenly(kept, wanted)
        try:
            killed, *_none = await asyncio.gather(killing, *writing, *treating)
        finally:
            for one in opened:
                one.close()
        return killed or []


def _run(clinic: OwnClinic, *words: str) -> str:
    done = _asked(clinic, *words)
    if done.returncode:
        raise RuntimeError(done.stderr)
    return done.stdout


def _asked(clinic: OwnClinic, module: str, *words: str) -> subprocess.CompletedProcess[str]:
    root = str(Path(__file__).resolve().parents[2])
    paths = os.pathsep.join([root, *filter(None, [os.environ.get("PYTHONPATH")])])
    return subprocess.run(
        [sys.executable, "-m", f"validation.clinic_faults.{module}", *words],
        env=clinic.environment | {"PYTHONPATH": paths}, capture_output=True, text=True,
        check=False,
    )  # fmt: skip
