"""Which diaries are possible: each entry by itself, all together, and beside the patient."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from decimal import Decimal
from typing import TYPE_CHECKING

from respite.domain.clocks import is_zoned
from respite.domain.diary import STEPS_PER_POINT, Diary, DiaryEntry
from respite.domain.errors import DiaryNotUnderstood
from respite.domain.pain import WORST_PAIN
from respite.domain.spelling import quoted
from respite.domain.units import convert
from respite.domain.words import translate as _

if TYPE_CHECKING:
    from respite.domain.patient import Patient

HIGHEST_PHQ9 = 27
"""The PHQ-9 asks nine questions of 0 to 3 points."""

MOST_DAYS = 36_525
"""Ours: a hundred years from the first dose, or to it."""


def in_order(entries: Sequence[DiaryEntry]) -> tuple[DiaryEntry, ...]:
    """Give entries in order of time.

    Raises
    ------
    DiaryNotUnderstood
        Where there is none, one is impossible, or two are for the same time.
    """
    if not entries:
        raise DiaryNotUnderstood(
            _("The diary has no entry."),
            _("at least one."),
            _("leave the diary out where nothing was written."),
        )
    seen: set[datetime | Decimal] = set()
    for number, entry in enumerate(entries, start=1):
        fault = entry_fault(entry) or _clock_fault(entry, entries[0])
        if fault is None and time_of(entry) in seen:
            fault = _("another entry is for the same time.")
        if fault is not None:
            raise DiaryNotUnderstood(
                _("Entry {number} of the diary: {fault}").format(number=number, fault=fault),
                _("scores from 0 to 10, each for a time of its own."),
                _("correct the entry, or leave it out."),
            )
        seen.add(time_of(entry))
    if entries[0].day is not None:
        return tuple(sorted(entries, key=DiaryEntry.hours_after))
    return tuple(sorted(entries, key=time_of))


def time_of(entry: DiaryEntry) -> datetime | Decimal:
    """Give the time or the day of an entry, whichever it has."""
    time = entry.at if entry.day is None else entry.day
    assert time is not None
    return time


def check_diary_fits(diary: Diary, patient: Patient) -> None:
    """Refuse a diary that cannot be that of the patient.

    Parameters
    ----------
    diary
        The diary.
    patient
        The patient; ``age`` is taken to be that at the last entry, give or
        take the year that an age in whole years leaves open.

    Raises
    ------
    DiaryNotUnderstood
        Where an entry is from before the patient was born.
    """
    if not isinstance(patient.age, (int, float)):
        return
    first, last = time_of(diary.entries[0]), time_of(diary.entries[-1])
    if isinstance(first, datetime) and isinstance(last, datetime):
        hours = (last - first).total_seconds() / 3_600
    else:
        hours = diary.entries[-1].hours_after() - diary.entries[0].hours_after()
    years = convert(hours, "h", "years")
    if years > patient.age + 1:
        raise DiaryNotUnderstood(
            _("The diary spans {years:.0f} years, and the patient is {age:g} years old.").format(
                years=years, age=patient.age
            ),
            _("no entry from before birth."),
            _("check the age, and the year of the first and last entries."),
        )


def pain_fault(pain: float | Decimal) -> str | None:
    """Say why a number is no pain score, or ``None`` where it is one."""
    if not 0 <= pain <= WORST_PAIN:
        return _("{value} is not a pain score.").format(value=quoted(pain))
    finest = STEPS_PER_POINT[-1]
    if round(pain * finest) / finest != float(pain):
        return _("{value} is finer than anyone can tell.").format(value=quoted(pain))
    return None


def entry_fault(entry: DiaryEntry) -> str | None:
    """Say what is impossible in one entry, or ``None``."""
    if (entry.at is None) == (entry.day is None):
        return _("it needs a date or a day, and not both.")
    if entry.day is not None and not (entry.day.is_finite() and abs(entry.day) <= MOST_DAYS):
        return _("{value} is not a day.").format(value=quoted(entry.day))
    if entry.phq9 is not None and not (
        0 <= entry.phq9 <= HIGHEST_PHQ9 and entry.phq9 == int(entry.phq9)
    ):
        return _("{value} is not a total of the PHQ-9.").format(value=quoted(entry.phq9))
    return entered_fault(entry) or (None if entry.pain is None else pain_fault(entry.pain))


def entered_fault(entry: DiaryEntry) -> str | None:
    """Say why an entry cannot have been written when it says, or ``None``."""
    if entry.entered_at is None:
        return None
    if entry.at is None:
        return _("when it was written cannot be told beside a day without a date.")
    if is_zoned(entry.at) != is_zoned(entry.entered_at):
        return _("only one of its two times has a time zone.")
    entered = (
        entry.entered_at.astimezone(entry.at.tzinfo) if is_zoned(entry.at) else entry.entered_at
    )
    if entered.date() < entry.at.date():
        return _("it was written before the day for which it stands.")
    return None


def _clock_fault(entry: DiaryEntry, first: DiaryEntry) -> str | None:
    """Say why two entries cannot stand in one diary, or ``None``."""
    if (entry.at is None) != (first.at is None):
        return _("some entries have a date, and others a day.")
    if entry.at and first.at and is_zoned(entry.at) != is_zoned(first.at):
        return _("only some times have a time zone.")
    return None
