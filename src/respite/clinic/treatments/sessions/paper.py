"""What the printed pages of a session show."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from fractions import Fraction
from typing import Any

from django.utils import timezone

from respite.clinic.treatments.models import EntryKind, SessionRecord
from respite.clinic.treatments.sessions.flowsheet import Flowsheet, Line, flowsheet_of
from respite.clinic.treatments.sessions.page import live_page, tidy
from respite.clinic.treatments.sessions.queries import entries_of, lines_of
from respite.clinic.treatments.sessions.watch import (
    first_dose,
    first_row,
    pressure_at_forty,
    severities,
)
from respite.domain import translate as _

LEAST_MINUTES = 120
"""How long somebody is observed at least after nasal esketamine, by its label."""


@dataclass(frozen=True)
class Pressure:
    """A blood pressure of the observation form; without a time where it was not taken."""

    when: str
    at: datetime | None
    systolic: int | None
    diastolic: int | None


def summary_page(session: SessionRecord) -> dict[str, Any]:
    """Give what the summary shows: what was given, measured and seen, and who wrote it."""
    entries = entries_of(session)
    sheet = flowsheet_of(lines_of(entries))
    people = {str(one.client_id): one.written_by for one in entries}
    before = sheet.answers()
    signed = [
        {
            "data": line.data,
            "by": people[line.key],
            "seen_by": next(
                (people[one.key] for one in sheet.of(EntryKind.WITNESS)
                 if one.data.get("saw") == line.key),
                None,
            ),
        }
        for line in sheet.of(EntryKind.AMOUNTS)
    ]  # fmt: skip
    return live_page(session, entries) | {
        "checks": before,
        "amounts": signed,
        "total_mg": tidy(Fraction(sum(one.amount for one in sheet.doses()))),
        "relief_now": sheet.relief_at_leaving,
        "printed_at": timezone.localtime(),
    }


def observation_page(session: SessionRecord) -> dict[str, Any]:
    """Give what the observation form shows."""
    entries = entries_of(session)
    sheet = flowsheet_of(lines_of(entries))
    dosed = first_dose(sheet) if sheet.started_at else None
    left = next((one.at for one in reversed(sheet.of(EntryKind.DISCHARGE))
                 if "ended" in one.data), None)  # fmt: skip
    minutes = None
    if dosed is not None:
        minutes = int(((left or timezone.now()) - dosed).total_seconds() // 60)
    observed = next(iter(reversed(sheet.of(EntryKind.OBSERVED))), None)
    seen = {} if observed is None else observed.data
    people = {str(one.client_id): one.written_by for one in entries}
    given = sheet.of(EntryKind.BOLUS)
    return {
        "session": session,
        "patient": session.patient,
        "sheet": sheet,
        "given": given,
        "total_mg": tidy(sum((Fraction(one.data["mg"]) for one in given), Fraction(0))),
        "dosed": dosed,
        "left": left,
        "minutes": minutes,
        "least": LEAST_MINUTES,
        "is_short": minutes is not None and minutes < LEAST_MINUTES,
        "pressures": _pressures(session, sheet),
        "observed": observed,
        "observed_by": None if observed is None else people[observed.key],
        "sedation": severities().get(seen.get("sedation", ""), ""),
        "dissociation": severities().get(seen.get("dissociation", ""), ""),
        "printed_at": timezone.localtime(),
    }


def _pressures(session: SessionRecord, sheet: Flowsheet) -> list[Pressure]:
    start = first_dose(sheet)
    taken = [one for one in sheet.of(EntryKind.VITALS) if one.data.get("systolic") is not None]
    before = [one for one in taken if start is not None and one.at <= start]
    after = [one for one in taken if start is not None and one.at > start]
    forty = pressure_at_forty(sheet)
    first = first_row(sheet, session.patient.clinic)
    rows = [_pressure(_("Before the dose"), before[-1] if before else None)]
    if not before and first is not None and first.value("systolic") is not None:
        rows = [
            Pressure(
                _("Before the dose"), first.at, first.value("systolic"), first.value("diastolic")
            )
        ]
    rows.append(_pressure(_("About 40 minutes after the dose"), forty))
    later = [one for one in after if one is not forty]
    rows.append(_pressure(_("Before leaving"), later[-1] if later else None))
    return rows


def _pressure(when: str, line: Line | None) -> Pressure:
    if line is None:
        return Pressure(when, None, None, None)
    return Pressure(when, line.at, line.data["systolic"], line.data["diastolic"])
