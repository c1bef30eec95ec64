"""``respite compare``: which plan gives what?"""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Annotated

from cyclopts import Parameter

from respite.cli.options import (
    AnswerFormat,
    ConfirmDays,
    Draws,
    History,
    Horizon,
    Quiet,
    Seed,
    Start,
    Threshold,
)
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
    history: History = None,
    start: Start = None,
    threshold: Threshold = "30%",
    confirm_days: ConfirmDays = 3,
    horizon: Horizon = 180,
    draws: Draws = 4000,
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
