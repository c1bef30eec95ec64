"""Options that several commands share, each with its help in one place."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Annotated

from cyclopts import Parameter
from cyclopts.validators import Number

from respite.domain import translate as _
from respite.report import Format, TableFormat

Regimen = Annotated[
    str,
    Parameter(
        name="--regimen",
        help=_("The doses, such as 'ketamine 0.5 mg/kg iv over 40 min daily x10'."),
    ),
]

At = Annotated[
    str,
    Parameter(
        name="--at",
        help=_("Times from the first dose to report, such as 0.25h,1d,7d."),
        show_default=False,
    ),
]

History = Annotated[
    Path | None,
    Parameter(
        name="--history",
        help=_("Doses that were given: start,drug,amount,unit,route,duration_min."),
    ),
]

Start = Annotated[
    date | None,
    Parameter(name="--start", help=_("Date of the first planned dose, YYYY-MM-DD.")),
]

Threshold = Annotated[
    str, Parameter(name="--threshold", help=_("What counts as relief: 30%, 50% or 2points."))
]

ConfirmDays = Annotated[
    int,
    Parameter(
        name="--confirm-days",
        help=_("Days relief must stay lost before it counts as lost."),
        validator=Number(gte=0),
    ),
]

Horizon = Annotated[
    int,
    Parameter(
        name="--horizon",
        help=_("Days to look ahead after the last dose."),
        validator=Number(gte=1),
    ),
]

Draws = Annotated[
    int,
    Parameter(
        name="--draws",
        help=_("People to draw who fit what is known."),
        validator=Number(gte=1),
    ),
]

Seed = Annotated[
    int,
    Parameter(
        name="--seed",
        help=_("Same seed, same answer."),
        validator=Number(gte=0),
    ),
]

UnusedSeed = Annotated[
    int,
    Parameter(
        name="--seed",
        help=_("Taken by every command; nothing is drawn at random here."),
        validator=Number(gte=0),
    ),
]

Quiet = Annotated[
    bool,
    Parameter(
        name="--quiet",
        help=_("Show no progress, not even on a terminal."),
        negative="",
        show_default=False,
    ),
]

Pdf = Annotated[
    bool,
    Parameter(
        name="--pdf",
        help=_("With --report: write each page as PDF as well."),
        negative="",
        show_default=False,
    ),
]

AnswerFormat = Annotated[
    Format,
    Parameter(name="--format", help=_("Text for people, JSON for programs.")),
]

AnswerTableFormat = Annotated[
    TableFormat,
    Parameter(name="--format", help=_("Text for people, JSON or CSV for programs.")),
]


def times(text: str) -> tuple[str, ...]:
    """Split the times of ``--at`` at their commas, as they were typed."""
    return tuple(part.strip() for part in text.split(",") if part.strip())


def require_report(report: Path | None, *, pdf: bool) -> None:
    """Refuse a report that cannot be drawn, or PDF without one, before any work is done."""
    from respite.report import require_drawing, require_pdf

    if report is not None:
        require_drawing()
    if not pdf:
        return
    if report is None:
        from respite.domain import RespiteError

        raise RespiteError(
            _("--pdf was given without --report."),
            _("a folder that the PDF can be written to."),
            _("--report my-report --pdf"),
        )
    require_pdf()
