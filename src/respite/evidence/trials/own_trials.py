"""Reads a user's own table of trials: one line for each figure of each arm.

The columns are ``study,condition,arm,part,regimen,n,measure,time_days``, in any order, and
perhaps ``kind,value,sd,se,count,of,threshold``; cells are separated by commas or semicolons.
Scores are points from 0 to 10, shares are percent, times are days from the first dose.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from math import sqrt
from os import PathLike
from typing import Any

from respite.domain import (
    LONGEST_QUOTE,
    WORST_PAIN,
    CellFault,
    Condition,
    NamedCells,
    NumberColumn,
    Regimen,
    RegimenNotUnderstood,
    RespiteError,
    TableForm,
    bounded_rows,
    closest_word,
    column_of,
    each_or_none,
    quoted,
    separator_of,
    text_of,
)
from respite.domain import translate as _
from respite.evidence.trials.rows import OWN, POINTS, SHARE, TrialRow
from respite.evidence.trials.spreads import BINOMIAL

MOST_LINES = 5_000
"""More than any search of the literature finds; ours."""

LATEST_DAY = 10_000
"""Ours: beyond it, a number is a date or a slip of the keyboard."""

NUMBERS = ("time_days", "value", "sd", "se")
PARTS = ("ketamine", "placebo", "active_placebo", "comparator")
MEASURES = ("mean_pain", "mean_fall", "mean_fall_percent", "responders")
AGAINST_PLACEBO = "randomised_placebo"
KINDS = (AGAINST_PLACEBO, "randomised_active", "randomised_dose", "open", "cohort")

_A_COUNT = re.compile(r"[0-9]{1,6}", re.ASCII)
_A_THRESHOLD = re.compile(r"([0-9]{1,3})\s*(%|points)", re.ASCII)
_FORM = TableForm(
    ("study", "condition", "arm", "part", "regimen", "n", "measure", "time_days"),
    ("kind", "value", "sd", "se", "count", "of", "threshold"),
)


class TrialsNotUnderstood(RespiteError):
    """A table of trials with a line that is impossible or leaves a doubt."""

    page = "trials-not-understood"


@dataclass(frozen=True)
class _Figure:
    """The numbers of one line, as written; ``None`` where a cell is blank."""

    value: float | None
    sd: float | None
    se: float | None
    count: int | None
    of: int | None


def read_own_trials(source: str | PathLike[str]) -> tuple[TrialRow, ...]:
    r"""Read a table of trials from a path, or from the text of a table.

    Parameters
    ----------
    source
        The path or the text.

    Returns
    -------
    One row for each line, with the status ``own``.

    Raises
    ------
    FileNotUnderstood, TrialsNotUnderstood
        Where the table, or a line of it, cannot be read.

    Examples
    --------
    >>> head = "study,condition,arm,part,regimen,n,measure,time_days,value,sd"
    >>> line = "ours,crps,drug,ketamine,ketamine 40 mg iv over 1 h,20,mean_pain,7,4.5,2"
    >>> read_own_trials(f"{head}\n{line}\n")[0].value
    4.5
    """
    text = text_of(source, _FORM)
    rows = bounded_rows(
        text,
        _FORM,
        MOST_LINES,
        whose=_("the figures of some trials."),
        each=_("one line for each figure of each arm."),
    )
    separator = separator_of(text)
    columns = {name: NumberColumn.of(column_of(rows, name), separator) for name in NUMBERS}
    return tuple(
        each_or_none(
            rows,
            lambda row: _read(NamedCells(row.line, row.by_name(), TrialsNotUnderstood), columns),
        )
    )


def _read(cells: NamedCells, columns: Mapping[str, NumberColumn]) -> TrialRow:
    by_name = cells.by_name
    study, arm = (cells.sound(name, _name(by_name[name])) for name in ("study", "arm"))
    part = cells.sound("part", _word(by_name["part"], PARTS))
    measure = cells.sound("measure", _word(by_name["measure"], MEASURES))
    n = cells.sound("n", _whole(by_name["n"], 1))
    time = cells.sound("time_days", _number(by_name["time_days"], columns["time_days"]))
    if not 0 <= time <= LATEST_DAY:
        cells.sound("time_days", _beyond(by_name["time_days"], 0, LATEST_DAY))
    figure = _figure(cells, columns, measure, n)
    kind = by_name.get("kind", "") or AGAINST_PLACEBO
    return TrialRow(
        study=study,
        kind=cells.sound("kind", _word(kind, KINDS)),
        condition=cells.sound("condition", _word(by_name["condition"], tuple(Condition))),
        role="none",
        crossover=False,
        arm=arm,
        part=part,
        against="",
        against_regimen="",
        against_n=None,
        regimen=cells.sound("regimen", _regimen(by_name["regimen"], arm, part)),
        regimen_status=OWN,
        not_writable="",
        n=n,
        what=measure.replace("_", " "),
        measure=measure,
        scale="",
        threshold=cells.sound("threshold", _threshold(by_name.get("threshold", ""), measure)),
        days=time,
        time=f"{time:g} days from first_dose",
        unit=SHARE if measure in ("responders", "mean_fall_percent") else POINTS,
        **_values(figure, measure, n),
        count=figure.count,
        of=figure.of,
        p_value=None,
        found="not_reported",
        status=OWN,
        read=OWN,
        source="",
        at=_("line {line}").format(line=cells.line),
        because="",
        note="",
    )


def _figure(
    cells: NamedCells, columns: Mapping[str, NumberColumn], measure: str, n: int
) -> _Figure:
    """Read the numbers of a line, and refuse what cannot be together."""
    by_name = cells.by_name

    def written(name: str) -> float | None:
        text = by_name.get(name, "")
        return None if text == "" else cells.sound(name, _number(text, columns[name]))

    def counted(name: str, least: int) -> int | None:
        text = by_name.get(name, "")
        return None if text == "" else cells.sound(name, _whole(text, least))

    found = _Figure(
        written("value"), written("sd"), written("se"), counted("count", 0), counted("of", 1)
    )
    for name, error in (("sd", found.sd), ("se", found.se)):
        if error is not None and error <= 0:
            cells.sound(name, _beyond(by_name[name], 0, 100))
    if found.count is not None and found.count > (found.of or n):
        cells.sound("count", _beyond(by_name["count"], 0, found.of or n))
    if found.value is None and found.count is None:
        cells.sound(
            "value",
            CellFault(
                _("nothing is written."),
                _("a value, or a count of responders."),
                _("write what was seen, or leave out the line."),
            ),
        )
    if found.value is not None:
        most = WORST_PAIN if measure in ("mean_pain", "mean_fall") else 100
        least = -most if measure in ("mean_fall", "mean_fall_percent") else 0
        if not least <= found.value <= most:
            cells.sound("value", _beyond(by_name["value"], least, most))
    return found


def _values(figure: _Figure, measure: str, n: int) -> dict[str, Any]:
    """Give value and errors in the unit of rows; each error follows from the other."""
    if measure == "responders":
        of = figure.of or n
        share = figure.count / of if figure.count is not None else (figure.value or 0) / 100
        error = sqrt(share * (1 - share) / of) or None
        return {
            "value": share, "sd": None, "se": error, "spread_kind": BINOMIAL, "spread_status": OWN,
        }  # fmt: skip
    factor = 1 / 100 if measure == "mean_fall_percent" else 1
    sd, se = figure.sd, figure.se
    if sd is None and se is not None:
        sd = se * sqrt(n)
    if se is None and sd is not None:
        se = sd / sqrt(n)
    printed = "standard_error" if figure.se is not None else "sd"
    return {
        "value": None if figure.value is None else figure.value * factor,
        "sd": None if sd is None else sd * factor,
        "se": None if se is None else se * factor,
        "spread_kind": "not_reported" if se is None else printed,
        "spread_status": "" if se is None else OWN,
    }


def _name(text: str) -> str | CellFault:
    if text == "" or len(text) > LONGEST_QUOTE or not text.isprintable():
        return CellFault(
            _("{word} is no short name.").format(word=quoted(text)),
            _("1 to {most} letters and digits.").format(most=LONGEST_QUOTE),
            _("write a name in every line."),
        )
    return text


def _word(text: str, words: tuple[str, ...]) -> str | CellFault:
    if text in words:
        return str(text)
    near = closest_word(text, words)
    return CellFault(
        _("{word} is not one of the words of this column.").format(word=quoted(text)),
        ", ".join(words) + ".",
        _("did you mean {near}?").format(near=quoted(near))
        if near
        else _("write one of these words."),
    )


def _regimen(text: str, arm: str, part: str) -> str | CellFault:
    if text == "":
        if part == "comparator":
            return ""
        return CellFault(
            _("the arm {arm} has no regimen.").format(arm=quoted(arm)),
            _('what was given, such as "ketamine 40 mg iv over 1 h daily x5" or "placebo iv".'),
            _("write the regimen of the arm in each of its lines."),
        )
    try:
        return str(Regimen.parse(text))
    except RegimenNotUnderstood as fault:
        found = _("the regimen of the arm {arm} cannot be read: {fault}").format(
            arm=quoted(arm), fault=fault.found
        )
        return CellFault(found, fault.expected, fault.remedy)


def _threshold(text: str, measure: str) -> str | CellFault | None:
    if text == "":
        return "not_reported" if measure == "responders" else None
    match = _A_THRESHOLD.fullmatch(text)
    if match:
        return f"{int(match[1])} {match[2]}"
    return CellFault(
        _("{word} is no threshold.").format(word=quoted(text)),
        _("a fall of pain such as 30 % or 2 points."),
        _("write the fall that makes somebody a responder, or leave the cell blank."),
    )


def _number(text: str, column: NumberColumn) -> float | CellFault:
    number = column.read(text, _("a plain number."))
    return number if isinstance(number, CellFault) else float(number)


def _whole(text: str, least: int) -> int | CellFault:
    if _A_COUNT.fullmatch(text) and int(text) >= least:
        return int(text)
    return CellFault(
        _("{word} is no number of people.").format(word=quoted(text)),
        _("a whole number from {least} on.").format(least=least),
        _("write how many people were counted."),
    )


def _beyond(text: str, least: float, most: float) -> CellFault:
    return CellFault(
        _("{number} is out of reach.").format(number=quoted(text)),
        _("a number between {least:g} and {most:g}.").format(least=least, most=most),
        _("check the number and its unit."),
    )
