"""The only writer of unwanted effects: begun, changed, assessed, reported.

Nothing that was written is ever changed: a change is a new version that names the one before.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any
from uuid import UUID

from django.db import transaction
from django.http import Http404
from django.utils import timezone

from respite.clinic.accounts.models import Role, User
from respite.clinic.audit.actions import record
from respite.clinic.diaries.models import Entry
from respite.clinic.events.models import EventRecord, EventReport, EventVersion
from respite.clinic.events.queries import latest_version, may_not_wait
from respite.clinic.patients.actions import Stale
from respite.clinic.patients.holding import hold
from respite.clinic.patients.models import PatientRecord
from respite.clinic.treatments.models import SessionEntry

ASSESSMENT = ("causality", "causality_why")
"""What only a clinician writes."""

FACTS = (
    "terms", "words", "told", "began", "began_time", "ended", "is_ongoing", "is_serious",
    "criteria", "severity", "action_taken", "outcome", "dechallenge", "rechallenge", "session",
    "dose", "reporter", "reporter_name", "history", "tests", "is_withdrawn", *ASSESSMENT,
)  # fmt: skip
"""What a version tells of an unwanted effect."""


def begin(  # noqa: PLR0913 - each is a fact of where it comes from
    by: User,
    patient: PatientRecord,
    told: Mapping[str, Any],
    *,
    client_id: UUID,
    line: SessionEntry | None = None,
    entry: Entry | None = None,
) -> EventRecord:
    """Put an unwanted effect on record; sent twice, it is kept once.

    Parameters
    ----------
    by, patient
        Who writes, about whom.
    told
        What is known, by field.
    client_id
        Made where the form was shown.
    line, entry
        The line of a flowsheet or the entry of a diary from which it was begun.

    Raises
    ------
    Http404
        Where the number belongs to another patient's.
    """
    with transaction.atomic():
        hold(patient.pk)
        kept = EventRecord.objects.filter(client_id=client_id).first()
        if kept is not None:
            if kept.patient_id != patient.pk:
                raise Http404
            return kept
        event = EventRecord.objects.create(
            patient=patient, client_id=client_id, line=line, entry=entry, made_by=by
        )
        version = EventVersion(event=event, written_by=by, **_allowed(by, told))
        _sign_assessment(by, version, None)
        version.save(force_insert=True)
        note = {"urgent": True} if may_not_wait(version) else {}
        record(by, "event.added", event, patient_id=patient.pk, note=note)
    return event


def change(  # noqa: PLR0913 - each is a fact of the change
    by: User,
    event: EventRecord,
    told: Mapping[str, Any],
    *,
    number: int,
    client_id: UUID,
    why: str = "",
) -> EventVersion:
    """Write a new version of an unwanted effect; where nothing differs, none is written.

    Parameters
    ----------
    by, event, told
        Who writes what of which.
    number
        The version that was on the page.
    client_id
        Made where the form was shown.
    why
        Why it is changed.

    Raises
    ------
    Stale
        Where somebody else wrote a version in the meantime; nothing is written.
    """
    with transaction.atomic():
        hold(event.patient_id)
        kept = EventVersion.objects.filter(client_id=client_id).first()
        if kept is not None:
            if kept.event_id != event.pk:
                raise Http404
            return kept
        before = latest_version(event)
        if before.number != number:
            raise Stale(before)
        fields = {name: getattr(before, name) for name in FACTS} | _allowed(by, told)
        changed = sorted(name for name in FACTS if fields[name] != getattr(before, name))
        if not changed:
            return before
        version = EventVersion(
            event=event, number=before.number + 1, client_id=client_id, replaces=before, why=why,
            written_by=by, **fields,
        )  # fmt: skip
        _sign_assessment(by, version, before)
        version.save(force_insert=True)
        record(
            by, "event.changed", event, patient_id=event.patient_id,
            note={"fields": changed, "version": version.number},
        )  # fmt: skip
    return version


def mark_reported(
    by: User, event: EventRecord, told: Mapping[str, Any], *, number: int, client_id: UUID
) -> EventReport:
    """Put on record that an unwanted effect was reported; sent twice, it is kept once.

    Parameters
    ----------
    by, event
        Who reported which.
    told
        ``to`` whom, ``on`` which day, under which ``reference``.
    number
        The version that was on the page.
    client_id
        Made where the form was shown.

    Raises
    ------
    Stale
        Where there is a later version than the one that was on the page.
    """
    with transaction.atomic():
        hold(event.patient_id)
        kept = EventReport.objects.filter(client_id=client_id).first()
        if kept is not None:
            if kept.event_id != event.pk:
                raise Http404
            return kept
        version = latest_version(event)
        if version.number != number:
            raise Stale(version)
        made = EventReport.objects.create(
            event=event, version=version, client_id=client_id, written_by=by, **told
        )
        record(by, "event.reported", event, patient_id=event.patient_id,
               note={"version": version.number})  # fmt: skip
    return made


def _allowed(by: User, told: Mapping[str, Any]) -> dict[str, Any]:
    """Give what somebody may write: causality is a clinician's."""
    fields = {name: value for name, value in told.items() if name in FACTS}
    if by.role != Role.CLINICIAN:
        for name in ASSESSMENT:
            fields.pop(name, None)
    return fields


def _sign_assessment(by: User, version: EventVersion, before: EventVersion | None) -> None:
    """Write who judged causality, and when; an unchanged judgement keeps its name."""
    if not version.causality:
        version.assessed_by = version.assessed_at = None
        return
    is_same = before is not None and all(
        getattr(before, name) == getattr(version, name) for name in ASSESSMENT
    )
    if before is not None and is_same:
        version.assessed_by, version.assessed_at = before.assessed_by, before.assessed_at
        return
    version.assessed_by, version.assessed_at = by, timezone.now()
