"""Questions to the tables of letters, in words of the clinic."""

from __future__ import annotations

from typing import Any

from respite.clinic.letters.models import LetterRecord, LetterRelease
from respite.clinic.patients.models import PatientRecord

RECIPIENT = ("to_name", "to_practice", "to_address")
"""Who is written to; proposed again for the next letter."""


def letters_about(patient: PatientRecord) -> list[LetterRecord]:
    """Give the letters about a patient, the latest first; drafts that were put aside left out."""
    found = patient.letters.filter(put_aside_at=None)
    return list(found.select_related("made_by", "signed_by", "replaces"))


def last_recipient(patient: PatientRecord) -> dict[str, Any]:
    """Give to whom was written about a patient last; empty where to nobody yet."""
    last = patient.letters.order_by("-pk").first()
    return {} if last is None else {name: getattr(last, name) for name in RECIPIENT}


def is_shared(letter: LetterRecord) -> bool:
    """Say whether the patient may see a letter."""
    said = letter.releases.order_by("-pk").first()
    return letter.is_signed and said is not None and not said.is_withdrawal


def shared_letters(patient: PatientRecord) -> list[LetterRecord]:
    """Give the letters that their patient may see, the latest first."""
    latest: dict[int, bool] = {}
    for one in LetterRelease.objects.filter(letter__patient=patient).order_by("pk"):
        latest[one.letter_id] = not one.is_withdrawal
    shown = [number for number, is_shown in latest.items() if is_shown]
    return list(
        patient.letters.filter(pk__in=shown).exclude(signed_digest="").select_related("signed_by")
    )


def correction_of(letter: LetterRecord) -> LetterRecord | None:
    """Give the signed letter that took the place of this one; ``None`` where none did."""
    return letter.corrections.exclude(signed_digest="").order_by("-pk").first()


def shown_parts(letter: LetterRecord) -> list[dict[str, Any]]:
    """Give the parts of a letter that are not left out."""
    return [one for one in letter.words.get("parts", []) if one["key"] not in letter.left_out]
