"""``respite evidence compare``: what else relieves pain, beside ketamine?"""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Annotated

from cyclopts import Parameter

from respite.cli.options import AnswerTableFormat, UnusedSeed
from respite.domain import translate as _


def evidence_compare(
    *,
    condition: Annotated[
        str | None,
        Parameter(
            help=_("Such as neuropathic, crps, cancer; acute for single doses; by default all.")
        ),
    ] = None,
    form: AnswerTableFormat = "text",
    report: Annotated[
        Path | None,
        Parameter(help=_("Also write comparators.html and its figures into this folder.")),
    ] = None,
    seed: UnusedSeed = 1,
) -> None:
    """Show other treatments of pain beside ketamine."""
    from respite.report import (
        compare_treatments,
        require_drawing,
        show_comparators,
        write_comparators,
    )

    if report is not None:
        require_drawing()
    answer = compare_treatments(condition)
    shown = show_comparators(answer, form)
    if report is not None:
        page = write_comparators(answer, report)
        print(_("Report written: {page}").format(page=page), file=sys.stderr)
    print(shown, end="")
