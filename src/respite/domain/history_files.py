"""Reads and writes a dosing history as a table: one line for each administration.

The columns are ``start,drug,amount,unit,route,duration_min``, in any order,
separated by commas or by semicolons. What is unambiguous is read; everything
else is refused with its line and column.
"""

from __future__ import annotations

from os import PathLike

from respite.domain.dosing import Drug, Salt, route_in_words
from respite.domain.errors import RegimenNotUnderstood
from respite.domain.history import DosingHistory, GivenDose
from respite.domain.history_cells import Cells, read_dose
from respite.domain.numerals import plain_text
from respite.domain.tables import TableForm, rows_of, text_of
from respite.domain.words import translate as _

COLUMNS = ("start", "drug", "amount", "unit", "route", "duration_min")
MOST_DOSES = 20_000
"""More is not the history of one patient."""

_FORM = TableForm(COLUMNS)


def read_table(source: str | PathLike[str]) -> DosingHistory:
    """Read a dosing history from a path, or from the text of a table."""
    doses: dict[GivenDose, int] = {}
    for row in rows_of(text_of(source, _FORM), _FORM):
        cells = Cells(row.line, row.by_name())
        dose = read_dose(cells)
        _check_alike(dose, doses, cells)
        doses[dose] = cells.line
        if len(doses) > MOST_DOSES:
            raise _FORM.refusal(
                _("The table holds more than {most:,} doses.").format(most=MOST_DOSES),
                _("the doses of one patient."),
            )
    if not doses:
        raise _FORM.refusal(
            _("The table holds no dose."), _("one line for each dose that was given.")
        )
    return DosingHistory(tuple(sorted(doses, key=lambda dose: dose.start)))


def write_table(history: DosingHistory) -> str:
    """Write a dosing history as a table."""
    lines = [",".join(COLUMNS)]
    for dose in history.doses:
        drug = f"{dose.drug} HCl" if dose.salt is Salt.HYDROCHLORIDE else str(dose.drug)
        is_placebo = dose.drug is Drug.PLACEBO
        amount = ["", ""] if is_placebo else [plain_text(dose.amount), dose.unit]
        start = dose.start.isoformat()
        route = route_in_words(dose.route, dose.form)
        lines.append(",".join([start, drug, *amount, route, plain_text(dose.duration_min)]))
    return "\n".join(lines) + "\n"


def _check_alike(dose: GivenDose, doses: dict[GivenDose, int], cells: Cells) -> None:
    earlier = next(iter(doses), None)
    if dose in doses:
        raise RegimenNotUnderstood(
            found=_("Line {line} repeats line {earlier} in every column.").format(
                line=cells.line, earlier=doses[dose]
            ),
            expected=_("each dose once."),
            remedy=_("remove one of the two, or correct the column start."),
        )
    if earlier is not None and (earlier.start.tzinfo is None) != (dose.start.tzinfo is None):
        raise RegimenNotUnderstood(
            found=_("Line {line}, column start: only some times have a time zone.").format(
                line=cells.line
            ),
            expected=_("a time zone in every line, or in none."),
            remedy=_("write all times in the same way."),
        )
