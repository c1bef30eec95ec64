"""What the pictures and tables of the forecast pages are made from, read for one patient."""

from __future__ import annotations

from collections import defaultdict
from datetime import date, datetime, timedelta
from typing import Any

from django.utils.timezone import get_current_timezone

from respite.clinic.diaries.queries import scores_of
from respite.clinic.forecasts import timeline
from respite.clinic.forecasts.models import ForecastRecord
from respite.clinic.forecasts.timeline import Change, Given, Score, Told
from respite.clinic.patients.models import PatientRecord
from respite.domain import translate as _

EACH_DAYS = 7
"""How often the table gives the forecast for days to come."""


def told_of(
    patient: PatientRecord, record: ForecastRecord | None, now: datetime, *, for_staff: bool
) -> Told:
    """Gather what is drawn of a patient.

    Parameters
    ----------
    patient
        Whom.
    record
        The forecast that is drawn; ``None`` for none.
    now
        Where today is.
    for_staff
        Whether medicines are drawn as well.
    """
    scores = [Score(at, float(pain)) for at, pain in scores_of(patient)]
    doses = [Given(one.start, _dose_words(one)) for one in patient.doses.filter(is_withdrawn=False)]
    curve = None if record is None else timeline.curve_of(record.answer)
    doses += _to_come(record, now)
    return Told(now, scores, doses, _medicine_changes(patient) if for_staff else (), curve)


def _dose_words(dose: Any) -> str:
    return f"{dose.drug} {dose.amount.normalize():f} {dose.unit} {dose.route}"


def _to_come(record: ForecastRecord | None, now: datetime) -> list[Given]:
    """Give the doses of the plan that a forecast took for granted."""
    if record is None or not record.answer.get("first_dose"):
        return []
    first = datetime.fromisoformat(record.answer["first_dose"])
    if first.tzinfo is None:
        first = first.replace(tzinfo=get_current_timezone())
    known = len(record.inputs.get("given", ()))
    days = (record.dose_days or [])[known:]
    moments = (first + timedelta(days=day) for day in days)
    return [Given(at, _("planned"), is_to_come=True) for at in moments if at > now]


def _medicine_changes(patient: PatientRecord) -> list[Change]:
    found: list[Change] = []
    for one in patient.medicines.all():
        if one.since is not None:
            found.append(Change(one.since, _("{medicine} begun").format(medicine=one.name)))
        if one.until is not None:
            found.append(Change(one.until, _("{medicine} stopped").format(medicine=one.name)))
    return sorted(found, key=lambda change: change.day)


def pictures_of(told: Told) -> list[timeline.Picture]:
    """Draw it for narrow and for wide screens."""
    return [timeline.draw(told, width) for width in (timeline.NARROW, timeline.WIDE)]


def rows_of(told: Told, *, has_forecast: bool) -> list[tuple[str, ...]]:
    """Give the picture as a table: each day on which something was written or done, and weeks.

    Parameters
    ----------
    told
        What is drawn.
    has_forecast
        Whether there is a column for what was expected.
    """
    zone = get_current_timezone()
    first, last = timeline.window_of(told)
    scores: defaultdict[date, list[str]] = defaultdict(list)
    what: defaultdict[date, list[str]] = defaultdict(list)
    for score in told.scores:
        if first <= score.at <= last:
            scores[score.at.astimezone(zone).date()].append(f"{score.pain:g}")
    for day, words in _happened(told):
        if first.date() <= day <= last.date():
            what[day].append(words)
    expected = {
        day: words
        for day, words in _expected(told, {*scores, *what}).items()
        if first.date() <= day <= last.date()
    }
    return [
        (
            day.isoformat(),
            ", ".join(scores[day]),
            *([expected.get(day, "")] if has_forecast else []),
            "; ".join(what[day]),
        )
        for day in sorted({*scores, *what, *expected})
    ]


def _happened(told: Told) -> list[tuple[date, str]]:
    zone = get_current_timezone()
    found = [(one.at.astimezone(zone).date(), one.words) for one in told.doses]
    found += [(one.day, one.words) for one in told.changes]
    if told.curve is not None and told.curve.fades_at is not None:
        day = told.curve.fades_at.astimezone(zone).date()
        found.append((day, _("relief expected to fade")))
    return found


def _expected(told: Told, days: set[date]) -> dict[date, str]:
    """Give expected pain on days that are in the table already, and each week from today on."""
    curve, zone = told.curve, get_current_timezone()
    if curve is None:
        return {}
    today = told.now.astimezone(zone).date()
    found: dict[date, str] = {}
    for at, low, middle, high in zip(curve.at, curve.low, curve.middle, curve.high, strict=True):
        day = at.astimezone(zone).date()
        ahead = (day - today).days
        if day in days or (ahead >= 0 and ahead % EACH_DAYS == 0):
            found[day] = _("{middle} ({low} to {high})").format(
                middle=f"{middle:.1f}", low=f"{low:.1f}", high=f"{high:.1f}"
            )
    return found
