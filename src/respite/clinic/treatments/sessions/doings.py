"""What may be sent from the page of a session: which form reads it, and which action keeps it."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from django.http import HttpRequest, QueryDict
from django.utils import timezone

from respite.clinic.accounts.access import user_of
from respite.clinic.accounts.models import Role, User
from respite.clinic.treatments.models import EntryKind, SessionEntry, SessionRecord, SessionState
from respite.clinic.treatments.sessions import actions, gates
from respite.clinic.treatments.sessions.actions import Refused, Said
from respite.clinic.treatments.sessions.checklist import Asked
from respite.clinic.treatments.sessions.checks import kind_of
from respite.clinic.treatments.sessions.flowsheet import (
    NEW_MEDICINES,
    PAIN_AFTER,
    PAIN_BEFORE,
    WEIGHT,
)
from respite.clinic.treatments.sessions.forms import EffectForm
from respite.clinic.treatments.sessions.page import FORMS
from respite.clinic.treatments.sessions.queries import sheet_of
from respite.clinic.treatments.sessions.signed_forms import AnswerForm, ReliefForm, TickForm
from respite.clinic.treatments.sessions.signing import own_signature, signature_of
from respite.domain import translate as _

KINDS = {
    "start": [EntryKind.START],
    "rate": [EntryKind.RATE],
    "pause": [EntryKind.RATE],
    "given": [EntryKind.BOLUS],
    "stop": [EntryKind.STOP],
    "vitals": [EntryKind.VITALS],
    "effect": [EntryKind.EFFECT],
    "note": [EntryKind.NOTE],
    "call_off": [EntryKind.NOTE],
    "amounts": [EntryKind.AMOUNTS],
    "observed": [EntryKind.OBSERVED],
}
"""Which lines a form writes; the others write answers of a checklist."""


@dataclass(frozen=True)
class Sent:
    """What was sent: what for, about which question, and the form that reads it."""

    what: str
    about: str
    form: Any


def read_sent(session: SessionRecord, data: QueryDict) -> Sent | None:
    """Give the form that reads what was sent; ``None`` where there is no such form."""
    what, about = data.get("what", ""), data.get("about", "")
    if what == "relief":
        return Sent(what, "", ReliefForm(data))
    if what == "answer":
        asked = question_of(session, about)
        if asked is None:
            return None
        form = AnswerForm(data, asked=asked, session=session, name=f"{what}{about}")
        return Sent(what, about, form)
    if what == "tick":
        return Sent(what, about, TickForm(data, session=session, name=f"{what}{about}"))
    if what == "effect":
        return Sent(what, about, EffectForm(data, session=session, name=f"{what}{about}"))
    if what in FORMS:
        return Sent(what, "", FORMS[what](data, session=session, name=what))
    return None


def question_of(session: SessionRecord, fact: str) -> Asked | None:
    """Give a question of the checklist that is open now."""
    checklist = gates.checklist_of(session, sheet_of(session), timezone.localdate())
    asked = () if checklist is None else checklist.asked
    found = next((one for one in asked if one.fact == fact), None)
    # A form that comes late is answered in words, and what was typed is kept on the page.
    return found or _late(fact)


def _late(fact: str) -> Asked | None:
    kind = kind_of(fact)
    if kind is not None and kind.type != "codes":
        return Asked(fact=fact, ask=kind.ask, type=kind.type, unit=kind.unit,
                     choices=tuple(kind.codes.items()))  # fmt: skip
    own = {WEIGHT: "number", PAIN_BEFORE: "number", PAIN_AFTER: "number", NEW_MEDICINES: "yes_no"}
    return Asked(fact=fact, ask=_("Answer"), type=own[fact]) if fact in own else None


def keep(request: HttpRequest, session: SessionRecord, sent: Sent) -> None:
    """Keep what was sent and read well.

    Raises
    ------
    Refused, NotSigned, RespiteError
        Where it may not be kept; nothing is written.
    """
    user, told = user_of(request), sent.form.cleaned_data
    if sent.what == "relief":
        actions.tell_relief(user, session, told["relief_percent"], told["relief_hours"])
        return
    kinds = KINDS.get(sent.what, (EntryKind.CHECK, EntryKind.DISCHARGE))
    if actions.kept_before(session, told["client_id"], kinds, sent.form.told()):
        return
    _DOINGS[sent.what](request, user, session, sent.form)


Doing = Callable[[HttpRequest, User, SessionRecord, Any], SessionEntry]


def _said(form: Any, kind: str, data: Mapping[str, Any] | None = None) -> Said:
    told = form.cleaned_data
    return Said(told["client_id"], kind, told["moment"], form.told() if data is None else data)


def _checking(session: SessionRecord) -> str:
    is_before = session.state == SessionState.CHECKS
    return EntryKind.CHECK if is_before else EntryKind.DISCHARGE


def _answer(request: HttpRequest, user: User, session: SessionRecord, form: Any) -> SessionEntry:
    return gates.answer(user, session, _said(form, _checking(session)), timezone.localdate())


def _tick(request: HttpRequest, user: User, session: SessionRecord, form: Any) -> SessionEntry:
    said = _said(form, EntryKind.CHECK)
    return gates.settle_rules(
        user, session, said, form.cleaned_data["rule"], timezone.localdate()
    )  # fmt: skip


def _overrule(request: HttpRequest, user: User, session: SessionRecord, form: Any) -> SessionEntry:
    told = form.cleaned_data
    by = signature_of(request, told["signer"], told["signer_password"], Role.CLINICIAN)
    said = Said(told["client_id"], EntryKind.CHECK, told["moment"], form.told(), by)
    return gates.settle_rules(user, session, said, None, timezone.localdate())


def _start(request: HttpRequest, user: User, session: SessionRecord, form: Any) -> SessionEntry:
    return gates.start(user, session, _said(form, EntryKind.START), timezone.localdate())


def _rate(request: HttpRequest, user: User, session: SessionRecord, form: Any) -> SessionEntry:
    data = form.told()
    gates.refuse_rate(data, session.weight_kg)
    return actions.add(user, session, _said(form, EntryKind.RATE, data))


def _pause(request: HttpRequest, user: User, session: SessionRecord, form: Any) -> SessionEntry:
    steps = sheet_of(session).steps
    if not steps:
        raise Refused(_("Nothing runs in, so there is nothing to pause."))
    last = steps[-1]
    data = {"drug": last.drug, "route": last.route, "rate": "0", "unit": "mg/h"}
    return actions.add(user, session, _said(form, EntryKind.RATE, data))


def _given(request: HttpRequest, user: User, session: SessionRecord, form: Any) -> SessionEntry:
    data = form.told()
    actions.refuse_impossible_dose(data["drug"], data["route"], data["mg"])
    return actions.add(user, session, _said(form, EntryKind.BOLUS, data))


def _end(request: HttpRequest, user: User, session: SessionRecord, form: Any) -> SessionEntry:
    said = _said(form, EntryKind.DISCHARGE, {"ended": True})
    return gates.end(user, session, said, timezone.localdate())


def signed_amounts(request: HttpRequest, form: Any) -> tuple[Said, Said]:
    """Have two people sign for amounts, and give the two lines.

    Raises
    ------
    Refused, NotSigned
        Where a signature is not good, or both are of one person.
    """
    told = form.cleaned_data
    first = own_signature(request, told["password"])
    second = signature_of(request, told["signer"], told["signer_password"])
    if second.pk == first.pk:
        raise Refused(_("The second signature must be that of another person."))
    said = _said(form, EntryKind.AMOUNTS)
    key = actions.second_key(said.client_id, "witness")
    seen = {"saw": str(said.client_id), **said.data}
    return said, Said(key, EntryKind.WITNESS, said.at, seen, second)


def _amounts(request: HttpRequest, user: User, session: SessionRecord, form: Any) -> SessionEntry:
    return actions.add(user, session, *signed_amounts(request, form))


def _plain(kind: str) -> Doing:
    def keep_line(
        request: HttpRequest, user: User, session: SessionRecord, form: Any
    ) -> SessionEntry:
        return actions.add(user, session, _said(form, kind))

    return keep_line


_DOINGS: dict[str, Doing] = {
    "answer": _answer,
    "tick": _tick,
    "overrule": _overrule,
    "start": _start,
    "rate": _rate,
    "pause": _pause,
    "given": _given,
    "stop": _plain(EntryKind.STOP),
    "vitals": _plain(EntryKind.VITALS),
    "effect": _plain(EntryKind.EFFECT),
    "note": _plain(EntryKind.NOTE),
    "call_off": _plain(EntryKind.NOTE),
    "amounts": _amounts,
    "end": _end,
    "observed": _plain(EntryKind.OBSERVED),
}
