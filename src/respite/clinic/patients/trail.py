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
        "message.sent": _("sent a message"),
        "message.read": _("read messages"),
        "message.answered": _("answered a message"),
        "message.settled": _("closed a message without an answer"),
        "address.told": _("told an e-mail address"),
        "address.confirmed": _("confirmed the e-mail address"),
        "address.code_refused": _("mistyped the code for the e-mail address"),
        "address.forgotten": _("removed the e-mail address"),
        "reminder.set": _("chose which e-mails may come"),
        "reminder.paused": _("paused reminders"),
        "reminder.resumed": _("let reminders go on"),
        "mail.sent": _("sent an e-mail"),
        "mail.failed": _("could not send an e-mail"),
        "mail.unsure": _("does not know whether an e-mail was sent"),
        "mail.dropped": _("did not send an e-mail that was no longer needed"),
        "call.made": _("wrote down what came of a call"),
        "work.done": _("marked something that waited as done"),
        "work.again": _("opened something again that was marked as done"),
        "work.put_off": _("put something off that waits"),
        "work.bring_back": _("brought something back that was put off"),
        "work.mine": _("took something on that waits"),
        "work.let_go": _("let go of something that waits"),
        "forecast.made": _("worked a forecast out"),
        "patient.exported": _("took a copy of the whole record"),
        "research.agreed": _("wrote down that the patient agrees to research"),
        "research.withdrawn": _("wrote down that the patient no longer agrees to research"),
    }
