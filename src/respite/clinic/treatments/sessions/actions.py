"""The only writer of sessions.

Each action takes hold of the session, adds its lines, works out afresh what they come to, and puts
a line on the trail, in one transaction. A line that came before is kept once.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from uuid import UUID, uuid5

from django.db import transaction

from respite.clinic.accounts.models import User
from respite.clinic.audit.actions import record
from respite.clinic.patients.holding import hold
from respite.clinic.patients.models import PatientRecord
from respite.clinic.treatments.models import (
    DoseRecord,
    EntryKind,
    PlanRecord,
    SessionEntry,
    SessionRecord,
    SessionState,
)
from respite.clinic.treatments.sessions.flowsheet import (
    TAKEN_BACK,
    Flowsheet,
    fault_of,
    flowsheet_of,
)
from respite.clinic.treatments.sessions.queries import lines_of, open_session, sheet_of
from respite.domain import Regimen, Sessions
from respite.domain import SessionRecord as ToldSession
from respite.domain import translate as _

OF = {
    SessionState.CHECKS: {EntryKind.CHECK, EntryKind.START, EntryKind.VITALS, EntryKind.NOTE,
                          EntryKind.AMOUNTS},
    SessionState.RUNNING: {EntryKind.RATE, EntryKind.BOLUS, EntryKind.STOP, EntryKind.VITALS,
                           EntryKind.EFFECT, EntryKind.NOTE, EntryKind.AMOUNTS},
    SessionState.WATCHED: {EntryKind.RATE, EntryKind.BOLUS, EntryKind.VITALS, EntryKind.EFFECT,
                           EntryKind.NOTE, EntryKind.AMOUNTS, EntryKind.DISCHARGE,
                           EntryKind.OBSERVED},
    SessionState.ENDED: {EntryKind.NOTE, EntryKind.OBSERVED},
    SessionState.CALLED_OFF: {EntryKind.NOTE},
}  # fmt: skip
"""Which lines may be added in each state. After the stop, a rate or dose can only be late."""

MENDED = {
    EntryKind.CHECK, EntryKind.START, EntryKind.RATE, EntryKind.BOLUS, EntryKind.STOP,
    EntryKind.VITALS, EntryKind.EFFECT, EntryKind.NOTE, EntryKind.AMOUNTS,
}  # fmt: skip
"""Lines that may be corrected."""

REMOVABLE = {
    EntryKind.RATE, EntryKind.BOLUS, EntryKind.STOP, EntryKind.VITALS, EntryKind.EFFECT,
    EntryKind.NOTE,
}  # fmt: skip
"""Lines that may be taken back altogether."""


class Refused(Exception):
    """The line is not kept.

    Attributes
    ----------
    words
        Why, as a sentence.
    """

    def __init__(self, words: str) -> None:
        """Keep why."""
        super().__init__()
        self.words = words


class AlreadyDone(Refused):
    """Somebody did this before, on this device or another; it is kept once."""


@dataclass(frozen=True)
class Said:
    """What somebody says happened.

    Attributes
    ----------
    client_id
        Made where it was written: the same again is the same line.
    kind, at, data
        What happened, and when.
    by
        Who says so; by default who is signed in.
    """

    client_id: UUID
    kind: str
    at: datetime
    data: Mapping[str, Any]
    by: User | None = None


def open_today(by: User, patient: PatientRecord, plan: PlanRecord, day: date) -> SessionRecord:
    """Open a session, or give the one that is open already."""
    with transaction.atomic():
        hold(patient.pk)
        found = open_session(patient)
        if found is not None:
            return found
        session = SessionRecord.objects.create(patient=patient, plan=plan, day=day, made_by=by)
        record(by, "session.opened", session, patient_id=patient.pk)
    return session


def add(by: User, session: SessionRecord, said: Said, *more: Said) -> SessionEntry:
    """Add a line to a session, and others that belong to it.

    Parameters
    ----------
    by, session
        Who writes in which session.
    said, more
        What happened.

    Raises
    ------
    AlreadyDone
        Where a session is started, stopped, ended or called off once more.
    Refused
        Where the line does not fit the session; nothing is written.
    """
    with transaction.atomic():
        now = _held(session)
        if found := kept_before(now, said.client_id, [said.kind], said.data):
            return found
        _refuse_once_more(now, said)
        if said.kind not in OF[SessionState(now.state)]:
            raise Refused(
                _("The session is {state}: this cannot be written now.").format(
                    state=SessionState(now.state).label
                )
            )
        kept = [_write(by, now, one, None) for one in (said, *more)]
        _settle(by, now)
    session.refresh_from_db()
    return kept[0]


def correct(
    by: User, session: SessionRecord, old: SessionEntry, said: Said, *more: Said
) -> SessionEntry:
    """Correct a line by a new one that names it; the old one stays readable.

    Parameters
    ----------
    by, session, old
        Who corrects which line of which session.
    said, more
        What stands in its place; with the mark of taking back, nothing does.

    Raises
    ------
    AlreadyDone
        Where the line was corrected before.
    Refused
        Where the new line does not fit; nothing is written.
    """
    with transaction.atomic():
        now = _held(session)
        if found := kept_before(now, said.client_id, [said.kind], said.data):
            return found
        if SessionEntry.objects.filter(corrects=old).exists():
            raise AlreadyDone(_("This line was corrected before. Correct the newer line."))
        may = REMOVABLE if TAKEN_BACK in said.data else MENDED
        is_shut = now.state == SessionState.ENDED and old.kind == EntryKind.STOP
        if old.kind not in may or (TAKEN_BACK in said.data and is_shut):
            raise Refused(_("This line cannot be taken back."))
        if {"ended", "called_off"} & set(old.data):
            raise Refused(_("This line cannot be taken back."))
        kept = [_write(by, now, said, old), *(_write(by, now, one, None) for one in more)]
        _settle(by, now)
    session.refresh_from_db()
    return kept[0]


def tell_relief(
    by: User, session: SessionRecord, percent: int | None, hours: Any
) -> SessionRecord:  # fmt: skip
    """Write down how much relief a session brought, and for how long, when the patient tells.

    Raises
    ------
    Refused
        Where nothing was given.
    SessionsNotUnderstood
        Where that cannot be.
    """
    with transaction.atomic():
        now = _held(session)
        if now.started_at is None:
            raise Refused(_("Nothing was given in this session."))
        told = None if hours is None else float(hours)
        Sessions((ToldSession(start=now.started_at, relief_percent=percent, hours_of_relief=told),))
        now.relief_percent, now.relief_hours = percent, hours
        now.save(update_fields=("relief_percent", "relief_hours"))
        record(by, "session.relief", now, patient_id=now.patient_id)
    return now


def second_key(client_id: UUID, word: str) -> UUID:
    """Give the key of a line that belongs to another, so that both are kept once."""
    return uuid5(client_id, word)


def kept_before(
    session: SessionRecord, client_id: UUID, kinds: Iterable[str], data: Mapping[str, Any]
) -> SessionEntry | None:
    """Give the line that was kept when the same form came before; ``None`` where none was.

    Parameters
    ----------
    session
        The session.
    client_id
        What was made with the form.
    kinds, data
        What the form writes.

    Raises
    ------
    Refused
        Where the form was used for something else.
    """
    found = SessionEntry.objects.filter(client_id=client_id).first()
    if found is None:
        return None
    is_same = found.session_id == session.pk and found.kind in set(kinds)
    if not is_same or any(found.data.get(name) != value for name, value in data.items()):
        raise Refused(_("This form was used before. Open the page afresh, then write it again."))
    return found


def _held(session: SessionRecord) -> SessionRecord:
    return SessionRecord.objects.select_for_update(of=("self",)).select_related(
        "patient", "plan"
    ).get(pk=session.pk)  # fmt: skip


def _refuse_once_more(session: SessionRecord, said: Said) -> None:
    state = SessionState(session.state)
    sheet = sheet_of(session)
    started, stopped = sheet.started_at, sheet.stopped_at
    if said.kind == EntryKind.START.value and started is not None:
        raise AlreadyDone(_already(session, EntryKind.START, _("The session was started before")))
    if said.kind == EntryKind.STOP.value and stopped is not None:
        raise AlreadyDone(_already(session, EntryKind.STOP, _("The session was stopped before")))
    if "ended" in said.data and state == SessionState.ENDED:
        raise AlreadyDone(_("The session was ended before. It is kept once."))
    if "called_off" in said.data and state == SessionState.CALLED_OFF:
        raise AlreadyDone(_("The session was called off before. It is kept once."))


def _already(session: SessionRecord, kind: str, words: str) -> str:
    first = session.entries.filter(kind=kind, corrected_by=None).select_related("written_by").last()
    name = "" if first is None else str(first.written_by)
    return _("{what}, by {name}. It is kept once.").format(what=words, name=name)


def _write(
    by: User, session: SessionRecord, said: Said, old: SessionEntry | None
) -> SessionEntry:  # fmt: skip
    kept = SessionEntry.objects.create(
        session=session, client_id=said.client_id, kind=said.kind,
        at=said.at, data=dict(said.data), corrects=old,
        written_by=said.by or by,
    )  # fmt: skip
    note: dict[str, Any] = {"session": session.pk, "kind": said.kind}
    if old is not None:
        note["corrects"] = old.pk
    if said.by is not None and said.by.pk != by.pk:
        note["on_the_form_of"] = by.pk
    action = "session.corrected" if old is not None else "session.written"
    record(said.by or by, action, kept, patient_id=session.patient_id, note=note)
    return kept


def _settle(by: User, session: SessionRecord) -> None:
    """Work out afresh what the lines come to, and keep that with the session."""
    sheet = flowsheet_of(lines_of(session.entries.all()))
    fault = fault_of(sheet)
    if fault is not None:
        raise Refused(fault)
    session.state = sheet.state
    session.started_at, session.stopped_at = sheet.started_at, sheet.stopped_at
    session.weight_kg = sheet.weight_kg
    session.save(update_fields=("state", "started_at", "stopped_at", "weight_kg"))
    _keep_doses(by, session, sheet)


def _keep_doses(by: User, session: SessionRecord, sheet: Flowsheet) -> None:
    """Make the doses on record those of the flowsheet; those that are not are withdrawn."""
    pain = sheet.pain_before
    wanted = [(d.start, d.drug, d.route, d.amount, d.duration_min) for d in sheet.doses()]
    is_kept = False
    for dose in session.doses.filter(is_withdrawn=False):
        told = (dose.start, dose.drug, dose.route, dose.amount, dose.duration_min)
        if told in wanted and dose.pain_before == pain:
            wanted.remove(told)
            continue
        dose.is_withdrawn = True
        dose.save(update_fields=("is_withdrawn",))
        is_kept = True
    _make_doses(by, session, wanted, pain)
    if wanted or is_kept:
        record(by, "session.doses", session, patient_id=session.patient_id,
               note={"new": len(wanted)})  # fmt: skip


def _make_doses(
    by: User, session: SessionRecord, wanted: Sequence[tuple[Any, ...]], pain: Any
) -> None:  # fmt: skip
    for start, drug, route, amount, minutes in wanted:
        DoseRecord.objects.create(
            patient=session.patient, session=session, start=start, drug=drug, route=route,
            amount=amount, unit="mg", duration_min=minutes, pain_before=pain, written_by=by,
        )  # fmt: skip


def refuse_impossible_dose(drug: str, route: str, mg: Any, minutes: int = 0) -> None:
    """Refuse a dose that nobody could mean.

    Raises
    ------
    RegimenNotUnderstood
        With what was expected.
    """
    over = f" over {minutes} min" if minutes else ""
    Regimen.parse(f"{drug} {mg} mg {route}{over}")
