"""When each item was last done, and what follows: the schedule of one patient."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date

from django.db.models import Max, QuerySet

from respite.clinic.diaries.queries import entries_of
from respite.clinic.patients.models import FactAnswer, PatientRecord, Score
from respite.clinic.patients.queries import history_of, latest_answers
from respite.clinic.surveillance.models import DoneElsewhere, LabResult
from respite.clinic.surveillance.results import done_by_results, standing_results
from respite.clinic.treatments.queries import current_plan
from respite.domain import Regimen, RespiteError
from respite.domain import translate as _
from respite.safety import SurveillancePlan, last_done, read_facts, surveillance_plan

FORMS = {
    "icsi": "bladder_score",
    "bladder": "bladder_symptoms",
    "phq9": "mood",
    "audit-c": "alcohol",
    "peg": "benefit",
    "bpi-severity": "benefit",
    "bpi-interference": "benefit",
    "nrs": "benefit",
}
"""Which item a questionnaire does."""

PRESSURE, SYMPTOMS, BENEFIT = "blood_pressure", "bladder_symptoms", "benefit"


@dataclass(frozen=True, kw_only=True)
class LastDone:
    """When something was last done, and by what.

    Attributes
    ----------
    day
        The day.
    how
        By what it was done, in words.
    told
        The row that tells it, where somebody told that it was done elsewhere.
    """

    day: date
    how: str
    told: DoneElsewhere | None = None


def standing_done(patient: PatientRecord) -> QuerySet[DoneElsewhere]:
    """Give what was told to be done and not taken back, the earliest first."""
    return patient.done.filter(is_removed=False, corrected_by=None).select_related("written_by")


def done_of(
    patient: PatientRecord,
    today: date,
    *,
    rows: Iterable[LabResult] | None = None,
    scores: Iterable[Score] | None = None,
    answers: Mapping[str, FactAnswer] | None = None,
) -> dict[str, LastDone]:
    """Say when each item was last done, by whatever tells it.

    Parameters
    ----------
    patient
        The patient.
    today
        The day on which is asked; what lies after it does not count.
    rows, scores, answers
        Results, questionnaires and answers, where they were read before.
    """
    found: dict[str, LastDone] = {}

    def take(item: str, day: date | None, how: str, told: DoneElsewhere | None = None) -> None:
        if day is not None and day <= today and (item not in found or found[item].day <= day):
            found[item] = LastDone(day=day, how=how, told=told)

    answers = latest_answers(patient) if answers is None else answers
    for item, day in _answered(answers, today).items():
        take(item, day, _("told on the page of questions"))
    entries = entries_of(patient).aggregate(
        scored=Max("day"),
    )
    checked = entries_of(patient).exclude(bladder={}).aggregate(day=Max("day"))
    take(BENEFIT, entries["scored"], _("diary"))
    take(SYMPTOMS, checked["day"], _("diary"))
    given = patient.sessions.filter(started_at__isnull=False).aggregate(day=Max("day"))
    take(PRESSURE, given["day"], _("session"))
    for row in patient.scores.all() if scores is None else scores:
        if row.instrument in FORMS:
            take(FORMS[row.instrument], row.on, _("questionnaire"))
    rows = standing_results(patient) if rows is None else rows
    for item, day in done_by_results(rows).items():
        take(item, day, _("result"))
    for row in standing_done(patient):
        take(row.item, row.day, _("told by {name}").format(name=row.told_by), row)
    return found


def _answered(answers: Mapping[str, FactAnswer], today: date) -> dict[str, date]:
    dates = {name: one.told for name, one in answers.items() if name.endswith(("_date", "_days"))}
    try:
        return last_done(read_facts(dates, on=today).known, on=today)
    except RespiteError:
        return {}


def plan_of(
    patient: PatientRecord, today: date, done: Mapping[str, LastDone]
) -> SurveillancePlan | None:
    """Say what is to be watched; ``None`` where what is known cannot be true.

    A plan that has begun counts by the doses that were given under it; one that is still to begin
    counts as it is written.

    Parameters
    ----------
    patient
        The patient.
    today
        The day on which is asked.
    done
        When each item was last done.
    """
    regimen, starts = _to_come(patient, today)
    try:
        return surveillance_plan(
            patient.to_patient(today),
            on=today,
            regimen=regimen,
            starts=starts,
            history=history_of(patient),
            done={item: one.day for item, one in done.items()},
        )
    except RespiteError:
        return None


def _to_come(patient: PatientRecord, today: date) -> tuple[Regimen | None, date | None]:
    plan = current_plan(patient)
    if plan is None or plan.starts is None or plan.starts < today:
        return None, None
    try:
        return plan.to_regimen(), plan.starts
    except RespiteError:
        return None, None
