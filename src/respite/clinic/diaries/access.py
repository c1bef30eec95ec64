"""Which entries somebody may see and change."""

from __future__ import annotations

from django.http import Http404

from respite.clinic.accounts.models import User
from respite.clinic.diaries.models import Entry
from respite.clinic.patients.access import own_record


def own_entry(user: User, entry_id: int) -> Entry:
    """Give patients an entry of their own diary.

    Raises
    ------
    Http404
        Where there is no such entry, or it is somebody else's: the two look the same.
    """
    found = own_record(user).entries.filter(pk=entry_id).first()
    if found is None:
        raise Http404
    return found
