"""``respite forecast``: how long will relief last?"""

from __future__ import annotations

import sys
from datetime import date
from pathlib import Path
from typing import Annotated

from cyclopts import Parameter
from cyclopts.validators import Number

from respite.cli.options import AnswerFormat, At, Regimen, Seed, times
from respite.cli.patient_flags import PatientFlags
from respite.domain import translate as _

EXAMPLES = _("""\
Examples:
  respite forecast --regimen "ketamine 0.5 mg/kg iv over 40 min daily x10" \\
      --age 45 --weight 70 --condition crps
  respite forecast --regimen "ketamine 80 mg iv over 2 h" \\
      --patient patient.toml --report my-report
  respite forecast --regimen "ketamine 50 mg im" --at 1h,1d,7d --format json
""")


def forecast(
    *,
    regimen: Regimen | None = None,
    who: PatientFlags = PatientFlags(),  # noqa: B008 - frozen
    start: Annotated[
        date | None, Parameter(help=_("Date of the first planned dose, YYYY-MM-DD."))
    ] = None,
    history: Annotated[
        Path | None,
        Parameter(help=_("Doses that were given: start,drug,amount,unit,route,duration_min.")),
    ] = None,
    diary: Annotated[
        Path | None, Parameter(help=_("Pain diary: date,pain[,phq9,entered_at,note]."))
    ] = None,
    levels: Annotated[
        Path | None, Parameter(help=_("Measured levels: time,analyte,value,unit,site."))
    ] = None,
    threshold: Annotated[
        str, Parameter(help=_("What counts as relief: 30%, 50% or 2points."))
    ] = "30%",
    confirm_days: Annotated[
        int,
        Parameter(
            help=_("Days relief must stay lost before it counts as lost."),
            validator=Number(gte=0),
        ),
    ] = 3,
    horizon: Annotated[
        int,
        Parameter(help=_("Days to look ahead after the last dose."), validator=Number(gte=1)),
    ] = 180,
    at: At = "",
    draws: Annotated[
        int, Parameter(help=_("People to draw who fit what is known."), validator=Number(gte=1))
    ] = 4000,
    seed: Seed = 1,
    form: AnswerFormat = "text",
    report: Annotated[
        Path | None,
        Parameter(help=_("Also write forecast.html and its figures into this folder.")),
    ] = None,
) -> None:
    """Forecast how long relief will last."""
    from respite.report import forecast as ask
    from respite.report import require_drawing, show_forecast, write_report

    if report is not None:
        require_drawing()
    answer = ask(
        who.to_patient(),
        regimen,
        history=history,
        diary=diary,
        levels=levels,
        start=None if start is None else start.isoformat(),
        threshold=threshold,
        confirm_days=confirm_days,
        horizon_days=horizon,
        at=times(at),
        draws=draws,
        seed=seed,
        with_levels=report is not None,
    )
    shown = show_forecast(answer, form)
    if report is not None:
        page = write_report(answer, report)
        print(_("Report written: {page}").format(page=page), file=sys.stderr)
    print(shown, end="")
