"""``respite evidence validate``: do predictions agree with trials?"""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Annotated

from cyclopts import Parameter

from respite.cli.options import AnswerTableFormat, Seed
from respite.domain import translate as _


def validate(
    *,
    condition: Annotated[
        str | None, Parameter(help=_("Only trials of this condition, such as crps."))
    ] = None,
    trials: Annotated[
        Path | None,
        Parameter(help=_("A table of trials of your own, predicted beside the others.")),
    ] = None,
    report: Annotated[
        Path | None,
        Parameter(help=_("Also write agreement.html and its figures into this folder.")),
    ] = None,
    seed: Seed = 1,
    form: AnswerTableFormat = "text",
) -> None:
    """Hold predictions against trials, those fitted to and those left out apart."""
    from respite.report import require_drawing, show_agreement, write_agreement
    from respite.report import validate as ask

    if report is not None:
        require_drawing()
    answer = ask(condition=condition, trials=trials, seed=seed)
    shown = show_agreement(answer, form)
    if report is not None:
        page = write_agreement(answer, report)
        print(_("Report written: {page}").format(page=page), file=sys.stderr)
    print(shown, end="")
