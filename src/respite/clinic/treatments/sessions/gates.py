"""What must hold before a line may be added: checks done, numbers possible, leave to go home."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from decimal import Decimal
from typing import Any

from django.db import transaction
from django.utils import timezone

from respite.clinic.accounts.models import User
from respite.clinic.treatments.models import (
    EntryKind,
    SessionEntry,
    SessionRecord,
    SessionState,
)
from respite.clinic.treatments.sessions.actions import (
    Refused,
    Said,
    add,
    kept_before,
    refuse_impossible_dose,
)
from respite.clinic.treatments.sessions.checklist import Checklist
from respite.clinic.treatments.sessions.checks import (
    OVERRULED,
    TICKED,
    before,
    before_leaving,
    refuse_answer,
)
from respite.clinic.treatments.sessions.flowsheet import Flowsheet, mg_an_hour, rounded
from respite.clinic.treatments.sessions.queries import sheet_of
from respite.domain import translate as _


def checklist_of(session: SessionRecord, sheet: Flowsheet, day: date) -> Checklist | None:
    """Give the checklist that matters in the state of a session; ``None`` where none does."""
    if session.state == SessionState.CHECKS:
        return before(session, sheet, day)
    if session.state == SessionState.WATCHED:
        return before_leaving(session, sheet, day, timezone.now())
    return None


def answer(by: User, session: SessionRecord, said: Said, day: date) -> SessionEntry:
    """Keep an answer of a checklist.

    Raises
    ------
    RespiteError
        Where the answer cannot be.
    Refused
        Where the session has moved on.
    """
    fact, told = said.data["fact"], said.data["told"]
    with transaction.atomic():
        if not fact.startswith("own."):
            refuse_answer(session, sheet_of(session), said.kind, fact, told, day)
        return add(by, session, said)


def start(by: User, session: SessionRecord, said: Said, day: date) -> SessionEntry:
    """Start a session whose checks allow it.

    Raises
    ------
    Refused
        Where they do not.
    """
    with transaction.atomic():
        now = SessionRecord.objects.select_for_update().get(pk=session.pk)
        if now.state == SessionState.CHECKS and not before(now, sheet_of(now), day).may_go_on:
            raise Refused(_("Do not start: the checks before are not done, or stand against it."))
        refuse_rate(said.data, now.weight_kg)
        return add(by, session, said)


def end(by: User, session: SessionRecord, said: Said, day: date) -> SessionEntry:
    """End a session whose patient may go home.

    Raises
    ------
    Refused
        Where the checks before going home are not done, or stand against it.
    """
    with transaction.atomic():
        now = SessionRecord.objects.select_for_update().get(pk=session.pk)
        is_watched = now.state == SessionState.WATCHED
        if is_watched and not before_leaving(now, sheet_of(now), day, timezone.now()).may_go_on:
            raise Refused(
                _("Not yet: the checks before going home are not done, or stand against it.")
            )
        return add(by, session, said)


def settle_rules(
    by: User, session: SessionRecord, said: Said, rule: str | None, day: date
) -> SessionEntry:
    """Keep a tick beside one caution, or the signature of a clinician for going on.

    Parameters
    ----------
    by, session, said
        Who writes what in which session.
    rule
        The caution that is ticked; ``None`` for a signature for all that stands against going on.
    day
        The day on the clock of the clinic.

    Raises
    ------
    Refused
        Where no such rule asks for it, or one may not be overruled.
    """
    with transaction.atomic():
        now = SessionRecord.objects.select_for_update().get(pk=session.pk)
        kinds = (EntryKind.CHECK, EntryKind.DISCHARGE)
        if found := kept_before(now, said.client_id, kinds, said.data):
            return found
        checklist = checklist_of(now, sheet_of(now), day)
        if checklist is None:
            raise Refused(_("The session has moved on: open the page afresh."))
        if rule is not None:
            chosen = {one.rule: one.because for one in checklist.cautions if one.rule == rule}
            mark = TICKED
        else:
            if not checklist.may_be_overruled:
                raise Refused(_("Nothing here may be signed for."))
            chosen = {one.rule: one.because for one in checklist.unsettled}
            mark = OVERRULED
        if not chosen:
            raise Refused(_("This rule asks for nothing any more."))
        kind = EntryKind.CHECK if now.state == SessionState.CHECKS else EntryKind.DISCHARGE
        data = {**said.data, mark: chosen}
        return add(by, session, Said(said.client_id, kind, said.at, data, said.by))


def refuse_rate(data: Mapping[str, Any], weight_kg: Decimal | None) -> None:
    """Refuse a rate that nobody could mean.

    Raises
    ------
    RegimenNotUnderstood
        With what was expected.
    """
    if data.get("rate") and Decimal(data["rate"]):
        size = rounded(mg_an_hour(data["rate"], data["unit"], weight_kg), 3)
        refuse_impossible_dose(data["drug"], data["route"], size, 60)
