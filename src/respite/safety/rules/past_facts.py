"""What follows from a dosing history: days with ketamine, sessions, the last course."""

from __future__ import annotations

from datetime import date
from math import inf

from respite.domain import DosingHistory, Drug, convert
from respite.domain import translate as _
from respite.safety.rules.known import FactsNotUnderstood, Value
from respite.safety.rules.plan_facts import DAY_H, days_in_a_row

HALF_A_YEAR, YEAR = 180, 365
"""Days over which facts of the course are counted, as their names say."""


def past_facts(history: DosingHistory, at: date) -> dict[str, Value]:
    """Give the facts of rules that follow from what was given.

    A day with ketamine counts as one session, however many doses it had. A course of several days
    is an infusion, or infusions, on days in a row.

    Parameters
    ----------
    history
        What was given.
    at
        The day on which is asked.

    Raises
    ------
    FactsNotUnderstood
        Where a dose was given after that day.
    """
    days: set[int] = set()
    infused: set[int] = set()
    for dose in history.doses:
        start = dose.start.date()
        if start > at:
            raise FactsNotUnderstood(
                _("The history has a dose on {date}, which lies after {on}.").format(
                    date=start.isoformat(), on=at.isoformat()
                ),
                _("doses of the past."),
                _("check the date, or say with --on for which day is asked."),
            )
        if dose.drug is Drug.PLACEBO:
            continue
        hours = float(dose.duration_min / 60)
        into_day = convert(dose.start.hour * 60 + dose.start.minute, "min", "h")
        # The last day of an infusion is the one in which its last hour falls.
        lasting = range(int(max(into_day + hours - 1 / 60, 0) // DAY_H) + 1)
        given = {start.toordinal() + day for day in lasting}
        days |= given
        infused |= given if hours else set()
    today = at.toordinal()
    return {
        "plan.first_exposure": not days,
        "course.sessions_completed": len(days),
        "course.sessions_365d": sum(today - YEAR < day <= today for day in days),
        "course.exposure_days_180": sum(today - HALF_A_YEAR < day <= today for day in days),
        "course.months_continuous": _months_without_a_break(days, today),
        "plan.days_since_last_multiday_course": _days_since_course(infused, today),
    }


def _days_since_course(infused: set[int], today: int) -> float:
    ends = [run[-1] for run in days_in_a_row(infused) if len(run) > 1]
    return max(today - ends[-1], 0) if ends else inf


def _months_without_a_break(days: set[int], today: int) -> float:
    runs = days_in_a_row(days)
    if not runs or runs[-1][-1] < today - 1:
        return 0
    return convert(len(runs[-1]), "days", "months")
