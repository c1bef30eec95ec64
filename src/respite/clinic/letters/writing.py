"""What a letter is written from: everything that is on record of one patient, as values."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from datetime import date, datetime
from typing import Any

from django.utils import timezone

from respite.clinic.diaries.queries import diary_of, entries_of
from respite.clinic.diaries.words import effects_in_words
from respite.clinic.events import words as event_words
from respite.clinic.events.queries import standing_events
from respite.clinic.forecasts.inputs import asked_of
from respite.clinic.forecasts.plain import plain
from respite.clinic.forecasts.queries import latest_forecast
from respite.clinic.forecasts.under_way import Course, course_of
from respite.clinic.patients.models import PatientRecord
from respite.clinic.patients.queries import history_of
from respite.clinic.patients.words import condition_words
from respite.clinic.surveillance.queries import due_of
from respite.clinic.treatments.models import PlanRecord, SessionState
from respite.clinic.treatments.plans.checking import Checked, checked
from respite.clinic.treatments.plans.queries import told_of
from respite.clinic.treatments.queries import current_plan
from respite.clinic.treatments.sessions.queries import effect_words, sheet_of
from respite.domain import ReliefRule, RespiteError, Threshold
from respite.domain import translate as _
from respite.report import (
    DueTold,
    EffectCount,
    EffectTold,
    LetterFacts,
    SessionTold,
    letter_to_gp,
)

OF_THE_OUTLOOK = 2
"""Sentences of a forecast that a letter takes: the chance, and the length; ours."""


def letter_words(patient: PatientRecord, next_visit: date | None, now: datetime) -> dict[str, Any]:
    """Write the part of a letter that comes from the record.

    Parameters
    ----------
    patient
        Whom it is about.
    next_visit
        When the patient comes next.
    now
        When it is written.
    """
    words = letter_to_gp(letter_facts(patient, next_visit, now)).to_dict()
    clinic = patient.clinic
    return plain(
        words
        | {
            "patient": {
                "name": patient.name,
                "born": patient.born.isoformat(),
                "number": patient.number,
            },
            "clinic": {
                "name": clinic.name,
                "phone": clinic.phone,
                "urgent_phone": clinic.urgent_phone,
            },
        }
    )


def letter_facts(patient: PatientRecord, next_visit: date | None, now: datetime) -> LetterFacts:
    """Gather what a letter tells.

    Parameters
    ----------
    patient, next_visit, now
        As for :func:`letter_words`.
    """
    today = timezone.localdate(now)
    plan = current_plan(patient)
    check = checked(patient, None if plan is None else plan.to_regimen(), on=today)
    outlook, outlook_on = _outlook(patient, now)
    clinic = patient.clinic
    return LetterFacts(
        on=today,
        condition=dict(condition_words()).get(patient.condition, ""),
        pain_since=patient.pain_since,
        usual_pain=_number(patient.usual_pain),
        weight_kg=_number(patient.weight_kg),
        rule=ReliefRule(Threshold(patient.threshold)),
        given=history_of(patient),
        diary=diary_of(patient),
        sessions=tuple(_sessions(patient)),
        relief_days=tuple(
            float(one.relief_days)
            for one in patient.doses.filter(is_withdrawn=False).exclude(relief_days=None)
        ),
        plan=None if plan is None else told_of(plan),
        plan_starts=None if plan is None else plan.starts,
        plan_signed=None
        if plan is None or plan.signed_at is None
        else timezone.localdate(plan.signed_at),
        plan_is_over=plan is not None and _is_over(plan, patient, today),
        next_visit=next_visit,
        outlook=outlook,
        outlook_on=outlook_on,
        has_all_medicines=patient.has_all_medicines,
        safety=check.safety,
        due=tuple(_due(patient, check, today)),
        effects=tuple(_effects(patient)),
        seen_in_sessions=_seen_in_sessions(patient),
        told_in_diary=_counted(
            words for one in entries_of(patient) for words in effects_in_words(one.effects)
        ),
        clinic=clinic.name,
        phone=clinic.phone,
        urgent_phone=clinic.urgent_phone,
    )


def proposed_visit(patient: PatientRecord, today: date) -> date | None:
    """Give the day of the next dose by the plan; ``None`` where none is to come."""
    plan = current_plan(patient)
    course = None if plan is None else _course(plan, patient, today)
    if plan is None or course is None:
        return None
    if course.begun is None:
        return plan.starts if plan.starts is not None and plan.starts >= today else None
    return min((one.start.date() for one in course.to_come), default=None)


def _is_over(plan: PlanRecord, patient: PatientRecord, today: date) -> bool:
    """Say whether a plan was begun, and none of its doses is to come."""
    course = _course(plan, patient, today)
    return course is not None and course.begun is not None and not course.to_come


def _course(plan: PlanRecord, patient: PatientRecord, today: date) -> Course | None:
    try:
        return course_of(plan, plan.to_regimen(), patient, history_of(patient), today)
    except RespiteError:
        return None


def _outlook(patient: PatientRecord, now: datetime) -> tuple[tuple[str, ...], date | None]:
    """Give what the latest forecast says, unless something came since that it does not know."""
    record = latest_forecast(patient)
    if record is None or asked_of(patient, now).digest != record.digest:
        return (), None
    words = record.words
    lines = [*words["headline"][:OF_THE_OUTLOOK], _certainty(words["grade"])]
    return tuple(lines), timezone.localdate(record.made_at)


def _certainty(grade: str) -> str:
    return _("Certainty: {grade}.").format(grade=grade)


def _sessions(patient: PatientRecord) -> Iterable[SessionTold]:
    ended = patient.sessions.filter(state=SessionState.ENDED)
    for one in ended:
        yield SessionTold(
            day=one.day,
            relief_percent=one.relief_percent,
            relief_hours=_number(one.relief_hours),
        )


def _due(patient: PatientRecord, check: Checked, today: date) -> Iterable[DueTold]:
    """Give what is due by the app that keeps results; without it, as the rules say."""
    has_results = hasattr(patient, "labs")
    every: Iterable[Any] = due_of(patient, today) if has_results else ()
    if not has_results and check.safety is not None:
        every = check.safety.surveillance
    for one in every:
        yield DueTold(
            item=one.item, title=one.title, due=one.due, is_overdue=one.is_overdue,
            reason=one.reason,
        )  # fmt: skip


def _effects(patient: PatientRecord) -> Iterable[EffectTold]:
    for one in standing_events(patient):
        version = one.version
        if version.is_withdrawn:
            continue
        yield EffectTold(
            what=event_words.title_of(version),
            began=version.began,
            is_serious=version.is_serious,
            severity=event_words.severities().get(version.severity, ""),
            outcome=event_words.outcomes().get(version.outcome, ""),
            causality=event_words.causalities().get(version.causality, ""),
        )


def _seen_in_sessions(patient: PatientRecord) -> tuple[EffectCount, ...]:
    """Count in how many sessions each effect was seen, each at its worst."""
    ended = patient.sessions.filter(state=SessionState.ENDED).prefetch_related("entries")
    return _counted(words for one in ended for words in effect_words(sheet_of(one)) or ())


def _counted(every: Iterable[str]) -> tuple[EffectCount, ...]:
    return tuple(
        EffectCount(what=what, count=count) for what, count in Counter(every).most_common()
    )


def _number(value: Any) -> float | None:
    return None if value is None else float(value)
