"""Questions to the tables of patients, in words of the clinic."""

from __future__ import annotations

import zoneinfo
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import date

from django.db.models import Q, QuerySet
from django.db.models.functions import Lower

from respite.clinic.patients.models import FactAnswer, PatientRecord, Score
from respite.clinic.patients.words import condition_words
from respite.domain import DosingHistory
from respite.domain import translate as _
from respite.safety import Facts, read_facts


def latest_answers(patient: PatientRecord) -> dict[str, FactAnswer]:
    """Give the answer that counts for each fact that was asked: the latest, unless taken back."""
    latest = {one.fact: one for one in patient.answers.select_related("written_by")}
    return {fact: one for fact, one in latest.items() if one.told is not None}


def last_answer(patient: PatientRecord) -> int:
    """Number the last answer about a patient; zero where there is none."""
    found = FactAnswer.objects.filter(patient=patient).order_by("-pk").first()
    return 0 if found is None else found.pk


def facts_told(patient: PatientRecord, on: date) -> Facts:
    """Give what was answered about a patient as facts for the rules of safety.

    Parameters
    ----------
    patient
        The patient.
    on
        The day on which is asked: dates that were told count back from it.
    """
    return read_facts({fact: one.told for fact, one in latest_answers(patient).items()}, on=on)


def named_like(patients: QuerySet[PatientRecord], words: str) -> QuerySet[PatientRecord]:
    """Give those of some patients whose name holds every word, or whose number begins so.

    Parameters
    ----------
    patients
        Those among whom is looked.
    words
        What was typed; nothing gives everybody.
    """
    in_name = Q()
    for word in words.split():
        in_name &= Q(name__icontains=word)
    found = patients.filter(in_name | Q(number__istartswith=words)) if words else patients
    return found.order_by(Lower("name"), "pk")


@dataclass(frozen=True, kw_only=True)
class Listed:
    """One patient in the list.

    Attributes
    ----------
    patient
        The patient.
    condition
        What is treated, in words.
    phase
        How far treatment has come, in words.
    plan
        State of the plan, in words.
    last_session
        Day of the last session that was not called off.
    """

    patient: PatientRecord
    condition: str
    phase: str
    plan: str
    last_session: date | None


def listed_of(patients: Iterable[PatientRecord]) -> Iterator[Listed]:
    """Say of each patient how far treatment has come.

    Parameters
    ----------
    patients
        With their plans and sessions read before.
    """
    words = dict(condition_words())
    for patient in patients:
        plan = next((one for one in patient.plans.all() if one.state != "ended"), None)
        was_planned = bool(patient.plans.all())
        days = [one.day for one in patient.sessions.all() if one.state != "called_off"]
        yield Listed(
            patient=patient,
            condition=words.get(patient.condition, ""),
            phase=_phase(plan is not None and plan.state == "signed", was_planned, bool(days)),
            plan=_plan_words(plan.state if plan else "ended" if was_planned else ""),
            last_session=max(days, default=None),
        )


def with_course(patients: QuerySet[PatientRecord]) -> QuerySet[PatientRecord]:
    """Read plans and sessions along with some patients."""
    return patients.prefetch_related("plans", "sessions")


def last_scores(patient: PatientRecord) -> list[Score]:
    """Give the last filled-in form of each questionnaire, the latest first."""
    latest = {one.instrument: one for one in patient.scores.select_related("written_by")}
    return sorted(latest.values(), key=lambda one: (one.on, one.pk), reverse=True)


def _phase(is_signed: bool, was_planned: bool, was_treated: bool) -> str:
    if is_signed:
        return _("treatment") if was_treated else _("planned")
    if was_treated:
        return _("follow-up")
    return _("planning") if was_planned else _("evaluation")


def _plan_words(state: str) -> str:
    words = {
        "draft": _("draft"),
        "signed": _("signed"),
        "ended": _("ended"),
        "": _("none"),
    }
    return words[state]


def history_of(patient: PatientRecord) -> DosingHistory | None:
    """Give what was given to a patient, by the clock of the clinic; ``None`` where nothing was."""
    zone = zoneinfo.ZoneInfo(patient.clinic.time_zone)
    doses = [one.to_dose() for one in patient.doses.filter(is_withdrawn=False)]
    timed = tuple(replace(one, start=one.start.astimezone(zone)) for one in doses)
    return DosingHistory(timed) if timed else None
