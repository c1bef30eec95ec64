"""``respite evidence mechanism``: what does a regimen take hold of, and for how long?"""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Annotated

from cyclopts import Parameter
from cyclopts.validators import Number

from respite.cli.options import AnswerTableFormat, Regimen, Seed
from respite.cli.patient_flags import PatientFlags
from respite.domain import translate as _


def evidence_mechanism(
    *,
    regimen: Regimen,
    who: PatientFlags = PatientFlags(),  # noqa: B008 - frozen
    patients: Annotated[
        int, Parameter(help=_("How many virtual patients."), validator=Number(gte=1))
    ] = 500,
    seed: Seed = 1,
    form: AnswerTableFormat = "text",
    report: Annotated[
        Path | None,
        Parameter(help=_("Also write mechanism.html and its figures into this folder.")),
    ] = None,
) -> None:
    """Show what a regimen takes hold of, how much of it, and for how long."""
    from respite.report import (
        explain_mechanism,
        require_drawing,
        show_mechanism,
        write_mechanism,
    )

    if report is not None:
        require_drawing()
    answer = explain_mechanism(who.to_patient(), regimen, patients=patients, seed=seed)
    shown = show_mechanism(answer, form)
    if report is not None:
        page = write_mechanism(answer, report)
        print(_("Report written: {page}").format(page=page), file=sys.stderr)
    print(shown, end="")
