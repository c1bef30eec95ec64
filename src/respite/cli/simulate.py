"""``respite simulate``: what levels to expect?"""

from __future__ import annotations

from typing import Annotated, Literal

from cyclopts import Parameter
from cyclopts.validators import Number

from respite.cli.options import AnswerTableFormat, At, Regimen, Seed, times
from respite.cli.patient_flags import PatientFlags
from respite.domain import translate as _

EXAMPLES = _("""\
Examples:
  respite simulate --regimen "ketamine 0.5 mg/kg iv over 40 min" --weight 70
  respite simulate --regimen "ketamine 50 mg im" --at 0.5h,1h,4h --format csv
  respite simulate --regimen "esketamine 84 mg intranasal" --format json
""")


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
    seed: Seed = 1,
    form: AnswerTableFormat = "text",
) -> None:
    """Simulate what levels a regimen gives."""
    from respite.report import show_simulation
    from respite.report import simulate as ask

    answer = ask(
        who.to_patient(),
        regimen,
        patients=patients,
        model=model,
        site=site,
        at=times(at),
        seed=seed,
    )
    print(show_simulation(answer, form), end="")
