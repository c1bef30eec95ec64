"""A session that is due and was not made, one that was left open, or no visit for long.

Keys name the planned day, the session, or the day of the last session: each further day of the
plan, and each further session, is news.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta

from respite.clinic.treatments.models import PlanRecord, SessionRecord, SessionState
from respite.clinic.treatments.sessions.queries import GIVEN, OPEN, sessions_by_day
from respite.clinic.worklist.reasons.looked import Looked
from respite.clinic.worklist.reasons.reason import Kind, Need, Reason
from respite.domain import Route

DAY_H = 24

AT_HOME = frozenset({Route.ORAL, Route.SUBLINGUAL, Route.BUCCAL, Route.RECTAL})
"""Ways of taking it for which nobody comes to the clinic; ours."""


def find(looked: Looked) -> Iterator[Reason]:
    """Say which visits need somebody."""
    sessions = sessions_by_day(looked.patient)
    yield from (_left_open(looked, one) for one in sessions if _is_left_open(looked, one))
    if looked.plan is None:
        return
    is_made = any(one.state in OPEN and one.day >= looked.today for one in sessions)
    due = None if is_made else next_day(looked, looked.plan, sessions)
    if due is not None and due <= looked.today:
        yield Reason(
            kind=Kind.VISIT,
            key=f"dose:{looked.plan.pk}:{due.isoformat()}",
            need=Need.TODAY,
            says="dose_due",
            values={"day": due.isoformat(), "plan_id": looked.plan.pk},
            since=looked.start_of(due),
            due=looked.start_of(due),
        )
    elif due is None and not is_made:
        yield from _long_ago(looked, sessions)


def _is_left_open(looked: Looked, session: SessionRecord) -> bool:
    return session.state in OPEN and session.day < looked.today


def _left_open(looked: Looked, session: SessionRecord) -> Reason:
    was_begun = session.state != SessionState.CHECKS
    return Reason(
        kind=Kind.VISIT,
        key=f"open:{session.pk}",
        need=Need.TODAY,
        says="session_left_open" if was_begun else "session_not_begun",
        values={"session_id": session.pk, "day": session.day.isoformat()},
        since=looked.start_of(session.day + timedelta(days=1)),
    )


def _long_ago(looked: Looked, sessions: list[SessionRecord]) -> Iterator[Reason]:
    held: list[date] = [one.day for one in sessions if one.state in GIVEN]
    if looked.last_dose_day is not None:
        held.append(looked.last_dose_day)
    last = max(held, default=None)
    if last is None or (looked.today - last).days <= looked.clinic.visit_days:
        return
    yield Reason(
        kind=Kind.VISIT,
        key=f"last:{last.isoformat()}",
        need=Need.WEEK,
        says="visit_long_ago",
        values={"day": last.isoformat(), "days": looked.clinic.visit_days},
        since=looked.start_of(last + timedelta(days=looked.clinic.visit_days + 1)),
    )


def next_day(looked: Looked, plan: PlanRecord, sessions: list[SessionRecord]) -> date | None:
    """Give the day on which the next dose of a plan should be given at the clinic.

    It is as long after the last day on which something was given as the plan has it, so that a
    course that was begun late, or paused, is not chased for the days between.

    Returns
    -------
    ``None`` where all was given, or it is taken at home.
    """
    signed = looked.day_of(plan.signed_at) if plan.signed_at else looked.today
    begins = plan.starts or signed
    given = {one.day for one in sessions if one.plan_id == plan.pk and one.state in GIVEN}
    if looked.history is not None:
        days = (looked.day_of(one.start) for one in looked.history.doses)
        given |= {day for day in days if day >= begins}
    events = plan.to_regimen().events()
    planned = sorted({int(one.time_h // DAY_H) for one in events if one.route not in AT_HOME})
    count = len(given)
    if count >= len(planned):
        return None
    if count == 0:
        return begins
    return max(given) + timedelta(days=planned[count] - planned[count - 1])
