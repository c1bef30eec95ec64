"""How large the clinic is, and how hard it is pressed."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Size:
    """Sizes of one run.

    Attributes
    ----------
    patients, entries
        How many patients there are, and entries in all their diaries.
    writers, readers
        Patients who write at once, and staff who read at once; each once a second.
    seconds, rounds
        How long each measurement takes, and how often each is taken.
    owed
        Forecasts that are waited for.
    processes, workers
        Processes that serve pages, and workers.
    """

    patients: int = 10_000
    entries: int = 2_000_000
    writers: int = 50
    readers: int = 10
    seconds: int = 30
    rounds: int = 3
    owed: int = 120
    processes: int = 2
    workers: int = 2

    @property
    def days(self) -> int:
        """Days of diary of each patient, with one entry a day."""
        return max(self.entries // self.patients, 1)
