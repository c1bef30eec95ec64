"""``respite records``: what do these records of doses and levels say?"""

from __future__ import annotations

import sys
from datetime import datetime
from pathlib import Path
from typing import Annotated, Literal

from cyclopts import Parameter

from respite.cli.options import AnswerFormat, Quiet, Seed
from respite.cli.progress import progress_bar
from respite.domain import translate as _


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
        Literal["summary", "nonmem", "doses", "levels"],
        Parameter(
            help=_(
                "Say back what was read, write a data set or a dosing history,"
                " or simulate the level at every observation."
            )
        ),
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
    model: Annotated[
        str | None, Parameter(help=_("Which kinetic model levels come from; by default the core."))
    ] = None,
    site: Annotated[
        Literal["venous", "arterial"] | None,
        Parameter(help=_("Where the blood is drawn; by default as in the model.")),
    ] = None,
    draws: Annotated[
        int, Parameter(help=_("How many virtual people stand for each subject."))
    ] = 200,
    output: Annotated[
        Path | None, Parameter(help=_("Write the answer into this file, whole or not at all."))
    ] = None,
    form: AnswerFormat = "text",
    seed: Seed = 1,
    quiet: Quiet = False,
) -> None:
    """Read records, say back what they mean, or convert them."""
    from respite.report import read_back, remarks, show_records, write_file

    with progress_bar(_("Levels"), quiet=quiet) as tell:
        answer = read_back(
            file,
            regimen=regimen,
            weight_kg=weight,
            compartments=cmt,
            drug=drug,
            to=to,
            compress=compress,
            start=start,
            model=model,
            site=site,
            draws=draws,
            seed=seed,
            progress=tell,
        )
    for line in remarks(answer):
        print(line, file=sys.stderr)
    is_table = answer.table is not None and form == "text"
    shown = answer.table if is_table and answer.table else show_records(answer, form)
    if output is None:
        print(shown, end="")
        return
    write_file(output, shown)
    print(_("Written: {file}").format(file=output), file=sys.stderr)
