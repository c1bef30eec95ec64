"""Rules about rules: conditions that can be read, facts that exist, sources, whose word it is."""

from __future__ import annotations

from collections.abc import Iterator

from respite.domain import LibraryFault
from respite.domain import translate as _
from respite.literature.condition import Compare, IsWord, atoms_of, read_condition
from respite.literature.fact import FactSet, MedicineClasses
from respite.literature.library import Library
from respite.literature.rule import Rulebook, RuleSet

MEDICINES = "patient.meds"
"""The fact whose words are classes of medicines."""


def conditions_can_be_read(library: Library, rules: RuleSet) -> Iterator[str]:
    """Check that every condition is in the language, with facts, words and units that exist."""
    for rule in rules.rules:
        try:
            read_condition(rule.when, library.vocabulary)
        except LibraryFault as fault:
            yield _("{rule}: {fault}").format(rule=rule.id, fault=fault)


def rules_are_numbered_once(library: Library, rules: RuleSet) -> Iterator[str]:
    """Check that no two rules of the library have one id."""
    others = [
        rule.id for key in library.rules if key != rules.id for rule in library.rules[key].rules
    ]
    own = [rule.id for rule in rules.rules]
    for id in sorted({id for id in own if own.count(id) > 1 or id in others}):
        yield _("There are two rules {rule}.").format(rule=id)


def sources_of_rules_exist(library: Library, rules: RuleSet) -> Iterator[str]:
    """Check that each rule names sources, and that each of them has a file."""
    for rule in rules.rules:
        if not rule.sources:
            yield _("{rule} names no source.").format(rule=rule.id)
        for key in rule.sources:
            if key not in library.sources:
                yield _("{rule} names the source '{source}', which does not exist.").format(
                    rule=rule.id, source=key
                )


def rules_say_whose_word_they_are(library: Library, rules: RuleSet) -> Iterator[str]:
    """Check that what is ours or recalled says so, and that numbers say whose they are."""
    for rule in rules.rules:
        if rule.status not in ("published", "assumed"):
            yield _("{rule} is {status}; a rule is published or assumed.").format(
                rule=rule.id, status=rule.status
            )
        if rule.status == "published" and rule.read in ("recalled", "assumed"):
            yield _("{rule} was {read}, so its status must be assumed.").format(
                rule=rule.id, read=rule.read
            )
        if (rule.status == "assumed" or rule.number_is == "mixed") and not rule.because:
            yield _("{rule} has no 'because'.").format(rule=rule.id)
        try:
            condition = read_condition(rule.when, library.vocabulary)
        except LibraryFault:
            continue
        has_numbers = any(isinstance(atom, Compare) for atom in atoms_of(condition))
        if has_numbers and rule.number_is == "none":
            yield _("{rule} has numbers and does not say whose they are.").format(rule=rule.id)


def facts_are_complete(library: Library, facts: FactSet) -> Iterator[str]:
    """Check that names begin with the id, that words exist where they are needed, and bounds."""
    for one in facts.facts:
        if not one.name.startswith(f"{facts.id}."):
            yield _("{fact} belongs into another file.").format(fact=one.name)
        if one.type.startswith("code") != bool(one.codes):
            yield _("{fact}: codes belong to a word or to words, which need them.").format(
                fact=one.name
            )
        if (one.type == "number") != (one.lowest is not None and one.highest is not None):
            yield _("{fact}: bounds belong to a number, which needs them.").format(fact=one.name)
        for word in one.also.values():
            if word not in one.codes:
                yield _("{fact}: '{word}' is no word of it.").format(fact=one.name, word=word)
    names = [one.name for held in library.facts.values() for one in held.facts]
    for name in sorted({name for name in names if names.count(name) > 1}):
        yield _("There are two facts {fact}.").format(fact=name)


def medicines_belong_to_known_classes(
    library: Library, medicines: MedicineClasses
) -> Iterator[str]:
    """Check that classes are words of the fact, and names are in lower case and in no two files."""
    fact = library.vocabulary.get(MEDICINES)
    known = () if fact is None else tuple(fact.codes)
    for group in medicines.classes:
        if group.code and group.code not in known:
            yield _("'{code}' is no class that a rule may name.").format(code=group.code)
        for name in group.names:
            if name != " ".join(name.lower().split()):
                yield _("The name '{name}' is not in lower case with single spaces.").format(
                    name=name
                )
    for code in medicines.beside:
        if code not in known:
            yield _("'{code}' is no class that a rule may name.").format(code=code)


def rulebooks_can_be_used(library: Library, book: Rulebook) -> Iterator[str]:
    """Check that each phase has its file, each file its phase, and contradictions can be read."""
    files = {phase.file for phase in book.phases}
    for missing in sorted(files ^ set(library.rules)):
        yield _(
            "There is a phase without a file of rules, or a file without a phase: {file}."
        ).format(file=missing)
    for one in book.contradictions:
        try:
            condition = read_condition(one.when, library.vocabulary)
        except LibraryFault as fault:
            yield _("A contradiction cannot be read: {fault}").format(fault=fault)
            continue
        if all(isinstance(atom, IsWord) and atom.negated for atom in atoms_of(condition)):
            yield _("A contradiction needs a fact that is told.")
