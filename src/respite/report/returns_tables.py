"""Tables of what visits told about a group."""

from __future__ import annotations

from bisect import bisect_right
from typing import TYPE_CHECKING, Any

from respite.domain import translate as _
from respite.report.numerals import brief, percent, rounded
from respite.report.tables import Table

if TYPE_CHECKING:
    from respite.evidence import Difference, GroupReturns, MeanCount, ReturnTimes, ShareAt

SET_DAYS = (28, 56, 84, 168, 336)
"""Days at which returns for each patient are shown, as far as anybody was watched; ours."""


def returns_tables(answer: ReturnTimes) -> tuple[Table, ...]:
    """Give every table of the answer, in the order in which they are shown."""
    tables = (
        seen_table(answer),
        shares_table(answer),
        differences_table(answer),
        counts_table(answer),
    )
    return tuple(table for table in tables if table)


def seen_table(answer: ReturnTimes) -> Table:
    """Show who was seen in each group, and how their relief ended."""
    head = (
        _("Group"),
        _("patients"),
        _("courses"),
        _("lost on a known day"),
        _("lost between visits"),
        _("not lost yet"),
    )
    rows = tuple(
        (
            _name(group),
            *map(
                str,
                (
                    group.patients,
                    group.courses,
                    group.seen_exactly,
                    group.lost_between_visits,
                    group.not_yet_lost,
                ),
            ),
        )
        for group in answer.groups
    )
    return Table(caption=_("Who was seen"), head=head, rows=rows)


def shares_table(answer: ReturnTimes) -> Table:
    """Show the share that still has relief at the set days, with its 95 % interval."""
    rows = tuple(
        (_("{days} days").format(days=shares[0].day), *map(_share, shares))
        for shares in zip(*(group.shares for group in answer.groups), strict=True)
    )
    return Table(
        caption=_("Relief still holding after the last dose: share (95% interval)"),
        head=(_("After"), *map(_name, answer.groups)),
        rows=rows,
    )


def differences_table(answer: ReturnTimes) -> Table | None:
    """Show how much larger the share is in each group than in the first."""
    if not answer.differences:
        return None
    days = list(dict.fromkeys(one.day for one in answer.differences))
    by_place = {(one.day, one.group): one for one in answer.differences}
    others = list(dict.fromkeys(one.group for one in answer.differences))
    return Table(
        caption=_(
            "Difference of that share from {group}, in percentage points (95% interval)"
        ).format(group=answer.differences[0].minus),
        head=(_("After"), *others),
        rows=tuple(
            (
                _("{days} days").format(days=day),
                *(_difference(by_place[day, other]) for other in others),
            )
            for day in days
        ),
    )


def counts_table(answer: ReturnTimes) -> Table | None:
    """Show how often pain had returned to one patient, by days watched after last doses."""
    counted = [group for group in answer.groups if group.returns_per_patient]
    counts = [group.returns_per_patient for group in counted]
    last = max((count.known_to_day for count in counts if count), default=0)
    if not counted:
        return None
    days = [*(float(day) for day in SET_DAYS if day < last), last]
    return Table(
        caption=_("Returns of pain for each patient, courses laid end to end (95% interval)"),
        head=(_("Days watched"), *map(_name, counted)),
        rows=tuple((rounded(day), *(_count(count, day) for count in counts)) for day in days),
    )


def curve_rows(answer: ReturnTimes) -> list[dict[str, Any]]:
    """Give the curve of each group as rows of a table: the last dose, then every step."""
    rows: list[dict[str, Any]] = []
    for group in answer.groups:
        told = {"group": group.group, "method": group.method}
        begin = {"from_day": 0, "to_day": 0, "share": 1, "low": None, "high": None}
        rows += [{**told, **step} for step in (begin, *(one.to_dict() for one in group.curve))]
    return rows


def between(lowest: float, highest: float) -> str:
    """Write a share, or between which two it lies.

    Examples
    --------
    >>> between(0.25, 0.25), between(0.25, 0.5), between(1.0, 1.0)
    ('25%', '25% to 50%', '100%')
    """
    low, high = observed(lowest), observed(highest)
    return low if low == high else _("{low} to {high}").format(low=low, high=high)


def observed(share: float) -> str:
    """Write a share that was observed: all and none are facts, and said.

    Examples
    --------
    >>> observed(1.0), observed(0.997), observed(0.0)
    ('100%', '>99%', '0%')
    """
    return f"{100 * share:.0f}%" if share in (0, 1) else percent(share)


def _name(group: GroupReturns) -> str:
    return _("everyone") if group.group is None else group.group


def _share(one: ShareAt) -> str:
    if one.interval95 is None:
        return _("not known")
    return _("{share} ({interval})").format(
        share=between(one.lowest, one.highest), interval=between(*one.interval95)
    )


def _difference(one: Difference) -> str:
    if one.difference is None or one.interval95 is None:
        return _("not known")
    low, high = (f"{100 * limit:+.0f}" for limit in one.interval95)
    return _("{difference} ({low} to {high})").format(
        difference=f"{100 * one.difference:+.0f}", low=low, high=high
    )


def _count(count: MeanCount | None, day: float) -> str:
    if count is None or day > count.known_to_day:
        return _("not known")
    place = bisect_right(count.day, day) - 1
    if place < 0:
        return "0"
    return _("{mean} ({low} to {high})").format(
        mean=brief(count.mean[place]), low=brief(count.low[place]), high=brief(count.high[place])
    )
