"""``respite simulate``: what levels to expect?"""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Annotated, Literal

from cyclopts import Parameter
from cyclopts.validators import Number

from respite.cli.options import AnswerTableFormat, At, Quiet, Regimen, Seed, times
from respite.cli.patient_flags import PatientFlags
from respite.cli.progress import progress_bar
from respite.domain import RespiteError, listed
from respite.domain import translate as _


def simulate(
    *,
    regimen: Regimen,
    who: PatientFlags = PatientFlags(),  # noqa: B008 - frozen
    patients: Annotated[
        int, Parameter(help=_("How many virtual patients."), validator=Number(gte=1))
    ] = 1000,
    model: Annotated[
        str | None,
        Parameter(help=_("A model of the library; by default the core.")),
    ] = None,
    site: Annotated[
        Literal["venous", "arterial"] | None,
        Parameter(help=_("Where the blood is drawn; by default as in the model.")),
    ] = None,
    at: At = "",
    beside: Annotated[
        bool,
        Parameter(help=_("Show beside it what other models of the library give."), negative=()),
    ] = False,
    curves: Annotated[
        Path | None,
        Parameter(
            help=_(
                "Also write the whole curve of every patient to this file:"
                " .csv, .parquet or .nc (NetCDF)."
            )
        ),
    ] = None,
    every: Annotated[
        str | None,
        Parameter(help=_("How far apart the times of the curves are; by default 15min.")),
    ] = None,
    until: Annotated[
        str | None,
        Parameter(
            help=_("Last time of the curves, such as 7d; by default a day after the last dose.")
        ),
    ] = None,
    seed: Seed = 1,
    form: AnswerTableFormat = "text",
    quiet: Quiet = False,
) -> None:
    """Simulate what levels a regimen gives."""
    from respite.report import plan_curves, require_curve_file, show_simulation, write_curves
    from respite.report import simulate as ask

    patient = who.to_patient()
    asked = None
    if curves is not None:
        asked = plan_curves(
            patient, regimen, patients=patients, model=model, site=site,
            every=every or "15min", until=until, seed=seed,
        )  # fmt: skip
        require_curve_file(asked, curves)
    elif every or until:
        raise _no_curves("--every" if every else "--until")
    with progress_bar(_("Levels"), quiet=quiet) as tell:
        answer = ask(
            patient,
            regimen,
            patients=patients,
            model=model,
            site=site,
            at=times(at),
            beside=beside,
            seed=seed,
            progress=tell,
        )
    shown = show_simulation(answer, form)
    if asked is not None and curves is not None:
        with progress_bar(_("Curves"), quiet=quiet) as tell:
            write_curves(asked, curves, progress=tell)
        names = listed([column.name for column in asked.columns])
        said = _("Curves written: {file} ({names})").format(file=curves, names=names)
        print(said, file=sys.stderr)
    print(shown, end="")


def _no_curves(option: str) -> RespiteError:
    return RespiteError(
        _("{option} is given without --curves.").format(option=option),
        _("it to say which times the curves in a file have."),
        _("add --curves curves.csv, or leave out {option}.").format(option=option),
    )
