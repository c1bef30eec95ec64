"""No forecast could be made, it is not up to date, or the patient was not shown one.

Keys: what the library said, the last thing that was written, and the last release.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta
from hashlib import sha256

from respite.clinic.audit.queries import last_write
from respite.clinic.forecasts.inputs import asked_of, library_digest
from respite.clinic.forecasts.models import ForecastRecord
from respite.clinic.forecasts.queries import last_release
from respite.clinic.worklist.reasons.looked import Looked
from respite.clinic.worklist.reasons.reason import Kind, Need, Reason
from respite.domain import VERSION

LATE = timedelta(hours=1)
"""How long a forecast may be on its way before somebody is told; ours."""

NO_NEWS = ("forecast.", "work.")
"""How actions begin that no forecast is made from."""


def find(looked: Looked) -> Iterator[Reason]:
    """Say what is amiss with the forecast."""
    record = looked.forecast
    if not looked.is_treated or record is None:
        return
    if record.refusal:
        found = record.refusal.get("found", "")
        yield Reason(
            kind=Kind.FORECAST,
            key=f"refused:{sha256(found.encode('utf-8', 'surrogatepass')).hexdigest()[:16]}",
            need=Need.WEEK,
            says="forecast_refused",
            values={"found": found, "remedy": record.refusal.get("remedy", "")},
            since=looked.start_of(looked.day_of(record.made_at)),
        )
        return
    yield from _late(looked, record)
    yield from _unshown(looked)


def _late(looked: Looked, record: ForecastRecord) -> Iterator[Reason]:
    """Say that something was written since, and no forecast was made from it.

    What would be asked is compared as of the moment of the forecast, for a new day alone changes
    the question; and only where the program is the same, for a new release changes all of them.
    """
    wrote = last_write(looked.patient.pk, NO_NEWS)
    if wrote is None or wrote < record.made_at or looked.now - wrote < LATE:
        return
    is_of_now = record.library_digest == library_digest() and record.made_with == VERSION
    if not is_of_now or asked_of(looked.patient, record.made_at).digest == record.digest:
        return
    yield Reason(
        kind=Kind.FORECAST,
        key=f"late:{wrote.isoformat()}",
        need=Need.WEEK,
        says="forecast_late",
        values={"day": looked.day_of(record.made_at).isoformat()},
        since=wrote,
    )


def _unshown(looked: Looked) -> Iterator[Reason]:
    """Say that the patient was shown no forecast for as long as visits may lie apart."""
    if not looked.has_account:
        return
    last = last_release(looked.patient)
    if last is None:
        day = looked.last_dose_day
    elif looked.now - last.at > timedelta(days=looked.clinic.visit_days):
        day = looked.day_of(last.at)
    else:
        return
    if day is not None:
        yield Reason(
            kind=Kind.FORECAST,
            key=f"unshown:{0 if last is None else last.pk}",
            need=Need.WEEK,
            says="forecast_never_shown" if last is None else "forecast_shown_long_ago",
            values={"day": day.isoformat()},
            since=looked.start_of(day),
        )
