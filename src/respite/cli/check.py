"""``respite check``: may this be given, and what must be asked and watched?"""

from __future__ import annotations

import sys
from datetime import date
from pathlib import Path
from typing import Annotated

from cyclopts import Parameter

from respite.cli.options import AnswerFormat, History, Pdf, Regimen, UnusedSeed, require_report
from respite.cli.patient_flags import PatientFlags
from respite.domain import translate as _


def check(
    *,
    regimen: Regimen | None = None,
    who: PatientFlags = PatientFlags(),  # noqa: B008 - frozen
    facts: Annotated[
        Path | None, Parameter(help=_("TOML file of facts that no flag tells; see below."))
    ] = None,
    history: History = None,
    phase: Annotated[
        tuple[str, ...],
        Parameter(
            help=_(
                "evaluation, plan, before, during, discharge, follow-up or surveillance; repeat for"
                " several. By default evaluation and plan."
            ),
            negative="",
            show_default=False,
        ),
    ] = (),
    on: Annotated[
        date | None, Parameter(help=_("The day on which is asked, YYYY-MM-DD; today by default."))
    ] = None,
    every: Annotated[
        bool,
        Parameter(
            name="--all",
            help=_("List every question and every rule that is clear."),
            negative="",
            show_default=False,
        ),
    ] = False,
    questions: Annotated[
        Path | None,
        Parameter(help=_("Also write the questions into this TOML file, to fill in for --facts.")),
    ] = None,
    seed: UnusedSeed = 1,
    form: AnswerFormat = "text",
    report: Annotated[
        Path | None, Parameter(help=_("Also write check.html into this folder."))
    ] = None,
    pdf: Pdf = False,
) -> None:
    """Check whether a plan may be given, and what must be asked first."""
    from respite.report import check as ask
    from respite.report import question_file, show_check, write_check, write_file

    require_report(report, pdf=pdf)
    answer = ask(
        who.to_patient(),
        regimen,
        facts=facts,
        history=history,
        phase=phase or None,
        on=on,
        seed=seed,
    )
    shown = show_check(answer, form, every=every)
    if questions is not None:
        write_file(questions, question_file(answer))
        print(_("Written: {file}").format(file=questions), file=sys.stderr)
    if report is not None:
        page = write_check(answer, report, pdf=pdf)
        print(_("Report written: {page}").format(page=page), file=sys.stderr)
    print(shown, end="")
