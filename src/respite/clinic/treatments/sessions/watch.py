"""What was measured and seen in a session: beside the limits of the clinic, and what is due.

It shows what was written down and foresees nothing: no value is read from a device, and nothing
here is an alarm.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from respite.clinic.accounts.models import Clinic
from respite.clinic.treatments.models import EntryKind
from respite.clinic.treatments.sessions.flowsheet import SECONDS_A_MINUTE, Flowsheet, Line
from respite.domain import translate as _
from respite.literature import load_library
from respite.report import finding_words
from respite.safety import read_facts, screen

NUMBERS = ("systolic", "diastolic", "pulse", "saturation", "breaths")
SCORES = ("sedation", "dissociation", "nausea")
VITALS = (*NUMBERS, *SCORES)

BEFORE = {
    "session.pre.sbp": "systolic",
    "session.pre.dbp": "diastolic",
    "session.pre.hr": "pulse",
    "session.pre.spo2": "saturation",
}
"""Checks before a session that are the first row of the grid."""

FACTS = {
    "systolic": ("session.sbp", "mmHg"),
    "diastolic": ("session.dbp", "mmHg"),
    "pulse": ("session.hr", "beats/min"),
    "saturation": ("session.spo2", "percent"),
    "breaths": ("session.rr", "breaths/min"),
}
"""Which fact of the rules each number is, and its unit."""

EFFECTS = (
    "dissociation", "dizziness", "nausea", "vomiting", "sedation", "confusion", "headache",
    "anxiety", "other",
)  # fmt: skip

NEAR_FORTY = timedelta(minutes=10)
"""How far a pressure may lie from 40 minutes and still be the one of 40 minutes; ours."""

SINCE_PRESSURE = re.compile(r"session\.minutes_since_bp > (\d+) min")
SINCE_SEDATION = re.compile(r"session\.minutes_since_rass > (\d+) min")
AT_PRESSURE = re.compile(r"session\.minutes_since_start >= (\d+) min")
ROUTES = re.compile(r"plan\.route (?:is (\w+)|in \{([^}]*)\})")


def titles() -> dict[str, str]:
    """Give what each vital sign is called, with its unit."""
    return {
        "systolic": _("Systolic (mmHg)"),
        "diastolic": _("Diastolic (mmHg)"),
        "pulse": _("Pulse (a minute)"),
        "saturation": _("Saturation (%)"),
        "breaths": _("Breaths (a minute)"),
        "sedation": _("Sedation (0 to 4)"),
        "dissociation": _("Dissociation (0 to 4)"),
        "nausea": _("Nausea (0 to 3)"),
    }


def scales() -> dict[str, tuple[str, ...]]:
    """Give the words of each score, from zero up; the words are ours."""
    return {
        "sedation": (
            _("0: wide awake"),
            _("1: drowsy, answers at once"),
            _("2: eyes closed, wakes when spoken to"),
            _("3: wakes only when touched"),
            _("4: does not wake"),
        ),
        "dissociation": (
            _("0: as always"),
            _("1: a little strange or floating"),
            _("2: far away, but knows where this is"),
            _("3: hardly in touch with the room"),
            _("4: not in touch at all"),
        ),
        "nausea": (
            _("0: none"),
            _("1: a little"),
            _("2: much"),
            _("3: vomited"),
        ),
    }


def effect_titles() -> dict[str, str]:
    """Give what each unwanted effect is called."""
    words = (
        _("dissociation"), _("dizziness"), _("nausea"), _("vomiting"), _("sedation"),
        _("confusion"), _("headache"), _("anxiety"), _("another effect"),
    )  # fmt: skip
    return dict(zip(EFFECTS, words, strict=True))


def severities() -> dict[str, str]:
    """Give how strong an effect may be."""
    return {
        "none": _("none"),
        "mild": _("mild"),
        "moderate": _("moderate"),
        "severe": _("severe"),
    }


@dataclass(frozen=True)
class Cell:
    """One value of the grid, with the mark it earned.

    Attributes
    ----------
    name, value
        What was measured, and the value; ``None`` where it was not.
    sign, words
        Where it lies beyond a limit of the clinic: a sign, and that limit in words.
    """

    name: str
    value: int | None
    sign: str = ""
    words: str = ""


@dataclass(frozen=True)
class Row:
    """What was measured at one time. The line is missing for the checks before."""

    at: datetime
    cells: tuple[Cell, ...]
    line: Line | None = None

    def value(self, name: str) -> int | None:
        """Give one value."""
        return next(one.value for one in self.cells if one.name == name)

    @property
    def beyond(self) -> tuple[Cell, ...]:
        """The values beyond a limit."""
        return tuple(one for one in self.cells if one.words)


@dataclass(frozen=True)
class Reminder:
    """What is due next by a rule: what, since or until when, and the rule.

    Attributes
    ----------
    what
        What is to be taken.
    seconds
        Seconds until then; below zero where it is overdue.
    rule, action
        The rule it comes from, and what that says.
    """

    what: str
    seconds: float
    rule: str
    action: str

    @property
    def is_overdue(self) -> bool:
        """Whether it should have been taken."""
        return self.seconds < 0

    @property
    def minutes(self) -> int:
        """Whole minutes until then, or since then."""
        return int(abs(self.seconds) // SECONDS_A_MINUTE)


def rows_of(sheet: Flowsheet, clinic: Clinic) -> tuple[Row, ...]:
    """Give the grid of vital signs, marked by the limits of the clinic."""
    rows = [
        Row(line.at, _cells(line.data, clinic), line) for line in sheet.of(EntryKind.VITALS)
    ]  # fmt: skip
    first = first_row(sheet, clinic)
    return (*((first,) if first else ()), *rows)


def first_row(sheet: Flowsheet, clinic: Clinic) -> Row | None:
    """Give what the checks before measured, as a row; ``None`` where they did not."""
    answers = sheet.answers()
    found = {name: answers[fact] for fact, name in BEFORE.items() if fact in answers}
    if not found:
        return None
    values = {name: round(float(line.data["told"].split()[0])) for name, line in found.items()}
    return Row(max(line.at for line in found.values()), _cells(values, clinic))


def limits(clinic: Clinic) -> dict[str, tuple[int | None, int | None]]:
    """Give the lowest and the highest that the clinic set for each vital sign."""
    return {
        "systolic": (None, clinic.systolic_highest),
        "diastolic": (None, clinic.diastolic_highest),
        "pulse": (clinic.pulse_lowest, clinic.pulse_highest),
        "saturation": (clinic.saturation_lowest, None),
        "breaths": (clinic.breaths_lowest, None),
    }


def limit_words(clinic: Clinic) -> tuple[str, ...]:
    """Say the limits of the clinic; what is not set is not watched, and said so."""
    lines: list[str] = []
    names = titles()
    for name, (lowest, highest) in limits(clinic).items():
        if lowest is None and highest is None:
            words = _("{name}: no limit set")
        elif highest is None:
            words = _("{name}: from {lowest}")
        elif lowest is None:
            words = _("{name}: up to {highest}")
        else:
            words = _("{name}: from {lowest} to {highest}")
        lines.append(words.format(name=names[name], lowest=lowest, highest=highest))
    return tuple(lines)


def _cells(values: Mapping[str, Any], clinic: Clinic) -> tuple[Cell, ...]:
    set_by = limits(clinic)
    cells: list[Cell] = []
    for name in VITALS:
        value = values.get(name)
        lowest, highest = set_by.get(name, (None, None))
        if value is not None and highest is not None and value > highest:
            cells.append(Cell(name, value, "▲", _("above {limit}").format(limit=highest)))
        elif value is not None and lowest is not None and value < lowest:
            cells.append(Cell(name, value, "▼", _("below {limit}").format(limit=lowest)))
        else:
            cells.append(Cell(name, value))
    return tuple(cells)


def rules_on(row: Row) -> tuple[tuple[bool, Any], ...]:
    """Give what the rules of a session say of one row: whether each says stop, and its words."""
    told = {
        fact: f"{row.value(name)} {unit}"
        for name, (fact, unit) in FACTS.items()
        if row.value(name) is not None
    }
    known = read_facts(told, on=row.at.date())
    findings = screen(load_library(), known, ("during",))
    return tuple(
        (one.says == "stop", finding_words(one))
        for one in findings
        if one.fires and one.says != "proceed"
    )


def reminders(sheet: Flowsheet, route: str, now: datetime) -> tuple[Reminder, ...]:
    """Say what is due next by the rules of a session, while the drug is given.

    Parameters
    ----------
    sheet
        The flowsheet.
    route
        How the drug is given.
    now
        The time.
    """
    start = sheet.started_at
    if start is None or sheet.stopped_at is not None:
        return ()
    vitals = sheet.of(EntryKind.VITALS)
    pressures = [one.at for one in vitals if one.data.get("systolic") is not None]
    scored = [one.at for one in vitals if one.data.get("sedation") is not None]
    due: list[Reminder] = []
    for rule in load_library().rules["during"].rules:
        if not _is_about(rule.when, route):
            continue
        if found := SINCE_PRESSURE.search(rule.when):
            last, what = max([start, *pressures]), _("Blood pressure and pulse")
        elif found := SINCE_SEDATION.search(rule.when):
            last, what = max([start, *scored]), _("Sedation")
        elif found := AT_PRESSURE.search(rule.when):
            if pressure_at_forty(sheet) is not None:
                continue
            last, what = start, _("Blood pressure at {minutes} minutes").format(minutes=found[1])
        else:
            continue
        left = last + timedelta(minutes=int(found[1])) - now
        due.append(Reminder(what, left.total_seconds(), rule.id, rule.action))
    return tuple(sorted(due, key=lambda one: one.seconds))


def _is_about(when: str, route: str) -> bool:
    found = ROUTES.search(when)
    if found is None:
        return True
    return route in re.split(r"[,\s]+", found[1] or found[2])


def pressure_at_forty(sheet: Flowsheet) -> Line | None:
    """Give the pressure that was taken about 40 minutes after the first dose."""
    start = first_dose(sheet)
    if start is None:
        return None
    aim = start + timedelta(minutes=40)
    near = [
        one
        for one in sheet.of(EntryKind.VITALS)
        if one.data.get("systolic") is not None and abs(one.at - aim) <= NEAR_FORTY
    ]
    return min(near, key=lambda one: abs(one.at - aim), default=None)


def first_dose(sheet: Flowsheet) -> datetime | None:
    """Say when the first drug was given; the start where nothing is on record yet."""
    times = [step.start for step in sheet.steps] + [one.at for one in sheet.of(EntryKind.BOLUS)]
    return min(times, default=sheet.started_at)
