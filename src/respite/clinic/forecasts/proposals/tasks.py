"""Work in the background: questions are answered, and the answers kept."""

from __future__ import annotations

import logging

from django_tasks import task

from respite.clinic.forecasts.proposals.answer_actions import keep_answer
from respite.clinic.forecasts.proposals.answering import answered
from respite.clinic.forecasts.proposals.queries import answer_of, question_numbered
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
    question = question_numbered(question_id)
    if answer_of(question) is not None:
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
    keep_answer(question, answer=answer, words=words, refusal=refusal)
