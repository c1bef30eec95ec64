"""What is signed of a letter: its canonical form, the digest of it, and whether the two agree."""

from __future__ import annotations

import hashlib
import json
from datetime import UTC

from respite.clinic.letters.models import LetterRecord
from respite.domain import translate as _


def meanings() -> dict[str, str]:
    """Give the meanings that a signature may have, each in a sentence."""
    return {
        "sent": _("I have read this letter, it is about this patient, and I send it."),
        "agreed": _(
            "I have read this letter, it is about this patient, who agrees, and I send it."
        ),
    }


def canonical(letter: LetterRecord) -> str:
    """Write what is signed of a letter, always in the same letters."""
    signed_at, visit = letter.signed_at, letter.next_visit
    told = {
        "patient": letter.patient_id,
        "to": [letter.to_name, letter.to_practice, letter.to_address],
        "next_visit": None if visit is None else visit.isoformat(),
        "words": letter.words,
        "left_out": sorted(letter.left_out),
        "remarks": letter.remarks,
        "replaces": letter.replaces_id,
        "meaning": letter.meaning,
        "signer": [letter.signed_by_id, letter.signed_name],
        "at": None if signed_at is None else signed_at.astimezone(UTC).isoformat(),
    }
    return json.dumps(told, sort_keys=True, separators=(",", ":"), ensure_ascii=True)


def digest_of(letter: LetterRecord) -> str:
    """Give the SHA-256 of what is signed of a letter."""
    return hashlib.sha256(canonical(letter).encode()).hexdigest()


def verifies(letter: LetterRecord) -> bool:
    """Say whether a letter stands as it was signed."""
    return bool(letter.signed_digest) and letter.signed_digest == digest_of(letter)
