"""Who drives: sessions of people who are signed in, made without their passwords."""

from __future__ import annotations

from typing import Any

from django.contrib.auth import BACKEND_SESSION_KEY, HASH_SESSION_KEY, SESSION_KEY
from django.contrib.sessions.backends.db import SessionStore

BACKEND = "respite.clinic.accounts.backends.ClinicBackend"


def session_of(user: Any) -> str:
    """Sign somebody in, and give the name of the session."""
    session = SessionStore()
    session[SESSION_KEY] = str(user.pk)
    session[BACKEND_SESSION_KEY] = BACKEND
    session[HASH_SESSION_KEY] = user.get_session_auth_hash()
    session.create()
    return session.session_key or ""


def sessions_of(role: str, count: int) -> list[str]:
    """Sign in some people of a role."""
    from respite.clinic.accounts.models import User

    return [session_of(one) for one in User.objects.filter(role=role).order_by("pk")[:count]]
