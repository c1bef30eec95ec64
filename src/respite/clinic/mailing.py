"""How the clinic sends e-mail, by the environment; nothing is sent where nothing is said."""

from __future__ import annotations

from pathlib import Path
from typing import Any
from urllib.parse import unquote, urlsplit

from respite.domain import RespiteError
from respite.domain import translate as _

TIMEOUT_S = 10
"""How long a mail server may take to answer [s]; ours."""

PORTS = {"smtp": 587, "smtps": 465, "smtp+plain": 25}
"""Ways to reach a mail server, and the usual port of each."""

BACKENDS = "django.core.mail.backends"


class MailNotUnderstood(RespiteError):
    """Settings of e-mail that cannot be read."""

    page = "clinic-not-in-order"


def email_settings(told: str, sender: str, home: Path, *, is_demo: bool) -> dict[str, Any]:
    """Give the settings of e-mail.

    Parameters
    ----------
    told
        Such as ``smtp://user:password@mail.example:587``; empty where nothing is sent.
    sender
        From whom; needed where a server is told.
    home
        Folder of the clinic's files. A demo keeps its e-mails in it and sends none.
    is_demo
        Whether this is a demo.

    Raises
    ------
    MailNotUnderstood
        Where something is missing or cannot be read.
    """
    if is_demo or not told:
        return {
            "EMAIL_IS_ON": is_demo,
            "EMAIL_BACKEND": f"{BACKENDS}.{'filebased' if is_demo else 'dummy'}.EmailBackend",
            "EMAIL_FILE_PATH": str(home / "outbox") if is_demo else None,
            "DEFAULT_FROM_EMAIL": "Respite <respite@demo.invalid>",
        }
    try:
        parts = urlsplit(told)
        host, port = parts.hostname, parts.port
    except ValueError:
        raise _refusal() from None
    if parts.scheme not in PORTS or not host or "@" not in sender or "\n" in sender:
        raise _refusal()
    return {
        "EMAIL_IS_ON": True,
        "EMAIL_BACKEND": f"{BACKENDS}.smtp.EmailBackend",
        "EMAIL_HOST": host,
        "EMAIL_PORT": port or PORTS[parts.scheme],
        "EMAIL_HOST_USER": unquote(parts.username or ""),
        "EMAIL_HOST_PASSWORD": unquote(parts.password or ""),
        "EMAIL_USE_TLS": parts.scheme == "smtp",
        "EMAIL_USE_SSL": parts.scheme == "smtps",
        "EMAIL_TIMEOUT": TIMEOUT_S,
        "DEFAULT_FROM_EMAIL": sender,
    }


def _refusal() -> MailNotUnderstood:
    # What was told may hold a password, and is not repeated.
    return MailNotUnderstood(
        _("RESPITE_CLINIC_EMAIL or RESPITE_CLINIC_EMAIL_FROM cannot be read."),
        _("smtp://user:password@host:port, smtps:// or smtp+plain://, and from whom."),
        _("read docs/reference/clinic-settings.md."),
    )
