"""Holds the past forecasts for the patients of a clinic against what they wrote later."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta
from random import Random
from typing import Any

from respite.clinic.accounts.models import Clinic
from respite.clinic.diaries.queries import diary_of
from respite.clinic.forecasts.models import ForecastRecord
from respite.clinic.forecasts.plain import plain
from respite.clinic.numbers.queries_streamed import CHUNK
from respite.clinic.patients.models import PatientRecord
from respite.clinic.patients.queries import history_of
from respite.domain import RespiteError
from respite.forecasting import PersonScore, TrackRecord, over_persons
from respite.report import clinic_record_words, score_lines

MOST_PEOPLE = 2_000
"""People whose forecasts are looked at; where there are more, so many are drawn. Ours."""

MOST_EACH = 12
"""Forecasts of one person that are looked at: the latest, one a week. Ours."""

APART = timedelta(days=7)


def record_of(clinic: Clinic) -> dict[str, Any]:
    """Say how the forecasts of a clinic came true.

    Forecasts follow every entry, so that those of one week hardly differ: one a week is scored.

    Parameters
    ----------
    clinic
        Of which clinic.

    Returns
    -------
    What ``clinic_record_words`` says, with ``of_people`` (who had a forecast), ``drawn`` (how
    many were looked at) and ``unreadable`` (how many could not be held against a diary).
    """
    every = _chosen(clinic)
    drawn = every
    if len(every) > MOST_PEOPLE:
        chosen = sorted(Random(clinic.pk).sample(sorted(every), MOST_PEOPLE))
        drawn = {one: every[one] for one in chosen}
    persons: list[PersonScore] = []
    unreadable = 0
    for person in _scored(drawn):
        if person is None:
            unreadable += 1
        else:
            persons.append(person)
    answer = TrackRecord(persons=tuple(persons), over_persons=over_persons(persons))
    told = plain(clinic_record_words(answer))
    return {**told, "of_people": len(every), "drawn": len(drawn), "unreadable": unreadable}


def _chosen(clinic: Clinic) -> dict[int, list[int]]:
    """Give the numbers of the forecasts that are scored, by patient."""
    rows = (
        ForecastRecord.objects.filter(patient__clinic=clinic, refusal={})
        .order_by("patient_id", "pk")
        .values_list("patient_id", "pk", "made_at")
        .iterator(chunk_size=CHUNK)
    )
    chosen: dict[int, list[int]] = {}
    last: dict[int, Any] = {}
    for patient_id, number, made_at in rows:
        if patient_id not in last or made_at - last[patient_id] >= APART:
            last[patient_id] = made_at
            chosen.setdefault(patient_id, []).append(number)
    return {patient_id: numbers[-MOST_EACH:] for patient_id, numbers in chosen.items()}


def _scored(chosen: dict[int, list[int]]) -> Iterator[PersonScore | None]:
    for patient_id, numbers in chosen.items():
        patient = PatientRecord.objects.select_related("clinic").get(pk=patient_id)
        diary = diary_of(patient)
        if diary is None:
            continue
        rows = ForecastRecord.objects.filter(pk__in=numbers).order_by("pk")
        lines = [{**line, "digest": digest} for line, digest in rows.values_list("line", "digest")]
        try:
            yield from score_lines(lines, diary, history_of(patient)).persons
        except RespiteError:
            yield None
