"""Every plan followed to the same day, so that none gains days by being looked at for longer."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from math import ceil, floor

from respite.domain import DoseEvent, ReliefRule
from respite.forecasting.clock import DAY_H, set_clock
from respite.forecasting.draws import Case, draw_days
from respite.population import Floats, Group

_CLOSELY_DAYS, _THEN_EVERY_DAYS = 14, 3
"""Days after the last dose that are looked at one by one, and how far apart the later ones are:
relief that fades over weeks is straight in between. Ours."""


@dataclass(frozen=True)
class Window:
    """Days from the first dose that count, the same for every plan.

    Attributes
    ----------
    days
        Whole days from the first dose.
    rule
        What counts as relief.
    """

    days: int
    rule: ReliefRule

    def case(self, events: Sequence[DoseEvent]) -> Case:
        """Give the question of days with relief for one plan.

        Parameters
        ----------
        events
            The doses of the plan; they end within the window.
        """
        end_day = floor(last_end_h(events) / DAY_H)
        clock = set_clock(events, (), max(self.days - end_day, 1), ceil(self.rule.confirm_days))
        horizon = float(self.days) * DAY_H
        kept = {horizon, clock.times_h[-1]}
        late = last_end_h(events) + _CLOSELY_DAYS * DAY_H
        times = tuple(
            time
            for time in clock.times_h
            if time <= late or time in kept or time % (_THEN_EVERY_DAYS * DAY_H) == 0
        )
        return Case(events, replace(clock, times_h=times, horizon_h=horizon), self.rule)

    def days_by_drug(self, events: Sequence[DoseEvent], group: Group) -> Floats:
        """Give each person's days with relief by the drug alone, shape ``(people,)``."""
        return draw_days(self.case(events), group)


def common_window(
    plans: Iterable[Sequence[DoseEvent]], horizon_days: int, rule: ReliefRule
) -> Window:
    """Set the window that looks so many days past the last dose of the longest plan.

    Parameters
    ----------
    plans
        The doses of each plan.
    horizon_days
        How far to look after that last dose.
    rule
        What counts as relief.
    """
    last = max(last_end_h(events) for events in plans)
    return Window(ceil(last / DAY_H) + horizon_days, rule)


def last_end_h(events: Sequence[DoseEvent]) -> float:
    """Give the end of the dose that ends last [h]."""
    return max(event.end_h for event in events)
