"""``respite records``: what do these records of doses and levels say?"""

from __future__ import annotations

import sys
from datetime import datetime
from pathlib import Path
from typing import Annotated, Literal

from cyclopts import Parameter

from respite.cli.options import AnswerFormat, UnusedSeed
from respite.domain import translate as _

EXAMPLES = _("""\
Examples:
  respite records levels.csv --cmt "1=oral,2=iv" --drug ketamine
  respite records doses.csv --to nonmem --output data-set.csv
  respite records --regimen "ketamine 0.5 mg/kg iv over 40 min daily x10" \\
      --weight 70 --to nonmem --compress
""")


def records(
    file: Annotated[
        Path | None, Parameter(help=_("A data set as NONMEM reads it, or a dosing history."))
    ] = None,
    /,
    *,
    regimen: Annotated[str | None, Parameter(help=_("A regimen, in place of a file."))] = None,
    weight: Annotated[
        float | None, Parameter(help=_("Kilograms, where doses are per kilogram."))
    ] = None,
    cmt: Annotated[
        str | None,
        Parameter(help=_("Which route each CMT is, as 1=oral,2=iv; iv where there is no CMT.")),
    ] = None,
    drug: Annotated[
        str | None, Parameter(help=_("ketamine or esketamine, where no column DRUG says it."))
    ] = None,
    to: Annotated[
        Literal["summary", "nonmem", "doses"],
        Parameter(help=_("Say back what was read, or write a data set or a dosing history.")),
    ] = "summary",
    compress: Annotated[
        bool,
        Parameter(
            help=_("Write equal doses at equal intervals as one row, with ADDL and II."),
            negative="",
            show_default=False,
        ),
    ] = False,
    start: Annotated[
        datetime | None,
        Parameter(help=_("Date and time of hour zero, for a dosing history.")),
    ] = None,
    output: Annotated[
        Path | None, Parameter(help=_("Write the answer into this file, whole or not at all."))
    ] = None,
    form: AnswerFormat = "text",
    seed: UnusedSeed = 1,
) -> None:
    """Read records, say back what they mean, or convert them."""
    from respite.report import read_back, show_records, write_file

    answer = read_back(
        file,
        regimen=regimen,
        weight_kg=weight,
        compartments=cmt,
        drug=drug,
        to=to,
        compress=compress,
        start=start,
    )
    is_table = answer.table is not None and form == "text"
    shown = answer.table if is_table and answer.table else show_records(answer, form)
    if output is None:
        print(shown, end="")
        return
    write_file(output, shown)
    print(_("Written: {file}").format(file=output), file=sys.stderr)
