"""The only writer of advice: what is asked, and what a clinician rules.

Each action checks, writes and puts a line on the trail, in one transaction.
"""

from __future__ import annotations

import uuid
from collections.abc import Sequence

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils import timezone

from respite.clinic.accounts.models import Role, User
from respite.clinic.audit.actions import record
from respite.clinic.forecasts.proposals.known import digest_of, inputs_of, used_rows
from respite.clinic.forecasts.proposals.queries import asked_before
from respite.clinic.forecasts.proposals.tasks import work_out
from respite.clinic.patients.holding import hold
from respite.clinic.patients.models import PatientRecord
from respite.clinic.treatments.models import (
    AdviceKind,
    AdviceQuestion,
    AdviceRuling,
    PlanRecord,
    Ruling,
)
from respite.clinic.treatments.plans.actions import draft


def ask(
    by: User,
    patient: PatientRecord,
    kind: AdviceKind,
    regimens: Sequence[str],
    client_id: uuid.UUID,
) -> AdviceQuestion:
    """Ask for advice; it is worked out in the background.

    The same question is asked once: where it was answered, the kept answer stands.

    Raises
    ------
    RespiteError
        Where the record holds what cannot be; nothing is asked.
    """
    inputs = inputs_of(patient, kind, regimens, timezone.localdate())
    digest = digest_of(inputs)
    # How old each fact was is kept beside the question, and is no part of it.
    inputs["used"] = used_rows(patient, inputs)
    with transaction.atomic():
        hold(patient.pk)
        kept = AdviceQuestion.objects.filter(client_id=client_id).first()
        if kept is not None and kept.patient_id != patient.pk:
            raise PermissionDenied
        kept = kept or asked_before(patient, digest)
        if kept is not None:
            return kept
        question = AdviceQuestion.objects.create(
            patient=patient, kind=kind, inputs=inputs, digest=digest, client_id=client_id,
            asked_by=by,
        )  # fmt: skip
        record(by, "advice.asked", question, patient_id=patient.pk, note={"kind": str(kind)})
        work_out.enqueue(question.pk)
    return question


def rule(  # noqa: PLR0913 - each is a part of what is ruled
    by: User,
    question: AdviceQuestion,
    ruling: Ruling,
    reason: str,
    regimen: str | None,
    client_id: uuid.UUID,
) -> PlanRecord | None:
    """Accept, change or reject advice; of what is accepted or changed comes a draft.

    Sent twice, it is kept once.

    Raises
    ------
    PermissionDenied
        Where somebody rules who is no clinician.
    """
    if by.role != Role.CLINICIAN:
        raise PermissionDenied
    with transaction.atomic():
        hold(question.patient_id)
        kept = AdviceRuling.objects.filter(client_id=client_id).first()
        if kept is not None:
            if kept.question_id != question.pk:
                raise PermissionDenied
            return kept.plan
        plan = None
        if regimen is not None:
            told = {"regimen": regimen, "reason": reason}
            plan = draft(by, question.patient, told, uuid.uuid4())
        one = AdviceRuling.objects.create(
            question=question, client_id=client_id, ruling=ruling, reason=reason, plan=plan, by=by
        )
        record(
            by, "advice.ruled", one, patient_id=question.patient_id,
            note={"ruling": str(ruling), "has_reason": bool(reason)},
        )  # fmt: skip
    return plan
