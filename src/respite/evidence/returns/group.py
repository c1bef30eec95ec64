"""From the visits of one group to the times at which pain returned."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from respite.domain import translate as _
from respite.evidence.returns.answer import GroupReturns, MeanCount, MedianTime, ShareAt, Step
from respite.evidence.returns.bands import (
    Agreed,
    Band,
    Draws,
    bootstrap,
    falling,
    greenwood,
    with_ends,
)
from respite.evidence.returns.curve import DUST, Losses, fitted
from respite.evidence.returns.innermost import Floats, Places
from respite.evidence.returns.mean_count import mean_cumulative
from respite.evidence.returns.staircase import Staircase

if TYPE_CHECKING:
    from respite.domain import CourseSeen, Visits

SET_DAYS = (7, 14, 28, 56, 84)
"""Days after the last dose at which shares are given: those of a forecast."""


@dataclass(frozen=True)
class Seen:
    """What was seen of the patients of one group, as arrays.

    Parameters
    ----------
    left, right
        Days between which relief was lost, shape ``(courses,)``.
    owner
        Number of the patient of each course, shape ``(courses,)``.
    people
        How many patients there are.
    """

    left: Floats
    right: Floats
    owner: Places
    people: int

    @classmethod
    def of(cls, visits: Visits) -> Seen:
        """Read visits; the order and the names of patients leave no trace."""
        patients = sorted([_days(course) for course in own] for own in visits.by_patient())
        rows = [(*days, owner) for owner, own in enumerate(patients) for days in own]
        left, right, owner = np.array(rows, dtype=np.float64).T
        return cls(left, right, owner.astype(np.intp), len(patients))

    def losses(self, counts: Floats) -> Losses:
        """Give the losses of a group in which each patient counts so many times."""
        weights = counts[self.owner]
        there = weights > 0
        return Losses(self.left[there], self.right[there], weights[there])

    @cached_property
    def everyone(self) -> Losses:
        """The losses of the group as it is."""
        return self.losses(np.ones(self.people))

    @property
    def has_repeats(self) -> bool:
        """Whether anybody had more than one course."""
        return len(self.owner) > self.people

    def agreed(self, curve: Staircase, days: Floats) -> Agreed:
        """Count the patients who agree where everybody or nobody has relief."""
        has_any = curve.lowest(days) > 0
        known = np.empty(len(days))
        for place, day in enumerate(days):
            has = (self.left >= day) & (self.right > day)
            known[place] = self._patients(has if has_any[place] else self.right <= day)
        first = curve.starts[0] if len(curve.starts) else curve.known_to
        return Agreed(self._patients(self.left >= first), known)

    def _patients(self, courses: NDArray[np.bool_]) -> float:
        """Count the patients of some courses."""
        return float(len(np.unique(self.owner[courses])))


def group_returns(visits: Visits, draws: Draws, name: str | None = None) -> GroupReturns:
    """Find when pain returned in one group.

    Parameters
    ----------
    visits
        What was seen of it.
    draws
        How groups are drawn for a band, where it has to be drawn.
    name
        Name of the group.
    """
    seen = Seen.of(visits)
    found = fitted(seen.everyone)
    is_closed = seen.everyone.are_exact and not seen.has_repeats
    days = np.union1d(found.curve.ends, SET_DAYS)
    band = _band(seen, found.curve, days, draws)
    steps = _steps(found.curve, days, band)
    courses = visits.courses
    known_to = found.curve.known_to
    return GroupReturns(
        group=name,
        patients=seen.people,
        courses=len(courses),
        seen_exactly=sum(course.is_exact for course in courses),
        lost_between_visits=sum(not (one.is_exact or one.is_ongoing) for one in courses),
        not_yet_lost=sum(course.is_ongoing for course in courses),
        method="kaplan-meier" if seen.everyone.are_exact else "npmle",
        band="greenwood-log-log" if is_closed else "bootstrap",
        known_to_day=known_to if np.isfinite(known_to) else None,
        median=_median(steps, known_to),
        shares=tuple(_share(day, found.curve, days, band) for day in SET_DAYS),
        curve=steps,
        returns_per_patient=_mean_count(visits) if seen.has_repeats else None,
        diagnostics={"gap": found.gap, "rounds": found.rounds},
    )


def _days(course: CourseSeen) -> tuple[float, float]:
    gone = course.first_without_day
    return course.last_with_day, np.inf if gone is None else gone


def _band(seen: Seen, curve: Staircase, days: Floats, draws: Draws) -> Band:
    if seen.everyone.are_exact and not seen.has_repeats:
        band = greenwood(seen.everyone, days)
    else:
        band = bootstrap(seen.losses, seen.people, curve, days, draws)
    band = with_ends(band, curve.lowest(days), curve.highest(days), seen.agreed(curve, days))
    return falling(band, days, curve.ends)


def _steps(curve: Staircase, days: Floats, band: Band) -> tuple[Step, ...]:
    places = np.searchsorted(days, curve.ends)
    columns = (curve.starts, curve.ends, curve.after, band[0][places], band[1][places])
    return tuple(
        Step(from_day=start, to_day=end, share=share, low=min(low, share), high=max(high, share))
        for start, end, share, low, high in zip(
            *(column.tolist() for column in columns), strict=True
        )
    )


def _median(steps: tuple[Step, ...], known_to: float) -> MedianTime:
    half = next((step for step in steps if step.share <= 0.5 + DUST), None)
    low = next((step.from_day for step in steps if step.low <= 0.5), None)
    high = next((step.to_day for step in steps if step.high <= 0.5), None)
    because = None
    if half is None:
        because = _(
            "fewer than half had lost relief by day {day}, the last on which the curve is known"
        ).format(day=f"{known_to:g}")
    return MedianTime(
        from_day=None if half is None else half.from_day,
        to_day=None if half is None else half.to_day,
        interval95=(low, high),
        because=because,
    )


def _share(day: int, curve: Staircase, days: Floats, band: Band) -> ShareAt:
    at = np.array([day], dtype=np.float64)
    lowest, highest = float(curve.lowest(at)[0]), float(curve.highest(at)[0])
    place = int(np.searchsorted(days, day))
    interval = (min(float(band[0][place]), lowest), max(float(band[1][place]), highest))
    if day > curve.known_to:
        because = _("nobody who still had relief was seen after day {day}").format(
            day=f"{curve.known_to:g}"
        )
        return ShareAt(
            day=day, share=None, lowest=0.0, highest=highest, interval95=None, because=because
        )
    because = None
    if highest - lowest > DUST:
        because = _("visits do not tell when relief was lost around this day")
    return ShareAt(
        day=day,
        share=None if because else lowest,
        lowest=lowest,
        highest=highest,
        interval95=interval,
        because=because,
    )


def _mean_count(visits: Visits) -> MeanCount:
    """Lay the days after the courses of each patient end to end, and count returns as seen."""
    events: list[list[float]] = []
    ends: list[float] = []
    for own in sorted(visits.by_patient(), key=lambda own: [_days(course) for course in own]):
        clock, returns = 0.0, list[float]()
        for course in own:
            clock += course.last_seen_day
            if not course.is_ongoing:
                returns.append(clock)
        events.append(returns)
        ends.append(clock)
    found = mean_cumulative(events, ends)
    return MeanCount(
        day=tuple(found.days.tolist()),
        mean=tuple(found.mean.tolist()),
        low=tuple(found.low.tolist()),
        high=tuple(found.high.tolist()),
        known_to_day=found.known_to,
    )
