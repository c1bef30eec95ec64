"""Cuts the text of a data set into rows, and says which columns it may have."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from os import PathLike

from respite.domain.errors import RecordsNotUnderstood
from respite.domain.history_cells import Cells
from respite.domain.spelling import quoted
from respite.domain.tables import LARGEST_BYTES, in_cell
from respite.domain.text_files import read_text
from respite.domain.words import translate as _
from respite.domain.words import translate_plural

RECORD_COLUMNS = ("ID", "TIME", "AMT", "RATE", "ADDL", "II", "SS", "EVID", "CMT", "DV", "MDV")
WORD_COLUMNS = ("DRUG", "ROUTE")
MEDICINE = "MED_"
"""Columns of other medicines begin with this, and hold 0 or 1."""

UNHONOURED = frozenset(
    {
        *("DUR", "TINF", "DATE", "DAT1", "DAT2", "DAT3", "L1", "L2", "PCMT", "CALL", "CONT"),
        *("RAW_", "MRG_", "RPT_", "XVID1", "XVID2", "XVID3", "XVID4", "XVID5"),
        *("C", "DROP", "SKIP", "IGNORE", "DVID", "YTYPE", "CENS", "LIMIT", "LLOQ", "BLQ", "BQL"),
    }
)
"""Columns that change what a record means, here or in another program."""

MOST_ROWS = 500_000
MOST_COLUMNS = 200
LONGEST_LINE = 100_000
"""Bounds of ours: reading stops at the first that is broken."""

COMMENT = "#"
_NAME = re.compile(r"[A-Z][A-Z0-9_]{0,30}", re.ASCII)


@dataclass(frozen=True)
class RecordCells(Cells):
    """One row of a data set: its line, and its cells by name of column in capitals."""

    def refusal(self, column: str, what: str, expected: str, remedy: str) -> RecordsNotUnderstood:
        """Make the error for one cell."""
        return RecordsNotUnderstood(in_cell(self.line, column, what), expected, remedy)


def text_of(source: str | PathLike[str]) -> str:
    """Give the text of a table from its path, or from the text itself."""
    if not isinstance(source, str) or not ("\n" in source or "\r" in source):
        return read_text(source, LARGEST_BYTES)
    text = source.removeprefix("\ufeff")
    if len(text) > LARGEST_BYTES:
        raise RecordsNotUnderstood(
            _("The table is {count:,} characters long.").format(count=len(text)),
            _("at most {most:,} characters.").format(most=LARGEST_BYTES),
            _("read it in parts, some subjects each."),
        )
    return text


def header_of(text: str) -> list[str]:
    """Give the names of the columns in capitals, as they stand; none where there is no line."""
    for _line, cells in _lines(text, _separator(text)):
        return [cell.upper() for cell in cells]
    return []


def rows_of(text: str) -> Iterator[RecordCells]:
    """Cut a table into rows; the first line that is no comment names the columns.

    Raises
    ------
    RecordsNotUnderstood
        Where it is no table, or too long a one.
    """
    names: list[str] = []
    count = 0
    for line, cells in _lines(text, _separator(text)):
        if not names:
            names = [cell.upper() for cell in cells]
            _check_names(line, names)
            continue
        count += 1
        if count > MOST_ROWS:
            raise RecordsNotUnderstood(
                _("Line {line}: the table holds more than {most:,} rows.").format(
                    line=line, most=MOST_ROWS
                ),
                _("at most {most:,} rows.").format(most=MOST_ROWS),
                _("read it in parts, some subjects each."),
            )
        if len(cells) != len(names):
            raise RecordsNotUnderstood(
                translate_plural(
                    "Line {line} has {count} cell, not {columns}.",
                    "Line {line} has {count} cells, not {columns}.",
                    len(cells),
                ).format(line=line, count=len(cells), columns=len(names)),
                _("as many cells in every row as the first line names columns."),
                _('write "." where a value is missing, and a point in numbers, no comma.'),
            )
        yield RecordCells(line, dict(zip(names, cells, strict=True)))
    if count == 0:
        raise RecordsNotUnderstood(
            _("The table holds no record."),
            _("a line that names the columns, and one line for each record."),
            _('begin with a line such as "{example}".').format(example=",".join(RECORD_COLUMNS)),
        )


def _lines(text: str, separator: str) -> Iterator[tuple[int, list[str]]]:
    """Give the cells of every line that is neither blank nor a comment, with its number."""
    import csv
    import io

    for number, line in enumerate(io.StringIO(text, newline=None), start=1):
        if line.isspace() or line.lstrip().startswith(COMMENT):
            continue
        if len(line) > LONGEST_LINE:
            raise RecordsNotUnderstood(
                _("Line {line} is longer than {most:,} characters.").format(
                    line=number, most=LONGEST_LINE
                ),
                _("one record in each line."),
                _("check that this is the file that was meant."),
            )
        # Line by line, so that no quotation mark can swallow the lines below it.
        try:
            cells = next(csv.reader([line], delimiter=separator, strict=True))
        except csv.Error as error:
            raise RecordsNotUnderstood(
                _("Line {line} is not a line of a table: {error}.").format(
                    line=number, error=error
                ),
                _("closed quotation marks."),
                _("correct that line."),
            ) from None
        cells = [cell.strip() for cell in cells]
        if any(cells):
            yield number, cells


def _separator(text: str) -> str:
    """Tell by the first line that is no comment whether cells end with a comma or a semicolon."""
    start = 0
    while start < len(text):
        end = min(
            (at for at in (text.find("\n", start), text.find("\r", start)) if at >= 0),
            default=len(text),
        )
        line = text[start:end].strip()
        if line and not line.startswith(COMMENT):
            return ";" if ";" in line else ","
        start = end + 1
    return ","


def _check_names(line: int, names: Sequence[str]) -> None:
    if len(names) > MOST_COLUMNS:
        raise _bad_header(
            line,
            _("it names {count} columns.").format(count=len(names)),
            _("at most {most} columns.").format(most=MOST_COLUMNS),
            _("leave out the columns that are not needed."),
        )
    for at, name in enumerate(names):
        _check_name(line, name)
        if name in names[:at]:
            raise _bad_header(
                line,
                _("it names the column {name} twice.").format(name=name),
                _("each column once."),
                _("rename or leave out one of the two."),
            )
    missing = [name for name in ("ID", "TIME") if name not in names]
    if not {"AMT", "DV"} & set(names):
        missing.append(_("AMT or DV"))
    if missing:
        raise _bad_header(
            line,
            _("it lacks the column {names}.").format(names=", ".join(missing)),
            _("ID, TIME, and AMT for doses or DV for levels; commas or semicolons between them."),
            _("name the columns in the first line, without a mark of comment before them."),
        )


def _check_name(line: int, name: str) -> None:
    if name in UNHONOURED:
        raise _bad_header(
            line,
            _("the column {name} would change what a record means.").format(name=name),
            _("{columns}, and covariates.").format(
                columns=", ".join((*RECORD_COLUMNS, *WORD_COLUMNS))
            ),
            _("say it in these columns (RATE for the length of an infusion), or leave it out."),
        )
    if not _NAME.fullmatch(name):
        raise _bad_header(
            line,
            _("{name} is not a name of a column.").format(name=quoted(name)),
            _("letters, digits and underscores, a letter first, at most 31."),
            _("rename the column, or leave it out."),
        )


def _bad_header(line: int, what: str, expected: str, remedy: str) -> RecordsNotUnderstood:
    return RecordsNotUnderstood(
        _("Line {line} names the columns, and {what}").format(line=line, what=what),
        expected,
        remedy,
    )
