"""The only writer of results, of what was done elsewhere, and of what somebody decided."""

from __future__ import annotations

import uuid
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from django.db import transaction
from django.http import Http404

from respite.clinic.accounts.models import User
from respite.clinic.audit.actions import record
from respite.clinic.patients.actions import Stale, answer_all, change_patient
from respite.clinic.patients.holding import hold
from respite.clinic.patients.models import PatientRecord
from respite.clinic.surveillance.models import DoneElsewhere, LabResult, LookedAt
from respite.clinic.surveillance.results import analytes
from respite.clinic.surveillance.telling import answers_of, refuse_contradiction, stood_right
from respite.domain import RespiteError


@dataclass(frozen=True, kw_only=True)
class ToldResult:
    """One result as it is kept; see ``LabResult``."""

    analyte: str
    typed: str
    day: date
    sign: str = ""
    unit: str = ""
    factor: Decimal = Decimal(1)
    value: Decimal | None = None
    code: str = ""
    low: Decimal | None = None
    high: Decimal | None = None
    note: str = ""


@dataclass(frozen=True, kw_only=True)
class Kept:
    """What was kept.

    Attributes
    ----------
    rows
        Rows that were written now.
    fault
        Why the rules of safety were not told, where they should have been.
    """

    rows: tuple[LabResult, ...]
    fault: RespiteError | None = None


SAME = ("analyte", "day", "typed", "sign", "unit", "code")
"""What two tellings of one result share: one that is on record is not written again."""


def keep_results(
    by: User,
    patient: PatientRecord,
    told: Sequence[ToldResult],
    client_id: uuid.UUID,
    *,
    tells_rules: bool = False,
) -> Kept:
    """Keep results, all or none; sent twice, they are kept once.

    Parameters
    ----------
    by, patient, told
        Who writes which results down, about whom.
    client_id
        The number that the form was given where it was made.
    tells_rules
        Whether the questions of the rules of safety are answered by them, too.
    """
    kept: list[LabResult] = []
    with transaction.atomic():
        hold(patient.pk)
        standing = LabResult.objects.filter(
            patient=patient, is_removed=False, corrected_by=None, day__in={one.day for one in told}
        )
        known = {tuple(getattr(row, name) for name in SAME) for row in standing}
        for place, one in enumerate(told):
            number = uuid.uuid5(client_id, str(place))
            before = LabResult.objects.filter(client_id=number).first()
            if before is not None and before.patient_id != patient.pk:
                raise Http404
            key = tuple(getattr(one, name) for name in SAME)
            if before is not None or key in known:
                continue
            known.add(key)
            row = LabResult.objects.create(
                patient=patient, client_id=number, written_by=by, **vars(one)
            )
            record(by, "result.added", row, patient_id=patient.pk)
            kept.append(row)
        fault = _tell_rules(by, patient, kept) if kept and tells_rules else None
    return Kept(rows=tuple(kept), fault=fault)


def correct_result(
    by: User, old: LabResult, told: ToldResult, client_id: uuid.UUID, *, tells_rules: bool = False
) -> Kept:
    """Put a new row in the place of one that stands.

    Raises
    ------
    Stale
        Where another one took its place in the meantime; nothing is written.
    """
    return _in_place_of(by, old, vars(told), client_id, tells_rules, is_removed=False)


def remove_result(
    by: User, old: LabResult, client_id: uuid.UUID, *, tells_rules: bool = False
) -> Kept:
    """Take a result out: what was written stays on record, and counts no more.

    Raises
    ------
    Stale
        Where another one took its place in the meantime; nothing is written.
    """
    told = {name: getattr(old, name) for name in ToldResult.__dataclass_fields__}
    return _in_place_of(by, old, told, client_id, tells_rules, is_removed=True)


def _in_place_of(  # noqa: PLR0913 - each is a fact of the row
    by: User,
    old: LabResult,
    told: Mapping[str, Any],
    client_id: uuid.UUID,
    tells_rules: bool,
    *,
    is_removed: bool,
) -> Kept:
    patient = old.patient
    with transaction.atomic():
        hold(patient.pk)
        before = LabResult.objects.filter(client_id=client_id).first()
        if before is not None:
            if before.corrects_id != old.pk:
                raise Http404
            return Kept(rows=(before,))
        later = LabResult.objects.filter(corrects=old).first()
        if later is not None or old.is_removed:
            raise Stale(later or old)
        row = LabResult.objects.create(
            patient=patient, client_id=client_id, written_by=by, corrects=old,
            is_removed=is_removed, **told,
        )  # fmt: skip
        action = "result.removed" if is_removed else "result.corrected"
        record(by, action, row, patient_id=patient.pk)
        fault = _tell_rules(by, patient, [old, row]) if tells_rules else None
    return Kept(rows=(row,), fault=fault)


def _tell_rules(
    by: User, patient: PatientRecord, changed: Sequence[LabResult]
) -> RespiteError | None:
    """Answer the questions of the rules by results, all or none of them."""
    days: dict[str, date] = {}
    for row in changed:
        if row.analyte in analytes():
            before = days.get(row.analyte)
            days[row.analyte] = row.day if before is None or before < row.day else before
    was_right = stood_right(patient)
    try:
        with transaction.atomic():
            told = answers_of(patient, days)
            for day in sorted({on for _value, on in told.values()}):
                answer_all(by, patient, {n: v for n, (v, on) in told.items() if on == day}, day)
            refuse_contradiction(patient, was_right)
    except RespiteError as fault:
        return fault
    return None


def mark_done(
    by: User, patient: PatientRecord, told: Mapping[str, Any], client_id: uuid.UUID
) -> DoneElsewhere:
    """Write down that something was done elsewhere; sent twice, it is kept once."""
    with transaction.atomic():
        row, is_new = DoneElsewhere.objects.get_or_create(
            client_id=client_id, defaults={"patient": patient, "written_by": by, **told}
        )
        if row.patient_id != patient.pk:
            raise Http404
        if is_new:
            record(by, "watched.done", row, patient_id=patient.pk)
    return row


def take_back(by: User, old: DoneElsewhere, client_id: uuid.UUID) -> DoneElsewhere:
    """Take back that something was done: what was written stays on record, and counts no more."""
    with transaction.atomic():
        hold(old.patient_id)
        later = DoneElsewhere.objects.filter(corrects=old).first()
        if later is not None or old.is_removed:
            return later or old
        row = DoneElsewhere.objects.create(
            patient=old.patient, client_id=client_id, item=old.item, day=old.day,
            told_by=old.told_by, note=old.note, corrects=old, is_removed=True, written_by=by,
        )  # fmt: skip
        record(by, "watched.taken_back", row, patient_id=old.patient_id)
    return row


def look_at(
    by: User, patient: PatientRecord, key: str, decided: str, client_id: uuid.UUID
) -> LookedAt:
    """Write down what was decided about a finding; sent twice, it is kept once."""
    with transaction.atomic():
        row, is_new = LookedAt.objects.get_or_create(
            client_id=client_id,
            defaults={"patient": patient, "key": key, "decided": decided, "written_by": by},
        )
        if row.patient_id != patient.pk:
            raise Http404
        if is_new:
            record(by, "finding.looked_at", row, patient_id=patient.pk)
    return row


def put_egfr(by: User, patient: PatientRecord, egfr: Decimal, version: int) -> PatientRecord:
    """Put a filtration rate into the record, where forecasts and rules find it.

    Raises
    ------
    Stale
        Where somebody else changed the record since; nothing is written.
    """
    return change_patient(by, patient, {"egfr": egfr}, version)
