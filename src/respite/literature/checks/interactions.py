"""Rules of interactions: whom they belong to, what they rest on, and names used only once."""

from __future__ import annotations

from collections.abc import Iterator
from math import isclose

from respite.domain import Liver
from respite.domain import translate as _
from respite.literature.interaction import Interaction
from respite.literature.library import Library

BY_NAME = frozenset({"medicine", "herb", "food"})
NEEDS = {"liver": "liver", "kidney": "egfr", "genotype": "six_alleles"}
"""Kinds that belong to a fact about the patient, and the entry that says which."""


def interactions_say_whom_they_belong_to(_library: Library, one: Interaction) -> Iterator[str]:
    """Check that an agent has names, and that a trait says which patients have it."""
    if (one.kind in BY_NAME) != bool(one.names):
        yield _("names belong to a medicine, a herb or a food, and each of these needs them.")
    for name in one.names:
        if name != " ".join(name.lower().split()):
            yield _("The name '{name}' is not in lower case with single spaces.").format(name=name)
    for kind, entry in NEEDS.items():
        given = getattr(one, entry) not in ("", None)
        if given != (one.kind == kind):
            yield _("{entry} belongs to the kind {kind}, which needs it.").format(
                entry=entry, kind=kind
            )
    if one.liver and one.liver not in frozenset(Liver):
        yield _("liver is '{word}', which is not one of {words}.").format(
            word=one.liver, words=", ".join(Liver)
        )


def names_belong_to_one_file(library: Library, one: Interaction) -> Iterator[str]:
    """Check that no two files answer to the same name."""
    for id in library.interactions:
        if id == one.id:
            continue
        for name in set(one.names) & set(library.interactions[id].names):
            yield _("The name '{name}' belongs to {other} too.").format(name=name, other=id)


def interactions_rest_on_something(library: Library, one: Interaction) -> Iterator[str]:
    """Check that factors are fitted, extrapolated, or left out for a reason; one of the three."""
    ways = (bool(one.factors), one.extrapolated_from is not None, bool(one.not_applied_because))
    if sum(ways) != 1:
        yield _("One of factors, extrapolated_from and not_applied_because is needed, not more.")
    if one.factors and not one.measured:
        yield _("There are factors and no measured ratios that they were fitted to.")
    for name, number in one.factors.items():
        if number.typical.value <= 0 or number.unit != "fraction":
            yield _("factors.{name} must be a ratio above zero.").format(name=name)
    stand_in = one.extrapolated_from
    if stand_in is None:
        return
    if stand_in.of not in library.interactions or not library.interactions[stand_in.of].factors:
        yield _("extrapolated_from names '{of}', which is no file with factors.").format(
            of=stand_in.of
        )
    if not stand_in.because:
        yield _("extrapolated_from has no 'because'.")


def fitted_ratios_belong_to_factors(_library: Library, one: Interaction) -> Iterator[str]:
    """Check that each ratio of a fitted file says what the factors give for it, and no other."""
    for number, ratio in enumerate(one.measured, start=1):
        place = f"measured.{number}"
        has_value = not isinstance(ratio.value, str)
        if has_value and ratio.value <= 0:  # pyright: ignore[reportOperatorIssue]
            yield _("{place}.value must be above zero.").format(place=place)
        if (ratio.fitted is not None) != (bool(one.factors) and has_value):
            yield _(
                "{place}.fitted belongs to a ratio with a value in a file with factors."
            ).format(place=place)


def correlated_factors_are_possible(_library: Library, one: Interaction) -> Iterator[str]:
    """Check that correlations are between factors of the file and are possible."""
    for pair in one.correlations:
        if not set(pair.between) <= set(one.factors) or len(set(pair.between)) != len(pair.between):
            yield _("A correlation is not between two factors of the file.")
        share = pair.correlation
        if share is None or abs(share) > 1 or isclose(abs(share), 1):
            yield _("A correlation must lie between -1 and 1.")
