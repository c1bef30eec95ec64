"""``respite compare``: which plan gives what?"""

from __future__ import annotations

import sys
from datetime import date
from pathlib import Path
from typing import Annotated

from cyclopts import Parameter
from cyclopts.validators import Number

from respite.cli.options import AnswerFormat, Quiet, Seed
from respite.cli.patient_flags import PatientFlags
from respite.cli.progress import progress_bar
from respite.domain import translate as _


def compare(
    *,
    regimen: Annotated[
        tuple[str, ...],
        Parameter(
            name="--regimen",
            negative="",
            show_default=False,
            help=_("A plan; repeat for each, two to six. A placebo may be one of them."),
        ),
    ] = (),
    who: PatientFlags = PatientFlags(),  # noqa: B008 - frozen
    history: Annotated[
        Path | None,
        Parameter(help=_("Doses that were given: start,drug,amount,unit,route,duration_min.")),
    ] = None,
    start: Annotated[
        date | None, Parameter(help=_("Date of the first planned dose, YYYY-MM-DD."))
    ] = None,
    threshold: Annotated[
        str, Parameter(help=_("What counts as relief: 30%, 50% or 2points."))
    ] = "30%",
    confirm_days: Annotated[
        int,
        Parameter(
            help=_("Days relief must stay lost before it counts as lost."),
            validator=Number(gte=0),
        ),
    ] = 3,
    horizon: Annotated[
        int,
        Parameter(help=_("Days to look ahead after the last dose."), validator=Number(gte=1)),
    ] = 180,
    draws: Annotated[
        int, Parameter(help=_("People to draw who fit what is known."), validator=Number(gte=1))
    ] = 4000,
    seed: Seed = 1,
    form: AnswerFormat = "text",
    report: Annotated[
        Path | None,
        Parameter(help=_("Also write compare.html and its figure into this folder.")),
    ] = None,
    quiet: Quiet = False,
) -> None:
    """Compare plans side by side, on the same people."""
    from respite.report import compare as ask
    from respite.report import require_drawing, show_plans, write_plans

    if report is not None:
        require_drawing()
    patient = who.to_patient()
    with progress_bar(_("Plans"), quiet=quiet) as tell:
        answer = ask(
            patient,
            regimen,
            history=history,
            start=None if start is None else start.isoformat(),
            threshold=threshold,
            confirm_days=confirm_days,
            horizon_days=horizon,
            draws=draws,
            seed=seed,
            progress=tell,
        )
    shown = show_plans(answer, form)
    if report is not None:
        page = write_plans(answer, report)
        print(_("Report written: {page}").format(page=page), file=sys.stderr)
    print(shown, end="")
