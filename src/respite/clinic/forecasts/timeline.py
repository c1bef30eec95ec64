"""Where everything stands in the picture of a course: scores, doses, medicines, forecast.

Only geometry: a template draws it. Times run from left to right, pain from 0 below to 10 above.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from itertools import pairwise
from typing import Any

from django.utils.formats import date_format
from django.utils.timezone import get_current_timezone

from respite.domain import WORST_PAIN
from respite.domain import translate as _

NARROW, WIDE = 320, 880
"""Widths in which the picture is drawn, so that its letters stay legible on every screen."""

_LEFT, _RIGHT, _TOP, _PLOT, _LANE, _FOOT = 30, 10, 34, 200, 22, 40
_MOST_BACK = timedelta(days=84)
_MOST_AHEAD = timedelta(days=120)
_LEAST_AHEAD = timedelta(days=21)
_BESIDE_FADE = timedelta(days=14)
_STEPS_DAYS = (1, 2, 7, 14, 28, 56, 84)
_TICK_WIDTH = 64
_GAP_DAYS = 3
"""Scores further apart than this are not joined: between them nothing is known."""


@dataclass(frozen=True)
class Score:
    """One score that was written, and when it was felt."""

    at: datetime
    pain: float


@dataclass(frozen=True)
class Given:
    """One dose: when, in words, and whether it is still to come."""

    at: datetime
    words: str
    is_to_come: bool = False


@dataclass(frozen=True)
class Change:
    """A medicine that was begun or stopped on a day."""

    day: date
    words: str


@dataclass(frozen=True)
class Curve:
    """A forecast as a picture needs it.

    Attributes
    ----------
    at
        Rising times.
    low, middle, high
        Expected pain: quantiles 10, 50 and 90 %.
    fades_at
        When relief is expected to fade: the median of those in whom it does; ``None`` where it
        cannot be said.
    """

    at: tuple[datetime, ...]
    low: tuple[float, ...]
    middle: tuple[float, ...]
    high: tuple[float, ...]
    fades_at: datetime | None


@dataclass(frozen=True)
class Told:
    """Everything that is drawn."""

    now: datetime
    scores: Sequence[Score]
    doses: Sequence[Given]
    changes: Sequence[Change] = ()
    curve: Curve | None = None


@dataclass(frozen=True)
class Line:
    """A straight line with words at its end."""

    x: float
    words: str
    anchor: str
    text_x: float


@dataclass(frozen=True)
class Picture:
    """A picture in the units of its own width; see the template ``forecasts/_picture.html``."""

    name: str
    width: int
    height: int
    left: float
    right: float
    top: float
    bottom: float
    lane: float
    levels: tuple[tuple[float, int], ...]
    ticks: tuple[Line, ...]
    band: str
    median: str
    joined: tuple[str, ...]
    dots: tuple[tuple[float, float], ...]
    doses: tuple[tuple[float, bool], ...]
    changes: tuple[tuple[float, int], ...]
    today: Line
    fades: Line | None

    @property
    def dotted(self) -> str:
        """Give all dots as one path: a mark for each is slow to write and to draw."""
        return "".join(f"M{x} {y}h.01" for x, y in self.dots)


def curve_of(answer: dict[str, Any]) -> Curve | None:
    """Give the curve of a kept forecast; ``None`` where its first dose has no date."""
    told = answer.get("first_dose")
    if not told:
        return None
    first = datetime.fromisoformat(told)
    if first.tzinfo is None:
        first = first.replace(tzinfo=get_current_timezone())
    pain, median = answer["pain"], answer["time_to_pain_return"]["median_days"]
    fades = None if median is None else timedelta(days=answer["last_dose_end_day"] + median)
    return Curve(
        at=tuple(first + timedelta(days=day) for day in pain["day"]),
        low=tuple(pain["q10"]),
        middle=tuple(pain["q50"]),
        high=tuple(pain["q90"]),
        fades_at=None if fades is None else first + fades,
    )


def window_of(told: Told) -> tuple[datetime, datetime]:
    """Choose the stretch of time to draw: what was lately, what is to come, and the fading day."""
    seen = [one.at for one in (*told.scores, *told.doses)]
    first = min([*seen, told.now - timedelta(days=7)])
    ahead = [told.now + _LEAST_AHEAD, *(one.at + _BESIDE_FADE for one in told.doses)]
    if told.curve is not None and told.curve.fades_at is not None:
        ahead.append(told.curve.fades_at + _BESIDE_FADE)
    last = min(max(ahead), told.now + _MOST_AHEAD)
    return max(first, told.now - _MOST_BACK) - timedelta(days=1), last


def draw(told: Told, width: int) -> Picture:
    """Place everything in a picture of a width.

    Parameters
    ----------
    told
        What is drawn; whatever lies outside the window is left out.
    width
        One of ``NARROW`` and ``WIDE``.
    """
    first, last = window_of(told)
    left, right, top = float(_LEFT), float(width - _RIGHT), float(_TOP)
    bottom = top + _PLOT
    length = (last - first).total_seconds()

    def across(at: datetime) -> float:
        return round(left + (right - left) * (at - first).total_seconds() / length, 1)

    def up(pain: float) -> float:
        return round(bottom - _PLOT * min(max(pain, 0), WORST_PAIN) / WORST_PAIN, 1)

    def is_in(at: datetime) -> bool:
        return first <= at <= last

    def line(at: datetime, words: str) -> Line:
        x = across(at)
        is_left = x > (left + right) / 2
        return Line(x, words, "end" if is_left else "start", x - 5 if is_left else x + 5)

    scores = sorted((one for one in told.scores if is_in(one.at)), key=lambda one: one.at)
    curve, fades = told.curve, None
    band: list[tuple[float, float, float, float]] = []
    if curve is not None:
        curves = zip(curve.at, curve.low, curve.middle, curve.high, strict=True)
        band = [
            (across(at), up(low), up(mid), up(high)) for at, low, mid, high in curves if is_in(at)
        ]
        if curve.fades_at is not None and is_in(curve.fades_at):
            fades = line(curve.fades_at, _fading_words(curve.fades_at, told.now))
    over = [f"{x},{high}" for x, _low, _middle, high in band]
    under = [f"{x},{low}" for x, low, _middle, _high in reversed(band)]
    return Picture(
        name="slim" if width == NARROW else "broad",
        width=width,
        height=int(bottom + 2 * _LANE + _FOOT),
        left=left,
        right=right,
        top=top,
        bottom=bottom,
        lane=bottom + 4,
        levels=tuple((up(level), level) for level in (0, 2, 4, 6, 8, 10)),
        ticks=_ticks(first, last, across, (right - left) / _TICK_WIDTH),
        band=" ".join([*over, *under]),
        median=" ".join(f"{x},{middle}" for x, _low, middle, _high in band),
        joined=tuple(
            " ".join(f"{across(one.at)},{up(one.pain)}" for one in run) for run in _runs(scores)
        ),
        dots=tuple((across(one.at), up(one.pain)) for one in scores),
        doses=tuple((across(one.at), one.is_to_come) for one in told.doses if is_in(one.at)),
        changes=tuple(
            (across(_noon(one.day)), number)
            for number, one in enumerate(told.changes, start=1)
            if is_in(_noon(one.day))
        ),
        today=line(told.now, _("today")),
        fades=fades,
    )


def _fading_words(at: datetime, now: datetime) -> str:
    words = _("relief may fade, {day}") if at >= now else _("relief was to fade, {day}")
    return words.format(day=day_words(at))


def day_words(at: datetime) -> str:
    """Write the day of a moment briefly, by the clock of the clinic."""
    return date_format(at.astimezone(get_current_timezone()), "j M")


def _noon(day: date) -> datetime:
    return datetime.combine(day, time(12), tzinfo=get_current_timezone())


def _runs(scores: Sequence[Score]) -> list[list[Score]]:
    """Part scores where days are missing: a gap is a gap, and no straight line."""
    if not scores:
        return []
    runs = [[scores[0]]]
    for before, after in pairwise(scores):
        if after.at - before.at > timedelta(days=_GAP_DAYS):
            runs.append([])
        runs[-1].append(after)
    return runs


def _ticks(first: datetime, last: datetime, across: Any, most: float) -> tuple[Line, ...]:
    days = (last - first).days
    step = next((step for step in _STEPS_DAYS if days / step <= most), _STEPS_DAYS[-1])
    begin = _noon(first.date() + timedelta(days=1))
    moments = [begin + timedelta(days=step * n) for n in range(days // step + 1)]
    end = across(last)
    return tuple(_tick(across(at), day_words(at), end) for at in moments if at <= last)


def _tick(x: float, words: str, end: float) -> Line:
    is_at_end = x > end - _TICK_WIDTH / 3
    return Line(x, words, "end" if is_at_end else "middle", end if is_at_end else x)
