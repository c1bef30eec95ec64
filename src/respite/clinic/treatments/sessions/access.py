"""Which sessions somebody may see. Everything that is not allowed here is refused."""

from __future__ import annotations

from django.db.models import QuerySet
from django.http import Http404

from respite.clinic.accounts.models import CARERS, User
from respite.clinic.patients.access import patient_to_write, patients_of
from respite.clinic.treatments.models import SessionEntry, SessionRecord


def sessions_of(user: User) -> QuerySet[SessionRecord]:
    """Give the sessions whose flowsheets somebody may read: those who treat the patient."""
    every = SessionRecord.objects.select_related("patient", "patient__clinic", "plan")
    if not user.is_carer:
        return every.none()
    return every.filter(patient__in=patients_of(user))


def session_for(user: User, session_id: int) -> SessionRecord:
    """Give one session to somebody who may read it.

    Raises
    ------
    Http404
        Where there is no such session, or none for this person: the two look the same.
    """
    found = sessions_of(user).filter(pk=session_id).first()
    if found is None:
        raise Http404
    return found


def session_to_write(user: User, session_id: int) -> SessionRecord:
    """Give one session to somebody who may write in it: those who treat, at home.

    Raises
    ------
    Http404
        Where that is not so.
    """
    found = session_for(user, session_id)
    patient_to_write(user, found.patient_id)
    return found


def entry_for(session: SessionRecord, entry_id: int) -> SessionEntry:
    """Give one line of a session.

    Raises
    ------
    Http404
        Where the session has no such line.
    """
    found = session.entries.filter(pk=entry_id).select_related("written_by").first()
    if found is None:
        raise Http404
    return found


def carer_called(user: User, username: str) -> User | None:
    """Give a person of the same clinic who treats, by the name for signing in; or nobody."""
    people = User.objects.filter(clinic_id=user.clinic_id, role__in=CARERS, is_active=True)
    return people.filter(username=username).first()
