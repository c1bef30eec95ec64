"""Questions that a forecast refuses, each with what to ask instead."""

from __future__ import annotations

from collections.abc import Sequence
from math import floor

from respite.domain import UNKNOWN, OutOfScope, Patient, RespiteError, Threshold, TimeMark
from respite.domain import translate as _
from respite.forecasting.clock import DAY_H

MOST_CELLS = 25_000_000
"""Draws times days; the answer holds some arrays of that size, 200 MB each. Ours."""


def refuse_too_much(horizon_days: int, confirm_days: int, draws: int) -> None:
    """Refuse what would take hours or fill the memory; the bounds are ours."""
    for name, value, lowest, highest in (
        ("horizon", horizon_days, 1, 3650),
        ("confirm-days", confirm_days, 0, 365),
        ("draws", draws, 100, 100_000),
    ):
        if not lowest <= value <= highest:
            raise RespiteError(
                _("--{name} is {value}.").format(name=name, value=value),
                _("{lowest} to {highest}.").format(lowest=lowest, highest=highest),
                _("--{name} {nearest}.").format(
                    name=name, nearest=min(max(value, lowest), highest)
                ),
            )


def refuse_large(draws: int, days: float) -> None:
    """Refuse what would fill the memory of a laptop."""
    most = floor(MOST_CELLS / days)
    if draws > most:
        raise RespiteError(
            _("{draws} draws over {days:.0f} days are asked for.").format(draws=draws, days=days),
            _("at most {most} draws over so many days.").format(most=most),
            _("--draws {most}, or a shorter --horizon.").format(most=most),
        )


def refuse_late_marks(marks: Sequence[TimeMark], last_day: float) -> None:
    """Refuse to answer for a time that is not looked at."""
    for mark in marks:
        if mark.hours > last_day * DAY_H:
            raise RespiteError(
                _("The time {time} lies beyond the horizon.").format(time=mark.text),
                _("at most day {day} from the first dose.").format(day=f"{last_day:g}"),
                _("an earlier time, or a longer --horizon."),
            )


def refuse_unassessable(patient: Patient, threshold: Threshold) -> None:
    """Refuse a threshold that the usual pain of the patient cannot reach."""
    pain = patient.baseline_pain
    if pain is UNKNOWN or (pain > 0 and threshold.is_assessable(pain)):
        return
    raise OutOfScope(
        _("Usual pain is {pain:g} of 10, and relief of {threshold} is asked for.").format(
            pain=pain, threshold=threshold.value
        ),
        _("usual pain from which that much relief is possible."),
        _("--threshold 30%, or check --baseline-pain."),
    )
