"""Rules of acute effects: shares that are shares, and rows that a model can learn from."""

from __future__ import annotations

from collections.abc import Iterator

from respite.domain import translate as _
from respite.literature.acute_study import AcuteStudy, SeenEffect
from respite.literature.checks.walk import parts
from respite.literature.library import Library

UNITS = {"systolic": "mmHg", "diastolic": "mmHg", "heart_rate": "1/min"}
"""Unit of each reading that rises; everything else is a share of people in percent."""


def used_rows_have_a_regimen_and_people(_library: Library, study: AcuteStudy) -> Iterator[str]:
    """Check that a study with rows says what was given and to how many."""
    if not study.rows:
        return
    if not study.regimen or study.regimen_status == "not_reported":
        yield _("The study has rows and no regimen with its status.")
    if study.regimen_status == "assumed" and not study.because:
        yield _("The regimen is assumed, and nothing says why.")
    for place, row in parts(study, SeenEffect):
        if (row.n or study.n) is None:
            yield _("{place} does not say how many people there were.").format(place=place)
        if row.value_control is not None and (row.n_control or study.n_control) is None:
            yield _("{place} has a control figure without its people.").format(place=place)


def shares_are_shares_and_rises_are_rises(_library: Library, study: AcuteStudy) -> Iterator[str]:
    """Check units, and that no share leaves 0 to 100 %."""
    for place, row in parts(study, SeenEffect):
        expected = UNITS.get(row.effect, "%")
        if row.unit != expected:
            yield _("{place} is in {unit}, and should be in {expected}.").format(
                place=place, unit=row.unit, expected=expected
            )
        values = (row.value, 0 if row.value_control is None else row.value_control)
        if expected == "%" and not all(0 <= value <= 100 for value in values):
            yield _("{place} is no share of people.").format(place=place)
        if (row.effect in UNITS or row.effect == "pressure_rise") != (row.asked == "measured"):
            yield _("{place}: pressure and heart rate are measured, and nothing else is.").format(
                place=place
            )


def recalled_rows_are_assumed(_library: Library, study: AcuteStudy) -> Iterator[str]:
    """Check that a figure nobody saw in a source is never counted as seen."""
    for place, row in parts(study, SeenEffect):
        if (row.read == "recalled") != (row.status == "assumed"):
            yield _("{place} is recalled, so its status must be assumed.").format(place=place)
