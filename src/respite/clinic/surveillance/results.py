"""Results as they stand: which there are, when something was done by them, and filtration."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from datetime import date
from decimal import Decimal
from functools import cache

from django.db.models import QuerySet

from respite.clinic.patients.models import PatientRecord
from respite.clinic.surveillance.models import LabResult
from respite.domain import Sex
from respite.domain import translate as _
from respite.literature import Analyte, load_library
from respite.safety import egfr_of

SEXES = {one.value: one for one in (Sex.FEMALE, Sex.MALE)}
"""Sexes for which filtration can be worked out."""

EGFR, CREATININE = "egfr", "creatinine"


def standing_results(patient: PatientRecord) -> QuerySet[LabResult]:
    """Give the results that stand: neither removed nor corrected, the earliest first."""
    return patient.labs.filter(is_removed=False, corrected_by=None).select_related("written_by")


@cache
def analytes() -> Mapping[str, Analyte]:
    """Give every test by its name, as the library orders them."""
    every = load_library().analytes.values()
    return {one.id: one for one in sorted(every, key=lambda one: (one.item, one.place))}


def by_day(rows: Iterable[LabResult]) -> dict[date, set[str]]:
    """Give the tests of each day."""
    days: dict[date, set[str]] = defaultdict(set)
    for row in rows:
        days[row.day].add(row.analyte)
    return days


def done_by_results(rows: Iterable[LabResult]) -> dict[str, date]:
    """Say when each item was last done whole, by the results of one day."""
    days = by_day(rows)
    found: dict[str, date] = {}
    for item in load_library().surveillance.values():
        whole = [
            day
            for day, tests in days.items()
            if item.done_by and all(tests & set(group) for group in item.done_by)
        ]
        if whole:
            found[item.id] = max(whole)
    return found


def upper_limit(row: LabResult) -> tuple[Decimal | None, bool]:
    """Give the upper limit of a result in the unit of the library, and whether it was printed."""
    if row.upper is not None:
        return row.upper, True
    limit = analytes()[row.analyte].upper_limit
    return (None if limit is None else Decimal(str(limit.value))), False


def worked_out_egfr(patient: PatientRecord, row: LabResult) -> float | None:
    """Estimate filtration from a creatinine, where age and sex are known; ``None`` otherwise."""
    sex = SEXES.get(patient.sex)
    if row.analyte != CREATININE or row.value is None or sex is None:
        return None
    if row.sign or row.value <= 0:
        return None
    return egfr_of(float(row.value), patient.age_on(row.day), sex)


def result_words(row: LabResult) -> str:
    """Say a result as the laboratory gave it, with its unit."""
    test = analytes().get(row.analyte)
    if row.code:
        word = None if test is None else test.word(row.code)
        return row.code if word is None else word.words
    return f"{row.typed} {row.unit}".strip()


def beside_words(row: LabResult) -> str:
    """Say a result in the unit of the library, where it was typed in another; else nothing."""
    test = analytes().get(row.analyte)
    if test is None or row.value is None or row.factor == 1:
        return ""
    return _("{sign}{value} {unit}").format(sign=row.sign, value=shown(row.value), unit=test.unit)


def shown(value: Decimal | float) -> str:
    """Write a number with as many digits as a result has."""
    number = float(value)
    return f"{number:.0f}" if abs(number) >= 100 else f"{number:.3g}"


def limit_words(row: LabResult) -> str:
    """Say the limits of a result, and whose they are."""
    if row.code:
        return ""
    low, high = (None if one is None else f"{one.normalize():f}" for one in (row.low, row.high))
    if low and high:
        return _("{low} to {high} (laboratory)").format(low=low, high=high)
    if high:
        return _("up to {high} (laboratory)").format(high=high)
    test = analytes().get(row.analyte)
    default = None if test is None else test.upper_limit
    words = _("from {low} (laboratory)").format(low=low) if low else ""
    if default is None or test is None:
        return words
    ours = _("up to {high:g} {unit} (ours: none was printed)").format(
        high=default.value, unit=test.unit
    )
    return f"{words}; {ours}" if words else ours


def is_beyond(row: LabResult) -> bool:
    """Say whether a result lies outside of its limits, or is a finding in words."""
    test = analytes().get(row.analyte)
    if row.code:
        word = None if test is None else test.word(row.code)
        return word is not None and word.is_finding
    if row.value is None:
        return False
    upper, _is_printed = upper_limit(row)
    lower = None if row.low is None else row.low * row.factor
    return bool(
        (upper is not None and row.value > upper) or (lower is not None and row.value < lower)
    )
