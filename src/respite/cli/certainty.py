"""``respite evidence certainty``: how certain is each claim, and why?"""

from __future__ import annotations

from typing import Annotated

from cyclopts import Parameter

from respite.cli.options import AnswerTableFormat, UnusedSeed
from respite.domain import translate as _


def certainty(
    *,
    condition: Annotated[
        str | None, Parameter(help=_("Only claims that belong to this condition, such as crps."))
    ] = None,
    seed: UnusedSeed = 1,
    form: AnswerTableFormat = "text",
) -> None:
    """List claims about ketamine and pain with their certainty and the reasons."""
    from respite.report import show_certainty

    del seed
    print(show_certainty(condition, form), end="")
