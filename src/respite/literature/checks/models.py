"""Rules of models: structure, covariates, scope and anchors."""

from __future__ import annotations

import difflib
from collections.abc import Iterator

from respite.domain import LibraryFault, RespiteError, Route
from respite.domain import translate as _
from respite.literature.checks.walk import whole_of
from respite.literature.checks.words import ROUTES
from respite.literature.library import Library
from respite.literature.model import REST, Model
from respite.literature.number import Parameter
from respite.literature.structures import (
    RESIDUAL,
    Dimensions,
    is_structure,
    known_to,
    needed_by,
    on_paths,
    structures_of,
)
from respite.literature.units_of_print import canonical_unit

OF_THE_BODY = frozenset({"clearance", "vss"})
"""Metrics of a body, which need no regimen."""


def the_base_exists(library: Library, model: Model) -> Iterator[str]:
    """Check that bases are there, come to an end, and have the parameters that are added to."""
    if model.base is None:
        if model.added_spreads:
            yield _("added_spreads need a base that they add to.")
        return
    if model.base not in library.models or model.base == model.id:
        yield _("structure.base names the model '{base}', which does not exist.").format(
            base=model.base
        )
        return
    try:
        bases = library.bases(model.id)
    except LibraryFault as fault:
        yield str(fault.found)
        return
    for name in model.added_spreads:
        if not any(name in library.model(base).parameters for base in bases):
            yield _("added_spreads.{name} belongs to no parameter of {base}.").format(
                name=name, base=model.base
            )


def structures_are_known(_library: Library, model: Model) -> Iterator[str]:
    """Check that every structure that is named is one that has a table of parameters."""
    for name in structures_of(model):
        if not is_structure(name):
            yield _("structure names '{name}', which no table of structures knows.").format(
                name=name
            )
    residual = model.structure.get("residual")
    if residual is not None and residual not in RESIDUAL:
        yield _("structure.residual is '{residual}', which is not one of {names}.").format(
            residual=residual, names=", ".join(RESIDUAL)
        )


def parameters_fit_their_structure(library: Library, model: Model) -> Iterator[str]:
    """Check that each structure has all its parameters, no others, each of the right dimension."""
    whole = _with_base(library, model)
    structures = structures_of(whole)
    known = {**known_to(structures), **on_paths(whole)}
    in_conditions = {name for one in whole.conditions.values() for name in one.parameters}
    for name in needed_by(structures):
        if name not in whole.parameters and name not in in_conditions:
            yield _("parameters.{name} is missing; the structure needs it.").format(name=name)
    yield from _misfits("parameters", model.parameters, known)
    for condition, entry in model.conditions.items():
        yield from _misfits(f"conditions.{condition}.parameters", entry.parameters, known)
    form = RESIDUAL.get(model.structure.get("residual", ""), {})
    yield from _misfits("residual", model.residual, form)


def _with_base(library: Library, model: Model) -> Model:
    """Give a model with all it is built on; one whose base is not there, by itself."""
    if model.base is None or model.base not in library.models:
        return model
    return model.built_on(library.model(model.base))


def _misfits(place: str, numbers: dict[str, Parameter], known: Dimensions) -> Iterator[str]:
    for name, number in numbers.items():
        if name not in known:
            near = difflib.get_close_matches(name, known, n=1)
            message = _("{place}.{name} belongs to no structure of this file.")
            if near:
                message = _(
                    "{place}.{name} belongs to no structure of this file. Did you mean '{near}'?"
                )
            yield message.format(place=place, name=name, near="".join(near))
            continue
        try:
            unit = number.unit
        except RespiteError:
            continue
        if unit not in known[name]:
            yield (
                _(
                    "{place}.{name} is in {unit}, and its dimension should be that of {units}."
                ).format(
                    place=place,
                    name=name,
                    unit=number.typical.unit,
                    units=_(" or ").join(known[name]),
                )
            )


def routes_are_complete(library: Library, model: Model) -> Iterator[str]:
    """Check that a route says all it needs, and that no route is claimed without saying how."""
    whole = whole_of(library, model)
    for route, paths in model.routes.items():
        if route not in ROUTES - {Route.IV.value}:
            yield _("routes.{route} is no route and form that a regimen can name.").format(
                route=route
            )
        for role, name in ((role, name) for path in paths for role, name in path.named.items()):
            if name not in whole.parameters:
                yield _("routes.{route}: {role} names '{name}', which is no parameter.").format(
                    route=route, role=role, name=name
                )
        if sum(path.share == REST for path in paths) > 1:
            yield _("routes.{route}: only one path can have the rest.").format(route=route)
        if any(bool(path.one_device) != bool(path.further_devices) for path in paths):
            yield _("routes.{route}: 'one_device' and 'further_devices' belong together.").format(
                route=route
            )
    claimed = whole.scope.get("routes")
    for route in () if claimed is None else (*claimed.words, *claimed.usable_words):
        if route != Route.IV and route not in whole.routes and model.kind == "kinetics":
            yield _("scope.routes claims {route}, and routes does not say how it enters.").format(
                route=route
            )


def covariate_effects_are_complete(library: Library, model: Model) -> Iterator[str]:
    """Check that an effect shifts a parameter that exists and has what its form needs."""
    known = whole_of(library, model).parameters
    for effect in model.covariate_effects:
        named = {"covariate": effect.covariate, "parameter": effect.parameter}
        if effect.parameter not in known:
            yield _(
                "The effect of {covariate} on {parameter} belongs to no parameter of the file."
            ).format(**named)
        if effect.form == "factor":
            if not effect.when:
                yield _(
                    "The effect of {covariate} on {parameter} is a factor and does not say 'when'."
                ).format(**named)
        elif effect.reference is None:
            yield _("The effect of {covariate} on {parameter} has no 'reference'.").format(**named)


def the_reference_patient_is_in_scope(library: Library, model: Model) -> Iterator[str]:
    """Check that typical values describe somebody the model may be asked about."""
    for name, quantity in model.reference.items():
        held = model.scope.get(name)
        studied = None if held is None else held.studied
        if studied is None or isinstance(studied, str):
            continue
        if canonical_unit(studied.unit) != canonical_unit(quantity.unit):
            yield _("reference.{name} is in {unit} and scope.{name} in {unit_of_scope}.").format(
                name=name, unit=quantity.unit, unit_of_scope=studied.unit
            )
        elif not studied.holds(quantity.value):
            yield _("reference.{name} is {value:g} {unit}, outside scope.{name}.").format(
                name=name, value=quantity.value, unit=quantity.unit
            )


def wider_scope_says_why(_library: Library, model: Model) -> Iterator[str]:
    """Check that a model that may be used beyond whom it saw says why, and includes whom it saw."""
    for name, held in model.scope.items():
        if held.usable_words and not held.because:
            yield _("scope.{name}.usable_words has no 'because'.").format(name=name)
        if held.usable is None:
            continue
        if not held.usable.because:
            yield _("scope.{name}.usable has no 'because'.").format(name=name)
        studied = held.studied
        if studied is None or isinstance(studied, str):
            continue
        if not (held.usable.holds(studied.from_) and held.usable.holds(studied.to)):
            yield _("scope.{name}.usable is narrower than scope.{name}.studied.").format(name=name)


def anchors_are_well_formed(library: Library, model: Model) -> Iterator[str]:
    """Check that an anchor says who got what, what is compared, and how near is enough."""
    whole = whole_of(library, model)
    for number, anchor in enumerate(model.anchors, start=1):
        place = f"anchors.{number}"
        needs_time = anchor.metric == "concentration"
        if (anchor.at_h is None and needs_time) or (
            anchor.at_h is not None and anchor.metric not in ("concentration", "auc_last")
        ):
            yield _(
                "{place}: 'at_h' belongs to concentration, which needs it, and to auc_last."
            ).format(place=place)
        if (anchor.at_level is not None) != (anchor.metric == "bioavailability_at_level"):
            yield _(
                "{place}: 'at_level' belongs to bioavailability_at_level, which needs it."
            ).format(place=place)
        if not anchor.regimen and anchor.metric not in OF_THE_BODY:
            yield _("{place} has no regimen.").format(place=place)
        if anchor.expect.within_percent <= 0 or anchor.expect.value <= 0:
            yield _("{place}: the expected value and 'within_percent' must be above zero.").format(
                place=place
            )
        if anchor.analyte not in whole.analytes.values():
            yield _("{place}: '{analyte}' is not an analyte of the model.").format(
                place=place, analyte=anchor.analyte
            )
        if whole.sampling is not None and anchor.site != whole.sampling.site:
            yield _("{place} is {site} and the model {site_of_model}.").format(
                place=place, site=anchor.site, site_of_model=whole.sampling.site
            )


def levels_say_where_blood_was_drawn(library: Library, model: Model) -> Iterator[str]:
    """Check that levels have a site; a model of levels, or of effects of levels, names it."""
    whole = whole_of(library, model)
    if model.kind not in ("people", "diary", "mood") and whole.sampling is None:
        yield _("The model has no 'sampling': a venous level is not an arterial one.")
