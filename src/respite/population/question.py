"""Which questions about levels can be answered: the model, the site, and how much is asked."""

from __future__ import annotations

from respite.domain import OutOfScope, Regimen, RespiteError
from respite.domain import translate as _
from respite.literature import Library, Model
from respite.population.analytes import Part, analytes_of
from respite.population.group import CORE, Group
from respite.population.terms import is_linear

MOST_PATIENTS = 100_000
"""The people themselves, all drawn at once, then fill about 100 MB; ours."""

MOST_DOSES = 50_000_000
"""Patients times doses: so many of equal doses take about a minute of one core; ours."""

MOST_FOLLOWED = 40_000
"""Patients times doses of a model that is not linear: their steps fill about 1 GB; ours."""


def refuse_too_many(patients: int, regimen: Regimen) -> None:
    """Refuse what would fill the memory or take all day.

    Raises
    ------
    RespiteError
        If too many patients are asked for, at all or for so many doses.
    """
    if not 1 <= patients <= MOST_PATIENTS:
        raise RespiteError(
            _("--patients is {patients}.").format(patients=patients),
            _("1 to {most}.").format(most=MOST_PATIENTS),
            _("--patients 1000."),
        )
    most = MOST_DOSES // len(regimen.events())
    if patients > most:
        raise RespiteError(
            _("{patients} patients and {doses} doses are asked for.").format(
                patients=patients, doses=len(regimen.events())
            ),
            _("at most {most} patients for so many doses.").format(most=most),
            _("--patients {most}, or fewer doses.").format(most=most),
        )


def refuse_too_many_followed(patients: int, regimen: Regimen, model: Model) -> None:
    """Refuse too many people for a model that is followed step by step, and remembers its steps.

    Raises
    ------
    RespiteError
        If too many patients are asked for so many doses.
    """
    most = MOST_FOLLOWED // len(regimen.events())
    if not is_linear(model) and patients > most:
        raise RespiteError(
            _("{patients} patients are asked for by {model}, which is not linear.").format(
                patients=patients, model=model.id
            ),
            _("at most {most} patients for so many doses.").format(most=most),
            _("--patients {most}, fewer doses, or a linear model.").format(most=most),
        )


def kinetic_model(library: Library, name: str, site: str | None) -> Model:
    """Find the kinetic model that is asked for.

    Raises
    ------
    OutOfScope
        If it is none, or was built on levels from another site.
    """
    model = library.assembled(name)
    if model.kind != "kinetics":
        raise OutOfScope(
            _("{name} is a model of {kind}.").format(name=name, kind=model.kind),
            _("a model of kinetics."),
            _("--model {model}; respite models list shows all.").format(model=CORE),
        )
    measured = model.sampling.site if model.sampling else None
    if site is not None and site != measured:
        raise OutOfScope(
            _("{name} was built on {measured} levels, and {site} levels are asked for.").format(
                name=name, measured=measured, site=site
            ),
            _("the site of the model: levels of one site do not stand for another."),
            _("--site {measured}, or another model.").format(measured=measured),
        )
    return model


def drugs_in(group: Group, regimen: Regimen) -> dict[str, tuple[Part, ...]]:
    """List the analytes of a regimen.

    Raises
    ------
    OutOfScope
        If the regimen gives no drug.
    """
    analytes = analytes_of(group, group.dose(regimen.events()))
    if not analytes:
        raise OutOfScope(
            _("The regimen gives placebo alone."),
            _("a drug whose level can be simulated."),
            _("ketamine or esketamine in place of placebo."),
        )
    return analytes
