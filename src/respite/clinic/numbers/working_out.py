"""Everything the clinic's numbers are: worked out by the worker, kept as plain data."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import datetime
from random import Random
from typing import Any

from django.db.models import Count, Max, Q, Sum
from django.utils import timezone

from respite.clinic.accounts.models import Clinic
from respite.clinic.diaries.models import Entry
from respite.clinic.forecasts.models import ForecastRecord
from respite.clinic.forecasts.plain import digest_of, plain
from respite.clinic.numbers.came_true import record_of
from respite.clinic.numbers.outcomes import Outcomes, effects_counted
from respite.clinic.numbers.queries_streamed import CHUNK, followed_of, patients_of_clinic
from respite.clinic.patients.models import PatientRecord, Score
from respite.clinic.treatments.models import DoseRecord, EntryKind, SessionEntry, SessionRecord
from respite.clinic.treatments.sessions.flowsheet import TAKEN_BACK
from respite.clinic.treatments.sessions.queries import GIVEN
from respite.domain import VERSION, CourseSeen, Visits
from respite.report import return_times, return_times_words

SCHEMA = "respite.clinic-numbers/1"

MOST_COURSES = 20_000
"""Courses that the curve is made from; where there are more, so many are drawn. Ours."""

MOST_DRAWS, FEWEST_DRAWS, DRAWN_COURSES = 400, 50, 200_000
"""Groups that are drawn for limits: fewer where there are many courses, as each then tells more
and takes longer; ours."""

SEED = 1


def digest_now(clinic: Clinic, now: datetime) -> str:
    """Give the fingerprint of everything that the numbers would be made from.

    Parameters
    ----------
    clinic, now
        Of which clinic, and when: with each day more of what was written is due.
    """
    tables: dict[str, Any] = {
        "patients": PatientRecord.objects.filter(clinic=clinic).aggregate(
            n=Count("pk"), last=Max("pk"), edits=Sum("version")
        ),
        "doses": DoseRecord.objects.filter(patient__clinic=clinic).aggregate(
            n=Count("pk"), last=Max("pk"), withdrawn=Count("pk", filter=Q(is_withdrawn=True))
        ),
        "sessions": SessionRecord.objects.filter(patient__clinic=clinic, state__in=GIVEN).aggregate(
            n=Count("pk")
        ),
    }
    for name, table, where in (
        ("entries", Entry, "patient__clinic"),
        ("scores", Score, "patient__clinic"),
        ("forecasts", ForecastRecord, "patient__clinic"),
        ("lines", SessionEntry, "session__patient__clinic"),
    ):
        tables[name] = table._default_manager.filter(**{where: clinic}).aggregate(
            n=Count("pk"), last=Max("pk")
        )
    day = timezone.localdate(now).isoformat()
    return digest_of(plain({"schema": SCHEMA, "with": VERSION, "day": day, "tables": tables}))


def numbers_of(clinic: Clinic, now: datetime) -> dict[str, Any]:
    """Work the numbers of a clinic out.

    Parameters
    ----------
    clinic, now
        Of which clinic, and when.

    Returns
    -------
    Plain data in the form of ``respite.clinic-numbers/1``.
    """
    counted = Outcomes()
    for one in followed_of(patients_of_clinic(clinic)):
        counted.add(one, now)
    return plain(
        {
            "schema": SCHEMA,
            "patients": patients_of_clinic(clinic).count(),
            **counted.to_data(),
            "returns": returns_of(counted.courses, clinic.pk),
            "record": record_of(clinic),
            "effects": _effects(clinic),
        }
    )


def returns_of(courses: list[CourseSeen], seed: int) -> dict[str, Any]:
    """Ask the library when pain returned.

    Parameters
    ----------
    courses
        What diaries show of each course.
    seed
        Seed by which courses are drawn, where there are too many.

    Returns
    -------
    ``answer`` and ``words`` of the library, ``of`` how many courses; empty without a course.
    """
    if not courses:
        return {}
    drawn = courses
    if len(courses) > MOST_COURSES:
        drawn = Random(seed).sample(courses, MOST_COURSES)
    resamples = max(FEWEST_DRAWS, min(MOST_DRAWS, DRAWN_COURSES // len(drawn)))
    answer = return_times(Visits(tuple(drawn)), resamples=resamples, seed=SEED)
    words = return_times_words(answer)
    return {"of": len(courses), "answer": answer.to_dict(), "words": words}


def _effects(clinic: Clinic) -> dict[str, Any]:
    given = {"session__patient__clinic": clinic, "session__state__in": GIVEN}
    rows = (
        SessionEntry.objects.filter(kind=EntryKind.EFFECT, corrected_by=None, **given)
        .order_by("pk")
        .values_list("session_id", "session__patient_id", "data")
        .iterator(chunk_size=CHUNK)
    )
    sessions = SessionRecord.objects.filter(patient__clinic=clinic, state__in=GIVEN).count()
    return effects_counted(sessions, _standing(rows))


def _standing(rows: Iterable[tuple[int, int, dict[str, Any]]]) -> Iterator[Any]:
    return (row for row in rows if TAKEN_BACK not in row[2])
