"""How far a written dose may stray before it is taken for a slip of the pen.

These bounds are ours. They are bounds of plausibility, far above anything
given to people, and not advice: what is within them may still be dangerous,
which is for the rules of safety to say.
"""

from __future__ import annotations

from respite.domain.words import translate as _

GREATEST_HOURLY_MG = 2_000
GREATEST_HOURLY_MG_PER_KG = 30
"""Most that may be given within one hour, at once or as an infusion."""

GREATEST_DAILY_MG = 20_000
GREATEST_DAILY_MG_PER_KG = 200
"""Most that one infusion may deliver within one day."""

LONGEST_INFUSION_DAYS = 60
LONGEST_INTERVAL_DAYS = 731
LONGEST_COURSE_DAYS = 3_653
"""An infusion of two months, a gap of two years, a course of ten years."""

SHORTEST_INTERVAL_SECONDS = 60
MOST_DOSES = 5_000
"""Doses in one regimen, all parts together."""

HOURS_IN_DAY = 24


def dose_fault(amount: float, duration_h: float, *, is_per_kg: bool) -> str | None:
    """Say which bound of plausibility one dose breaks, or ``None``.

    Parameters
    ----------
    amount
        Milligrams in all, or milligrams per kilogram of body weight.
    duration_h
        Hours over which they are given; zero for a bolus.
    is_per_kg
        Whether ``amount`` is per kilogram.
    """
    if duration_h > LONGEST_INFUSION_DAYS * HOURS_IN_DAY:
        return _("one infusion of at most {days} days.").format(days=LONGEST_INFUSION_DAYS)
    hourly = GREATEST_HOURLY_MG_PER_KG if is_per_kg else GREATEST_HOURLY_MG
    daily = GREATEST_DAILY_MG_PER_KG if is_per_kg else GREATEST_DAILY_MG
    unit = "mg/kg" if is_per_kg else "mg"
    if amount / max(duration_h, 1) > hourly:
        return _("at most {hourly} {unit} within an hour.").format(hourly=hourly, unit=unit)
    if amount * HOURS_IN_DAY / max(duration_h, HOURS_IN_DAY) > daily:
        return _("at most {daily} {unit} within a day.").format(daily=daily, unit=unit)
    return None
