"""Rules of laboratory tests: units that agree, names that are told apart, facts that exist."""

from __future__ import annotations

from collections.abc import Iterator

from respite.domain import translate as _
from respite.literature.analyte import Analyte
from respite.literature.library import Library

MASS_UNIT, AMOUNT_UNIT = "mg/dL", "µmol/L"

MICROMOLES = 10_000
"""Micromoles in a litre of what weighs one milligram in a decilitre at a molar mass of one."""

CLOSE = 1 / 10_000
"""How far a printed factor may lie from the one that follows from the molar mass."""


def results_are_numbers_or_words(library: Library, test: Analyte) -> Iterator[str]:
    """Check that a test has units and bounds, or words, and belongs to something watched."""
    if bool(test.units) == bool(test.words):
        yield _("A test has either units or words.")
    if test.units and (test.units[0].factor != 1 or test.plausible is None or test.usual is None):
        yield _("The first unit has the factor 1, and a number needs both bounds.")
    if test.plausible is not None and test.usual is not None:
        order = (
            test.plausible.lowest, test.usual.lowest, test.usual.highest, test.plausible.highest,
        )  # fmt: skip
        if list(order) != sorted(order):
            yield _("What is usual lies outside of what is plausible.")
    if test.item not in library.surveillance:
        yield _("It belongs to '{item}', which is nothing that is watched.").format(item=test.item)


def factors_follow_from_molar_masses(_library: Library, test: Analyte) -> Iterator[str]:
    """Check that a factor between mass and amount is what the molar mass gives."""
    for unit in test.units:
        if unit.name != MASS_UNIT or test.unit != AMOUNT_UNIT:
            continue
        if test.molar_mass is None:
            yield _("{unit} needs a molar mass.").format(unit=unit.name)
        elif abs(unit.factor * test.molar_mass / MICROMOLES - 1) > CLOSE:
            yield _(
                "{unit} has the factor {factor:g}, and its molar mass gives {right:.5g}."
            ).format(unit=unit.name, factor=unit.factor, right=MICROMOLES / test.molar_mass)


def names_of_tests_belong_to_one(library: Library, test: Analyte) -> Iterator[str]:
    """Check that names are in lower case, and belong to no other test."""
    own = {test.title.casefold(), *test.also}
    for name in sorted(test.also):
        if name != " ".join(name.casefold().split()):
            yield _("The name '{name}' is not in lower case with single spaces.").format(name=name)
    for id in library.analytes:
        if id == test.id:
            continue
        other = library.analytes[id]
        for name in sorted(own & {other.title.casefold(), *other.also}):
            yield _("The name '{name}' belongs to {other} too.").format(name=name, other=id)


def facts_of_results_exist(library: Library, test: Analyte) -> Iterator[str]:
    """Check that what follows from a result are facts of the rules."""
    told = (test.fact, test.ratio, *(name for one in test.words for name in one.facts))
    for name in told:
        if name and name not in library.vocabulary:
            yield _("There is no fact {fact}.").format(fact=name)
