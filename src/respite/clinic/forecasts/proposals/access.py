"""Which advice somebody may see. Everything that is not allowed here is refused."""

from __future__ import annotations

from django.http import Http404

from respite.clinic.accounts.models import User
from respite.clinic.patients.access import patient_to_write, patients_of
from respite.clinic.treatments.models import AdviceQuestion


def question_for(user: User, question_id: int) -> AdviceQuestion:
    """Give one question to somebody who may read the record of its patient, and treats.

    Raises
    ------
    Http404
        Where there is no such question, or none for this person: the two look the same.
    """
    every = AdviceQuestion.objects.select_related("patient", "patient__clinic", "asked_by")
    found = every.filter(pk=question_id, patient__in=patients_of(user)).first()
    if found is None or not user.is_carer:
        raise Http404
    return found


def question_to_rule(user: User, question_id: int) -> AdviceQuestion:
    """Give one question to somebody who may plan for its patient.

    Raises
    ------
    Http404
        Where that is not so.
    """
    found = question_for(user, question_id)
    patient_to_write(user, found.patient_id)
    return found
