"""Rules as they ship: none lost, none upgraded, and what is ours says so."""

from __future__ import annotations

from collections import Counter

import pytest

from respite.literature import HasAny, IsWord, atoms_of, facts_in, load_library, read_condition

LIBRARY = load_library()
RULES = [rule for rules in LIBRARY.rules.values() for rule in rules.rules]
DRAWN = [rule for rule in RULES if not rule.id.startswith("OWN-")]
BOOK = LIBRARY.rulebooks["safety"]


def test_every_rule_that_was_collected_is_there_with_its_severity_and_status():
    assert Counter(rule.severity for rule in DRAWN) == {
        "absolute": 14, "relative": 32, "caution": 41, "monitor": 35, "stop": 14,
    }  # fmt: skip
    assert Counter(rule.status for rule in DRAWN) == {"published": 117, "assumed": 19}
    assert sum(rule.basis == "ours" for rule in DRAWN) == 52


def test_what_was_recalled_is_never_called_published():
    assert all((rule.status == "assumed") == (rule.read != "abstract") for rule in RULES)
    assert all("ecalled" in rule.because for rule in RULES if rule.read == "recalled")


def test_rules_of_our_own_say_that_they_are():
    own = [rule for rule in RULES if rule.id.startswith("OWN-")]
    assert own
    assert all((rule.status, rule.basis) == ("assumed", "ours") for rule in own)


@pytest.mark.parametrize("id", ["ELIG-005", "ELIG-007", "ELIG-009", "ELIG-012"])
def test_where_we_are_stricter_than_the_guideline_we_say_that_it_is_ours(id):
    (rule,) = [rule for rule in RULES if rule.id == id]
    assert rule.severity == "absolute"
    assert "relative contraindication" in rule.because
    assert rule.because.endswith("is ours.")


def test_the_book_names_every_severity_and_every_phase():
    assert {grade.name for grade in BOOK.severities} == {rule.severity for rule in RULES}
    assert {phase.file for phase in BOOK.phases} == set(LIBRARY.rules)
    verdicts = [grade.verdict for grade in BOOK.severities]
    order = ["stop", "caution", "proceed"]
    assert verdicts == sorted(verdicts, key=order.index)


def test_no_fact_and_no_word_is_there_that_no_rule_asks_about():
    texts = [rule.when for rule in RULES] + [one.when for one in BOOK.contradictions]
    texts += [
        one.when for item in LIBRARY.surveillance.values() for one in item.triggers if one.when
    ]
    conditions = [read_condition(text, LIBRARY.vocabulary) for text in texts]
    asked = {name for condition in conditions for name in facts_in(condition)}
    assert set(LIBRARY.vocabulary) == asked
    named = {
        word
        for condition in conditions
        for atom in atoms_of(condition)
        for word in (
            atom.codes
            if isinstance(atom, HasAny)
            else atom.words
            if isinstance(atom, IsWord)
            else ()
        )
    }
    assert set(LIBRARY.vocabulary["patient.conditions"].codes) <= named
    # Benzodiazepines are asked about by their dose.
    assert set(LIBRARY.vocabulary["patient.meds"].codes) - named == {"benzodiazepine"}


def test_a_class_of_medicines_has_names():
    groups = [group for one in LIBRARY.medicines.values() for group in one.classes]
    assert {group.code for group in groups} - {""} == set(LIBRARY.vocabulary["patient.meds"].codes)
    assert all(group.names for group in groups)
