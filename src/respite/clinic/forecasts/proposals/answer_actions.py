"""The only writer of answers to advice: the worker, when one is worked out."""

from __future__ import annotations

from typing import Any

from django.db import transaction

from respite.clinic.audit.actions import Program, record
from respite.clinic.treatments.models import AdviceAnswer, AdviceQuestion


def keep_answer(
    question: AdviceQuestion,
    *,
    answer: dict[str, Any],
    words: dict[str, Any],
    refusal: dict[str, str],
) -> None:
    """Keep the answer to a question; where one is kept already, that one stands.

    Parameters
    ----------
    question
        What was asked.
    answer, words
        What the library says, as plain data and in words; empty where it refuses.
    refusal
        Its sentences where it refuses.
    """
    with transaction.atomic():
        AdviceQuestion.objects.select_for_update().get(pk=question.pk)
        if AdviceAnswer.objects.filter(question=question).exists():
            return
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
