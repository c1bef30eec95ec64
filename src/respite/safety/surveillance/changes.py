"""Does the dose creep up, and do intervals shrink? Early days held against late ones."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from itertools import pairwise
from statistics import fmean

from respite.domain import Drug, Route
from respite.safety.surveillance.given_days import DatedDose

FEWEST = 4
"""Ours: fewer days, or intervals, cannot be told early from late."""


def dose_rise(doses: Sequence[DatedDose]) -> float | None:
    """Say how far the daily dose rose, in percent of its early half.

    Each drug and route is looked at by itself, since milligrams of different
    ones are not alike; the largest rise counts.

    Parameters
    ----------
    doses
        Doses of one window of time.

    Returns
    -------
    Percent, below zero where the dose fell; ``None`` where no drug was given
    by one route on at least four days.
    """
    by_kind: dict[tuple[Drug, Route, bool], dict[date, float]] = {}
    for dose in doses:
        daily = by_kind.setdefault((dose.drug, dose.route, dose.is_per_kg), {})
        daily[dose.first] = daily.get(dose.first, 0) + dose.amount
    rises = [_rise([daily[day] for day in sorted(daily)]) for daily in by_kind.values()]
    return max((rise for rise in rises if rise is not None), default=None)


def interval_fall(doses: Sequence[DatedDose], *, is_by_course: bool) -> float | None:
    """Say how far the intervals between days with a dose shrank, in percent of the early ones.

    Parameters
    ----------
    doses
        Doses of one window of time.
    is_by_course
        Whether days in a row are one course, and only the time between
        courses is an interval; so it is where infusions go on for days.

    Returns
    -------
    Percent, below zero where intervals grew; ``None`` with fewer than four.
    """
    days = sorted({dose.first for dose in doses})
    gaps = [(later - early).days for early, later in pairwise(days)]
    if is_by_course:
        gaps = [gap for gap in gaps if gap > 1]
    rise = _rise(gaps)
    return None if rise is None else -rise


def _rise(values: Sequence[float]) -> float | None:
    if len(values) < FEWEST:
        return None
    half = len(values) // 2
    early, late = fmean(values[:half]), fmean(values[-half:])
    return 100 * (late / early - 1)
