"""What patients read of their plan: what it is, what comes next, how to get ready."""

from __future__ import annotations

import zoneinfo
from dataclasses import dataclass
from datetime import date, datetime
from typing import TYPE_CHECKING, Any

from respite.clinic.forecasts.inputs import on_one_clock
from respite.clinic.forecasts.under_way import course_of
from respite.clinic.treatments.models import SessionState
from respite.clinic.treatments.plans.queries import told_of
from respite.clinic.treatments.queries import current_plan
from respite.report import plan_for_patient, words_told

if TYPE_CHECKING:
    from respite.clinic.patients.models import PatientRecord
    from respite.clinic.treatments.models import PlanRecord

OVER = (SessionState.ENDED, SessionState.CALLED_OFF)


@dataclass(frozen=True)
class OwnPlan:
    """A plan as its patient reads it.

    Attributes
    ----------
    plan, words
        The signed plan, and what is said of it.
    next_on
        The day of the next dose by the plan; ``None`` where the plan names no day to come.
    is_told
        Whether a visit was opened for a day to come, so that the day is more than a plan.
    """

    plan: PlanRecord
    words: dict[str, Any]
    next_on: date | None
    is_told: bool


def own_plan(patient: PatientRecord, now: datetime) -> OwnPlan | None:
    """Give the plan by which a patient is treated; ``None`` where none is signed."""
    plan = current_plan(patient)
    if plan is None:
        return None
    today = now.astimezone(zoneinfo.ZoneInfo(patient.clinic.time_zone)).date()
    visit = (
        patient.sessions.filter(day__gte=today)
        .exclude(state__in=OVER)
        .order_by("day", "pk")
        .first()
    )
    next_on = _next_dose(plan, patient, today) if visit is None else visit.day
    words = words_told(plan_for_patient(told_of(plan)))
    return OwnPlan(plan, words, next_on, is_told=visit is not None)


def _next_dose(plan: PlanRecord, patient: PatientRecord, today: date) -> date | None:
    course = course_of(plan, plan.to_regimen(), patient, on_one_clock(patient), today)
    if course.begun is None:
        return plan.starts if plan.starts is not None and plan.starts >= today else None
    return course.to_come[0].start.date() if course.to_come else None
