"""What one line of a log says: a forecast, when it was made, and what was known then."""

from __future__ import annotations

import math
from bisect import bisect_right
from collections.abc import Mapping
from dataclasses import dataclass, fields
from datetime import UTC, datetime, timedelta
from hashlib import sha256
from itertools import pairwise
from math import fsum
from typing import Annotated, Any

import msgspec
from msgspec import Meta

from respite.domain import WORST_PAIN, Threshold
from respite.domain import translate as _
from respite.forecasting.answer import Forecast
from respite.forecasting.clock import DAY_H
from respite.forecasting.score_chances import ScoreChances
from respite.forecasting.track_record.log_chain import LogNotUnderstood

_DECIMALS = 6
"""Of a chance; a thousand people would not tell more."""

_FIRST_YEAR, _LAST_YEAR = 1950, 2150
"""Ours: outside, a date is a slip."""

_MOST_H = 1_000_000
"""Ours: hours from a first dose that are more than a lifetime's."""

Chance = Annotated[float, Meta(ge=0, le=1)]
Hours = Annotated[float, Meta(ge=-_MOST_H, le=_MOST_H)]
Days = Annotated[float, Meta(ge=0, le=_MOST_H)]
Words = Annotated[str, Meta(max_length=100_000)]


@dataclass(frozen=True, kw_only=True)
class PastReturn:
    """What a past forecast said of the time to pain return; see ``TimeToPainReturn``."""

    p_no_response: Chance
    p_gone_before_last_dose: Chance
    p_hours_only: Chance
    p_returns: Chance
    p_beyond_horizon: Chance
    median_days: Days | None
    interval80_days: tuple[Days, Days] | None


@dataclass(frozen=True, kw_only=True)
class PastForecast:
    """What a score needs of a past forecast; see ``Forecast``."""

    regimen: Words
    threshold: Threshold
    confirm_days: Days
    horizon_days: Days
    last_dose_end_day: Days
    time_to_pain_return: PastReturn


@dataclass(frozen=True, kw_only=True)
class PastScores:
    """Chances of the whole scores on each whole day; see ``ScoreChances``."""

    day: tuple[Annotated[int, Meta(ge=0, le=100_000)], ...]
    chances: tuple[
        Annotated[tuple[Chance, ...], Meta(min_length=WORST_PAIN + 1, max_length=WORST_PAIN + 1)],
        ...,
    ]


@dataclass(frozen=True, kw_only=True)
class LoggedForecast:
    """One line of a log.

    Attributes
    ----------
    made_at
        When the forecast was made, in UTC.
    clock_offset_min
        What the clock on the wall showed then, in minutes ahead of UTC.
    inputs_digest
        Fingerprint of patient, regimen, history and diary as they were read.
    first_dose
        Start of the first dose: date and time where it was given, the date alone where it was
        planned, ``None`` where it has no date.
    last_entry, last_entry_h
        The last diary entry that the forecast knew: as a time or a day, and in hours from the
        first dose.
    baseline_pain
        Usual pain before treatment as it was told, 0-10.
    dose_days
        Start of each dose that the forecast took for granted, in days from the first.
    forecast
        The answer.
    written
        Chances of the scores that the person would write, from the day of the last entry on.
    digest
        Fingerprint of the line.
    """

    made_at: Annotated[datetime, Meta(tz=True)]
    clock_offset_min: Annotated[int, Meta(ge=-1440, le=1440)]
    inputs_digest: Words
    first_dose: Words | None
    last_entry: Words | float | None
    last_entry_h: Hours | None
    baseline_pain: Annotated[float, Meta(ge=0, le=WORST_PAIN)] | None
    dose_days: tuple[Days, ...]
    forecast: PastForecast
    written: PastScores
    digest: Words

    @property
    def first_dose_is_planned(self) -> bool:
        """Whether the first dose has no time of the day, or no date at all."""
        return self.first_dose is None or "T" not in self.first_dose

    @property
    def made_on_the_wall(self) -> datetime:
        """When the forecast was made, as the clock on the wall showed, without a zone."""
        return (self.made_at + timedelta(minutes=self.clock_offset_min)).replace(tzinfo=None)


def digest_of_inputs(**inputs: str | None) -> str:
    """Give one fingerprint of everything a forecast was made from.

    Parameters
    ----------
    **inputs
        Patient, regimen, history and diary, each as text; ``None`` where there is none.

    Returns
    -------
    SHA-256 in hexadecimal digits; the same whatever the order of the names.
    """
    return sha256(msgspec.json.encode(inputs, order="sorted")).hexdigest()


def line_of(  # noqa: PLR0913 - each is a fact that a line states
    forecast: Forecast,
    *,
    made_at: datetime,
    inputs_digest: str,
    first_dose: str | None = None,
    last_entry: str | float | None = None,
    last_entry_h: float | None = None,
    baseline_pain: float | None = None,
) -> dict[str, Any]:
    """Say as plain data what a line of a log holds.

    Parameters
    ----------
    forecast
        The answer; its pain curves are left out, as are the scores of its diary.
    made_at
        When it was made, with a time zone.
    inputs_digest, first_dose, last_entry, last_entry_h, baseline_pain
        See ``LoggedForecast``.

    Raises
    ------
    ValueError
        Where ``made_at`` has no time zone.
    """
    offset = made_at.utcoffset()
    if offset is None:
        raise ValueError("made_at needs a time zone")
    return {
        "made_at": made_at.astimezone(UTC).isoformat(timespec="seconds"),
        "clock_offset_min": round(offset.total_seconds() / 60),
        "inputs_digest": inputs_digest,
        "first_dose": first_dose,
        "last_entry": last_entry,
        "last_entry_h": last_entry_h,
        "baseline_pain": baseline_pain,
        "dose_days": [dose.day for dose in forecast.doses],
        "forecast": _without_curves(forecast.to_dict()),
        "written": _to_come(forecast.written, last_entry_h),
    }


def what_a_score_needs(line: Mapping[str, Any]) -> dict[str, Any]:
    """Leave out of a line what no score reads, for whoever keeps the answer beside it.

    Parameters
    ----------
    line
        What :func:`line_of` gave.
    """
    answer = {field.name: line["forecast"][field.name] for field in fields(PastForecast)}
    return {**line, "forecast": answer}


_LINES = msgspec.json.Decoder(LoggedForecast)
"""Made once, when nobody else is at it: two threads that learn a record bring a process down."""


def read_line(line: bytes, number: int) -> LoggedForecast:
    """Read one line of a log.

    Parameters
    ----------
    line
        The line, without its newline.
    number
        Its place in the log, for an error.

    Raises
    ------
    LogNotUnderstood
        Where it does not say what a line of ``respite.log/1`` must say.
    """
    try:
        read = _LINES.decode(line)
    except (msgspec.MsgspecError, UnicodeError, RecursionError, ValueError) as error:
        raise _refusal(number, str(error)) from None
    fault = _fault_in(read)
    if fault is not None:
        raise _refusal(number, fault)
    return read


def _without_curves(answer: dict[str, Any]) -> dict[str, Any]:
    """Leave out what is long: curves, and the scores of the diary, whose fingerprint is kept."""
    short = {key: value for key, value in answer.items() if key != "pain"}
    if short["diary"] is not None:
        told = short["diary"].items()
        short["diary"] = {key: value for key, value in told if key not in {"day", "pain"}}
    return short


def _to_come(written: ScoreChances, last_entry_h: float | None) -> Mapping[str, Any]:
    """Give the chances of what is written later: what is known by then is not scored."""
    known_days = -math.inf if last_entry_h is None else last_entry_h / DAY_H
    first = max(bisect_right(written.day, known_days) - 1, 0)
    return {
        "day": written.day[first:],
        "chances": [
            [round(chance, _DECIMALS) for chance in row] for row in written.chances[first:]
        ],
    }


def _fault_in(line: LoggedForecast) -> str | None:
    """Say what types cannot: what does not fit together."""
    days, chances = line.written.day, line.written.chances
    if not days or len(days) != len(chances):
        return _("written: as many days as rows of chances, and at least one")
    if any(late <= early for early, late in pairwise(days)):
        return _("written.day: not rising")
    if any(abs(fsum(row) - 1) > 1 / 1000 for row in chances):
        return _("written.chances: a row does not sum to 1")
    if not _FIRST_YEAR <= line.made_at.year <= _LAST_YEAR:
        return _("made_at: not of our time")
    interval = line.forecast.time_to_pain_return.interval80_days
    if interval is not None and interval[0] > interval[1]:
        return _("interval80_days: its ends are the wrong way round")
    return _fault_in_first_dose(line.first_dose)


def _fault_in_first_dose(text: str | None) -> str | None:
    if text is None:
        return None
    try:
        when = datetime.fromisoformat(text)
    except ValueError:
        return _("first_dose: not a date")
    return None if _FIRST_YEAR <= when.year <= _LAST_YEAR else _("first_dose: not of our time")


def _refusal(number: int, why: str) -> LogNotUnderstood:
    return LogNotUnderstood(
        _("Line {line} of the log cannot be read: {why}.").format(
            line=number, why=why.rstrip(".")[:200]
        ),
        _("what respite forecast --log writes."),
        _("take the log from a copy, or begin a new one."),
    )
