"""What is still to come of a plan that has begun: its doses after the last that was given."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta, tzinfo
from decimal import Decimal
from typing import TYPE_CHECKING

from respite.domain import DOSE_HOUR, DoseEvent, DosingHistory, GivenDose, Regimen

if TYPE_CHECKING:
    from respite.clinic.patients.models import PatientRecord
    from respite.clinic.treatments.models import PlanRecord


@dataclass(frozen=True)
class Course:
    """How far a plan has come.

    Attributes
    ----------
    begun
        Day of its first dose that was given; ``None`` where none was yet.
    to_come
        The doses after the last one that was given, by the calendar of the plan; those of days
        that have passed without a dose were left out, and do not come.
    """

    begun: date | None
    to_come: tuple[GivenDose, ...]


def course_of(
    plan: PlanRecord,
    regimen: Regimen,
    patient: PatientRecord,
    history: DosingHistory | None,
    today: date,
) -> Course:
    """Say how far a plan has come.

    Parameters
    ----------
    plan, regimen
        The plan, and what it says.
    patient, history
        Whose it is, and all that was given so far, on one clock.
    today
        The day at the clinic.
    """
    if history is None:
        return Course(None, ())
    clock = history.first_dose_start.tzinfo
    begun = _first_day(plan, patient, history, clock)
    if begun is None:
        return Course(None, ())
    last_day = max(dose.start.astimezone(clock).date() for dose in history.doses)
    first = datetime.combine(begun, time(DOSE_HOUR), tzinfo=clock)
    rest = [(first + timedelta(hours=event.time_h), event) for event in regimen.events()]
    to_come = tuple(
        _dose(event, at) for at, event in rest if at.date() > last_day and at.date() >= today
    )
    return Course(begun, to_come)


def _first_day(
    plan: PlanRecord, patient: PatientRecord, history: DosingHistory, clock: tzinfo | None
) -> date | None:
    of_plan = patient.doses.filter(session__plan=plan, is_withdrawn=False).order_by("start").first()
    days = [] if of_plan is None else [of_plan.start.astimezone(clock).date()]
    if plan.starts is not None:
        given = (dose.start.astimezone(clock).date() for dose in history.doses)
        days += [day for day in given if day >= plan.starts]
    return min(days, default=None)


def _dose(event: DoseEvent, at: datetime) -> GivenDose:
    return GivenDose(
        start=at,
        drug=event.drug,
        amount=Decimal(repr(event.amount)),
        unit="mg/kg" if event.is_per_kg else "mg",
        route=event.route,
        duration_min=Decimal(repr(event.duration_h)) * 60,
        salt=event.salt,
        form=event.form,
    )
