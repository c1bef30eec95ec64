"""The only writer of letters: drafted, changed, put aside, signed, shared with their patient.

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
from respite.clinic.letters.models import LetterRecord, LetterRelease
from respite.clinic.letters.queries import is_shared
from respite.clinic.letters.signature import digest_of, meanings
from respite.clinic.letters.writing import letter_words
from respite.clinic.patients.actions import Stale
from respite.clinic.patients.holding import hold
from respite.clinic.patients.models import PatientRecord
from respite.clinic.treatments.plans.signature import LOCKED_MINUTES, is_locked
from respite.domain import translate as _


class NotSigned(Exception):
    """A letter cannot be signed as it was sent.

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


class RecordMoved(Exception):
    """The record changed since the draft was written; it was written afresh, and not signed."""


def draft(
    by: User,
    patient: PatientRecord,
    told: Mapping[str, Any],
    client_id: uuid.UUID,
    replaces: LetterRecord | None = None,
) -> LetterRecord:
    """Write a draft from what is on record; sent twice, it is kept once.

    Parameters
    ----------
    by, patient
        Who writes about whom.
    told
        The recipient, the next visit, the remarks, and what is left out.
    client_id
        What stands for it where it was written.
    replaces
        The signed letter that it corrects.
    """
    words = letter_words(patient, told["next_visit"], timezone.now())
    with transaction.atomic():
        hold(patient.pk)
        kept = LetterRecord.objects.filter(client_id=client_id).first()
        if kept is not None:
            if kept.patient_id != patient.pk:
                raise PermissionDenied
            return kept
        letter = LetterRecord.objects.create(
            patient=patient, made_by=by, client_id=client_id, words=words, replaces=replaces,
            **told,
        )  # fmt: skip
        record(by, "letter.drafted", letter, patient_id=patient.pk)
    return letter


def change(by: User, letter: LetterRecord, told: Mapping[str, Any], version: int) -> LetterRecord:
    """Change what somebody may change of a draft; the rest is written afresh from the record.

    Raises
    ------
    Stale
        Where somebody else changed, signed or put it aside since; nothing is written.
    """
    words = letter_words(letter.patient, told["next_visit"], timezone.now())
    with transaction.atomic():
        now = LetterRecord.objects.select_for_update().get(pk=letter.pk)
        if now.version != version or not now.is_draft:
            raise Stale(now)
        changed = sorted(name for name, value in told.items() if getattr(now, name) != value)
        for name in changed:
            setattr(now, name, told[name])
        now.words, now.version = words, version + 1
        now.save(update_fields=[*changed, "words", "version"])
        record(by, "letter.changed", now, patient_id=now.patient_id, note={"fields": changed})
    return now


def put_aside(by: User, letter: LetterRecord) -> LetterRecord:
    """Put a draft aside; sent twice, it is put aside once. A signed letter stays."""
    with transaction.atomic():
        now = LetterRecord.objects.select_for_update().get(pk=letter.pk)
        if not now.is_draft:
            return now
        now.put_aside_at, now.version = timezone.now(), now.version + 1
        now.save(update_fields=("put_aside_at", "version"))
        record(by, "letter.put_aside", now, patient_id=now.patient_id)
    return now


def sign(
    by: User, letter: LetterRecord, *, version: int, password: str, meaning: str
) -> LetterRecord:
    """Sign a draft as it was shown; sent twice, it signs once.

    Parameters
    ----------
    by, letter, version
        Who signs which draft, and the version that was on the page.
    password
        The password once more.
    meaning
        Which of the meanings that a signature may have.

    Raises
    ------
    PermissionDenied
        Where somebody signs who is no clinician.
    NotSigned
        Where the password is wrong, or something is missing.
    Stale
        Where somebody else changed, signed or put it aside since.
    RecordMoved
        Where the record says something else by now: the draft is written afresh, to be read again.
    """
    if by.role != Role.CLINICIAN:
        raise PermissionDenied
    if is_signed_by(letter, by, version):
        return letter
    if meaning not in meanings():
        raise NotSigned("meaning", _("Choose what your signature means."))
    _prove(by, password)
    now = timezone.now()
    with transaction.atomic():
        hold(letter.patient_id)
        kept = LetterRecord.objects.select_for_update().get(pk=letter.pk)
        if is_signed_by(kept, by, version):
            return kept
        if kept.version != version or not kept.is_draft:
            raise Stale(kept)
        has_moved = _write_afresh(by, kept)
        if not has_moved:
            kept.version = version + 1
            kept.signed_by, kept.signed_name, kept.signed_at = by, str(by), now
            kept.meaning = meanings()[meaning]
            kept.signed_digest = digest_of(kept)
            kept.save()
            record(
                by, "letter.signed", kept, patient_id=kept.patient_id,
                note={"digest": kept.signed_digest, "replaces": kept.replaces_id},
            )  # fmt: skip
    if has_moved:
        raise RecordMoved
    return kept


def is_signed_by(letter: LetterRecord, by: User, version: int) -> bool:
    """Say whether a letter is what this person signed at this version: the same was sent twice."""
    return letter.is_signed and letter.signed_by_id == by.pk and letter.version == version + 1


def release(by: User, letter: LetterRecord) -> LetterRelease | None:
    """Show a signed letter to its patient; nothing where it is shown, or not signed."""
    return _say(by, letter, is_withdrawal=False)


def withdraw(by: User, letter: LetterRecord) -> LetterRelease | None:
    """Take a letter back that its patient could see; nothing where none was shown."""
    return _say(by, letter, is_withdrawal=True)


def _say(by: User, letter: LetterRecord, *, is_withdrawal: bool) -> LetterRelease | None:
    with transaction.atomic():
        now = LetterRecord.objects.select_for_update().get(pk=letter.pk)
        if not now.is_signed or is_shared(now) != is_withdrawal:
            return None
        said = LetterRelease.objects.create(letter=now, by=by, is_withdrawal=is_withdrawal)
        action = "letter.taken_back" if is_withdrawal else "letter.shared"
        record(by, action, now, patient_id=now.patient_id)
    return said


def _write_afresh(by: User, letter: LetterRecord) -> bool:
    """Write a draft afresh where the record says something else; say whether it does."""
    words = letter_words(letter.patient, letter.next_visit, timezone.now())
    if words == letter.words:
        return False
    letter.words, letter.version = words, letter.version + 1
    letter.save(update_fields=("words", "version"))
    record(by, "letter.changed", letter, patient_id=letter.patient_id, note={"fields": ["words"]})
    return True


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
