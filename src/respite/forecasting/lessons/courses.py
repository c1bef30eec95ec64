"""Relief course by course: does it shrink, and does ketamine beat placebo in this person?"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import replace

import numpy as np
from numpy.typing import NDArray

from respite.domain import DoseEvent, Drug
from respite.domain import translate as _
from respite.forecasting.clock import DAY_H
from respite.forecasting.entries import watched_times
from respite.forecasting.learning.posterior import Posterior
from respite.forecasting.learning.setting import Setting
from respite.forecasting.lessons.learnt import BeatsPlacebo, CourseRelief, Courses, Three, Tolerance
from respite.population import (
    Floats,
    Group,
    PainCourses,
    People,
    course_starts,
    draw_group,
    quantiles,
    simulate_pain,
)

_PEOPLE = 600
_AFTER_DAYS, _COMPARED_DAYS = 14, 28
"""Relief of a course is that of two weeks after it; it is compared over four."""

MARGIN = 10 / 100
"""Relief of a tenth of untreated pain more than placebo counts as beating it; ours."""


def relief_by_course(setting: Setting, found: Posterior) -> Courses:
    """Give the relief after each course, and whether later ones need more exposure.

    Parameters
    ----------
    setting
        The person and the diary.
    found
        The draws that fit.
    """
    if not setting.given:
        because = _("the diary ends before the first dose")
        return Courses(courses=(), tolerance=None, because=because)
    stretches = _stretches(setting.given)
    rows = _some(found.rows)
    asked = [_daily(end, min(end + _AFTER_DAYS * DAY_H, until)) for _s, end, until in stretches]
    group = found.group.pick(rows)
    curves = _follow(group, setting.given, np.concatenate(asked))
    relief = curves.relief(with_placebo=True)
    courses = tuple(
        CourseRelief(
            course=number,
            from_day=start / DAY_H,
            to_day=end / DAY_H,
            relief=_spread(np.mean(relief[:, np.searchsorted(curves.times_h, times)], axis=1)),
        )
        for number, ((start, end, _u), times) in enumerate(zip(stretches, asked, strict=True), 1)
    )
    if len(courses) == 1:
        return Courses(courses=courses, tolerance=None, because=_("there is one course only"))
    needs = found.group.needs
    growth = needs.numbers["course_tolerance"][found.rows]
    responds = needs.slow[found.rows] > 0
    if not np.any(responds):
        return Courses(
            courses=courses, tolerance=None, because=_("the drug gives no lasting relief")
        )
    people = People(found.group.people.seed, len(growth))
    spread = setting.parameters["course_tolerance"].between_patients_sd or 0
    tolerance = Tolerance(
        per_doubling=_three(np.expm1(growth[responds])),
        chance_shrinking=float(np.mean(growth[responds] > 0)),
        before=_three(np.expm1(spread * people.normals("tolerance before"))),
    )
    return Courses(courses=courses, tolerance=tolerance, because=None)


def beats_placebo(setting: Setting, found: Posterior) -> BeatsPlacebo | None:
    """Compare ketamine with the same sessions of placebo, where courses differ enough to tell.

    Parameters
    ----------
    setting
        The person and the diary.
    found
        The draws that fit.

    Returns
    -------
    The comparison; ``None`` where every course was the same, or none was given.
    """
    if not setting.given:
        return None
    stretches = _stretches(setting.given)
    by_course = [_doses_within(setting.given, start, end) for start, end, _u in stretches]
    placebo = [all(dose.drug is Drug.PLACEBO for dose in doses) for doses in by_course]
    sizes = {_size(doses) for doses in by_course}
    drug = [number for number, is_placebo in enumerate(placebo) if not is_placebo]
    if not drug or (not any(placebo) and len(sizes) == 1):
        return None
    start, end, _until = stretches[drug[-1]]
    times = _daily(start, end + _COMPARED_DAYS * DAY_H)
    doses = tuple(replace(dose, time_h=dose.time_h - start) for dose in by_course[drug[-1]])
    after = _gains(found.group.pick(_some(found.rows)), doses, times - start)
    prior = draw_group(
        setting.library,
        setting.patient,
        People(found.group.people.seed, _PEOPLE),
        kinetics=setting.kinetics,
        condition=setting.condition,
    )
    before = _gains(prior, doses, times - start)
    return BeatsPlacebo(
        chance=float(np.mean(after >= MARGIN)),
        before=float(np.mean(before >= MARGIN)),
        margin=MARGIN,
        difference=_spread(after),
        placebo_courses=sum(placebo),
        because=None if any(placebo) else _("no course of placebo, only courses of other doses"),
    )


def _size(doses: Sequence[DoseEvent]) -> frozenset[tuple[tuple[str, str, bool], float]]:
    """Give how much of what was given by which route: milligrams, or milligrams per kilogram.

    A millionth more or less is rounding: infusions of equal parts add up to nearly equal sums.
    """
    amounts: defaultdict[tuple[str, str, bool], float] = defaultdict(float)
    for dose in doses:
        amounts[dose.drug, dose.route, dose.is_per_kg] += dose.amount
    return frozenset((what, round(amount, 6)) for what, amount in amounts.items())


def _gains(group: Group, doses: Sequence[DoseEvent], times_h: Floats) -> Floats:
    """Give what the drug adds to the mean relief of each draw."""
    curves = _follow(group, doses, times_h)
    places = np.searchsorted(curves.times_h, times_h)
    felt = curves.relief(with_placebo=True)[:, places]
    return np.mean(felt - (1 - curves.left_by_placebo[:, places]), axis=1)


def _follow(group: Group, events: Sequence[DoseEvent], asked_h: Floats) -> PainCourses:
    near = watched_times(events, float(asked_h.max()))
    times = np.unique(np.concatenate([[0], asked_h, near]))
    return simulate_pain(group, events, times.tolist())


def _stretches(events: Sequence[DoseEvent]) -> list[tuple[float, float, float]]:
    """Give the start and end of each course [h], and the start of the next."""
    starts = course_starts(events)
    return [
        (
            start,
            max(event.time_h + event.duration_h for event in _doses_within(events, start, until)),
            until,
        )
        for start, until in zip(starts, (*starts[1:], np.inf), strict=False)
    ]


def _doses_within(events: Sequence[DoseEvent], start: float, until: float) -> list[DoseEvent]:
    return [event for event in events if start <= event.time_h < until or event.time_h == start]


def _daily(start: float, until: float) -> Floats:
    return np.arange(start + DAY_H / 2, until, DAY_H)


def _some(rows: NDArray[np.intp]) -> NDArray[np.intp]:
    return rows[np.linspace(0, len(rows) - 1, min(_PEOPLE, len(rows))).astype(np.intp)]


def _spread(values: Floats) -> Three:
    low, high = quantiles(values, 10 / 100, 90 / 100)
    return (float(low), float(np.mean(values)), float(high))


def _three(values: Floats) -> Three:
    low, middle, high = quantiles(values, 10 / 100, 0.5, 90 / 100)
    return (float(low), float(middle), float(high))
