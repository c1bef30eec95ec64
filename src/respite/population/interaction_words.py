"""What medicines, liver, kidney and genotype change, and on what evidence, in sentences."""

from __future__ import annotations

from collections.abc import Iterator

from respite.domain import UNKNOWN, Patient, Regimen, listed, translate_plural
from respite.domain import translate as _
from respite.literature import Interaction, Library, MeasuredRatio, Model
from respite.population.clearance import (
    METABOLITE,
    interactions_of,
    typical_factors,
    unrecognised_medicines,
)
from respite.population.exposure_ratios import (
    Factors,
    FirstPass,
    exposure_ratio,
    first_pass_of,
)
from respite.population.first_pass import has_first_pass
from respite.population.scope import ScopeLine

PAST_THE_LIVER = frozenset({"iv", "im", "sc"})
"""Routes that pass by the gut wall and the liver: what was measured into a vein holds for all."""

KNOWN_ALLELES = frozenset({"*1", "*6"})
"""Alleles of CYP2B6 that some file is about."""

FACT = {"medicine": "medicine", "herb": "medicine", "food": "medicine"}


def describe_factors(
    library: Library, model: Model, patient: Patient, regimen: Regimen
) -> tuple[ScopeLine, ...]:
    """Say of each medicine and trait what was measured, and what it does in this answer.

    Parameters
    ----------
    library
        Whose interactions.
    model
        The kinetic model that answers.
    patient
        What is known.
    regimen
        What is given, for the routes.

    Returns
    -------
    One line for each, as for the scope of a model: ``inside`` where the route
    asked for was measured, ``outside`` where another route or another medicine
    stands in for it, ``unknown`` where nothing is applied for want of a number.
    """
    return describe_factors_by(
        library, model, patient, tuple(route.value for route in regimen.routes)
    )


def describe_factors_by(
    library: Library, model: Model, patient: Patient, routes: tuple[str, ...]
) -> tuple[ScopeLine, ...]:
    """Say the same of doses that are no regimen, by their routes: see :func:`describe_factors`."""
    applied = [
        _applied_line(library, model, one, routes)
        for one in interactions_of(library, patient)
        if typical_factors(library, one)
    ]
    left_out = [
        _line(one, "inside" if one.effect == "none" else "unknown", _left_out(one))
        for one in interactions_of(library, patient)
        if not typical_factors(library, one)
    ]
    together = [_together(library, model, patient, routes)] if len(applied) > 1 else []
    return (*applied, *together, *left_out, *_not_known(library, patient))


def _applied_line(
    library: Library, model: Model, one: Interaction, routes: tuple[str, ...]
) -> ScopeLine:
    if not has_first_pass(model):
        message = _("{title}: {model} cannot take it into account, so it changes nothing here.")
        return _line(one, "outside", message.format(title=one.title, model=model.id))
    expected = _expected(first_pass_of(model), typical_factors(library, one), routes)
    stand_in = one.extrapolated_from
    if stand_in is not None:
        message = _("{title}: {because}. Taken from {other}, with more spread. {expected}").format(
            title=one.title,
            because=stand_in.because,
            other=library.interaction(stand_in.of).title,
            expected=expected,
        )
        return _line(one, "outside", message)
    seen = [ratio for ratio in one.measured if _is_told(ratio)]
    message = _("{title}, as measured: {seen}. {expected}").format(
        title=one.title,
        seen=listed([_ratio_in_words(ratio) for ratio in seen]),
        expected=expected,
    )
    sure = {ratio.route for ratio in seen if ratio.status != "assumed"}
    is_inside = all(_measured_route(route) in sure for route in routes)
    return _line(one, "inside" if is_inside else "outside", message)


def _is_told(ratio: MeasuredRatio) -> bool:
    """Say whether a ratio is of ketamine and was fitted; half-lives are left to the docs."""
    return ratio.what != "half_life" and not ratio.is_of_metabolite and ratio.fitted is not None


def _ratio_in_words(ratio: MeasuredRatio) -> str:
    what = _("clearance") if ratio.what == "clearance" else _("exposure")
    told = _("{what} ×{value} {route}").format(
        what=what, value=_value_in_words(ratio), route=_route_in_words(ratio.route)
    )
    if ratio.status == "assumed":
        return _("{told} (recalled)").format(told=told)
    if isinstance(ratio.n, int):
        return translate_plural("{told} in {n} person", "{told} in {n} people", ratio.n).format(
            told=told, n=ratio.n
        )
    return told


def _value_in_words(ratio: MeasuredRatio) -> str:
    """Give the ratio; where the source gives only a range over groups, that range."""
    spread = ratio.spread
    if spread.kind == "range":
        return _("{lowest:g} to {highest:g}").format(lowest=spread.from_, highest=spread.to)
    return f"{ratio.value:g}"


def _expected(first: FirstPass, factors: Factors, routes: tuple[str, ...]) -> str:
    """Say what the factors do to exposure by the routes of the regimen."""
    ratios = {route: exposure_ratio(first, factors, route) for route in routes}
    told = [
        _("×{ratio} of ketamine {route}").format(
            ratio=_two_digits(ratio), route=_route_in_words(route)
        )
        for route, ratio in ratios.items()
        if ratio is not None
    ]
    if METABOLITE in factors:
        told.append(_("×{ratio} of norketamine").format(ratio=_two_digits(1 / factors[METABOLITE])))
    lines = [_("The model expects {ratios}.").format(ratios=listed(told))] if told else []
    lines += [
        _("What it does {route} is not worked out.").format(route=_route_in_words(route))
        for route, ratio in ratios.items()
        if ratio is None
    ]
    return " ".join(lines)


def _two_digits(ratio: float) -> str:
    return f"{ratio:.2f}"


def _measured_route(route: str) -> str:
    """Give the route whose measured ratio holds for a route of a regimen."""
    return "iv" if route in PAST_THE_LIVER else route


def _together(
    library: Library, model: Model, patient: Patient, routes: tuple[str, ...]
) -> ScopeLine:
    """Say what several of them do together: nobody measured that, so factors multiply."""
    message = _("All of these together were not studied; their factors are multiplied. {expected}")
    product: dict[str, float] = {}
    for one in interactions_of(library, patient):
        for name, value in typical_factors(library, one).items():
            product[name] = product.get(name, 1) * value
    has_effect = has_first_pass(model)
    expected = _expected(first_pass_of(model), product, routes) if has_effect else ""
    return {
        "fact": "medicine" if patient.medicines else "liver",
        "status": "outside",
        "message": message.format(expected=expected).strip(),
    }


def _left_out(one: Interaction) -> str:
    return _("{title}: {because}; nothing is applied.").format(
        title=one.title, because=one.not_applied_because
    )


def _not_known(library: Library, patient: Patient) -> Iterator[ScopeLine]:
    for text in unrecognised_medicines(library, patient):
        message = _(
            "{medicine}: nothing about it and the clearance of ketamine is on record here, so"
            " nothing is applied."
        )
        yield {
            "fact": "medicine",
            "status": "unknown",
            "message": message.format(medicine=text),
        }
    alleles = () if patient.cyp2b6 is UNKNOWN else patient.cyp2b6.split("/")
    if not set(alleles) <= KNOWN_ALLELES:
        message = _(
            "CYP2B6 {alleles}: only the allele *6 is on record here; nothing is applied for others."
        )
        yield {
            "fact": "genotype",
            "status": "unknown",
            "message": message.format(alleles="/".join(alleles)),
        }


def _line(one: Interaction, status: str, message: str) -> ScopeLine:
    return {"fact": FACT.get(one.kind, one.kind), "status": status, "message": message}


def _route_in_words(route: str) -> str:
    words = {
        "iv": _("into a vein"),
        "im": _("into a muscle"),
        "sc": _("under the skin"),
        "intranasal": _("by the nose"),
        "oral": _("by mouth"),
        "sublingual": _("under the tongue"),
        "buccal": _("in the cheek"),
        "rectal": _("by the rectum"),
        "inhaled": _("inhaled"),
        "any": _("by any route"),
    }
    return words[route]
