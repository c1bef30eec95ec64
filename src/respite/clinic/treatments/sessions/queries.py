"""Questions to the tables of sessions, in words of the clinic."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import datetime
from typing import Any

from respite.clinic.patients.models import PatientRecord
from respite.clinic.treatments.models import (
    EntryKind,
    PlanRecord,
    SessionEntry,
    SessionRecord,
    SessionState,
)
from respite.clinic.treatments.sessions.flowsheet import Flowsheet, Line, flowsheet_of
from respite.domain import DoseEvent, Sessions
from respite.domain import SessionRecord as ToldSession
from respite.safety import sessions_of

OPEN = (SessionState.CHECKS, SessionState.RUNNING, SessionState.WATCHED)
"""States in which a session goes on."""

MOST_EFFECTS = 20
"""Effects of one session that a record of sessions takes."""

GIVEN = (SessionState.RUNNING, SessionState.WATCHED, SessionState.ENDED)
"""States in which something was given."""


def entries_of(session: SessionRecord) -> list[SessionEntry]:
    """Give every line of a session, with who wrote it."""
    return list(session.entries.select_related("written_by", "corrected_by", "corrects"))


def lines_of(entries: Iterable[SessionEntry]) -> list[Line]:
    """Give lines as the flowsheet knows them."""
    every = list(entries)
    keys = {one.pk: str(one.client_id) for one in every}
    return [
        Line(str(one.client_id), one.kind, one.at, one.data, keys.get(one.corrects_id))
        for one in every
    ]


def sheet_of(session: SessionRecord) -> Flowsheet:
    """Give the flowsheet of a session as it stands."""
    return flowsheet_of(lines_of(session.entries.all()))


def sessions_by_day(patient: PatientRecord) -> list[SessionRecord]:
    """Give the sessions of a patient, the latest first."""
    return list(patient.sessions.select_related("plan", "made_by"))


def open_session(patient: PatientRecord) -> SessionRecord | None:
    """Give the session that goes on; ``None`` where none does."""
    return patient.sessions.filter(state__in=OPEN).first()


def planned_now(plan: PlanRecord, session: SessionRecord | None = None) -> tuple[DoseEvent, ...]:
    """Give the doses that a plan has for the next session, by how many were given under it.

    Parameters
    ----------
    plan
        The plan.
    session
        The session that is meant; sessions before it count. By default the one that comes next.
    """
    before = plan.sessions.filter(state__in=GIVEN)
    if session is not None:
        before = before.filter(pk__lt=session.pk)
    planned = sessions_of(plan.to_regimen().events())
    return planned[min(before.count(), len(planned) - 1)].events


def record_of_sessions(plan: PlanRecord) -> Sessions | None:
    """Give the sessions under a plan as every room knows them; ``None`` where none was given."""
    done = plan.sessions.filter(state__in=GIVEN, started_at__isnull=False)
    told = {one.started_at: _told(one) for one in done.prefetch_related("entries")}
    return Sessions(tuple(told.values())) if told else None


def _told(session: SessionRecord) -> ToldSession:
    sheet = sheet_of(session)
    pressures = [one.data for one in sheet.of(EntryKind.VITALS)]
    hours = session.relief_hours
    return ToldSession(
        start=_known(session.started_at),
        relief_percent=sheet.relief_at_leaving
        if session.relief_percent is None
        else session.relief_percent,
        hours_of_relief=None if hours is None else float(hours),
        effects=effect_words(sheet),
        systolic=_highest(pressures, "systolic"),
        diastolic=_highest(pressures, "diastolic"),
    )


def effect_words(sheet: Flowsheet) -> tuple[str, ...] | None:
    """Give the unwanted effects of a session in words, each at its worst.

    Returns
    -------
    Words such as ``severe nausea``; empty where all that was asked was none, and ``None`` where
    nothing was asked.
    """
    asked = sheet.of(EntryKind.EFFECT)
    if not asked:
        return None
    order = ("none", "mild", "moderate", "severe")
    worst: dict[str, str] = {}
    for line in asked:
        name, how = line.data.get("words") or line.data["effect"], line.data["severity"]
        if order.index(how) >= order.index(worst.get(name, "none")):
            worst[name] = how
    return tuple(f"{how} {name}" for name, how in worst.items() if how != "none")[:MOST_EFFECTS]


def _highest(rows: Iterable[Mapping[str, Any]], name: str) -> int | None:
    seen = [int(row[name]) for row in rows if row.get(name) is not None]
    return max(seen, default=None)


def _known(at: datetime | None) -> datetime:
    if at is None:
        raise ValueError
    return at
