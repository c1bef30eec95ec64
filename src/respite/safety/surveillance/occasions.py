"""On which day an occasion makes an item due, and the sentence that says why."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import pairwise

from respite.domain import translate as _
from respite.literature import Timing
from respite.safety.surveillance.due import Tier
from respite.safety.surveillance.exposure import Exposure, LongInfusion

_DAY = timedelta(days=1)


@dataclass(frozen=True, kw_only=True)
class Case:
    """What decides when something is due.

    Parameters
    ----------
    on
        The day from which it is looked.
    starts
        The day of the first planned dose; ``None`` without a plan.
    tier
        How often ketamine is given.
    exposure, at_end
        Exposure up to ``on``, and up to the end of the plan where there is one.
    window
        Days that are looked back over.
    soon_again
        Days after a long infusion within which another is soon.
    """

    on: date
    starts: date | None
    tier: Tier
    exposure: Exposure
    at_end: Exposure | None
    window: int
    soon_again: int

    @property
    def begun(self) -> bool:
        """Whether any dose was given."""
        return self.exposure.first_dose is not None

    @property
    def is_over(self) -> bool:
        """Whether treatment ended so long ago that nothing recurs, and none is planned."""
        return self.tier == "none" and self.starts is None

    @property
    def to_come(self) -> Exposure:
        """Exposure with what is planned, or without where nothing is."""
        return self.at_end or self.exposure


@dataclass(frozen=True)
class Occasioned:
    """A day on which something is due, and why."""

    due: date
    because: str


def occasions_of(timing: Timing, case: Case, last: date | None) -> Occasioned | None:
    """Say on which day an occasion makes an item due; ``None`` where it does not.

    Parameters
    ----------
    timing
        The occasion, as the library has it.
    case
        What decides.
    last
        When the item was last done; ``None`` where nobody knows.
    """
    reader = _READERS.get(timing.occasion)
    return None if reader is None else reader(timing, case, last)


def _start(timing: Timing, case: Case, last: date | None) -> Occasioned | None:
    del timing
    if last is not None or case.is_over:
        return None
    if case.begun:
        return Occasioned(
            case.on,
            _("It belongs before the first dose, and nobody said when it was last done: due now."),
        )
    if case.starts is None:
        return None
    return Occasioned(case.starts, _("Before the first dose."))


def _after_start(timing: Timing, case: Case, last: date | None) -> Occasioned | None:
    first = case.exposure.first_dose or case.starts
    if first is None or case.is_over:
        return None
    days = [first + number * _DAY for number in timing.days]
    recent = [day for day in days if 0 <= (case.on - day).days < case.window]
    missed = [day for day in recent if last is None or day > last]
    ahead = [day for day in days if day > case.on]
    if not missed and not ahead:
        return None
    # One look makes up for all that were missed.
    day = missed[-1] if missed else ahead[0]
    return Occasioned(day, _("{days} days after the first dose.").format(days=(day - first).days))


def _again(timing: Timing, case: Case, last: date | None) -> Occasioned | None:
    if timing.occasion != case.tier or timing.every is None:
        return None
    days = int(timing.every.value)
    often = _often(case)
    if last is not None:
        return Occasioned(
            last + days * _DAY,
            _("Every {days} days where {often}; last done on {last}.").format(
                days=days, often=often, last=last.isoformat()
            ),
        )
    if case.begun:
        return Occasioned(
            case.on,
            _(
                "Every {days} days where {often}; nobody said when it was last done: due now."
            ).format(days=days, often=often),
        )
    if case.starts is None:
        return None
    return Occasioned(
        case.starts + days * _DAY,
        _("Every {days} days where {often}.").format(days=days, often=often),
    )


def _often(case: Case) -> str:
    count = case.to_come.days_in_180
    if not case.begun or count > case.exposure.days_in_180:
        return _("ketamine is given on {count} of 180 days, what is planned included").format(
            count=count
        )
    return _("ketamine was given on {count} of 180 days").format(count=case.exposure.days_in_180)


def _each_session(timing: Timing, case: Case, last: date | None) -> Occasioned | None:
    del timing
    if case.starts is None or (last is not None and last >= case.starts):
        return None
    return Occasioned(case.starts, _("At each session, the next of them on this day."))


def _each_course(timing: Timing, case: Case, last: date | None) -> Occasioned | None:
    if case.starts is None:
        return None
    fresh = int(timing.every.value) if timing.every else 0
    if last is not None and (case.starts - last).days <= fresh:
        return None
    if last is None:
        reason = _("Before each course, not older than {days} days.").format(days=fresh)
    else:
        reason = _("Before each course, not older than {days} days; last done on {last}.").format(
            days=fresh, last=last.isoformat()
        )
    return Occasioned(case.starts, reason)


def _during(timing: Timing, case: Case, last: date | None) -> Occasioned | None:
    if timing.every is None:
        return None
    days = int(timing.every.value)
    for one in case.to_come.long_infusions:
        if one.last < case.on:
            continue
        since = max(one.first, last) if last is not None else one.first
        day = since + days * _DAY
        if day <= one.last:
            return Occasioned(
                day,
                _("Every {days} days while the infusion runs, until {last}.").format(
                    days=days, last=one.last.isoformat()
                ),
            )
    return None


def _after_long(timing: Timing, case: Case, last: date | None) -> Occasioned | None:
    del timing
    long = case.to_come.long_infusions
    if not long or (last is not None and last > long[-1].last):
        return None
    if (case.on - long[-1].last).days >= case.soon_again and case.to_come is case.exposure:
        return None
    return Occasioned(
        long[-1].last + _DAY,
        _("After the long infusion that ends on {day}.").format(day=long[-1].last.isoformat()),
    )


def _retreatment(timing: Timing, case: Case, last: date | None) -> Occasioned | None:
    soon = _soon_again(case)
    if soon is None or timing.every is None:
        return None
    earlier, later = soon
    day = max(later.first, case.on)
    if last is not None and last >= day:
        day = last + int(timing.every.value) * _DAY
    if day > later.last:
        return None
    return Occasioned(
        day,
        _(
            "The long infusion from {start} begins {gap} days after the end of another: wait, or"
            " test before it and on every day of it."
        ).format(start=later.first.isoformat(), gap=(later.first - earlier.last).days),
    )


def _soon_again(case: Case) -> tuple[LongInfusion, LongInfusion] | None:
    """Give a long infusion that is not over, and the one that it follows too soon."""
    long = case.to_come.long_infusions
    for earlier, later in pairwise(long):
        if later.last >= case.on and (later.first - earlier.last).days <= case.soon_again:
            return earlier, later
    return None


def _after_course(timing: Timing, case: Case, last: date | None) -> Occasioned | None:
    end = case.to_come.last_dose
    if end is None or timing.every is None or (last is not None and last > end):
        return None
    day = end + int(timing.every.value) * _DAY
    if day < case.on:
        # Nobody calls a month later to ask how the first night was.
        return None
    return Occasioned(day, _("After the last dose, on {day}.").format(day=end.isoformat()))


_READERS: dict[str, Callable[[Timing, Case, date | None], Occasioned | None]] = {
    "start": _start,
    "after_start": _after_start,
    "near_daily": _again,
    "intermittent": _again,
    "single": _again,
    "each_session": _each_session,
    "each_course": _each_course,
    "during_long_infusion": _during,
    "after_long_infusion": _after_long,
    "retreatment": _retreatment,
    "after_course": _after_course,
}
"""How each occasion is turned into a day."""
