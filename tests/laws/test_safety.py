"""Laws of rules: each can fire, be clear and be unknown; nothing told is never taken for no."""

from __future__ import annotations

import re
from contextlib import suppress

import pytest
from damaged_texts import damaged
from hypothesis import given
from hypothesis import strategies as st
from safety_strategies import KINDS, LIBRARY, RULES, cases_of, known, told

from respite.domain import LibraryFault, RespiteError
from respite.literature import read_condition
from respite.safety import Codes, Facts, read_facts, screen, verdict_of
from respite.safety.rules.logic import deciding, open_facts, truth

PHASES = ("evaluation", "plan", "before", "during", "discharge", "follow-up", "surveillance")


def in_python(text: str) -> str:
    """Write a condition as Python, by other means than the parser's: replacement of words."""
    text = re.sub(r"([<>=] -?[\d.]+) (?!and\b|or\b)[A-Za-z%][\w/.%]*", r"\1", text)
    text = re.sub(r"missing\((\S+)\)", r"('\1' not in told)", text)

    def words(match: re.Match[str]) -> str:
        listed = [f"'{word.strip().strip(chr(34))}'" for word in match["words"].split(",")]
        return f"any(has(told, '{match['fact']}', word) for word in [{', '.join(listed)}])"

    text = re.sub(r"(?P<fact>[\w.]+) (?:has any of|in) \{(?P<words>[^}]*)\}", words, text)
    text = re.sub(r'([\w.]+) is not ([\w*/"-]+)', r"(not has(told, '\1', '\2'))", text)
    text = re.sub(r'([\w.]+) is ([\w*/"-]+)', r"has(told, '\1', '\2')", text)
    text = re.sub(r"([a-z][\w]*(?:\.\w+)+) (>=|<=|>|<|=) ", r"told['\1'] \2 ", text)
    return text.replace(" = ", " == ")


def has(facts, name: str, word: str) -> bool:
    value = facts[name]
    if isinstance(value, Codes):
        return word in value.present
    return {True: "yes", False: "no"}.get(value, value) == word.strip('"')


@pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule.rule.id)
def test_every_rule_can_fire_be_clear_and_be_unknown(rule):
    fires = clear = 0
    written = compile(in_python(rule.rule.when), rule.rule.id, "eval")
    for number, case in enumerate(cases_of(rule)):
        holds = truth(rule.condition, case)
        # With every fact known, a plain reading of the text by Python agrees.
        assert holds is bool(eval(written, {"has": has, "told": case, "any": any}))
        fires, clear = fires + holds, clear + (not holds)
        if number > 3000:
            break
    assert fires
    assert clear
    assert truth(rule.condition, {}) is None
    assert set(open_facts(rule.condition, {})) <= set(rule.facts)


def test_rules_that_say_the_same_are_one_rule():
    written = [rule.rule.when for rule in RULES]
    assert len(written) == len(set(written))


def narrower_pairs():
    for one in RULES:
        for other in RULES:
            shared = set(other.facts) <= set(one.facts)
            if one is not other and one.phase == other.phase and shared and len(one.facts) < 5:
                yield one, other


def test_a_rule_that_fires_only_where_another_does_is_at_least_as_grave():
    # Such a rule adds to the other; were it milder it could never change anything.
    pairs = list(narrower_pairs())
    assert len(pairs) > 20
    for one, other in pairs:
        inside = all(
            truth(other.condition, case)
            for case in cases_of(one, other)
            if truth(one.condition, case)
        )
        assert not inside or one.rank <= other.rank, (one.rule.id, other.rule.id)


@given(known=known, learnt=told)
def test_learning_a_fact_never_makes_a_stop_vanish_unless_the_fact_is_in_the_rule(known, learnt):
    name, value = learnt
    before = screen(LIBRARY, Facts(known), PHASES)
    after = screen(LIBRARY, Facts({**known, name: value}), PHASES)
    for had, has_now in zip(before, after, strict=True):
        if had.fires and not has_now.fires:
            assert name in had.read.facts
        # What nobody knew before only ever settles what was open.
        if name not in known and had.status != "unknown" and "missing(" not in had.data.when:
            assert had.status == has_now.status


@given(known=known)
def test_what_is_unknown_is_asked_for_and_telling_all_of_it_leaves_nothing_open(known):
    for finding in screen(LIBRARY, Facts(known), PHASES):
        assert (finding.status == "unknown") == bool(finding.missing)
        assert set(finding.missing) <= set(finding.read.facts)
        for name in finding.missing:
            value = known.get(name)
            assert value is None or (isinstance(value, Codes) and not value.complete)
        assert finding.because


@given(known=known)
def test_a_verdict_is_never_milder_than_a_rule_that_fires(known):
    order = ("proceed", "caution", "stop")
    findings = screen(LIBRARY, Facts(known), PHASES)
    verdict = verdict_of(findings)
    assert all(order.index(one.says) <= order.index(verdict) for one in findings if one.fires)
    if verdict == "proceed":
        assert not [one for one in findings if one.status == "unknown" and one.says == "stop"]


@given(known=known)
def test_the_comparisons_that_decide_are_enough_to_decide(known):
    for rule in RULES:
        holds = truth(rule.condition, known)
        if holds is None or "missing(" in rule.rule.when:
            continue
        names = {atom.fact for atom in deciding(rule.condition, known)}
        kept = {name: value for name, value in known.items() if name in names}
        assert truth(rule.condition, kept) is holds


@given(damaged(st.sampled_from([rule.rule.when for rule in RULES])))
def test_a_damaged_condition_is_read_or_refused(text):
    with suppress(LibraryFault):
        assert read_condition(text, KINDS)


@given(st.text(max_size=60))
def test_any_text_is_a_condition_or_is_refused_in_words(text):
    with suppress(LibraryFault):
        assert read_condition(text, KINDS)


def test_a_condition_nested_beyond_reason_is_refused_or_read():
    for text in ("(" * 500 + "patient.sex is male" + ")" * 480, "not (" * 160):
        with suppress(LibraryFault):
            read_condition(text, KINDS)


names = st.sampled_from(
    [*KINDS, "labs.alt", "labs.alt_limit", "patient.born", "labs.lft_date", "x"]
)
values = st.one_of(
    st.booleans(),
    st.integers(),
    st.floats(),
    st.text(max_size=20),
    st.dates(),
    st.sampled_from(["3 xULN", "120 mmHg", "never", "unknown", "yes", "2026-01-01", "30 years"]),
    st.lists(st.sampled_from(["osa_untreated", "x", "opioid"]), max_size=3),
    st.dictionaries(st.sampled_from(["osa_untreated", "x"]), st.booleans(), max_size=2),
)


@given(st.dictionaries(names, values, max_size=5))
def test_any_facts_are_read_or_refused_in_words(entries):
    nested: dict[str, object] = {}
    for name, value in entries.items():
        table = nested
        *tables, last = name.split(".")
        for part in tables:
            table = table.setdefault(part, {})
            if not isinstance(table, dict):
                return
        table[last] = value
    with suppress(RespiteError):
        assert set(read_facts(nested).known) <= set(KINDS)


@given(damaged(st.just('[session.pre]\nsbp = "185 mmHg"\n[labs]\nlft_date = 2026-01-02\n')))
def test_a_damaged_file_of_facts_is_read_or_refused(text):
    import tomllib

    with suppress(RespiteError, ValueError, RecursionError):
        read_facts(tomllib.loads(text))
