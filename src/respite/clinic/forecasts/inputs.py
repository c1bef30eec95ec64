"""What the library is asked about one patient: everything a forecast is made from."""

from __future__ import annotations

import zoneinfo
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, timezone
from functools import cache
from typing import Any

from django.utils import timezone as clinic_time

from respite.clinic.diaries.queries import diary_of
from respite.clinic.forecasts.plain import digest_of, plain
from respite.clinic.forecasts.under_way import course_of
from respite.clinic.patients.models import PatientRecord
from respite.clinic.patients.queries import history_of
from respite.clinic.treatments.queries import current_plan
from respite.domain import (
    VERSION,
    Diary,
    DosingHistory,
    GivenDose,
    Patient,
    Regimen,
    RespiteError,
    Threshold,
)
from respite.domain import translate as _

DRAWS = 4000
"""How many people are drawn; what the command line draws."""


@dataclass(frozen=True, kw_only=True)
class Question:
    """One question to the library.

    Attributes
    ----------
    patient, given, diary, threshold, seed
        Whom it is about, what was given and written, and what counts as relief.
    regimen, start
        A plan that has yet to begin, and on which day.
    to_come
        What is left of a plan that has begun.
    plan_words
        The plan as it is shown; empty where there is none.
    """

    patient: Patient
    given: DosingHistory | None
    diary: Diary | None
    threshold: Threshold
    seed: int
    regimen: Regimen | None = None
    start: str | None = None
    to_come: tuple[GivenDose, ...] = ()
    plan_words: str = ""

    @property
    def history(self) -> DosingHistory | None:
        """Every dose with a date of its own: those given, and those of a plan under way."""
        if self.given is None or not self.to_come:
            return self.given
        return DosingHistory((*self.given.doses, *self.to_come))


@dataclass(frozen=True)
class Asked:
    """What would be asked now.

    Attributes
    ----------
    question
        The question; ``None`` where there is nothing to forecast, or ``refusal`` says why not.
    inputs, digest
        It as plain data, and the fingerprint of that.
    refusal
        Why it cannot be asked: what was found, what was expected, what to try.
    """

    question: Question | None
    inputs: dict[str, Any]
    digest: str
    refusal: dict[str, str]

    @property
    def is_empty(self) -> bool:
        """Whether there is nothing to forecast yet: no dose given, and none planned."""
        return self.question is None and not self.refusal


def asked_of(patient: PatientRecord, now: datetime) -> Asked:
    """Give what the library would be asked about a patient.

    Parameters
    ----------
    patient, now
        Whom, and when: facts such as age depend on the day.
    """
    try:
        question = _question(patient, now)
    except RespiteError as error:
        refusal = refusal_of(error)
        inputs: dict[str, Any] = {"cannot_be_asked": refusal}
        return Asked(None, inputs, digest_of(inputs), refusal)
    if question is None:
        return Asked(None, {}, "", {})
    inputs = _as_data(question)
    return Asked(question, inputs, digest_of(inputs), {})


def refusal_of(error: RespiteError) -> dict[str, str]:
    """Give the three sentences of a refusal."""
    return {"found": error.found, "expected": error.expected, "remedy": error.remedy}


@cache
def library_digest() -> str:
    """Give the fingerprint of the published numbers that this program carries."""
    from respite.literature import load_library

    return load_library().digest()


def seed_of(patient: PatientRecord) -> int:
    """Give the seed of a patient: always the same, so that only what is new moves the answer."""
    return patient.pk % (2**31 - 1) + 1


def _question(patient: PatientRecord, now: datetime) -> Question | None:
    today = now.astimezone(zoneinfo.ZoneInfo(patient.clinic.time_zone)).date()
    given, diary, plan = on_one_clock(patient), diary_of(patient), current_plan(patient)
    if given is None and plan is None:
        return None
    question = Question(
        patient=patient.to_patient(today),
        given=given,
        diary=diary,
        threshold=Threshold(patient.threshold),
        seed=seed_of(patient),
    )
    if plan is None:
        return question
    regimen = plan.to_regimen()
    course = course_of(plan, regimen, patient, given, today)
    if course.begun is not None:
        return replace(question, to_come=course.to_come, plan_words=str(regimen))
    return replace(
        question, regimen=regimen, start=_start(plan.starts, question, today),
        plan_words=str(regimen),
    )  # fmt: skip


def _start(planned: date | None, question: Question, today: date) -> str | None:
    """Give the day on which a plan may begin: as planned, or today where that has passed."""
    if planned is not None:
        return max(planned, today).isoformat()
    if question.given is None and question.diary is None:
        return today.isoformat()
    return None  # the library takes the day after all that is known


def on_one_clock(patient: PatientRecord) -> DosingHistory | None:
    """Give the doses on the clock that the clinic had at the first of them, for its dates."""
    history = history_of(patient)
    if history is None:
        return None
    zone = zoneinfo.ZoneInfo(patient.clinic.time_zone)
    offset = history.first_dose_start.astimezone(zone).utcoffset()
    clock = UTC if offset is None else timezone(offset)
    return DosingHistory(
        tuple(replace(dose, start=dose.start.astimezone(clock)) for dose in history.doses)
    )


def _as_data(question: Question) -> dict[str, Any]:
    given, diary = question.given, question.diary
    return {
        "patient": plain(question.patient.known()),
        "regimen": None if question.regimen is None else str(question.regimen),
        "start": question.start,
        "plan": question.plan_words,
        "given": [] if given is None else [_dose_as_data(one) for one in given.doses],
        "to_come": [_dose_as_data(one) for one in question.to_come],
        "diary": [
            {
                "at": _utc(one.at),
                "pain": one.pain,
                "offset": None if one.at is None else str(one.at.utcoffset()),
                "is_late": one.lateness_h() > 0,
            }
            for one in ([] if diary is None else diary.entries)
        ],
        "threshold": question.threshold.value,
        "seed": question.seed,
        "draws": DRAWS,
        "library": library_digest(),
        "version": VERSION,
    }


def _dose_as_data(dose: GivenDose) -> dict[str, Any]:
    return {
        "start": _utc(dose.start),
        "drug": dose.drug.value,
        "amount": f"{dose.amount.normalize():f}",
        "unit": dose.unit,
        "route": dose.route.value,
        "duration_min": f"{dose.duration_min.normalize():f}",
    }


def _utc(moment: datetime | None) -> str | None:
    return None if moment is None else moment.astimezone(UTC).isoformat()


def now() -> datetime:
    """Give the moment of the question."""
    return clinic_time.now()


def nothing_yet() -> str:
    """Say that there is nothing to forecast."""
    return _("There is nothing to forecast yet: no dose was given, and no plan is signed.")
