"""``respite plan``: what is there to propose?"""

from __future__ import annotations

import sys
from datetime import date
from pathlib import Path
from typing import Annotated

from cyclopts import Parameter
from cyclopts.validators import Number

from respite.cli.options import (
    AnswerFormat,
    History,
    Pdf,
    Quiet,
    Seed,
    Start,
    Threshold,
    require_report,
)
from respite.cli.patient_flags import PatientFlags
from respite.cli.progress import progress_bar
from respite.domain import translate as _


def plan(
    *,
    who: PatientFlags = PatientFlags(),  # noqa: B008 - frozen
    history: History = None,
    diary: Annotated[
        Path | None, Parameter(help=_("Pain diary: date,pain[,phq9,entered_at,note]."))
    ] = None,
    sessions: Annotated[
        Path | None,
        Parameter(
            help=_(
                "Last sessions: start,relief_percent,hours_of_relief,effects,systolic,diastolic."
            )
        ),
    ] = None,
    facts: Annotated[
        Path | None, Parameter(help=_("Facts for the rules of safety, such as facts.toml."))
    ] = None,
    start: Start = None,
    on: Annotated[date | None, Parameter(help=_("The day on which is asked; today."))] = None,
    threshold: Threshold = "30%",
    horizon: Annotated[
        int,
        Parameter(
            help=_("Days from the first planned dose in which relief counts."),
            validator=Number(gte=1),
        ),
    ] = 90,
    draws: Annotated[
        int,
        Parameter(help=_("People to try every plan on."), validator=Number(gte=100)),
    ] = 500,
    seed: Seed = 1,
    form: AnswerFormat = "text",
    report: Annotated[
        Path | None,
        Parameter(help=_("Also write plan.html, its figure and leaflet.html into this folder.")),
    ] = None,
    pdf: Pdf = False,
    quiet: Quiet = False,
) -> None:
    """Propose dose, route and interval, with relief and harm side by side."""
    from respite.report import plan as ask
    from respite.report import show_proposals, write_proposals

    require_report(report, pdf=pdf)
    patient = who.to_patient()
    with progress_bar(_("Plans"), quiet=quiet) as tell:
        answer = ask(
            patient,
            history=None if history is None else str(history),
            diary=None if diary is None else str(diary),
            sessions=None if sessions is None else str(sessions),
            facts=None if facts is None else str(facts),
            start=None if start is None else start.isoformat(),
            at=on,
            threshold=threshold,
            horizon_days=horizon,
            draws=draws,
            seed=seed,
            progress=tell,
        )
    shown = show_proposals(answer, form)
    if report is not None:
        page = write_proposals(answer, report, pdf=pdf)
        print(_("Report written: {page}").format(page=page), file=sys.stderr)
    print(shown, end="")
