"""What was decided about findings."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from respite.clinic.patients.models import PatientRecord
from respite.clinic.surveillance.models import LookedAt
from respite.domain import translate as _
from respite.literature import load_library

MOST = 20
"""Decisions that are shown; ours."""


@dataclass(frozen=True)
class Decided:
    """One decision, with the finding it was about."""

    row: LookedAt
    finding: str
    day: date


def looked_at_of(patient: PatientRecord) -> list[Decided]:
    """Give what was decided about findings, the latest first."""
    rows = patient.looked_at.select_related("written_by").order_by("-pk")[:MOST]
    return [Decided(row, finding_words(row.key), row.written_at.date()) for row in rows]


def finding_words(key: str) -> str:
    """Say of which finding a key is, such as ``liver.high:lab:17``."""
    name = key.partition(":")[0]
    item, _dot, trigger = name.partition(".")
    watched = load_library().surveillance
    if item not in watched:
        return key
    said = next((one.threshold for one in watched[item].triggers if one.id == trigger), "")
    return _("{item}: {threshold}").format(item=watched[item].title, threshold=said)
