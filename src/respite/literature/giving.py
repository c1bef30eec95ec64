"""Which way of giving a regimen is, as far as evidence tells ways apart."""

from __future__ import annotations

from itertools import pairwise
from typing import TYPE_CHECKING

from respite.domain import Route

if TYPE_CHECKING:
    from collections.abc import Iterable

    from respite.domain import DoseEvent
    from respite.literature.claim import Giving

SHORT_H = 2
"""An infusion of at most two hours counts as short, as the claims about it say."""

DAY_H = 24
"""Giving that spans more than a day is no single infusion any more."""

BY_ROUTE: dict[Route, Giving] = {
    Route.SC: "subcutaneous",
    Route.ORAL: "oral",
    Route.SUBLINGUAL: "oral",
    Route.BUCCAL: "oral",
    Route.INTRANASAL: "nasal",
}
"""Routes that name their way of giving; the others are told apart by time."""


def ways_of_giving(events: Iterable[DoseEvent]) -> tuple[Giving, ...]:
    """Name the ways of giving of some doses.

    Parameters
    ----------
    events
        What is given, such as the events of a regimen.

    Examples
    --------
    >>> from respite.domain import Regimen
    >>> ways_of_giving(Regimen.parse("ketamine 0.5 mg/kg iv over 40 min").events())
    ('single_short_infusion',)
    >>> ways_of_giving(Regimen.parse("ketamine 25 mg/h iv for 5 days").events())
    ('multi_day_infusion',)
    >>> ten = Regimen.parse("ketamine 0.5 mg/kg iv over 40 min daily x10")
    >>> ways_of_giving(ten.events())
    ('repeated_infusions',)
    """
    events = tuple(events)
    found: list[Giving] = [BY_ROUTE[event.route] for event in events if event.route in BY_ROUTE]
    injected = [event for event in events if event.route not in BY_ROUTE]
    if injected:
        found.append(_by_time([(event.time_h, event.end_h) for event in injected]))
    return tuple(dict.fromkeys(found))


def _by_time(spans: Iterable[tuple[float, float]]) -> Giving:
    """Tell a short infusion from one over days, and from sessions with breaks between them."""
    ordered = sorted(spans)
    gaps = [later[0] - earlier[1] for earlier, later in pairwise(ordered)]
    whole = max(end for _start, end in ordered) - ordered[0][0]
    if any(gap > SHORT_H for gap in gaps) and whole > DAY_H:
        return "repeated_infusions"
    return "multi_day_infusion" if whole > SHORT_H else "single_short_infusion"
