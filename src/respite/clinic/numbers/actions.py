"""The only writer of consent to research and of the clinic's numbers."""

from __future__ import annotations

import uuid
import zoneinfo
from datetime import datetime, timedelta

from django.db import transaction
from django.db.models import Q
from django.http import Http404
from django.utils import timezone

from respite.clinic.accounts.actions import proves_again
from respite.clinic.accounts.models import Clinic, User
from respite.clinic.audit.actions import record
from respite.clinic.numbers.models import ClinicNumbers, ResearchConsent
from respite.clinic.numbers.queries import agrees
from respite.clinic.numbers.tasks import work_out_numbers
from respite.clinic.numbers.working_out import digest_now, numbers_of
from respite.clinic.patients.holding import hold
from respite.clinic.patients.models import PatientRecord
from respite.clinic.treatments.plans.signature import LOCKED_MINUTES, is_locked
from respite.domain import VERSION
from respite.domain import translate as _

NIGHT_HOUR = 3
"""From which hour of the clinic's clock on numbers are worked out anew each day; ours."""

ASKED_FOR = timedelta(hours=1)
"""After so long a worker that was asked is asked again; ours."""


class NotProved(Exception):
    """The password was wrong, or was tried too often; the words say which."""


def prove(by: User, password: str) -> None:
    """Have somebody who takes data out prove who it is; tries come one after another.

    Raises
    ------
    NotProved
        Where the password is wrong, or too many were.
    """
    with transaction.atomic():
        asking = User.objects.select_for_update().get(pk=by.pk)
        locked = is_locked(asking)
        is_right = not locked and proves_again(asking, password)
    if locked:
        words = _("Too many wrong passwords. Nothing was exported. Try again in {n} minutes.")
        raise NotProved(words.format(n=LOCKED_MINUTES))
    if not is_right:
        raise NotProved(_("This is not your password. Nothing was exported."))


def tell_consent(
    by: User, patient: PatientRecord, *, is_given: bool, client_id: uuid.UUID
) -> ResearchConsent | None:
    """Write down that a patient agrees to research, or no longer does.

    Parameters
    ----------
    by, patient
        Who says so, of whom.
    is_given
        Whether the patient agrees.
    client_id
        The number of the form; sent twice, it is kept once.

    Returns
    -------
    The new row; ``None`` where it stands so already.
    """
    with transaction.atomic():
        hold(patient.pk)
        sent = ResearchConsent.objects.filter(client_id=client_id).first()
        if sent is not None:
            if sent.patient_id != patient.pk or sent.by_id != by.pk:
                raise Http404
            return None
        if agrees(patient) is is_given:
            return None
        kept = ResearchConsent.objects.create(
            patient=patient, client_id=client_id, is_given=is_given, by=by
        )
        action = "research.agreed" if is_given else "research.withdrawn"
        record(by, action, kept, patient_id=patient.pk)
    return kept


def ask_numbers(clinic: Clinic) -> bool:
    """Have the worker work the numbers out, unless it was asked a short while ago.

    Returns
    -------
    Whether it was asked.
    """
    now = timezone.now()
    ClinicNumbers.objects.get_or_create(clinic=clinic)
    free = Q(asked_at=None) | Q(asked_at__lt=now - ASKED_FOR)
    if not ClinicNumbers.objects.filter(free, clinic=clinic).update(asked_at=now):
        return False
    work_out_numbers.enqueue(clinic.pk)
    return True


def work_out(clinic_id: int) -> ClinicNumbers | None:
    """Work the numbers of a clinic out and keep them, where anything changed since the last time.

    Returns
    -------
    What is kept now; ``None`` where there is no such clinic.
    """
    clinic = Clinic.objects.filter(pk=clinic_id).first()
    if clinic is None:
        return None
    now = timezone.now()
    kept, _made = ClinicNumbers.objects.get_or_create(clinic=clinic)
    digest = digest_now(clinic, now)
    told: dict[str, object] = {"looked_at": now, "asked_at": None}
    if kept.digest != digest or kept.made_with != VERSION:
        told |= {
            "digest": digest,
            "numbers": numbers_of(clinic, now),
            "made_with": VERSION,
            "made_at": now,
        }
    ClinicNumbers.objects.filter(pk=kept.pk).update(**told)
    kept.refresh_from_db()
    return kept


def refresh_due(now: datetime) -> int:
    """Have numbers worked out once a night, and remove exports whose time is over.

    May be called as often as wanted: what is not due is left alone.

    Parameters
    ----------
    now
        The moment.

    Returns
    -------
    For how many clinics the worker was asked.
    """
    from respite.clinic.numbers.export_actions import remove_expired

    remove_expired(now)
    asked = 0
    for clinic in Clinic.objects.select_related("numbers"):
        here = now.astimezone(zoneinfo.ZoneInfo(clinic.time_zone))
        night = here.replace(hour=NIGHT_HOUR, minute=0, second=0, microsecond=0)
        kept = getattr(clinic, "numbers", None)
        looked_at = None if kept is None else kept.looked_at
        if here >= night and (looked_at is None or looked_at < night):
            asked += ask_numbers(clinic)
    return asked
