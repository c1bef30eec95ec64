"""``respite evidence dose-duration``: what buys more days with relief?"""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Annotated

from cyclopts import Parameter
from cyclopts.validators import Number

from respite.cli.options import AnswerTableFormat, Quiet, Seed
from respite.cli.patient_flags import PatientFlags
from respite.cli.progress import progress_bar
from respite.domain import translate as _


def dose_duration(
    *,
    base: Annotated[
        str | None,
        Parameter(
            help=_(
                "The plan to vary one thing at a time around; by default"
                " 'ketamine 0.5 mg/kg iv over 40 min daily x10'."
            )
        ),
    ] = None,
    who: PatientFlags = PatientFlags(),  # noqa: B008 - frozen
    threshold: Annotated[
        str, Parameter(help=_("What counts as relief: 30%, 50% or 2points."))
    ] = "30%",
    horizon: Annotated[
        int,
        Parameter(
            help=_("Days to look ahead after the last dose of the longest plan."),
            validator=Number(gte=1),
        ),
    ] = 180,
    studies: Annotated[int, Parameter(help=_("How many studies to draw."))] = 40,
    people: Annotated[int, Parameter(help=_("How many people to draw in each study."))] = 100,
    seed: Seed = 1,
    form: AnswerTableFormat = "text",
    report: Annotated[
        Path | None,
        Parameter(help=_("Also write dose-duration.html and its figure into this folder.")),
    ] = None,
    quiet: Quiet = False,
) -> None:
    """Show days with relief against what is given, and what doubling buys."""
    from respite.report import dose_duration as ask
    from respite.report import require_drawing, show_dose_duration, write_plans

    if report is not None:
        require_drawing()
    with progress_bar(_("Plans"), quiet=quiet) as tell:
        answer = ask(
            who.to_patient(),
            base,
            threshold=threshold,
            horizon_days=horizon,
            studies=studies,
            per_study=people,
            seed=seed,
            progress=tell,
        )
    shown = show_dose_duration(answer, form)
    if report is not None:
        page = write_plans(answer, report)
        print(_("Report written: {page}").format(page=page), file=sys.stderr)
    print(shown, end="")
