"""What follows from a regimen: how much is given, how fast, how often, on how many days."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterable, Sequence
from itertools import groupby, pairwise
from math import ceil, floor, inf

from respite.domain import DoseEvent, Drug, Form, Regimen, Route, convert
from respite.safety.rules.known import Value

DAY_H = convert(1, "days", "h")


def plan_facts(regimen: Regimen, weight_kg: float | None) -> tuple[dict[str, Value], ...]:
    """Give the facts of rules that follow from a plan, for each way in which drugs are given.

    What needs a weight that is not known stays unknown.

    Parameters
    ----------
    regimen
        The plan.
    weight_kg
        Body weight [kg], or ``None``.
    """
    ways: dict[tuple[Drug, Route, Form], list[DoseEvent]] = {}
    for event in regimen.events():
        ways.setdefault((event.drug, event.route, event.form), []).append(event)
    return tuple(_facts_of_way(events, weight_kg) for events in ways.values())


def sessions_of(events: Sequence[DoseEvent]) -> list[list[DoseEvent]]:
    """Put together doses of which one starts before, or just when, the others have ended."""
    sessions: list[list[DoseEvent]] = []
    end = -inf
    for event in events:
        if sessions and event.time_h <= end:
            sessions[-1].append(event)
        else:
            sessions.append([event])
        end = max(end, event.end_h)
    return sessions


def days_in_a_row(days: Iterable[int]) -> list[list[int]]:
    """Cut days into runs without a gap, in order.

    Examples
    --------
    >>> days_in_a_row([3, 1, 2, 7])
    [[1, 2, 3], [7]]
    """
    ordered = sorted(set(days))
    runs = groupby(enumerate(ordered), key=lambda pair: pair[1] - pair[0])
    return [[day for _place, day in run] for _start, run in runs]


def _facts_of_way(events: Sequence[DoseEvent], weight_kg: float | None) -> dict[str, Value]:
    first = events[0]
    sessions = sessions_of(events)
    runs = days_in_a_row(day for event in events for day in _days_of(event))
    longest_run = max(map(len, runs))
    known: dict[str, Value] = {
        "plan.drug": str(first.drug),
        "plan.route": str(first.route),
        "plan.infusion_hours": max(event.duration_h for event in events),
        "plan.infusion_hours_total": max(_infusion_hours(events, run) for run in runs),
        "plan.interval_days": _shortest_interval_days(sessions),
        "plan.consecutive_days": longest_run,
        "plan.burst_days": longest_run,
        "plan.repeated_dosing": len(sessions) > 1 or longest_run > 1,
    }
    if first.route is not Route.ORAL or first.form is not Form.PLAIN:
        known["plan.liquid_oral"] = first.form is Form.SOLUTION
    return known | _in_mg(events, sessions, weight_kg) | _per_kg(events, weight_kg)


def _in_mg(
    events: Sequence[DoseEvent], sessions: list[list[DoseEvent]], weight_kg: float | None
) -> dict[str, Value]:
    if weight_kg is None and any(event.is_per_kg for event in events):
        return {}
    amounts = [event.amount_mg(weight_kg) for event in events]
    placed = {id(event): amount for event, amount in zip(events, amounts, strict=True)}
    return {
        "plan.single_dose_mg": max(_given_at_once(events, amounts)),
        "plan.daily_dose_mg": _most_in_a_day(events, amounts),
        "plan.total_dose_mg": max(sum(placed[id(event)] for event in one) for one in sessions),
    }


def _per_kg(events: Sequence[DoseEvent], weight_kg: float | None) -> dict[str, Value]:
    if weight_kg is None and not all(event.is_per_kg for event in events):
        return {}
    amounts = [
        event.amount if event.is_per_kg else event.amount / (weight_kg or inf) for event in events
    ]
    pushed = [
        (event, amount)
        for event, amount in zip(events, amounts, strict=True)
        if event.route is Route.IV and not event.duration_h
    ]
    boluses = _given_at_once([event for event, _amount in pushed], [a for _event, a in pushed])
    return {
        "plan.bolus_mg_per_kg": max(boluses, default=0),
        "plan.infusion_mg_per_kg_h": _fastest(events, amounts),
    }


def _given_at_once(events: Sequence[DoseEvent], amounts: Sequence[float]) -> list[float]:
    """Give single doses; what is given at one moment, and not run in, is one dose."""
    moments: dict[float, float] = {}
    for event, amount in zip(events, amounts, strict=True):
        if not event.duration_h:
            moments[event.time_h] = moments.get(event.time_h, 0) + amount
    infused = [a for event, a in zip(events, amounts, strict=True) if event.duration_h]
    return [*moments.values(), *infused]


def _fastest(events: Sequence[DoseEvent], amounts: Sequence[float]) -> float:
    """Give the highest rate; infusions that run at the same time add up."""
    infusions = [(e, a) for e, a in zip(events, amounts, strict=True) if e.duration_h]
    changes = [(e.time_h, 1, a / e.duration_h) for e, a in infusions]
    changes += [(e.end_h, 0, -a / e.duration_h) for e, a in infusions]
    rate = fastest = 0
    # At one time, what ends is taken off before what starts is added.
    for _time, _starts, change in sorted(changes):
        rate += change
        fastest = max(fastest, rate)
    return fastest


def _most_in_a_day(events: Sequence[DoseEvent], amounts: Sequence[float]) -> float:
    """Give the most within any 24 hours; the most lies where a dose starts or ends."""
    starts = [event.time_h for event in events]
    longest = max(event.duration_h for event in events)
    froms = {start for start in starts} | {event.end_h - DAY_H for event in events}
    return max(
        sum(
            amounts[place] * _share(events[place], begin)
            for place in range(
                bisect_left(starts, begin - longest), bisect_left(starts, begin + DAY_H)
            )
        )
        for begin in froms
    )


def _share(event: DoseEvent, begin: float) -> float:
    """Give the share of a dose that falls into the 24 hours from some hour on."""
    if not event.duration_h:
        return 1 if begin <= event.time_h < begin + DAY_H else 0
    within = min(event.end_h, begin + DAY_H) - max(event.time_h, begin)
    return max(within, 0) / event.duration_h


def _days_of(event: DoseEvent) -> range:
    first = floor(event.time_h / DAY_H)
    return range(first, max(ceil(event.end_h / DAY_H), first + 1))


def _infusion_hours(events: Sequence[DoseEvent], run: Sequence[int]) -> float:
    return sum(e.duration_h for e in events if run[0] <= floor(e.time_h / DAY_H) <= run[-1])


def _shortest_interval_days(sessions: list[list[DoseEvent]]) -> float:
    gaps = [b[0].time_h - a[0].time_h for a, b in pairwise(sessions)]
    return min(gaps) / DAY_H if gaps else inf
