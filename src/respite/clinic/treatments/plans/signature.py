"""What is signed: its canonical form, the digest of it, and whether the two still agree."""

from __future__ import annotations

import hashlib
import json
from datetime import UTC, timedelta

from django.utils import timezone

from respite.clinic.accounts.models import User
from respite.clinic.audit.models import AuditEvent
from respite.clinic.treatments.models import PlanRecord
from respite.domain import translate as _

MOST_WRONG = 5
"""Wrong passwords after which nobody signs under that name for a while; ours."""

LOCKED_MINUTES = 15
"""How long that while is; ours."""


def meanings() -> dict[str, str]:
    """Give the meanings that a signature may have, each in a sentence."""
    return {
        "order": _("I have reviewed this plan and order it."),
        "agreed": _("I have reviewed this plan with the patient, who agrees, and order it."),
    }


def canonical(plan: PlanRecord) -> str:
    """Write what is signed of a plan, always in the same letters."""
    signed_at = plan.signed_at
    told = {
        "patient": plan.patient_id,
        "regimen": plan.regimen,
        "starts": None if plan.starts is None else plan.starts.isoformat(),
        "meaning": plan.meaning,
        "signer": plan.signed_by_id,
        "at": None if signed_at is None else signed_at.astimezone(UTC).isoformat(),
    }
    return json.dumps(told, sort_keys=True, separators=(",", ":"), ensure_ascii=True)


def digest_of(plan: PlanRecord) -> str:
    """Give the SHA-256 of what is signed of a plan."""
    return hashlib.sha256(canonical(plan).encode()).hexdigest()


def verifies(plan: PlanRecord) -> bool:
    """Say whether a plan stands as it was signed."""
    return bool(plan.signed_digest) and plan.signed_digest == digest_of(plan)


def is_locked(user: User) -> bool:
    """Say whether too many wrong passwords were written under a name since the last right one."""
    lines = AuditEvent.objects.filter(
        actor_id=user.pk,
        action__in=("signature.proved", "signature.refused"),
        at__gt=timezone.now() - timedelta(minutes=LOCKED_MINUTES),
    )
    latest = lines.order_by("-pk").values_list("action", flat=True)[:MOST_WRONG]
    return len(latest) == MOST_WRONG and "signature.proved" not in latest
