"""The only writer of plans: drafted, changed, signed, ended.

Each action checks, writes and puts a line on the trail, in one transaction.
"""

from __future__ import annotations

import uuid
from collections.abc import Mapping
from typing import Any

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils import timezone

from respite.clinic.accounts.actions import proves_again
from respite.clinic.accounts.models import Role, User
from respite.clinic.audit.actions import record
from respite.clinic.patients.actions import Stale
from respite.clinic.patients.holding import hold
from respite.clinic.patients.models import PatientRecord
from respite.clinic.treatments.models import PlanRecord, PlanState
from respite.clinic.treatments.plans.checking import Checked, checked
from respite.clinic.treatments.plans.signature import (
    LOCKED_MINUTES,
    digest_of,
    is_locked,
    meanings,
)
from respite.clinic.treatments.queries import current_plan
from respite.domain import translate as _


class NotSigned(Exception):
    """A plan cannot be signed as it was sent.

    Attributes
    ----------
    field
        The field that stands against it; empty where none does.
    words
        Why, as a sentence.
    """

    def __init__(self, field: str, words: str) -> None:
        """Keep where and why."""
        super().__init__(field)
        self.field, self.words = field, words


def draft(
    by: User, patient: PatientRecord, told: Mapping[str, Any], client_id: uuid.UUID
) -> PlanRecord:
    """Write a draft down; sent twice, it is kept once.

    Parameters
    ----------
    by, patient
        Who plans for whom.
    told
        ``regimen`` as text that can be read, ``starts`` and ``reason``.
    client_id
        What stands for it where it was written.
    """
    with transaction.atomic():
        hold(patient.pk)
        kept = PlanRecord.objects.filter(client_id=client_id).first()
        if kept is not None:
            if kept.patient_id != patient.pk:
                raise PermissionDenied
            return kept
        plan = PlanRecord.objects.create(
            patient=patient, made_by=by, client_id=client_id, follows=current_plan(patient), **told
        )
        record(by, "plan.drafted", plan, patient_id=patient.pk)
    return plan


def change(by: User, plan: PlanRecord, told: Mapping[str, Any], version: int) -> PlanRecord:
    """Change a draft.

    Raises
    ------
    Stale
        Where somebody else changed, signed or ended it since; nothing is written.
    """
    with transaction.atomic():
        now = PlanRecord.objects.select_for_update().get(pk=plan.pk)
        if now.version != version or now.state != PlanState.DRAFT:
            raise Stale(now)
        changed = sorted(name for name, value in told.items() if getattr(now, name) != value)
        for name in changed:
            setattr(now, name, told[name])
        now.version += 1
        now.save(update_fields=[*changed, "version"])
        record(by, "plan.changed", now, patient_id=now.patient_id, note={"fields": changed})
    return now


def sign(  # noqa: PLR0913 - each is a thing that is signed for
    by: User,
    plan: PlanRecord,
    *,
    version: int,
    password: str,
    meaning: str,
    reasons: Mapping[str, str],
    knows_what_is_open: bool,
) -> PlanRecord:
    """Sign a draft; whatever plan was signed before is ended by it. Sent twice, it signs once.

    Parameters
    ----------
    by, plan, version
        Who signs which draft, and the version that was on the page.
    password
        The password once more.
    meaning
        Which of :func:`meanings`.
    reasons
        Why each rule that may be overruled is overruled, by rule.
    knows_what_is_open
        Whether the signer has seen which rules nobody knows the answer to.

    Raises
    ------
    PermissionDenied
        Where somebody signs who is no clinician.
    NotSigned
        Where the password is wrong, a rule forbids it, or something is missing.
    Stale
        Where somebody else changed, signed or ended the plan since.
    """
    if by.role != Role.CLINICIAN:
        raise PermissionDenied
    if is_signed_by(plan, by, version):
        return plan
    found = checked(plan.patient, plan.to_regimen())
    _refuse_unready(plan, found, meaning, reasons, knows_what_is_open)
    _prove(by, password)
    with transaction.atomic():
        hold(plan.patient_id)
        now = PlanRecord.objects.select_for_update().get(pk=plan.pk)
        if is_signed_by(now, by, version):
            return now
        if now.version != version or now.state != PlanState.DRAFT:
            raise Stale(now)
        before = current_plan(plan.patient)
        now.state, now.version, now.follows = PlanState.SIGNED, version + 1, before
        now.signed_by, now.signed_at = by, timezone.now()
        now.meaning = meanings()[meaning]
        now.signed_digest = digest_of(now)
        overruled = {one["rule"]: reasons[one["rule"]] for one in found.overruled}
        now.signed_check = _kept(found, overruled)
        now.save()
        record(
            by, "plan.signed", now, patient_id=now.patient_id,
            note={"digest": now.signed_digest, "overruled": sorted(overruled)},
        )  # fmt: skip
        for old in PlanRecord.objects.filter(
            patient_id=now.patient_id, state=PlanState.SIGNED
        ).exclude(pk=now.pk):
            _end(by, old, _("Followed by a new plan."))
    return now


def is_signed_by(plan: PlanRecord, by: User, version: int) -> bool:
    """Say whether a plan is what this person signed at this version: the same was sent twice."""
    return (
        plan.state == PlanState.SIGNED
        and plan.signed_by_id == by.pk
        and plan.version == version + 1
    )


def end(by: User, plan: PlanRecord, reason: str) -> PlanRecord:
    """End a signed plan, or put a draft aside; sent twice, it ends once.

    Raises
    ------
    PermissionDenied
        Where somebody ends a signed plan who is no clinician.
    """
    with transaction.atomic():
        now = PlanRecord.objects.select_for_update().get(pk=plan.pk)
        if now.state == PlanState.ENDED:
            return now
        if now.state == PlanState.SIGNED and by.role != Role.CLINICIAN:
            raise PermissionDenied
        _end(by, now, reason)
    return now


def _end(by: User, plan: PlanRecord, reason: str) -> None:
    plan.state, plan.ended_at, plan.ended_by = PlanState.ENDED, timezone.now(), by
    plan.ended_because = reason
    plan.version += 1
    plan.save(update_fields=("state", "ended_at", "ended_by", "ended_because", "version"))
    record(by, "plan.ended", plan, patient_id=plan.patient_id)


def _refuse_unready(
    plan: PlanRecord,
    found: Checked,
    meaning: str,
    reasons: Mapping[str, str],
    knows_what_is_open: bool,
) -> None:
    """Refuse what may not be signed as it stands."""
    if plan.starts is None:
        raise NotSigned("", _("The plan has no first day. Change it, then sign."))
    if plan.to_regimen().needs_weight and plan.patient.weight_kg is None:
        raise NotSigned("", _("The plan is per kg and no weight is on record. Write the weight."))
    if found.fault is not None:
        raise NotSigned("", _("The rules of safety cannot be asked: {why}").format(why=found.fault))
    if found.never:
        rules = ", ".join(one["rule"] for one in found.never)
        raise NotSigned(
            "", _("Nobody may sign this plan as it stands: {rules}.").format(rules=rules)
        )
    for one in found.overruled:
        if not reasons.get(one["rule"], "").strip():
            words = _("Say why this rule is overruled: {rule}.").format(rule=one["rule"])
            raise NotSigned(f"reason_{one['rule']}", words)
    if found.open and not knows_what_is_open:
        raise NotSigned("open", _("Say that you have seen what is not known."))
    if meaning not in meanings():
        raise NotSigned("meaning", _("Choose what your signature means."))


def _prove(by: User, password: str) -> None:
    """Have the signer prove who signs; the tries of one name come one after another."""
    with transaction.atomic():
        signer = User.objects.select_for_update().get(pk=by.pk)
        locked = is_locked(signer)
        is_right = not locked and proves_again(signer, password)
    if locked:
        words = _("Too many wrong passwords. Nothing was signed. Try again in {n} minutes.")
        raise NotSigned("password", words.format(n=LOCKED_MINUTES))
    if not is_right:
        raise NotSigned("password", _("This is not your password. Nothing was signed."))


def _kept(found: Checked, overruled: Mapping[str, str]) -> dict[str, Any]:
    """Keep what the rules said at the moment of signing."""
    return {
        "verdict": found.words["verdict"],
        "fires": [one["rule"] for one in found.words["fired"]],
        "open": found.open,
        "overruled": dict(overruled),
        "library_digest": found.words["provenance"]["library_digest"],
        "respite": found.words["provenance"]["respite"],
    }
