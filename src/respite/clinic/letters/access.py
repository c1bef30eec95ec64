"""Which letters somebody may see. Everything that is not allowed here is refused."""

from __future__ import annotations

from django.db.models import QuerySet
from django.http import Http404

from respite.clinic.accounts.models import User
from respite.clinic.letters.models import LetterRecord
from respite.clinic.letters.queries import is_shared, shared_letters
from respite.clinic.patients.access import own_record, patient_to_write, patients_of


def letters_of(user: User) -> QuerySet[LetterRecord]:
    """Give the letters that somebody may read: those about patients whom this person treats."""
    every = LetterRecord.objects.select_related(
        "patient", "patient__clinic", "made_by", "signed_by", "replaces"
    )
    if not user.is_carer:
        return every.none()
    return every.filter(patient__in=patients_of(user))


def letter_for(user: User, letter_id: int) -> LetterRecord:
    """Give one letter to somebody who may read it.

    Raises
    ------
    Http404
        Where there is no such letter, or none for this person: the two look the same.
    """
    found = letters_of(user).filter(pk=letter_id).first()
    if found is None:
        raise Http404
    return found


def letter_to_write(user: User, letter_id: int) -> LetterRecord:
    """Give one letter to somebody who may change, sign or share it: those who treat, at home.

    Raises
    ------
    Http404
        Where that is not so.
    """
    found = letter_for(user, letter_id)
    patient_to_write(user, found.patient_id)
    return found


def own_letters(user: User) -> list[LetterRecord]:
    """Give patients the letters about them that were shared, the latest first."""
    return shared_letters(own_record(user))


def own_letter(user: User, letter_id: int) -> LetterRecord:
    """Give patients one letter about them that was shared.

    Raises
    ------
    Http404
        Where there is none, or it was not shared, or taken back.
    """
    mine = own_record(user)
    found = mine.letters.select_related("patient__clinic", "signed_by").filter(pk=letter_id).first()
    if found is None or not is_shared(found):
        raise Http404
    return found
