"""Who is followed, through which courses: the same for every question."""

from __future__ import annotations

from dataclasses import dataclass

from respite.domain import DoseEvent, Patient, Regimen
from respite.engine import Grid
from respite.literature import load_library
from respite.population import Group, People, draw_group

COURSES = {
    "ten daily infusions": "ketamine 0.5 mg/kg iv over 40 min daily x10",
    "every 8 h for 14 days": "ketamine 25 mg sublingual every 8 h for 14 days",
    "every 8 h throughout": "ketamine 25 mg sublingual every 8 h for {days} days",
}


@dataclass(frozen=True)
class Size:
    """How much is asked.

    Attributes
    ----------
    people, days
        How many virtual patients are followed, hour by hour, for how long.
    solved
        How many of them the numerical solver follows.
    runs
        How often each time is taken.
    cold_starts
        How often the command is started.
    courses
        How many courses the longest diary tells of.
    """

    people: int = 10_000
    days: int = 180
    solved: int = 20
    runs: int = 5
    cold_starts: int = 5
    courses: int = 25

    @property
    def grid(self) -> Grid:
        """Every hour of the days."""
        return Grid(1, 24 * self.days)

    @property
    def output_bytes(self) -> int:
        """How large the two arrays of the answer are."""
        return 2 * 8 * self.people * self.grid.count


SMALL = Size(people=40, days=3, solved=1, runs=1, cold_starts=1, courses=2)
"""Quick enough to see that every benchmark still runs."""


def events_of(course: str, size: Size) -> tuple[DoseEvent, ...]:
    """Give the dose events of one course."""
    return tuple(Regimen.parse(COURSES[course].format(days=size.days)).events())


def draw(people: int) -> Group:
    """Draw the virtual patients."""
    return draw_group(load_library(), Patient(), People(1, people), condition="crps")
