"""``respite evidence pool``: what do randomised trials say together about one time?"""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Annotated

from cyclopts import Parameter

from respite.cli.options import AnswerTableFormat, UnusedSeed
from respite.domain import translate as _


def pool(
    *,
    condition: Annotated[
        str | None, Parameter(help=_("Only trials of this condition, such as crps."))
    ] = None,
    at: Annotated[
        str,
        Parameter(help=_("Time from the first dose; half to one and a half times it counts.")),
    ] = "14d",
    measure: Annotated[
        str, Parameter(help=_("mean_pain: points of pain; responders: odds of responding."))
    ] = "mean_pain",
    trials: Annotated[
        Path | None, Parameter(help=_("A table of trials of your own, added to ours."))
    ] = None,
    report: Annotated[
        Path | None,
        Parameter(help=_("Also write pool.html and its forest plot into this folder.")),
    ] = None,
    seed: UnusedSeed = 1,
    form: AnswerTableFormat = "text",
) -> None:
    """Pool what randomised trials saw with ketamine and with placebo."""
    from respite.report import pool as ask
    from respite.report import require_drawing, show_pool, write_pool

    del seed
    if report is not None:
        require_drawing()
    answer = ask(measure, at=at, condition=condition, trials=trials)
    shown = show_pool(answer, form)
    if report is not None:
        page = write_pool(answer, report)
        print(_("Report written: {page}").format(page=page), file=sys.stderr)
    print(shown, end="")
