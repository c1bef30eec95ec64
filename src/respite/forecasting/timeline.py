"""When everything happens: doses given, doses planned, and scores, from the first dose on."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta, tzinfo
from typing import Any

import numpy as np

from respite.domain import (
    DOSE_HOUR,
    Diary,
    DiaryNotUnderstood,
    DoseEvent,
    DosingHistory,
    Regimen,
    RespiteError,
    hours_between,
)
from respite.domain import translate as _
from respite.forecasting.clock import DAY_H
from respite.forecasting.entries import NO_ENTRIES, Entries


@dataclass(frozen=True)
class Timeline:
    """Doses and scores on one clock.

    Attributes
    ----------
    events
        Every dose, given and planned, in hours from the first.
    first
        When the first dose started or starts, where that has a date.
    start
        Date on which the regimen starts, where it has one.
    entries
        The scores; none where there is no diary.
    history, diary
        What was handed over.
    """

    events: tuple[DoseEvent, ...]
    first: datetime | None
    start: str | None
    entries: Entries
    history: DosingHistory | None
    diary: Diary | None

    def history_as_data(self) -> dict[str, Any] | None:
        """Sum up the doses that were given."""
        if self.history is None:
            return None
        doses = self.history.doses
        return {
            "doses": len(doses),
            "first": doses[0].start.isoformat(),
            "last": doses[-1].start.isoformat(),
        }

    def diary_as_data(self) -> dict[str, Any] | None:
        """Give the scores as they were read, and what else the diary holds."""
        diary = self.diary
        if diary is None:
            return None
        moods = [entry.phq9 for entry in diary.entries if entry.phq9 is not None]
        return {
            "scores": len(self.entries),
            "blank": diary.missing_count,
            "late": int(np.sum(self.entries.lateness_h > 0)),
            "day": (self.entries.time_h / DAY_H).tolist(),
            "pain": self.entries.score.tolist(),
            "phq9": {"n": len(moods), "first": moods[0], "last": moods[-1]} if moods else None,
        }


def set_timeline(
    regimen: Regimen | None,
    history: DosingHistory | None,
    diary: Diary | None,
    start: str | None,
) -> Timeline:
    """Put doses and scores on one clock.

    Parameters
    ----------
    regimen
        What is planned.
    history
        What was given.
    diary
        What was written.
    start
        Date of the first planned dose, ``YYYY-MM-DD``; without one, the day
        after the last dose or score, whichever is later.

    Raises
    ------
    RespiteError
        If there is no dose at all, or the plan starts before the last dose that was given.
    DiaryNotUnderstood
        If the diary and the doses cannot be put on one clock.
    """
    if history is None:
        if regimen is None:
            raise RespiteError(
                _("Neither a regimen nor a dosing history was given."),
                _("doses that were given, that are planned, or both."),
                _('--regimen "ketamine 80 mg iv over 2 h", or --history doses.csv.'),
            )
        first = _first_planned(diary, start)
        return Timeline(
            regimen.events(), first, _day_of(first), _entries(diary, first), None, diary
        )
    first = history.first_dose_start
    given = history.events()
    entries = _entries(diary, first)
    if regimen is None:
        return Timeline(given, first, None, entries, history, diary)
    last_h = max([event.time_h + event.duration_h for event in given])
    begin = _begin(first, max([last_h, *entries.time_h[-1:]]), start)
    shift = hours_between(first, begin)
    if shift < last_h:
        raise RespiteError(
            _("The regimen would start on {start}, and the last dose was given on {last}.").format(
                start=begin.date(), last=(first + timedelta(hours=last_h)).date()
            ),
            _("a start after the last dose of the history."),
            _("a later --start, or leave the doses that were given out of the regimen."),
        )
    planned = tuple(replace(event, time_h=event.time_h + shift) for event in regimen.events())
    return Timeline((*given, *planned), first, _day_of(begin), entries, history, diary)


def _first_planned(diary: Diary | None, start: str | None) -> datetime | None:
    """Give the start of a plan that nothing was given before."""
    if start is not None:
        return _morning(_date(start), _zone(diary))
    if diary is None or not diary.is_dated:
        return None
    last = diary.entries[-1].at
    assert last is not None
    return _morning(last.date() + timedelta(days=1), last.tzinfo)


def _zone(diary: Diary | None) -> tzinfo | None:
    at = diary.entries[-1].at if diary else None
    return at.tzinfo if at else None


def _begin(first: datetime, last_h: float, start: str | None) -> datetime:
    """Give the start of a plan that follows a history."""
    day = (
        (first + timedelta(hours=float(last_h))).date() + timedelta(days=1)
        if start is None
        else _date(start)
    )
    return _morning(day, first.tzinfo)


def _morning(day: date, zone: tzinfo | None) -> datetime:
    return datetime(day.year, day.month, day.day, DOSE_HOUR, tzinfo=zone)


def _day_of(begin: datetime | None) -> str | None:
    return None if begin is None else begin.date().isoformat()


def _date(start: str) -> date:
    try:
        return date.fromisoformat(start)
    except ValueError:
        raise RespiteError(
            _("The start is {start!r}.").format(start=start[:40]),
            _("a date such as 2026-12-01."),
            _("write year, month and day with hyphens."),
        ) from None


def _entries(diary: Diary | None, first: datetime | None) -> Entries:
    """Give the scores in order of time; blank entries say that nothing was written."""
    if diary is None:
        return NO_ENTRIES
    written = [entry.pain is not None for entry in diary.entries]
    kept = np.flatnonzero(written)
    if not kept.size:
        return NO_ENTRIES
    times = np.asarray(diary.hours_after(first))[kept]
    order = np.argsort(times, kind="stable")
    scores = np.asarray([diary.entries[row].pain for row in kept], dtype=np.float64)
    late = np.asarray(diary.lateness_h(), dtype=np.float64)[kept]
    return Entries(times[order], scores[order], diary.step, late[order])


def refuse_late_diary(entries: Entries, last_day: float) -> None:
    """Refuse a diary that goes on beyond what is looked at."""
    if len(entries) and entries.time_h[-1] > last_day * DAY_H:
        raise DiaryNotUnderstood(
            _("The diary goes on to day {day:.0f} from the first dose.").format(
                day=entries.time_h[-1] / DAY_H
            ),
            _("scores up to the horizon, day {day:.0f}.").format(day=last_day),
            _("a longer --horizon."),
        )


def latest_course(events: Sequence[DoseEvent], starts: Sequence[float]) -> tuple[DoseEvent, ...]:
    """Give the doses of the latest course, from its first dose on."""
    begin = starts[-1]
    return tuple(
        replace(event, time_h=event.time_h - begin) for event in events if event.time_h >= begin
    )
