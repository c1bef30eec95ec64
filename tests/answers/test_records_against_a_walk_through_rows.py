"""Levels of a data set against an independent walk through its rows, one state after another.

Superposition over episodes, as the data set invites it, must give what one
compartment with first-order input gives when it is carried from row to row:
reset here, dosed there, and brought to steady state by repeating the dose.
"""

from __future__ import annotations

import csv
import math

import pytest

from respite.domain import DoseEvent, Episode, Route, read_data_set

KA, KE = 1.25, 0.25
"""Input from the gut and elimination, per hour; any two different numbers would do."""

TABLES = {
    "additional doses": "0,1,100,.,3,24,.,2 | 24 | 30 | 90",
    "a level above and below a dose": "0,1,100,.,.,.,.,1 | 8 | 8,1,50,.,.,.,.,2 | 8 | 9",
    "an infusion that is cut off": "0,1,100,10,.,.,.,2 | 4 | 5,3,.,.,.,.,.,. | 5 | 7",
    "bolus and infusion together": "0,1,50,.,.,.,.,2 | 0,1,80,10,.,.,.,2 | 3 | 12",
    "overlapping infusions": "0,1,80,10,4,2,.,2 | 5 | 11 | 40",
    "a reset that doses": "0,1,100,.,9,6,.,1 | 20,4,40,.,2,4,.,2 | 20 | 27",
    "steady state of a bolus": "0,1,30,.,.,.,.,2 | 5,1,100,.,2,12,1,2 | 5 | 30",
    "steady state by mouth": "0,1,100,.,.,8,1,1 | 0 | 3",
    "steady state of an infusion": "0,1,100,25,.,8,1,2 | 0 | 2 | 7",
    "an infusion without pause": "0,1,80,10,.,8,1,2 | 0 | 5",
    "steady state on top": "0,1,100,.,.,12,1,1 | 6,1,50,.,1,24,2,2 | 6 | 31",
    "a level before steady state": "0,1,100,.,9,2,.,2 | 4 | 4,1,60,.,.,12,1,2 | 4 | 9",
}
"""Rows by case; one number alone is the hour of an observation."""

HEADER = "TIME,EVID,AMT,RATE,ADDL,II,SS,CMT"
GUT, BLOOD = 1, 2
LONG_AGO = 200
"""Doses after which steady state is reached to every digit."""


def rows_of(case: str) -> list[str]:
    """Give every row of a case with all its cells."""
    return [row if "," in row else f"{row},0,.,.,.,.,.,." for row in TABLES[case].split(" | ")]


class Body:
    """Amounts in gut and blood, and the infusions that run, carried from one time to the next."""

    def __init__(self) -> None:
        self.time, self.gut, self.blood = 0.0, 0.0, 0.0
        self.infusions: list[tuple[float, float]] = []

    def move_to(self, time: float) -> None:
        """Carry the amounts on, stopping wherever an infusion ends."""
        while self.time < time:
            ends = [end for _rate, end in self.infusions if self.time < end < time]
            stop = min([time, *ends])
            rate = sum(rate for rate, end in self.infusions if end > self.time)
            self._move(stop - self.time, rate)
            self.time = stop

    def _move(self, hours: float, rate: float) -> None:
        slow, fast = math.exp(-KE * hours), math.exp(-KA * hours)
        self.blood = (
            self.blood * slow + self.gut * KA / (KA - KE) * (slow - fast) + rate / KE * (1 - slow)
        )
        self.gut *= fast

    def give(self, amount: float, rate: float, place: int) -> None:
        if rate:
            assert place == BLOOD
            self.infusions.append((rate, self.time + amount / rate))
        elif place == GUT:
            self.gut += amount
        else:
            self.blood += amount

    def empty(self) -> None:
        self.gut = self.blood = 0.0
        self.infusions = []


def settled(row: dict[str, float], time: float) -> Body:
    """Give a body that had the dose of a row at its interval until just before a time."""
    body = Body()
    body.time = time - LONG_AGO * row["II"]
    for _dose in range(LONG_AGO):
        body.give(row["AMT"], row["RATE"], int(row["CMT"]))
        body.move_to(body.time + row["II"])
    return body


def walked(rows: list[str]) -> list[float]:
    """Give the amount in blood at each observation, row by row."""
    body, to_come, seen = Body(), [], []
    for cells in csv.DictReader([HEADER, *rows]):
        row = {name: 0.0 if cell == "." else float(cell) for name, cell in cells.items()}
        while to_come and min(to_come)[0] <= row["TIME"]:
            due = min(to_come)
            to_come.remove(due)
            body.move_to(due[0])
            body.give(*due[1:])
        body.move_to(row["TIME"])
        if row["EVID"] in (3, 4) or row["SS"] == 1:
            body.empty()
            to_come.clear()
        if row["SS"]:
            past = settled(row, row["TIME"])
            body.gut, body.blood = body.gut + past.gut, body.blood + past.blood
        if row["EVID"] in (1, 4):
            dose = (row["AMT"], row["RATE"], int(row["CMT"]))
            body.give(*dose)
            to_come += [
                (row["TIME"] + k * row["II"], *dose) for k in range(1, int(row["ADDL"]) + 1)
            ]
        if row["EVID"] == 0:
            seen.append(body.blood)
    return seen


def left_of(event: DoseEvent, hours: float) -> float:
    """Give what is in the blood some hours after one dose began."""
    if hours < 0:
        return 0
    if event.route is Route.ORAL:
        return event.amount * KA / (KA - KE) * (math.exp(-KE * hours) - math.exp(-KA * hours))
    if event.duration_h == 0:
        return event.amount * math.exp(-KE * hours)
    running = min(hours, event.duration_h)
    rate = event.amount / event.duration_h
    return rate / KE * (1 - math.exp(-KE * running)) * math.exp(-KE * (hours - running))


def superposed(episode: Episode, time: float, events: int, steady: int) -> float:
    total = sum(left_of(event, time - event.time_h) for event in episode.events[:events])
    for dose in episode.steady[:steady]:
        since = time - dose.event.time_h
        total += sum(left_of(dose.event, since + k * dose.interval_h) for k in range(LONG_AGO))
    return total


@pytest.mark.parametrize("case", TABLES)
def test_superposition_over_episodes_is_a_walk_through_the_rows(case) -> None:
    rows = rows_of(case)
    text = "\n".join([f"ID,DV,{HEADER}", *(f"1,.,{row}" for row in rows)])
    data = read_data_set(text, compartments="1=oral,2=iv", drug="ketamine")
    (subject,) = data.subjects
    levels = [
        superposed(subject.episodes[one.episode], one.time_h, one.events_before, one.steady_before)
        for one in subject.observations
    ]
    assert levels == pytest.approx(walked(rows), rel=1e-9)
