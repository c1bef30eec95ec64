"""Everything that is known of a patient when advice is asked, as plain data that is kept.

Doses, diary and sessions are kept as the tables that the command line reads, so that anybody can
ask the same question again.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Sequence
from datetime import date, datetime
from typing import Any

from django.utils import timezone

from respite.clinic.audit.models import AuditEvent
from respite.clinic.diaries.queries import diary_of
from respite.clinic.patients.models import PatientRecord
from respite.clinic.patients.queries import history_of, latest_answers
from respite.clinic.treatments.models import AdviceKind
from respite.clinic.treatments.queries import current_plan
from respite.clinic.treatments.sessions.queries import record_of_sessions
from respite.domain import VERSION, Patient, write_diary, write_dosing_history, write_sessions
from respite.domain import translate as _
from respite.literature import load_library

SEED = 1
"""Seed of every draw; ours."""


def inputs_of(
    patient: PatientRecord, kind: AdviceKind, regimens: Sequence[str], day: date
) -> dict[str, Any]:
    """Gather what the library is asked.

    Parameters
    ----------
    patient
        For whom.
    kind, regimens
        What is asked, and which plans are compared.
    day
        The day on which is asked.

    Raises
    ------
    RespiteError
        Where the record holds what cannot be.
    """
    history, diary, plan = history_of(patient), diary_of(patient), current_plan(patient)
    sessions = None if plan is None else record_of_sessions(plan)
    return {
        "kind": str(kind),
        "regimens": list(regimens),
        "on": day.isoformat(),
        "patient": plain_patient(patient.to_patient(day)),
        "facts": {name: one.told for name, one in sorted(latest_answers(patient).items())},
        "history": None if history is None else write_dosing_history(history),
        "diary": None if diary is None else write_diary(diary),
        "sessions": None if sessions is None else write_sessions(sessions),
        "threshold": patient.threshold,
        "seed": SEED,
        "respite": VERSION,
        "library_digest": load_library().digest(),
    }


def digest_of(inputs: dict[str, Any]) -> str:
    """Give the SHA-256 that stands for a question."""
    text = json.dumps(inputs, sort_keys=True, separators=(",", ":"))
    return hashlib.sha256(text.encode()).hexdigest()


def plain_patient(patient: Patient) -> dict[str, Any]:
    """Give what is known of a patient as plain data that makes the same patient again."""
    return {
        name: list(value) if isinstance(value, tuple) else value
        for name, value in ((name, _plain(told)) for name, told in patient.known().items())
    }


def _plain(value: object) -> Any:
    return str(value) if isinstance(value, str) else value


FIELDS = {
    "weight": "weight_kg",
    "height": "height_cm",
    "baseline_pain": "usual_pain",
    "pain_years": "pain_since",
    "daily_opioid_mg": "opioid_mg",
    "age": "born",
}
"""Fields of the record by facts of the library, where their names differ."""


def used_rows(patient: PatientRecord, inputs: dict[str, Any]) -> list[tuple[str, str, str]]:
    """Say what advice was made from, and how old each of it was.

    Returns
    -------
    Rows of what, its value, and the day from which it is.
    """
    changed = _changed_at(patient, inputs)
    labels = fact_labels()
    known: dict[str, Any] = inputs["patient"]
    made_at: datetime = patient.made_at  # pyright: ignore[reportAssignmentType]
    rows = [
        (
            labels.get(name, name),
            ", ".join(map(str, value)) if isinstance(value, list) else str(value),
            changed.get(FIELDS.get(name, name), made_at).date().isoformat(),
        )
        for name, value in known.items()
    ]
    days = [one.on for name, one in latest_answers(patient).items() if name in inputs["facts"]]
    if days:
        text = _("{n} answers for the rules of safety").format(n=len(inputs["facts"]))
        rows.append((_("Questions"), text, _between(days)))
    for name, label in (
        ("history", _("Doses on record")),
        ("diary", _("Diary entries")),
        ("sessions", _("Sessions under the current plan")),
    ):
        lines = (inputs[name] or "").splitlines()[1:]
        if lines:
            starts = [date.fromisoformat(line[:10]) for line in lines if _is_day(line[:10])]
            rows.append((label, str(len(lines)), _between(starts)))
    return rows


def fact_labels() -> dict[str, str]:
    """Name the facts of a patient for people."""
    return {
        "age": _("Age"),
        "sex": _("Sex"),
        "weight": _("Weight, kg"),
        "height": _("Height, cm"),
        "condition": _("Condition"),
        "baseline_pain": _("Usual pain, 0 to 10"),
        "pain_years": _("Years of pain"),
        "liver": _("Liver"),
        "egfr": _("Kidney function (eGFR)"),
        "cyp2b6": _("CYP2B6 genotype"),
        "daily_opioid_mg": _("Opioids a day, mg of morphine"),
        "medicines": _("Medicines"),
    }


def _changed_at(patient: PatientRecord, inputs: dict[str, Any]) -> dict[str, datetime]:
    """Say when each field of a record was last changed, by the trail."""
    until = timezone.now()
    lines = AuditEvent.objects.filter(
        patient_id=patient.pk, action="patient.changed", at__lte=until
    ).order_by("pk")
    return {name: line.at for line in lines for name in line.note.get("fields", ())}


def _between(days: Iterable[date]) -> str:
    every = sorted(set(days))
    if not every:
        return ""
    if every[0] == every[-1]:
        return every[0].isoformat()
    return _("{first} to {last}").format(first=every[0].isoformat(), last=every[-1].isoformat())


def _is_day(text: str) -> bool:
    try:
        date.fromisoformat(text)
    except ValueError:
        return False
    return True
