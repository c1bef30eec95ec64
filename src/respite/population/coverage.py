"""May a model be asked what one study observed? A rule for each reason why not."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from functools import cache

from respite.domain import Ancestry, Drug, OutOfScope, Patient, Regimen, Route
from respite.domain import translate as _
from respite.literature import Library, Model, ObservationRow, Observed
from respite.population.analytes import analytes_of
from respite.population.group import draw_group
from respite.population.random_draws import People
from respite.population.scope import ANY, scope_of

OF_THE_BODY = frozenset({"clearance", "vss"})
"""Metrics of a body: they are computed from one small push, whatever was given."""

COMPUTED = OF_THE_BODY | {
    "cmax",
    "tmax",
    "auc_last",
    "auc_inf",
    "concentration",
    "half_life",
    "bioavailability",
}
"""Metrics that a simulation gives."""

OF_TWO_GROUPS = frozenset({"auc_ratio", "cmax_ratio", "amount_ratio", "clearance_ratio"})

NAMED_ONLY = frozenset({"icu"})
"""People of whom only a model that names them may be asked: a model of any condition is not enough.

In intensive care it is the body that differs, and not only what it is treated for.
"""

ADULT = 18

Rule = Callable[[Library, Model, ObservationRow], str]


def why_not_compared(row: ObservationRow) -> str:
    """Say why no model at all can be compared with an observed figure; empty if one may be."""
    seen, arm = row.observation, row.arm
    if seen.status == "assumed":
        return _("{because}; never counted").format(because=seen.because)
    if seen.metric in OF_TWO_GROUPS:
        return _("compared on the interactions page")
    if seen.metric not in COMPUTED:
        return _("{metric} is not computed").format(metric=metric_words(seen.metric))
    if isinstance(seen.value, str):
        return _("a range, without one figure to compare with")
    if arm.drug == "other":
        return arm.regimen_not_writable
    if not arm.regimen and not (seen.metric in {*OF_THE_BODY, "half_life"} and arm.route == "iv"):
        return arm.regimen_not_writable
    if seen.metric == "tmax" and _is_parent(seen.analyte) and _is_push(_parsed(arm.regimen)):
        return _("a push is highest at once; its time tells only when blood was first drawn")
    return ""


def why_not_covered(library: Library, model: Model, row: ObservationRow) -> str:
    """Say why a model may not be asked what was observed; empty where it may be.

    Parameters
    ----------
    library
        Where the model comes from.
    model
        A kinetic model, joined to its base.
    row
        What was observed.

    Returns
    -------
    The first reason found, in words; empty where the model covers the figure.
    """
    return why_not_compared(row) or _refusal(library, model, row)[1]


def why_no_model_covers(library: Library, models: Iterable[Model], row: ObservationRow) -> str:
    """Give the reason of the model that came nearest to covering an observed figure.

    Parameters
    ----------
    library
        Where the models come from.
    models
        Kinetic models, the one that is named first where several come as near.
    row
        What was observed.
    """
    compared = why_not_compared(row)
    if compared:
        return compared
    return max((_refusal(library, model, row) for model in models), key=lambda found: found[0])[1]


def _refusal(library: Library, model: Model, row: ObservationRow) -> tuple[int, str]:
    """Give how many rules were passed, and the reason that stopped there."""
    for passed, rule in enumerate(RULES):
        reason = rule(library, model, row)
        if reason:
            return passed, reason
    return len(RULES), ""


def regimen_asked(row: ObservationRow) -> Regimen:
    """Give the regimen that is simulated: that of the arm, or a small push for the body alone."""
    if row.observation.metric in OF_THE_BODY or not row.arm.regimen:
        return _parsed(f"{row.arm.drug} 1 mg iv")
    return _parsed(row.arm.regimen)


@cache
def _parsed(regimen: str) -> Regimen:
    """Read a regimen once, however many models are asked about it."""
    return Regimen.parse(regimen)


def facts_of(people: Observed) -> dict[str, object]:
    """Give what is known of the people as facts of a patient; a range is known by its middle."""
    facts: dict[str, object] = {}
    if people.weight is not None:
        facts["weight"] = people.weight.canonical
    if people.age is not None:
        facts["age"] = people.age.canonical
    elif people.age_range is not None:
        facts["age"] = (people.age_range.from_ + people.age_range.to) / 2
    if people.sex is not None:
        facts["sex"] = people.sex
    told = [word for word in people.ancestry if word in frozenset(Ancestry)]
    if people.ancestry:
        facts["ancestry"] = told[-1] if told else Ancestry.NOT_ASIAN
    return facts


def _within_scope(_library: Library, model: Model, row: ObservationRow) -> str:
    """Refuse a drug, a route, an age or a weight that the model may not be asked about."""
    people = row.people
    ages = [people.age_range.from_, people.age_range.to] if people.age_range else [None]
    regimens = [regimen_asked(row)]
    if row.observation.metric == "bioavailability":
        regimens.append(_parsed(f"{row.arm.drug} 1 mg iv"))
    for age in ages:
        facts = facts_of(people) | ({} if age is None else {"age": age})
        for regimen in regimens:
            try:
                scope_of((model,), Patient.from_mapping(facts), regimen)
            except OutOfScope as fault:
                return _("{found} Expected: {expected}").format(
                    found=fault.found, expected=fault.expected
                )
    return ""


def _of_the_condition(_library: Library, model: Model, row: ObservationRow) -> str:
    """Refuse people whose condition the model neither saw nor may be asked about."""
    word, scope = row.people.condition, model.scope.get("condition")
    if scope is None or word in (*scope.words, *scope.usable_words):
        return ""
    if ANY in scope.usable_words and word not in NAMED_ONLY:
        return ""
    return _("{model} is not for people like these: {people}").format(
        model=model.id, people=row.study.population
    )


def _of_grown_people(_library: Library, model: Model, row: ObservationRow) -> str:
    """Refuse children for a model of adults, and adults for a model of children."""
    scope = model.scope.get("age")
    usable = None if scope is None else scope.usable
    if row.people.are_children and (usable is None or usable.from_ >= ADULT):
        return _("{model} is for adults").format(model=model.id)
    if not row.people.are_children and usable is not None and usable.to <= ADULT:
        return _("{model} is for children").format(model=model.id)
    return ""


def _from_the_site(_library: Library, model: Model, row: ObservationRow) -> str:
    """Refuse levels of another site; where none is reported, blood is taken to be venous."""
    drawn = "venous" if row.site == "not_reported" else row.site
    measured = model.sampling.site if model.sampling else None
    if drawn == measured:
        return ""
    return _("{drawn} levels, and {model} gives {measured} ones").format(
        drawn=drawn, model=model.id, measured=measured
    )


def _beyond_its_base(library: Library, model: Model, row: ObservationRow) -> str:
    """Refuse to count a prediction twice, of a model and of the one it is built on."""
    if model.id not in library.models:
        return ""
    own = library.model(model.id)
    of_metabolite = [name.startswith("metabolite_") for name in own.parameters]
    if own.base is None or not all(of_metabolite) or not _is_parent(row.observation.analyte):
        return ""
    return _("{model} gives what {base} gives, on which it is built").format(
        model=model.id, base=own.base
    )


def _of_an_analyte(library: Library, model: Model, row: ObservationRow) -> str:
    """Refuse what the model does not follow after this regimen."""
    group = draw_group(library, Patient(), People(1, 1, is_typical=True), kinetics=model)
    if row.observation.analyte in analytes_of(group, group.dose(regimen_asked(row).events())):
        return ""
    return _("{model} does not follow {analyte}").format(
        model=model.id, analyte=row.observation.analyte
    )


RULES: tuple[Rule, ...] = (
    _within_scope,
    _of_grown_people,
    _of_the_condition,
    _from_the_site,
    _beyond_its_base,
    _of_an_analyte,
)
"""What a model must pass, from what is given and to whom, to what is measured."""


def _is_push(regimen: Regimen) -> bool:
    return all(
        event.route is Route.IV and not event.duration_h
        for event in regimen.events()
        if event.drug is not Drug.PLACEBO
    )


def _is_parent(analyte: str) -> bool:
    return analyte in ("ketamine", "s-ketamine", "r-ketamine")


def metric_words(metric: str) -> str:
    """Say in the reader's language what was measured."""
    words = {
        "cmax": _("highest level"),
        "tmax": _("time of the highest level"),
        "auc_last": _("area to the last sample"),
        "auc_inf": _("area without end"),
        "concentration": _("level"),
        "clearance": _("clearance"),
        "vss": _("volume at steady state"),
        "half_life": _("half-life"),
        "bioavailability": _("bioavailability"),
        "bioavailability_at_level": _("bioavailability at a level"),
        "apparent_clearance": _("apparent clearance of a metabolite"),
        "apparent_volume": _("apparent volume of a metabolite"),
        "volume_beta": _("volume of the last phase"),
        "metabolite_ratio": _("ratio of two analytes"),
        "auc_ratio": _("ratio of areas"),
        "cmax_ratio": _("ratio of highest levels"),
        "amount_ratio": _("ratio of amounts"),
        "clearance_ratio": _("ratio of clearances"),
        "effective_concentration": _("level tied to an effect"),
        "infusion_rate": _("rate of a dose"),
        "share_of_drug": _("share of all drug"),
        "ordering": _("order of levels"),
    }
    return words[metric]
