"""What tests of the work-list share."""

from __future__ import annotations

from datetime import UTC, datetime, time, timedelta
from uuid import uuid4
from zoneinfo import ZoneInfo

from django.utils import timezone

from respite.clinic.diaries.models import Entry
from respite.clinic.treatments.models import DoseRecord, PlanRecord, PlanState, SessionRecord
from respite.clinic.worklist.actions import act
from respite.clinic.worklist.looking_actions import look_at
from respite.clinic.worklist.models import Act, WorkItem
from respite.clinic.worklist.reasons import FINDERS, Kind, Looked, Need, Reason

NOON = datetime(2026, 11, 20, 11, tzinfo=UTC)
"""Noon in Amsterdam, where the clinics of the tests are."""

ZONE = ZoneInfo("Europe/Amsterdam")


def dosed(patient, days_ago=10, now=NOON):
    return DoseRecord.objects.create(
        patient=patient, start=now - timedelta(days=days_ago), drug="ketamine", amount=35,
        unit="mg", route="iv", duration_min=40, written_by=patient.made_by,
    )  # fmt: skip


def scored(patient, pain, days_ago=0.0, now=NOON, **told):
    at = now - timedelta(days=days_ago)
    facts = {"day": at.astimezone(ZONE).date(), "felt_at": at, "written_at": at}
    return Entry.objects.create(patient=patient, pain=pain, written_by=patient.user, **facts | told)


def planned(patient, starts, regimen="ketamine 35 mg iv over 40 min daily x3", **told):
    facts = {"state": PlanState.SIGNED, "signed_at": NOON, "made_by": patient.made_by}
    return PlanRecord.objects.create(
        patient=patient, regimen=regimen, starts=starts, **facts | told
    )


def held(patient, plan, day, state="ended"):
    nine = datetime.combine(day, time(9), UTC)
    return SessionRecord.objects.create(
        patient=patient, plan=plan, day=day, state=state, made_by=patient.made_by,
        started_at=None if state == "checks" else nine,
    )  # fmt: skip


def found(patient, kind, now=NOON):
    """Give the reasons of one kind, read off the record afresh."""
    patient = type(patient).objects.select_related("clinic", "user").get(pk=patient.pk)
    return list(FINDERS[kind](Looked(patient, now)))


def says(patient, kind, now=NOON):
    return [one.says for one in found(patient, kind, now)]


def item_of(patient, kind=Kind.URGENT, need=Need.NOW, key="entry:1", **told):
    """Make an item as a look would."""
    facts = {
        "says": "urgent_entry",
        "values": {"entry_id": 1, "day": "2026-11-20", "answers": "chest_pain"},
    }
    now = timezone.now()
    return WorkItem.objects.create(
        clinic=patient.clinic, patient=patient, kind=kind, key=key, need=need,
        since=now - timedelta(hours=1), opened_at=now, **facts | told,
    )  # fmt: skip


def done_by(user, item, what=Act.DONE, **told):
    return act(user, item, what, client_id=uuid4(), **told)


def made_up(kind=Kind.TEST, key="a", need=Need.WEEK, **told):
    facts = {"says": "test_due", "since": NOON, "values": {"title": key, "reason": "", "day": "d"}}
    return Reason(kind=kind, key=key, need=need, **facts | told)


def open_keys(patient):
    rows = WorkItem.objects.filter(patient=patient, closed_at=None)
    return set(rows.values_list("key", flat=True))


def look(patient, now=NOON):
    look_at(patient.pk, now)
