"""What an unwanted effect begins with: a line of a flowsheet, an entry of a diary, or nothing."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

from django.utils import timezone

from respite.clinic.accounts.models import Role, User
from respite.clinic.diaries.models import Entry
from respite.clinic.diaries.words import bladder_in_words, effects_in_words
from respite.clinic.events.access import entry_of, line_of
from respite.clinic.events.words import TERMS_OF_DIARY, severities, terms
from respite.clinic.patients.models import PatientRecord
from respite.clinic.treatments.models import SessionEntry
from respite.clinic.treatments.sessions.words import line_words

TERMS_OF_SESSION = {"anxiety": "distress"}
"""Effects of a flowsheet that the library calls otherwise."""

LONGEST_NUMBER = 15


@dataclass(frozen=True)
class Beginning:
    """Where an unwanted effect comes from.

    Attributes
    ----------
    line, entry
        The line of a flowsheet, or the entry of a diary; at most one of them.
    initial
        What the form begins with.
    """

    line: SessionEntry | None = None
    entry: Entry | None = None
    initial: dict[str, Any] = field(default_factory=dict[str, Any])


def beginning_of(user: User, patient: PatientRecord, line: str, entry: str) -> Beginning:
    """Give what an unwanted effect begins with.

    Parameters
    ----------
    user, patient
        Who writes, about whom.
    line, entry
        Numbers of a line and of an entry as they were sent; what is no number, or of another
        patient, counts for nothing.
    """
    found = line_of(patient, _number(line))
    if found is not None:
        return Beginning(line=found, initial=_of_line(found))
    told = entry_of(patient, _number(entry))
    if told is not None:
        return Beginning(entry=told, initial=_of_entry(told))
    is_carer = user.role in (Role.CLINICIAN, Role.NURSE)
    return Beginning(initial={"reporter": "staff"} if is_carer else {})


def _of_line(line: SessionEntry) -> dict[str, Any]:
    at = timezone.localtime(line.at)
    name = TERMS_OF_SESSION.get(line.data.get("effect", ""), line.data.get("effect", ""))
    severity = line.data.get("severity", "")
    dose = line.session.doses.filter(is_withdrawn=False).order_by("start").first()
    return {
        "words": line_words(line),
        "terms": [name] if name in terms() else [],
        "severity": severity if severity in severities() else "",
        "began": at.date(),
        "began_time": at.time().replace(second=0, microsecond=0),
        "followed": f"session{line.session_id}" if dose is None else f"dose{dose.pk}",
        "reporter": "staff",
    }


def _of_entry(entry: Entry) -> dict[str, Any]:
    said = [words for words, told in bladder_in_words(entry.bladder) if told]
    ticked = [*entry.effects, *(name for name, told in entry.bladder.items() if told)]
    parts = ["; ".join([*effects_in_words(entry.effects), *said]), entry.note]
    before = (
        entry.patient.doses.filter(is_withdrawn=False, start__lte=entry.felt_at)
        .order_by("-start")
        .first()
    )
    return {
        "words": "\n".join(part for part in parts if part),
        "terms": list(
            dict.fromkeys(TERMS_OF_DIARY[one] for one in ticked if one in TERMS_OF_DIARY)
        ),
        "began": entry.day,
        "followed": "" if before is None else f"dose{before.pk}",
        "reporter": "patient",
    }


def _number(text: str) -> int:
    """Read the number of a row; one that no row has where it is none."""
    return int(text) if text.isascii() and text.isdigit() and len(text) <= LONGEST_NUMBER else 0
