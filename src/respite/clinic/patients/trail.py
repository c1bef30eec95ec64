"""Lines of the trail in words: who, when, what."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from respite.clinic.audit.models import AuditEvent
from respite.clinic.patients.questions import families
from respite.domain import listed
from respite.domain import translate as _


@dataclass(frozen=True)
class Line:
    """One line: when, who in which role, and what was done."""

    at: datetime
    who: str
    role: str
    what: str


def lines_of(events: Iterable[AuditEvent]) -> list[Line]:
    """Say lines of the trail in words.

    Parameters
    ----------
    events
        The lines.
    """
    return [Line(one.at, one.actor_name, one.role, said_of(one)) for one in events]


def said_of(event: AuditEvent) -> str:
    """Say in words what was done; what has no words yet is named as it is kept."""
    note = event.note
    if event.action == "patient.read":
        return _("opened the page: {page}").format(page=note.get("page", ""))
    if event.action in ("fact.answered", "fact.taken_back"):
        fact = str(note.get("fact", ""))
        words = families()[fact].words if fact in families() else fact
        if event.action == "fact.answered":
            return _("answered a question: {words}").format(words=words)
        return _("took an answer back: {words}").format(words=words)
    if event.action == "patient.changed":
        fields = [str(one).replace("_", " ") for one in note.get("fields", ())]
        return _("changed the record: {fields}").format(fields=listed(fields) or _("nothing"))
    words = _words().get(event.action)
    return words or event.action.replace(".", ": ").replace("_", " ")


def _words() -> dict[str, str]:
    return {
        "patient.added": _("added the patient"),
        "patient.invited": _("made a link that invites the patient"),
        "patient.joined": _("made an account from the link"),
        "medicine.added": _("added a medicine"),
        "medicine.stopped": _("ended a medicine"),
        "tried.added": _("added a treatment that was tried"),
        "score.added": _("filled in a questionnaire"),
        "dose.added": _("wrote an earlier dose down"),
        "dose.withdrawn": _("withdrew a dose"),
        "emergency.opened": _("opened an emergency access from another clinic"),
        "emergency.reviewed": _("reviewed an emergency access"),
        "entry.added": _("wrote into the diary"),
        "session.opened": _("opened a session"),
        "session.doses": _("wrote the doses of a session down"),
        "session.relief": _("wrote the relief after a session down"),
        "advice.asked": _("asked for plans"),
        "plan.drafted": _("wrote a plan"),
        "plan.changed": _("changed a plan"),
        "plan.signed": _("signed a plan"),
        "plan.ended": _("ended a plan"),
        "forecast.released": _("showed a forecast to the patient"),
        "forecast.withdrawn": _("took a forecast back"),
    }
