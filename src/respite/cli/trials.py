"""``respite evidence trials``: what did each study see?"""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

from cyclopts import Parameter

from respite.cli.options import AnswerTableFormat, UnusedSeed
from respite.domain import translate as _


def trials(
    *,
    condition: Annotated[
        str | None, Parameter(help=_("Only studies of this condition, such as crps."))
    ] = None,
    kind: Annotated[
        str | None,
        Parameter(
            help=_(
                "Only against_placebo, randomised_otherwise, uncontrolled, taken_together"
                " or not_yet_reported."
            )
        ),
    ] = None,
    study: Annotated[str | None, Parameter(help=_("One study, whole, with its source."))] = None,
    trials: Annotated[
        Path | None, Parameter(help=_("A table of your own trials, to stand beside them."))
    ] = None,
    form: AnswerTableFormat = "text",
    seed: UnusedSeed = 1,
) -> None:
    """Show what each study saw, and how each figure is known."""
    from respite.evidence import find_trials
    from respite.report import show_trials

    print(show_trials(find_trials(condition, kind, study, trials), form), end="")
