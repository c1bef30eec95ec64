"""Writes records of those who agree, without what tells who they are, as ``respite`` reads them."""

from __future__ import annotations

import json
import secrets
from collections.abc import Iterator
from decimal import Decimal
from operator import itemgetter
from typing import IO, Any

from respite.clinic.accounts.models import Clinic
from respite.clinic.numbers.archive import Archive, write_csv
from respite.clinic.numbers.queries import who_agree
from respite.clinic.numbers.queries_streamed import CHUNK, DAY_H, Followed, followed_of
from respite.clinic.numbers.research import (
    LEAST,
    Told,
    age_band,
    day_of,
    left_to_tell,
    rounded_amount,
    study_ids,
    weight_band,
)
from respite.clinic.numbers.research_readme import DICTIONARY, research_readme
from respite.clinic.patients.instruments import instruments
from respite.clinic.patients.models import PatientRecord, Score
from respite.clinic.treatments.models import DoseRecord, EntryKind, SessionEntry
from respite.clinic.treatments.sessions.flowsheet import TAKEN_BACK
from respite.clinic.treatments.sessions.queries import GIVEN
from respite.clinic.treatments.sessions.watch import EFFECTS, severities
from respite.domain import VERSION
from respite.domain import translate as _

SCHEMA = "respite.research-export/1"
PERSON = ("study_id", "age", "sex", "condition", "weight_kg")
BATCH = 500
"""People whose rows are in memory at a time; ours."""

VISITS = ("patient", "course", "last_seen_with_relief_day", "first_seen_without_day")
DOSES = ("study_id", "day", "drug", "amount", "unit", "route", "duration_min")


class TooFewAgree(Exception):
    """Fewer people agree to research than must share what is told of each; the words say so."""


def write_research(file: IO[bytes], clinic: Clinic) -> dict[str, int]:
    """Write the records of those who agree.

    Parameters
    ----------
    file
        Where the archive goes.
    clinic
        Whose patients.

    Returns
    -------
    How many people and rows there are, and how many were left out.

    Raises
    ------
    TooFewAgree
        Where those who agree and were treated are fewer than must share what is told.
    """
    agreeing = who_agree(clinic)
    told = _people(agreeing)
    if not told:
        words = _(
            "Fewer than {n} patients who were treated agree to research: nobody may stand out."
        )
        raise TooFewAgree(words.format(n=LEAST))
    counts = {
        "people": len(told),
        "left out: not agreed": PatientRecord.objects.filter(clinic=clinic).count()
        - agreeing.count(),
        "left out: not treated": agreeing.count() - len(told),
    }
    archive = Archive(file)
    with archive.text("patients.csv") as out:
        rows = sorted(told.values(), key=lambda one: one.study_id)
        write_csv(out, PERSON, ((one.study_id, *one.together) for one in rows))
    counts["doses"] = _write(archive, "doses.csv", DOSES, _doses(told))
    counts["scores of pain"] = _write(
        archive, "diary.csv", ("study_id", "day", "pain"), _scores(told)
    )
    counts["questionnaires"] = _write(
        archive, "questionnaires.csv", ("study_id", "day", "instrument", "total"),
        _forms(told),
    )  # fmt: skip
    counts["unwanted effects"] = _write(
        archive, "effects.csv", ("study_id", "day", "effect", "severity"), _effects(told)
    )
    counts["courses"] = _write(archive, "visits.csv", VISITS, _visits(told), plain=True)
    for one in _in_order(told):
        _write_person(archive, one, told[one.patient_id])
    _write_json(archive, told)
    with archive.text("dictionary.csv") as out:
        write_csv(out, ("file", "column", "words"), DICTIONARY)
    archive.put("README.txt", research_readme(counts))
    archive.close()
    return counts


def _people(agreeing: Any) -> dict[int, Told]:
    """Say of each treated patient what may be told, under a number by chance."""
    first: dict[int, Any] = {}
    doses = DoseRecord.objects.filter(patient__in=agreeing, is_withdrawn=False).order_by("start")
    for patient_id, start in doses.values_list("patient_id", "start").iterator(chunk_size=CHUNK):
        first.setdefault(patient_id, start)
    ids = study_ids(first, secrets.token_bytes(32))
    every = {
        one.pk: Told(
            study_id=ids[one.pk],
            age=age_band(max(0, one.age_on(first[one.pk].date()))),
            sex=one.sex,
            condition=one.condition,
            weight_kg=weight_band(one.weight_kg),
        )
        for one in agreeing.order_by("pk").iterator(chunk_size=CHUNK)
        if one.pk in ids
    }
    kept = {one.study_id: one for one in left_to_tell(list(every.values()))}
    return {number: kept[one.study_id] for number, one in every.items()} if kept else {}


def _write(
    archive: Archive, name: str, head: tuple[str, ...], rows: Iterator[Any], *, plain: bool = False
) -> int:
    """Write a table, and count its rows; ``plain`` for what the command line reads."""
    count = 0

    def each() -> Iterator[Any]:
        nonlocal count
        for row in rows:
            count += 1
            yield row

    with archive.text(name) as out:
        if plain:
            out.write(",".join(head) + "\n")
            out.writelines(",".join(map(str, row)) + "\n" for row in each())
        else:
            write_csv(out, head, each())
    return count


def _doses(told: dict[int, Told]) -> Iterator[tuple[Any, ...]]:
    for one in _in_order(told):
        number = told[one.patient_id].study_id
        for dose in one.doses:
            yield (
                number, round(one.hours_of(dose.start) / DAY_H, 3), dose.drug,
                float(rounded_amount(dose.amount)), dose.unit, dose.route, dose.duration_min,
            )  # fmt: skip


def _scores(told: dict[int, Told]) -> Iterator[tuple[Any, ...]]:
    for one in _in_order(told):
        number = told[one.patient_id].study_id
        for hours, pain in zip(one.hours, one.scores, strict=True):
            yield number, float(day_of(float(hours))), float(pain)


def _forms(told: dict[int, Told]) -> Iterator[tuple[Any, ...]]:
    known = set(instruments())
    for some in _batches(told):
        first = _first_days(some)
        rows = Score.objects.filter(patient__in=some, instrument__in=known).order_by("on", "pk")
        values = rows.values_list("patient_id", "on", "instrument", "total")
        yield from sorted(
            (
                (told[one].study_id, (on - first[one]).days, instrument, float(total))
                for one, on, instrument, total in values
            ),
            key=itemgetter(0),
        )


def _effects(told: dict[int, Told]) -> Iterator[tuple[Any, ...]]:
    for some in _batches(told):
        first = _first_days(some)
        rows = SessionEntry.objects.filter(
            session__patient__in=some, session__state__in=GIVEN, kind=EntryKind.EFFECT,
            corrected_by=None,
        ).order_by("at", "pk")  # fmt: skip
        found: list[tuple[Any, ...]] = []
        for patient_id, at, data in rows.values_list("session__patient_id", "at", "data"):
            effect, severity = data.get("effect"), data.get("severity")
            if TAKEN_BACK not in data and severity in severities():
                # What was typed beside it is never looked at.
                name = effect if effect in EFFECTS else "other"
                day = (at.date() - first[patient_id]).days
                found.append((told[patient_id].study_id, day, name, severity))
        yield from sorted(found, key=itemgetter(0))


def _first_days(patients: list[int]) -> dict[int, Any]:
    doses = DoseRecord.objects.filter(patient__in=patients, is_withdrawn=False).order_by("start")
    found: dict[int, Any] = {}
    for patient_id, start in doses.values_list("patient_id", "start"):
        found.setdefault(patient_id, start.date())
    return found


def _batches(told: dict[int, Told]) -> Iterator[list[int]]:
    """Give the numbers of records some at a time, in the order of study numbers.

    The order of records is the order in which people came to the clinic: no file may have it.
    """
    order = sorted(told, key=lambda one: told[one].study_id)
    for start in range(0, len(order), BATCH):
        yield order[start : start + BATCH]


def _in_order(told: dict[int, Told]) -> Iterator[Followed]:
    for some in _batches(told):
        found = followed_of(PatientRecord.objects.filter(pk__in=some))
        yield from sorted(found, key=lambda one: told[one.patient_id].study_id)


def _visits(told: dict[int, Told]) -> Iterator[tuple[Any, ...]]:
    for one in _in_order(told):
        for course in one.courses():
            seen = course.as_seen(str(told[one.patient_id].study_id))
            if seen is not None:
                last = "" if seen.first_without_day is None else f"{seen.first_without_day:g}"
                yield seen.patient, seen.course, f"{seen.last_with_day:g}", last


def _write_person(archive: Archive, one: Followed, told: Told) -> None:
    """Write the doses and the diary of one person as the command line reads them."""
    lines = ["ID,TIME,AMT,RATE,EVID,DRUG,ROUTE"]
    for dose in one.doses:
        amount = float(rounded_amount(_in_mg(dose.amount, dose.unit, told)))
        rate = f"{amount / (dose.duration_min / 60):.6g}" if dose.duration_min else "."
        lines.append(
            f"{told.study_id},{one.hours_of(dose.start):.3f},{amount:g},{rate},1,"
            f"{dose.drug},{dose.route}"
        )
    archive.put(f"people/{told.study_id}/records.csv", "\n".join([*lines, ""]))
    if len(one.hours):
        days: dict[str, float] = {}
        for hours, pain in zip(one.hours, one.scores, strict=True):
            days[day_of(float(hours))] = float(pain)
        rows = [f"{day},{pain:g}" for day, pain in days.items()]
        archive.put(f"people/{told.study_id}/diary.csv", "\n".join(["day,pain", *rows, ""]))


def _in_mg(amount: Decimal, unit: str, told: Told) -> Decimal:
    scale = {"mg": Decimal(1), "g": Decimal(1000), "ug": Decimal("0.001")}
    weight = Decimal(told.weight_kg or 70)
    if unit.endswith("/kg"):
        return amount * scale[unit.removesuffix("/kg")] * weight
    return amount * scale[unit]


def _write_json(archive: Archive, told: dict[int, Told]) -> None:
    with archive.text("research.json") as out:
        head = json.dumps({"schema": SCHEMA, "made_with": VERSION, "least": LEAST})
        out.write(head[:-1] + ', "people": [')
        for place, one in enumerate(_in_order(told)):
            out.write((",\n" if place else "\n") + json.dumps(_person(one, told[one.patient_id])))
        out.write("\n]}\n")


def _person(one: Followed, told: Told) -> dict[str, Any]:
    return {
        **dict(zip(PERSON, (told.study_id, *told.together), strict=True)),
        "untreated_pain": None if one.untreated is None else round(one.untreated, 1),
        "doses": [
            {
                "day": round(one.hours_of(dose.start) / DAY_H, 3),
                "drug": dose.drug,
                "amount": float(rounded_amount(dose.amount)),
                "unit": dose.unit,
                "route": dose.route,
                "duration_min": dose.duration_min,
            }
            for dose in one.doses
        ],
        "diary": [
            [float(day_of(float(hours))), float(pain)]
            for hours, pain in zip(one.hours, one.scores, strict=True)
        ],
    }
