"""Puts the doses and observations of a subject into rows, in an order that reads back the same."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace

from respite.domain.data_set import Episode, Observation, SteadyDose, Subject
from respite.domain.dosing import DoseEvent
from respite.domain.record_cells import CARRIES, DOSES, OBSERVES, RESETS, RESETS_AND_DOSES
from respite.domain.record_repeats import Happening, Repeated, with_repeats

Item = Observation | SteadyDose | Repeated
"""What stands in a row of its own."""


@dataclass(frozen=True, kw_only=True)
class Row:
    """One row to be written.

    Parameters
    ----------
    time_h, kind
        TIME and EVID.
    event
        The dose, if any.
    interval_h, additional, steady
        II, ADDL and SS.
    observation
        The observation, if any.
    """

    time_h: float
    kind: int
    event: DoseEvent | None = None
    interval_h: float = 0
    additional: int = 0
    steady: int = 0
    observation: Observation | None = None


def rows_of_subject(subject: Subject, *, compress: bool) -> list[Row]:
    """Give the rows of one subject in order of time."""
    rows: list[Row] = []
    seen: dict[int, list[Observation]] = {}
    for one in subject.observations:
        seen.setdefault(one.episode, []).append(one)
    for index, episode in enumerate(subject.episodes):
        items = with_repeats(_in_order(episode, seen.get(index, ())), compress=compress)
        rows += _rows_of_episode(episode, items, is_first=index == 0)
    last = subject.episodes[-1]
    ends = [event.end_h for event in last.doses] + [row.time_h for row in rows[-1:]]
    if max(ends, default=last.start_h) < last.end_h:
        rows.append(Row(time_h=last.end_h, kind=CARRIES))
    return _with_changes(rows, [change.time_h for change in subject.covariate_changes])


def _in_order(episode: Episode, seen: Iterable[Observation]) -> Iterator[Happening]:
    """Give what happens in an episode one after another, each level behind the doses it counts."""
    events, steady = 0, 0
    for one in seen:
        yield from _doses(episode, (events, one.events_before), (steady, one.steady_before))
        events, steady = one.events_before, one.steady_before
        yield one
    yield from _doses(episode, (events, len(episode.events)), (steady, len(episode.steady)))


def _doses(
    episode: Episode, events: tuple[int, int], steady: tuple[int, int]
) -> list[SteadyDose | DoseEvent]:
    given = [*episode.steady[slice(*steady)], *episode.events[slice(*events)]]
    return sorted(given, key=_time)


def _time(item: SteadyDose | DoseEvent) -> float:
    return item.event.time_h if isinstance(item, SteadyDose) else item.time_h


def _rows_of_episode(episode: Episode, items: Iterable[Item], *, is_first: bool) -> list[Row]:
    rows = [_row(item) for item in items]
    starts = bool(rows) and rows[0].time_h == episode.start_h
    if starts and rows[0].steady:
        # Steady state alone resets, and in the first row there is nothing to reset.
        return [replace(rows[0], steady=1), *rows[1:]]
    if is_first:
        return rows if starts else [Row(time_h=episode.start_h, kind=CARRIES), *rows]
    if starts and rows[0].kind == DOSES:
        return [replace(rows[0], kind=RESETS_AND_DOSES), *rows[1:]]
    return [Row(time_h=episode.start_h, kind=RESETS), *rows]


def _row(item: Item) -> Row:
    if isinstance(item, Observation):
        return Row(time_h=item.time_h, kind=OBSERVES, observation=item)
    if isinstance(item, SteadyDose):
        time_h = item.event.time_h
        return Row(
            time_h=time_h, kind=DOSES, event=item.event, interval_h=item.interval_h, steady=2
        )
    return Row(
        time_h=item.event.time_h,
        kind=DOSES,
        event=item.event,
        interval_h=item.interval_h,
        additional=item.additional,
    )


def _with_changes(rows: list[Row], changes_h: Iterable[float]) -> list[Row]:
    """Add a row wherever a covariate changes and no other row stands."""
    standing = {row.time_h for row in rows}
    added = [Row(time_h=time, kind=CARRIES) for time in changes_h if time not in standing]
    # The rows are in order already, and sorting leaves rows of one time as they stand.
    return sorted([*rows, *added], key=lambda row: row.time_h)
