"""Which items of the work-list somebody may see and act on."""

from __future__ import annotations

from datetime import date

from django.db.models import F, Q, QuerySet
from django.http import Http404

from respite.clinic.accounts.models import User
from respite.clinic.patients.access import may_write
from respite.clinic.patients.models import PatientRecord
from respite.clinic.worklist.models import Look, WorkItem


def items_of(user: User) -> QuerySet[WorkItem]:
    """Give the items of the patients whom somebody treats, open and closed; at home only."""
    every = WorkItem.objects.select_related("patient", "taken_by")
    if not user.is_active or not user.is_carer:
        return every.none()
    return every.filter(clinic_id=user.clinic_id)


def waiting(items: QuerySet[WorkItem], today: date) -> QuerySet[WorkItem]:
    """Leave out what is closed, and what was put off and has not become graver since.

    Parameters
    ----------
    items
        Those among which is chosen.
    today
        The day by the clock of the clinic.
    """
    is_up = Q(put_off_until=None) | Q(put_off_until__lte=today)
    is_graver = Q(need__lt=F("put_off_at_need"))
    return items.filter(is_up | is_graver, closed_at=None)


def item_for(user: User, item_id: int) -> WorkItem:
    """Give one item to those who treat its patient, at home.

    Raises
    ------
    Http404
        Where there is no such item, or none for this person: the two look the same.
    """
    found = items_of(user).select_related("patient__clinic", "patient__user").filter(pk=item_id)
    one = found.first()
    if one is None or not may_write(user, one.patient):
        raise Http404
    return one


def unfound_of(user: User) -> QuerySet[PatientRecord]:
    """Give the patients of somebody's clinic for whom not every reason could be found."""
    failed = Look.objects.filter(patient__clinic_id=user.clinic_id).exclude(failed_with="")
    if not user.is_active or not user.is_carer:
        failed = failed.none()
    return PatientRecord.objects.filter(pk__in=failed.values("patient_id")).order_by("pk")
