"""Rules of studies: arms that can be simulated or say why not, figures that add up."""

from __future__ import annotations

from collections.abc import Iterator

from respite.domain import translate as _
from respite.domain import translate_plural
from respite.literature.checks.walk import parts
from respite.literature.derivation import agrees
from respite.literature.library import Library
from respite.literature.study import Outcome, Study


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


def _is_near(printed: float, share: float) -> bool:
    return printed == share or agrees(printed, printed, share)
