"""How much waits for whoever is signed in, for the head of every page."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest
from django.utils.functional import SimpleLazyObject

from respite.clinic.accounts.access import user_of
from respite.clinic.contact.messages.queries import unread_of
from respite.clinic.worklist.queries import now_count


def what_waits(request: HttpRequest) -> dict[str, Any]:
    """Give counts that are asked for only where a page shows them."""
    return {
        "unread": SimpleLazyObject(lambda: unread_of(user_of(request).pk)),
        "work_now": SimpleLazyObject(lambda: now_count(user_of(request))),
    }
