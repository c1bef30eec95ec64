"""Which unwanted effects somebody may see. Everything that is not allowed here is refused."""

from __future__ import annotations

from django.db.models import QuerySet
from django.http import Http404

from respite.clinic.accounts.models import User
from respite.clinic.diaries.models import Entry
from respite.clinic.events.models import EventRecord
from respite.clinic.patients.access import own_record, patient_to_write, patients_of
from respite.clinic.patients.models import PatientRecord
from respite.clinic.treatments.models import EntryKind, SessionEntry


def events_of(user: User) -> QuerySet[EventRecord]:
    """Give the unwanted effects that somebody may read: those of patients this person treats."""
    every = EventRecord.objects.select_related("patient", "patient__clinic", "made_by")
    if not user.is_carer:
        return every.none()
    return every.filter(patient__in=patients_of(user))


def event_for(user: User, event_id: int) -> EventRecord:
    """Give one unwanted effect to somebody who may read it.

    Raises
    ------
    Http404
        Where there is none, or none for this person: the two look the same.
    """
    found = events_of(user).filter(pk=event_id).first()
    if found is None:
        raise Http404
    return found


def event_to_write(user: User, event_id: int) -> EventRecord:
    """Give one unwanted effect to somebody who may change it: those who treat, at home.

    Raises
    ------
    Http404
        Where that is not so.
    """
    found = event_for(user, event_id)
    patient_to_write(user, found.patient_id)
    return found


def own_events(user: User) -> QuerySet[EventRecord]:
    """Give patients the unwanted effects that they reported themselves, the latest first."""
    return EventRecord.objects.filter(patient=own_record(user), made_by=user)


def line_of(patient: PatientRecord, line_id: int) -> SessionEntry | None:
    """Give the line of a flowsheet that tells of an unwanted effect of this patient."""
    lines = SessionEntry.objects.filter(session__patient=patient, kind=EntryKind.EFFECT)
    return lines.select_related("session").filter(pk=line_id).first()


def entry_of(patient: PatientRecord, entry_id: int) -> Entry | None:
    """Give an entry of the diary of this patient."""
    return Entry.objects.filter(patient=patient, pk=entry_id).first()
