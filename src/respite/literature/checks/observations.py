"""Rules of observed studies: figures that can be compared, or that say why they cannot."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from respite.domain import Condition, Regimen, RespiteError, Route
from respite.domain import translate as _
from respite.literature.checks.walk import parts
from respite.literature.library import Library
from respite.literature.observation import Observation, Observed, ObservedArm, ObservedStudy
from respite.literature.units_of_print import canonical_unit

ANALYTES = frozenset(
    {
        "ketamine",
        "s-ketamine",
        "r-ketamine",
        "norketamine",
        "s-norketamine",
        "r-norketamine",
        "hydroxynorketamine",
        "s-hydroxynorketamine",
        "r-hydroxynorketamine",
        "dehydronorketamine",
        "dose",
    }
)
"""What is measured; two of them joined by ``/`` or ``+`` are a ratio or a sum."""

CONDITIONS = frozenset(Condition) | {"healthy", "surgical", "icu", "other", "not_reported"}
"""Whom a study observed: a condition of a patient, or one of the words for all others."""

ANCESTRIES = frozenset({"asian", "chinese", "japanese", "not-asian", "white"})

RATIO = ("fraction",)
LEVEL = ("mg/L",)
AREA = ("mg·h/L", "h/L")
FLOW = ("L/h", "L/h/kg")
VOLUME = ("L", "L/kg")
TIME = ("h",)

DIMENSIONS: Mapping[str, tuple[str, ...]] = {
    "cmax": LEVEL,
    "tmax": TIME,
    "auc_last": AREA,
    "auc_inf": AREA,
    "concentration": LEVEL,
    "clearance": FLOW,
    "vss": VOLUME,
    "half_life": TIME,
    "bioavailability": RATIO,
    "bioavailability_at_level": RATIO,
    "apparent_clearance": FLOW,
    "apparent_volume": VOLUME,
    "volume_beta": VOLUME,
    "metabolite_ratio": RATIO,
    "auc_ratio": RATIO,
    "cmax_ratio": RATIO,
    "amount_ratio": RATIO,
    "clearance_ratio": RATIO,
    "effective_concentration": LEVEL,
    "infusion_rate": ("mg/h", "mg/h/kg"),
    "share_of_drug": RATIO,
    "ordering": (),
}
"""Canonical units that each metric may be printed in; an area of ``h/L`` is for each milligram."""

OF_TWO_GROUPS = frozenset({"auc_ratio", "cmax_ratio", "amount_ratio", "clearance_ratio"})
"""Metrics that need to say what the other group was given or was like."""


def observed_arms_say_what_was_given(_library: Library, study: ObservedStudy) -> Iterator[str]:
    """Check that an arm is written in the regimen language and in its own words, or says why."""
    for arm in study.arms:
        if bool(arm.regimen) == bool(arm.regimen_not_writable):
            yield _(
                "The arm '{name}' needs a regimen or the reason why none can be written."
            ).format(name=arm.name)
        if arm.regimen_status == "assumed" and not arm.because:
            yield _("The regimen of the arm '{name}' is assumed and has no 'because'.").format(
                name=arm.name
            )
        if arm.route not in {*Route, "other"}:
            yield _("The arm '{name}' has the route '{route}', which is not one of ours.").format(
                name=arm.name, route=arm.route
            )
        yield from _departures(arm)


def _departures(arm: ObservedArm) -> Iterator[str]:
    """Say where the words of an arm are not those of its regimen."""
    try:
        regimen = Regimen.parse(arm.regimen) if arm.regimen else None
    except RespiteError:
        return
    if regimen is None:
        return
    said = ({arm.drug}, {arm.route})
    given = ({drug.value for drug in regimen.drugs}, {route.value for route in regimen.routes})
    if said != given:
        yield _("The drug and the route of the arm '{name}' are not those of its regimen.").format(
            name=arm.name
        )


def figures_fit_their_metric(_library: Library, study: ObservedStudy) -> Iterator[str]:
    """Check that a figure has the dimension, the times and the words that its metric needs."""
    for place, seen in parts(study, Observation):
        named = {"place": place, "metric": seen.metric}
        known = DIMENSIONS[seen.metric]
        try:
            fits = not seen.unit or canonical_unit(seen.unit) in known
        except RespiteError:
            fits = True
        if not fits or bool(seen.unit) != bool(known):
            yield _("{place} is a {metric}, and its unit should be like one of: {units}.").format(
                **named, units=_(" or ").join(known) or _("none")
            )
        if (seen.metric == "concentration") != (seen.time_h is not None):
            yield _(
                "{place}: 'time_h' belongs to the metric concentration, and to it only."
            ).format(place=place)
        if seen.metric == "auc_last" and seen.until_h is None:
            yield _("{place} is an area to a last sample and has no 'until_h'.").format(place=place)
        if seen.metric in OF_TWO_GROUPS and not seen.compared_with:
            yield _("{place} is a {metric} and does not say 'compared_with'.").format(**named)


def figures_are_numbers_ranges_or_words(_library: Library, study: ObservedStudy) -> Iterator[str]:
    """Check that there is a figure above zero, a range, or what was seen in words."""
    for place, seen in parts(study, Observation):
        if not isinstance(seen.value, str):
            if seen.value <= 0 or seen.summary in ("range", "in_words"):
                yield _("{place} has a value, which must be above zero and no range.").format(
                    place=place
                )
        elif seen.summary == "range":
            if seen.spread.from_ is None:
                yield _("{place} is a range and has no spread from and to.").format(place=place)
        elif seen.summary != "in_words" or not seen.in_words:
            yield _("{place} has neither a value, nor a range, nor 'in_words'.").format(place=place)


def recalled_figures_are_assumed(_library: Library, study: ObservedStudy) -> Iterator[str]:
    """Check that a figure nobody saw in a source is never counted as seen."""
    for place, seen in parts(study, Observation):
        if (seen.read or study.read) == "recalled" and seen.status != "assumed":
            yield _("{place} is recalled, so its status must be assumed.").format(place=place)


def models_built_on_a_figure_exist(library: Library, study: ObservedStudy) -> Iterator[str]:
    """Check that the models a figure went into are models of the library."""
    for place, seen in parts(study, Observation):
        for name in seen.built_into:
            if name not in library.models:
                yield _("{place} was built into '{name}', which is no model.").format(
                    place=place, name=name
                )


def observations_are_in_known_words(_library: Library, study: ObservedStudy) -> Iterator[str]:
    """Check that analytes, conditions and ancestries are words that models may share."""
    for place, seen in parts(study, Observation):
        for analyte in seen.analyte.replace("+", "/").split("/"):
            if analyte not in ANALYTES:
                yield _("{place} is of '{analyte}', which is not one of {words}.").format(
                    place=place, analyte=analyte, words=", ".join(sorted(ANALYTES))
                )
    for place, people in parts(study, Observed):
        if people.condition not in CONDITIONS:
            yield _("{place}.condition says '{word}', which is not one of {words}.").format(
                place=place, word=people.condition, words=", ".join(sorted(CONDITIONS))
            )
        for word in people.ancestry:
            if word not in ANCESTRIES:
                yield _("{place}.ancestry says '{word}', which is not one of {words}.").format(
                    place=place, word=word, words=", ".join(sorted(ANCESTRIES))
                )
