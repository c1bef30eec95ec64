"""Corrects one line of a flowsheet."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.http import HttpRequest, QueryDict

from respite.clinic.accounts.access import user_of
from respite.clinic.treatments.models import EntryKind, SessionEntry, SessionRecord, SessionState
from respite.clinic.treatments.sessions import actions, gates
from respite.clinic.treatments.sessions.actions import MENDED, REMOVABLE, Said
from respite.clinic.treatments.sessions.checklist import Asked
from respite.clinic.treatments.sessions.checks import kind_of, refuse_answer
from respite.clinic.treatments.sessions.doings import signed_amounts
from respite.clinic.treatments.sessions.flowsheet import NEW_MEDICINES, TAKEN_BACK
from respite.clinic.treatments.sessions.forms import (
    EffectForm,
    GivenForm,
    NoteForm,
    RateForm,
    StartForm,
    StopForm,
    TakeBackForm,
    VitalsForm,
)
from respite.clinic.treatments.sessions.queries import sheet_of
from respite.clinic.treatments.sessions.signed_forms import AmountsForm, AnswerForm
from respite.clinic.treatments.sessions.words import fact_words, line_words

FORMS = {
    EntryKind.START: StartForm,
    EntryKind.RATE: RateForm,
    EntryKind.BOLUS: GivenForm,
    EntryKind.STOP: StopForm,
    EntryKind.VITALS: VitalsForm,
    EntryKind.EFFECT: EffectForm,
    EntryKind.NOTE: NoteForm,
    EntryKind.AMOUNTS: AmountsForm,
}


@dataclass(frozen=True)
class Mending:
    """How a line may be corrected.

    Attributes
    ----------
    words
        What the line says.
    right
        The form of the line as it should have been; ``None`` where it may not be corrected.
    back
        The form that says it was never so; ``None`` where it may not be taken back.
    """

    words: str
    right: Any
    back: Any


def mending_form(
    session: SessionRecord, entry: SessionEntry, data: QueryDict | None = None
) -> Mending:  # fmt: skip
    """Give the forms by which a line may be corrected.

    Parameters
    ----------
    session, entry
        The line.
    data
        What was sent.
    """
    is_back = data is not None and data.get("what") == "take_back"
    is_shut = bool({"ended", "called_off", TAKEN_BACK} & set(entry.data))
    right = back = None
    if entry.kind in MENDED and not is_shut:
        right = _right(session, entry, None if is_back else data)
    if entry.kind in REMOVABLE and not is_shut:
        back = TakeBackForm(
            data if is_back else None, session=session, name="take_back", near=entry.at
        )
        del back.fields["at"]
    return Mending(line_words(entry), right, back)


def _right(session: SessionRecord, entry: SessionEntry, data: QueryDict | None) -> Any:
    more: dict[str, Any] = {"session": session, "name": "right", "near": entry.at}
    if entry.kind == EntryKind.CHECK:
        fact = entry.data.get("fact")
        if fact is None:
            return None
        more["asked"] = _asked(fact)
    make = AnswerForm if entry.kind == EntryKind.CHECK else FORMS[EntryKind(entry.kind)]
    return make(data, initial=make.written(entry.data), **more)


def _asked(fact: str) -> Asked:
    kind = kind_of(fact)
    if kind is None:
        type_ = "yes_no" if fact == NEW_MEDICINES else "number"
        return Asked(fact=fact, ask=fact_words(fact), type=type_)
    return Asked(
        fact=fact, ask=kind.ask, type=kind.type, unit=kind.unit, choices=tuple(kind.codes.items())
    )


def mend(request: HttpRequest, session: SessionRecord, entry: SessionEntry, form: Any) -> None:
    """Keep a correction.

    Raises
    ------
    Refused, NotSigned, RespiteError
        Where it may not be kept; nothing is written.
    """
    told, by = form.cleaned_data, user_of(request)
    said = Said(told["client_id"], entry.kind, told["moment"], form.told())
    if actions.kept_before(session, said.client_id, [said.kind], said.data):
        return
    more: tuple[Said, ...] = ()
    if TAKEN_BACK not in said.data:
        if entry.kind in (EntryKind.START, EntryKind.RATE):
            gates.refuse_rate(said.data, session.weight_kg)
        elif entry.kind == EntryKind.BOLUS:
            data = said.data
            actions.refuse_impossible_dose(data["drug"], data["route"], data["mg"])
        elif entry.kind == EntryKind.CHECK and session.state == SessionState.CHECKS:
            fact = said.data["fact"]
            if not fact.startswith("own."):
                refuse_answer(session, sheet_of(session), entry.kind, fact, said.data["told"],
                              session.day)  # fmt: skip
        elif entry.kind == EntryKind.AMOUNTS:
            said, *rest = signed_amounts(request, form)
            more = tuple(rest)
    actions.correct(by, session, entry, said, *more)
