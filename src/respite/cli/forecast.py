"""``respite forecast``: how long will relief last?"""

from __future__ import annotations

import sys
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

from cyclopts import Parameter

from respite.cli.options import (
    AnswerFormat,
    At,
    ConfirmDays,
    Draws,
    History,
    Horizon,
    Regimen,
    Seed,
    Start,
    Threshold,
    times,
)
from respite.cli.patient_flags import PatientFlags
from respite.domain import translate as _

if TYPE_CHECKING:
    from respite.domain import Diary, DosingHistory, MeasuredLevels, Patient
    from respite.forecasting import Forecast


def forecast(
    *,
    regimen: Regimen | None = None,
    who: PatientFlags = PatientFlags(),  # noqa: B008 - frozen
    start: Start = None,
    history: History = None,
    diary: Annotated[
        Path | None, Parameter(help=_("Pain diary: date,pain[,phq9,entered_at,note]."))
    ] = None,
    levels: Annotated[
        Path | None, Parameter(help=_("Measured levels: time,analyte,value,unit,site."))
    ] = None,
    threshold: Threshold = "30%",
    confirm_days: ConfirmDays = 3,
    horizon: Horizon = 180,
    at: At = "",
    draws: Draws = 4000,
    seed: Seed = 1,
    form: AnswerFormat = "text",
    log: Annotated[
        Path | None,
        Parameter(help=_("Add the answer to this log, such as ana.jsonl, for respite score.")),
    ] = None,
    report: Annotated[
        Path | None,
        Parameter(help=_("Also write forecast.html and its figures into this folder.")),
    ] = None,
) -> None:
    """Forecast how long relief will last."""
    from respite.domain import read_diary, read_dosing_history, read_levels
    from respite.report import forecast as ask
    from respite.report import (
        known_until_h,
        require_drawing,
        require_log,
        show_forecast,
        write_report,
    )

    if log is not None:
        require_log(log)
    if report is not None:
        require_drawing()
    given = Given(
        who.to_patient(),
        None if history is None else read_dosing_history(history),
        None if diary is None else read_diary(diary),
        None if levels is None else read_levels(levels),
    )
    answer = ask(
        given.patient,
        regimen,
        history=given.history,
        diary=given.diary,
        levels=given.levels,
        start=None if start is None else start.isoformat(),
        threshold=threshold,
        confirm_days=confirm_days,
        horizon_days=horizon,
        at=times(at),
        draws=draws,
        seed=seed,
        with_levels=report is not None,
        since_h=None if log is None else known_until_h(log, given.history),
    )
    shown = show_forecast(answer, form)
    if report is not None:
        page = write_report(answer, report)
        print(_("Report written: {page}").format(page=page), file=sys.stderr)
    if log is not None:
        _keep(answer, log, given, regimen)
    print(shown, end="")


@dataclass(frozen=True)
class Given:
    """What was handed over about the patient, as it was read."""

    patient: Patient
    history: DosingHistory | None
    diary: Diary | None
    levels: MeasuredLevels | None


def _keep(answer: Forecast, log: Path, given: Given, regimen: str | None) -> None:
    """Add the answer to a log; what was kept is said before the answer is."""
    from respite.domain import Regimen as Plan
    from respite.report import log_forecast

    end = log_forecast(
        answer,
        log,
        made_at=datetime.now().astimezone(),
        patient=given.patient,
        regimen=None if regimen is None else Plan.parse(regimen),
        history=given.history,
        diary=given.diary,
        levels=given.levels,
    )
    text = _("Logged: line {line} of {log}, fingerprint {digest}.")
    print(text.format(line=end.lines, log=log, digest=end.digest), file=sys.stderr)
