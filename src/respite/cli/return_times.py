"""``respite return-times``: when did pain return in a group seen at visits?"""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Annotated

from cyclopts import Parameter

from respite.cli.options import AnswerTableFormat, Quiet, Seed
from respite.cli.progress import progress_bar
from respite.domain import translate as _


def return_times(
    visits: Annotated[
        Path, Parameter(help=_("Table of visits; columns course and group may be added."))
    ],
    /,
    *,
    resamples: Annotated[
        int,
        Parameter(help=_("Groups to draw for limits, where relief was lost between visits.")),
    ] = 1000,
    seed: Seed = 1,
    form: AnswerTableFormat = "text",
    report: Annotated[
        Path | None,
        Parameter(help=_("Also write return-times.html and its figures into this folder.")),
    ] = None,
    quiet: Quiet = False,
) -> None:
    """Find when pain returned in a group seen at visits."""
    from respite.report import require_drawing, show_return_times, write_returns
    from respite.report import return_times as ask

    if report is not None:
        require_drawing()
    with progress_bar(_("Limits"), quiet=quiet) as tell:
        answer = ask(visits, resamples=resamples, seed=seed, progress=tell)
    shown = show_return_times(answer, form)
    if report is not None:
        page = write_returns(answer, report)
        print(_("Report written: {page}").format(page=page), file=sys.stderr)
    print(shown, end="")
