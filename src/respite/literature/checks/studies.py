"""Rules of studies: arms that can be simulated or say why not, figures that add up."""

from __future__ import annotations

from collections.abc import Iterator

from respite.domain import WORST_PAIN, translate_plural
from respite.domain import translate as _
from respite.literature.checks.walk import everything, parts
from respite.literature.derivation import agrees
from respite.literature.library import Library
from respite.literature.study import Contrast, Outcome, Study
from respite.literature.units_of_print import canonical_unit

MODELLED = frozenset({"mean_pain", "mean_fall", "mean_fall_percent", "responders"})
"""Measures that a model of pain can be held against."""

UNITS = {
    "mean_pain": frozenset({"points"}),
    "mean_fall": frozenset({"points"}),
    "mean_fall_percent": frozenset({"%"}),
    "responders": frozenset({"%"}),
}
"""Units in which a measure is written, where it is not free."""


def arms_have_a_regimen_or_a_reason(_library: Library, study: Study) -> Iterator[str]:
    """Check that an arm is written in the regimen language, or says why it cannot be."""
    for arm in study.arms:
        if bool(arm.regimen) == bool(arm.regimen_not_writable):
            yield _(
                "The arm '{name}' needs a regimen or the reason why none can be written."
            ).format(name=arm.name)
        if arm.regimen_status == "assumed" and not arm.because:
            yield _("The regimen of the arm '{name}' is assumed and has no 'because'.").format(
                name=arm.name
            )
        if not isinstance(arm.n, str) and arm.n <= 0:
            yield translate_plural(
                "The arm '{name}' has {n} person.", "The arm '{name}' has {n} people.", arm.n
            ).format(name=arm.name, n=arm.n)


def people_are_described(library: Library, study: Study) -> Iterator[str]:
    """Check that the people a study names are a model of people."""
    if study.people and (
        study.people not in library.models or library.model(study.people).kind != "people"
    ):
        yield _("people names '{name}', which is no model of people.").format(name=study.people)


def contrasts_name_arms_of_the_study(_library: Library, study: Study) -> Iterator[str]:
    """Check that a comparison is between two arms that exist."""
    names = {arm.name for arm in study.arms}
    for contrast in study.contrasts:
        for name in contrast.between:
            if name not in names:
                yield _("The contrast '{what}' names '{name}', which is no arm.").format(
                    what=contrast.what, name=name
                )


def shares_match_their_counts(_library: Library, study: Study) -> Iterator[str]:
    """Check that where people are counted, the share is their number over all."""
    for place, outcome in parts(study, Outcome):
        if outcome.count is None and outcome.of is None:
            continue
        if outcome.count is None or not outcome.of or outcome.count > outcome.of:
            yield _("{place} needs both 'count' and 'of', the first not above the second.").format(
                place=place
            )
        elif isinstance(outcome.value, float | int):
            share = 100 * outcome.count / outcome.of
            if outcome.unit != "%" or not _is_near(outcome.value, share):
                seen = f"{outcome.value:g} {outcome.unit}"
                yield _("{place} is {seen}, and its count gives {share:g} %.").format(
                    place=place, seen=seen, share=share
                )


def responders_say_from_which_fall_they_count(_library: Library, study: Study) -> Iterator[str]:
    """Check that responders name the fall of pain that makes them one, or that nobody says it."""
    for place, outcome in parts(study, Outcome):
        if outcome.measure == "responders" and outcome.threshold is None:
            yield _("{place} counts responders and has no 'threshold'.").format(place=place)


def figures_fit_their_measure(_library: Library, study: Study) -> Iterator[str]:
    """Check that scores are points from 0 to 10, and shares no more than everybody."""
    for place, figure in everything(study):
        if not isinstance(figure, Outcome | Contrast):
            continue
        units = UNITS.get(figure.measure)
        if units is not None and figure.unit not in units:
            yield _("{place} is {measure} and should be in {units}.").format(
                place=place, measure=figure.measure, units=", ".join(sorted(units))
            )
        elif units is not None and isinstance(figure.value, float | int):
            most = WORST_PAIN if "points" in units else 100
            least = 0 if isinstance(figure, Outcome) and figure.measure != "mean_fall" else -most
            if not least <= figure.value <= most:
                yield _("{place} is {value:g}, beyond {least} to {most}.").format(
                    place=place, value=figure.value, least=least, most=most
                )


def times_are_times(_library: Library, study: Study) -> Iterator[str]:
    """Check that figures and follow-up are timed in units of time, and not before the start."""
    timed = [("follow_up", study.follow_up)] + [
        (place, figure.time)
        for place, figure in everything(study)
        if isinstance(figure, Outcome | Contrast)
    ]
    for place, time in timed:
        if isinstance(time, str):
            continue
        if canonical_unit(time.unit) != "h" or time.value < 0:
            yield _("{place} is timed at {value:g} {unit}, which is no time after a start.").format(
                place=place, value=time.value, unit=time.unit
            )


def crossovers_say_so(_library: Library, study: Study) -> Iterator[str]:
    """Check that a design called a crossover is marked as one, and no other."""
    if ("crossover" in study.design) != study.crossover:
        yield _("The design says '{design}', and crossover is {marked}.").format(
            design=study.design, marked=str(study.crossover).lower()
        )


def roles_have_what_they_need(_library: Library, study: Study) -> Iterator[str]:
    """Check that a study models are held against has a regimen and something to be held against.

    A comparison counts where its size or its conclusion was seen; what is only predicted may
    have neither yet.
    """
    if study.role == "none":
        return
    given = [arm for arm in study.arms if arm.part == "ketamine" and arm.regimen]
    if not given:
        yield _("The role is {role}, and no ketamine arm can be simulated.").format(role=study.role)
    told = any(
        outcome.measure in MODELLED and not isinstance(outcome.value, str)
        for arm in given
        for outcome in arm.outcomes
    )
    names = {arm.name for arm in given}
    told = told or any(
        contrast.measure in MODELLED
        and not names.isdisjoint(contrast.between)
        and (
            study.kind == "protocol"
            or contrast.found != "not_reported"
            or not isinstance(contrast.p_value, str)
        )
        for contrast in study.contrasts
    )
    if given and not told:
        yield _("The role is {role}, and no figure of pain can be held against it.").format(
            role=study.role
        )


def _is_near(printed: float, share: float) -> bool:
    return printed == share or agrees(printed, printed, share)
