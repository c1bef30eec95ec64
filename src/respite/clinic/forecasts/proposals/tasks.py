"""Work in the background: questions are answered, and the answers kept."""

from __future__ import annotations

import logging

from django.db import IntegrityError, transaction
from django_tasks import task

from respite.clinic.audit.actions import Program, record
from respite.clinic.forecasts.proposals.answering import answered
from respite.clinic.treatments.models import AdviceAnswer, AdviceQuestion
from respite.domain import RespiteError
from respite.domain import translate as _

logger = logging.getLogger(__name__)


@task()
def work_out(question_id: int) -> None:
    """Answer one question, once; a refusal is an answer too.

    Parameters
    ----------
    question_id
        Number of the question.
    """
    question = AdviceQuestion.objects.get(pk=question_id)
    if AdviceAnswer.objects.filter(question=question).exists():
        return
    answer, words, refusal = {}, {}, {}
    try:
        answer, words = answered(question.inputs)
    except RespiteError as fault:
        refusal = {"found": fault.found, "expected": fault.expected, "remedy": fault.remedy}
    except Exception as fault:
        logger.error("question %s failed: %s", question_id, type(fault).__name__)
        refusal = {
            "found": _("Something went wrong on our side."),
            "expected": _("an answer."),
            "remedy": _("ask again; if it stays so, tell whoever runs this clinic."),
        }
    try:
        with transaction.atomic():
            kept = AdviceAnswer.objects.create(
                question=question,
                answer=answer,
                words=words,
                refusal=refusal,
                library_digest=question.inputs["library_digest"],
                made_with=question.inputs["respite"],
                seed=question.inputs["seed"],
            )
            record(Program(), "advice.answered", kept, patient_id=question.patient_id)
    except IntegrityError:
        logger.info("question %s was answered at the same time", question_id)
