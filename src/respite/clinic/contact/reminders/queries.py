"""Questions to addresses, e-mails and calls, in words of the clinic."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from datetime import date, datetime
from itertools import islice
from typing import Any
from zoneinfo import ZoneInfo

from django.conf import settings
from django.db.models import Max, QuerySet

from respite.clinic.contact.reminders.ladder import Call, Facts
from respite.clinic.contact.reminders.models import (
    DAILY,
    CallRecord,
    Mail,
    MailState,
    Reach,
)
from respite.clinic.diaries.models import Entry
from respite.clinic.diaries.queries import stands
from respite.clinic.patients.models import PatientRecord

AT_ONCE = 500
"""Patients whose facts are read together; ours."""

GONE_OUT = (MailState.SENT, MailState.UNSURE)
"""States of e-mails that reached, or may have reached, somebody."""


def reach_of(patient: PatientRecord) -> Reach | None:
    """Give how a patient wishes to be reached; ``None`` where nothing was told."""
    return Reach.objects.filter(patient=patient).first()


def facts_of(
    patients: Iterable[PatientRecord], mails_since: date | None = None
) -> Iterator[tuple[PatientRecord, Facts]]:
    """Give what the ladder needs to know of each of some patients, in a few queries for hundreds.

    Parameters
    ----------
    patients
        With their clinic and user read before. Of one who has no account nothing is expected.
    mails_since
        From which day on reminders are looked up; none are, if left out.
    """
    rest = iter(patients)
    while some := list(islice(rest, AT_ONCE)):
        yield from _facts_of(some, mails_since)


def _facts_of(
    patients: Sequence[PatientRecord], mails_since: date | None
) -> Iterator[tuple[PatientRecord, Facts]]:
    keys = [one.pk for one in patients]
    reaches = {one.patient_id: one for one in Reach.objects.filter(patient_id__in=keys)}
    standing = Entry.objects.filter(stands(), patient_id__in=keys)
    last = dict(standing.order_by().values_list("patient_id").annotate(last=Max("day")))
    mails: dict[int, set[date]] = defaultdict(set)
    for patient_id, day in [] if mails_since is None else _made_since(keys, mails_since):
        mails[patient_id].add(day)
    calls: dict[int, list[Call]] = defaultdict(list)
    for one in CallRecord.objects.filter(patient_id__in=keys):
        calls[one.patient_id].append(Call(one.silence_from, one.again_on))
    for patient in patients:
        reach, last_entry = reaches.get(patient.pk), last.get(patient.pk)
        yield (
            patient,
            Facts(
                expected_from=_expected_from(patient, reach, last_entry),
                last_entry=last_entry,
                paused_until=reach.paused_until if reach else None,
                mail_days=frozenset(mails[patient.pk]),
                calls=tuple(calls[patient.pk]),
                can_mail=can_remind(patient, reach),
                silent_days=patient.clinic.silent_days,
            ),
        )


def _made_since(keys: Sequence[int], day: date) -> QuerySet[Any]:
    made = Mail.objects.filter(patient_id__in=keys, kind__in=DAILY, day__gte=day)
    return made.order_by().values_list("patient_id", "day")


def can_remind(patient: PatientRecord, reach: Reach | None) -> bool:
    """Say whether reminders are wanted by a patient and can be sent."""
    user = patient.user
    return bool(
        settings.EMAIL_IS_ON
        and reach is not None
        and reach.is_usable
        and reach.hour is not None
        and user is not None
        and user.is_active
    )


def _expected_from(
    patient: PatientRecord, reach: Reach | None, last_entry: date | None
) -> date | None:
    """Give the first day for which an entry is expected, where entries do not say it."""
    if reach is not None and reach.began is not None:
        return reach.began
    user = patient.user
    if last_entry is not None or user is None or not user.is_active:
        return None
    return user.date_joined.astimezone(ZoneInfo(patient.clinic.time_zone)).date()


def reminders_after(patients: Sequence[PatientRecord], after: dict[int, date]) -> dict[int, int]:
    """Count the reminders that went out to patients for days after some day of each."""
    counts: dict[int, int] = defaultdict(int)
    sent = Mail.objects.filter(patient__in=patients, kind__in=DAILY, state__in=GONE_OUT)
    for patient_id, day in sent.order_by().values_list("patient_id", "day"):
        counts[patient_id] += day > after[patient_id]
    return counts


def mails_of(patient: PatientRecord) -> QuerySet[Mail]:
    """Give what was sent to a patient, the latest first."""
    return patient.mails.order_by("-pk")


def calls_of(patient: PatientRecord) -> QuerySet[CallRecord]:
    """Give the calls that were made to a patient, the latest first."""
    return patient.calls.select_related("by").order_by("-pk")


def codes_since(patient: PatientRecord, moment: datetime) -> int:
    """Count the codes that were asked for since a moment."""
    return patient.mails.filter(kind="code", made_at__gt=moment).count()
