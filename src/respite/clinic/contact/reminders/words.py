"""The words of every e-mail: fixed sentences, and nothing of what anybody wrote.

No name of a patient or of a clinic, no drug, no illness: whoever looks over a shoulder, or runs a
mail server, learns that somebody uses Respite.
"""

from __future__ import annotations

from respite.clinic.contact.reminders.models import MailKind
from respite.domain import translate as _


def written(kind: str, address: str, code: str = "") -> tuple[str, str]:
    """Give the subject and the text of an e-mail.

    Parameters
    ----------
    kind
        One of ``MailKind``.
    address
        Where the pages are, which is the only link.
    code
        What confirms an address.
    """
    subject, lines = _WRITERS[MailKind(kind)](code)
    end = _("Please do not answer this e-mail: nobody reads what comes back.")
    return subject, "\n\n".join((*lines, address, end)) + "\n"


def _code(code: str) -> tuple[str, list[str]]:
    return _("Your code for Respite"), [
        _("Your code is {code}.").format(code=code),
        _("Type it on the page where you asked for it. It works once, within a day."),
        _("If you did not ask for it, do nothing: you will get no more e-mails."),
    ]


def _message(_code: str) -> tuple[str, list[str]]:
    return _("You have a message in Respite"), [
        _("You have a message in Respite. Sign in to read it."),
    ]


def _reminder(_code: str) -> tuple[str, list[str]]:
    return _("Your reminder"), [
        _("This is the reminder you asked for. It takes a few seconds."),
        _("Days without are fine. To pause or stop this, sign in and choose Reminders."),
    ]


def _again(_code: str) -> tuple[str, list[str]]:
    return _("A last reminder for now"), [
        _("It has been quiet for some days, and that is fine."),
        _("This is the last reminder for now. Somebody may ring to hear how you are."),
    ]


_WRITERS = {
    MailKind.CODE: _code,
    MailKind.MESSAGE: _message,
    MailKind.REMINDER: _reminder,
    MailKind.AGAIN: _again,
}
