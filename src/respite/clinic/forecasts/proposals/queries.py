"""Questions to the tables of advice, in words of the clinic."""

from __future__ import annotations

from datetime import timedelta

from django.utils import timezone

from respite.clinic.patients.models import PatientRecord
from respite.clinic.treatments.models import AdviceAnswer, AdviceQuestion
from respite.domain import translate as _
from respite.domain import translate_plural

PATIENCE_MINUTES = 5
"""How long an answer may take before a question is asked afresh; ours."""


def answer_of(question: AdviceQuestion) -> AdviceAnswer | None:
    """Give the answer to a question; ``None`` while it is worked out."""
    return AdviceAnswer.objects.filter(question=question).first()


def question_numbered(number: int) -> AdviceQuestion:
    """Give a question to the worker, who answers for everybody."""
    return AdviceQuestion.objects.get(pk=number)


def is_late(question: AdviceQuestion) -> bool:
    """Say whether an answer takes longer than it should."""
    return timezone.now() - question.asked_at > timedelta(minutes=PATIENCE_MINUTES)


def asked_before(patient: PatientRecord, digest: str) -> AdviceQuestion | None:
    """Give the same question where it was answered, or is being worked out."""
    for one in AdviceQuestion.objects.filter(patient=patient, digest=digest):
        answer = answer_of(one)
        if answer is not None and not answer.refusal:
            return one
        if answer is None and not is_late(one):
            return one
    return None


def track_line(patient: PatientRecord) -> str:
    """Say how many forecasts of a patient stand on record, by which ours can be judged."""
    count = patient.forecasts.count()
    if not count:
        return _("No forecast of this patient is on record yet, so none can be judged.")
    return translate_plural(
        "{n} forecast of this patient is on record; the page on diary and forecast says how it"
        " did.",
        "{n} forecasts of this patient are on record; the page on diary and forecast says how they"
        " did.",
        count,
    ).format(n=count)
