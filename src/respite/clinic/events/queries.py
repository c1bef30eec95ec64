"""Unwanted effects that need somebody, in words of the clinic."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

from django.db.models import QuerySet

from respite.clinic.diaries.words import is_urgent
from respite.clinic.events.models import EventRecord, EventReport, EventVersion
from respite.clinic.patients.models import PatientRecord
from respite.domain import translate as _

TESTS_BEFORE = timedelta(days=90)
TESTS_AFTER = timedelta(days=30)
"""How far from an unwanted effect results of tests count as near; ours."""


@dataclass(frozen=True)
class OpenEvent:
    """An unwanted effect on record that still needs somebody: an assessment, or a report.

    Attributes
    ----------
    event_id, since
        Which, and since when.
    is_serious
        Whether it was serious; also where nobody has judged yet and the patient told of a sign
        that may not wait.
    """

    event_id: int
    since: datetime
    is_serious: bool


@dataclass(frozen=True)
class Standing:
    """An unwanted effect as it stands.

    Attributes
    ----------
    event, version
        Which, and its latest version.
    reports
        To whom it was reported, the earliest first.
    """

    event: EventRecord
    version: EventVersion
    reports: tuple[EventReport, ...]

    @property
    def is_unassessed(self) -> bool:
        """Whether nobody has judged if it was serious, or whether it is from ketamine."""
        return self.version.is_serious is None or not self.version.causality

    @property
    def is_unreported(self) -> bool:
        """Whether it is serious and was not reported."""
        return bool(self.version.is_serious) and not self.reports

    @property
    def is_open(self) -> bool:
        """Whether it needs somebody."""
        return not self.version.is_withdrawn and (self.is_unassessed or self.is_unreported)

    @property
    def is_later_than_report(self) -> bool:
        """Whether it was changed after it was reported last."""
        return bool(self.reports) and self.reports[-1].version_id != self.version.pk


def open_events(patient: PatientRecord) -> tuple[OpenEvent, ...]:
    """Give unwanted effects that still need somebody, the oldest first."""
    return tuple(
        OpenEvent(
            event_id=one.event.pk,
            since=one.event.made_at,
            is_serious=bool(one.version.is_serious)
            or (one.version.is_serious is None and may_not_wait(one.version)),
        )
        for one in reversed(standing_events(patient))
        if one.is_open
    )


def standing_events(patient: PatientRecord) -> tuple[Standing, ...]:
    """Give every unwanted effect of a patient as it stands, the latest first."""
    versions = EventVersion.objects.filter(event__patient=patient, replaced_by=None)
    found = versions.select_related("event__made_by", "written_by").order_by("-event_id")
    reports: dict[int, list[EventReport]] = {}
    for one in EventReport.objects.filter(event__patient=patient):
        reports.setdefault(one.event_id, []).append(one)
    return tuple(Standing(one.event, one, tuple(reports.get(one.event_id, ()))) for one in found)


def standing(event: EventRecord) -> Standing:
    """Give one unwanted effect as it stands."""
    return Standing(event, latest_version(event), tuple(event.reports.select_related("written_by")))


def latest_version(event: EventRecord) -> EventVersion:
    """Give what is known of an unwanted effect now."""
    related = ("written_by", "assessed_by", "session", "dose__session")
    return event.versions.select_related(*related).get(replaced_by=None)


def versions_of(event: EventRecord) -> QuerySet[EventVersion]:
    """Give every version of an unwanted effect, the latest first."""
    return event.versions.select_related("written_by", "assessed_by").order_by("-number")


def may_not_wait(version: EventVersion) -> bool:
    """Say whether a patient ticked a sign with which nobody should wait."""
    told = version.told
    return is_urgent(told.get("effects", ()), told.get("bladder", {}))


def labs_near(patient: PatientRecord, day: date) -> tuple[str, ...]:
    """Give results of tests around a day, where the app that keeps them has any."""
    labs: Any = getattr(patient, "labs", None)
    if labs is None:
        return ()
    found = labs.filter(
        is_removed=False, corrected_by=None, day__gte=day - TESTS_BEFORE, day__lte=day + TESTS_AFTER
    )
    return tuple(
        _("{day}: {analyte} {value} {unit}")
        .format(
            day=one.day.isoformat(),
            analyte=one.analyte.replace("_", " "),
            value=f"{one.sign}{one.typed}",
            unit=one.unit,
        )
        .rstrip()
        for one in found
    )
