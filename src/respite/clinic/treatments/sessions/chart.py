"""Where the lines of the chart of a session lie: pressure above, saturation below, one clock."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from respite.clinic.accounts.models import Clinic
from respite.clinic.treatments.sessions.flowsheet import Flowsheet
from respite.clinic.treatments.sessions.watch import Row

WIDTH, HEIGHT = 760, 330
LEFT, RIGHT = 44, 750
UPPER = (20, 190)
LOWER = (225, 295)
"""The chart, its edges, and where its two panels begin and end, in units of the drawing."""

PRESSURES = (40, 80, 120, 160, 200)
SATURATIONS = (80, 90, 100)
"""Values at which a line is drawn across."""

STEPS_MIN = (5, 10, 15, 30, 60, 120, 240, 480, 1440)
MOST_TICKS = 9


@dataclass(frozen=True)
class Mark:
    """A place in the drawing with a word."""

    x: float
    y: float
    word: str = ""


@dataclass(frozen=True)
class Bar:
    """A pressure: from the diastolic to the systolic value at one time."""

    x: float
    top: float
    bottom: float


@dataclass(frozen=True)
class Chart:
    """Everything that is drawn.

    Attributes
    ----------
    bars, systolic, diastolic, saturation, dots
        Pressures as bars and as two lines, saturation as a line with its dots.
    across, across_lower, times
        Lines of the grid with their values, and times along the foot.
    limits
        Limits of the clinic: height and value.
    given
        Stretches of giving: where each begins, and how wide it is.
    """

    bars: tuple[Bar, ...]
    systolic: str
    diastolic: str
    saturation: str
    dots: tuple[Mark, ...]
    across: tuple[Mark, ...]
    across_lower: tuple[Mark, ...]
    times: tuple[Mark, ...]
    limits: tuple[Mark, ...]
    given: tuple[tuple[float, float], ...]
    width: int = WIDTH
    height: int = HEIGHT
    left: int = LEFT
    right: int = RIGHT


def chart_of(rows: Sequence[Row], sheet: Flowsheet, clinic: Clinic, now: datetime) -> Chart | None:
    """Place what was measured in a drawing.

    Parameters
    ----------
    rows
        The grid of vital signs.
    sheet
        The flowsheet, for what was given.
    clinic
        Whose limits are drawn.
    now
        The time, on the clock of the clinic.

    Returns
    -------
    The drawing; ``None`` where nothing of it was measured.
    """
    measured = [row for row in rows if row.value("systolic") or row.value("saturation")]
    if not measured:
        return None
    moments = [row.at for row in measured]
    moments += [step.start for step in sheet.steps]
    moments += [sheet.stopped_at or now] if sheet.steps else []
    clock = _Clock(min(moments), max(*moments, min(moments) + timedelta(minutes=30)), now)
    high = [max(row.value("systolic") or 0, row.value("diastolic") or 0) for row in measured]
    low = [row.value("saturation") or 100 for row in measured]
    pressure = _Panel(*UPPER, PRESSURES[0], max(PRESSURES[-1], *high, 0))
    saturation = _Panel(*LOWER, min(SATURATIONS[0], *low, 100), SATURATIONS[-1])
    pairs = [(row, row.value("systolic"), row.value("diastolic")) for row in measured]
    return Chart(
        bars=tuple(
            Bar(clock.x(row.at), pressure.y(above), pressure.y(below))
            for row, above, below in pairs
            if above is not None and below is not None
        ),
        systolic=_line(clock, pressure, measured, "systolic"),
        diastolic=_line(clock, pressure, measured, "diastolic"),
        saturation=_line(clock, saturation, measured, "saturation"),
        dots=tuple(
            Mark(clock.x(row.at), saturation.y(value))
            for row in measured
            if (value := row.value("saturation")) is not None
        ),
        across=tuple(Mark(LEFT, pressure.y(value), str(value)) for value in PRESSURES),
        across_lower=tuple(Mark(LEFT, saturation.y(value), str(value)) for value in SATURATIONS),
        times=clock.ticks(),
        limits=_limits(clinic, pressure, saturation),
        given=tuple(
            (clock.x(step.start), round(clock.x(step.end or now) - clock.x(step.start), 1))
            for step in sheet.steps
            if step.mg_an_hour
        ),
    )


def _limits(clinic: Clinic, pressure: _Panel, saturation: _Panel) -> tuple[Mark, ...]:
    told = (
        (pressure, clinic.systolic_highest),
        (pressure, clinic.diastolic_highest),
        (saturation, clinic.saturation_lowest),
    )
    return tuple(
        Mark(RIGHT, panel.y(value), str(value))
        for panel, value in told
        if value is not None and panel.lowest <= value <= panel.highest
    )


def _line(clock: _Clock, panel: _Panel, rows: Sequence[Row], name: str) -> str:
    places = [(clock.x(row.at), row.value(name)) for row in rows]
    return " ".join(f"{x},{panel.y(value)}" for x, value in places if value is not None)


@dataclass(frozen=True)
class _Panel:
    top: int
    bottom: int
    lowest: float
    highest: float

    def y(self, value: float) -> float:
        share = (value - self.lowest) / (self.highest - self.lowest)
        return round(self.bottom - min(max(share, 0), 1) * (self.bottom - self.top), 1)


@dataclass(frozen=True)
class _Clock:
    first: datetime
    last: datetime
    now: datetime

    def x(self, at: datetime) -> float:
        share = (at - self.first) / (self.last - self.first)
        return round(LEFT + 8 + min(max(share, 0), 1) * (RIGHT - LEFT - 16), 1)

    def ticks(self) -> tuple[Mark, ...]:
        minutes = (self.last - self.first).total_seconds() / 60
        step = next((s for s in STEPS_MIN if minutes / s <= MOST_TICKS), STEPS_MIN[-1])
        local = self.first.astimezone(self.now.tzinfo)
        midnight = local.replace(hour=0, minute=0, second=0, microsecond=0)
        passed = -(-(local - midnight).total_seconds() // (step * 60))
        marks: list[Mark] = []
        at = midnight + timedelta(minutes=step * passed)
        while at <= self.last and len(marks) <= 2 * MOST_TICKS:
            marks.append(Mark(self.x(at), LOWER[1] + 18, f"{at:%H:%M}"))
            at += timedelta(minutes=step)
        return tuple(marks)
