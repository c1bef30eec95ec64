"""Kills one process after another, evenly over the work, and starts each again."""

from __future__ import annotations

import asyncio
from collections.abc import Sequence
from dataclasses import dataclass
from random import Random

from tools.own_clinic import OwnClinic
from tools.own_postgresql import OwnPostgreSQL

from validation.clinic_faults.writing import Kept

LOOK_S = 0.02
DOWN_S = 0.3
"""How long what was killed stays down at most."""


@dataclass(frozen=True)
class Killer:
    """Kills each target when its share of the work is done.

    Attributes
    ----------
    clinic, database
        What runs; no database of its own where it is a file.
    targets
        What is killed, in order: ``web``, ``worker`` or ``database``.
    seed
        Decides the moments between.
    """

    clinic: OwnClinic
    database: OwnPostgreSQL | None
    targets: Sequence[str]
    seed: int

    async def kill_evenly(self, kept: Kept, wanted: int) -> list[str]:
        """Kill, and start again, until all is done.

        Parameters
        ----------
        kept, wanted
            What was kept so far, and how much will be.

        Returns
        -------
        What was killed, with how much was kept before.
        """
        chance, told = Random(self.seed), list[str]()
        for number, target in enumerate(self.targets):
            share = (number + chance.uniform(0.1, 0.9)) / len(self.targets)
            while kept.count < share * wanted:
                await asyncio.sleep(LOOK_S)
            told.append(f"{target} after {kept.count}")
            self._kill(target)
            await asyncio.sleep(chance.uniform(0, DOWN_S))
            await asyncio.to_thread(self._start, target)
        return told

    def _kill(self, target: str) -> None:
        if target == "database":
            assert self.database is not None
            self.database.kill()
        else:
            self.clinic.kill(target)

    def _start(self, target: str) -> None:
        if target == "database":
            assert self.database is not None
            self.database.start()
        elif target == "web":
            self.clinic.start_web()
        else:
            self.clinic.start_worker()
