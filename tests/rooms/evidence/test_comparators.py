"""Other treatments beside ketamine: what is shown, in which order, and what is kept apart."""

from __future__ import annotations

import math

import pytest

from respite.domain import Condition, RespiteError
from respite.evidence import comparators_for
from respite.literature import load_library


@pytest.fixture(scope="module")
def everything():
    return comparators_for()


def test_every_figure_of_the_library_is_shown(everything):
    files = load_library().comparators.values()
    assert len(everything.rows) == sum(len(file.figures) for file in files)
    shown = everything.to_dict()
    parts = ("chronic", "acute_single_dose", "experimental")
    assert sum(len(shown[part]) for part in parts) == len(everything.rows)
    assert shown["is_ranked"] is False


def test_the_order_is_that_of_the_alphabet_and_not_of_effect(everything):
    classes = [row.treatment_class.casefold() for row in everything.rows]
    assert classes == sorted(classes)
    needed = [row.value for row in everything.of("chronic") if row.figure.metric == "nnt50"]
    assert needed != sorted(needed, key=lambda value: value or 0)


def test_single_doses_and_lasting_pain_are_never_in_one_part(everything):
    for row in everything.rows:
        is_acute = row.figure.condition.startswith("acute")
        assert is_acute == (row.figure.setting == "acute_single_dose")


def test_an_interval_that_reaches_infinity_reaches_no_benefit(everything):
    (row,) = [
        one
        for one in everything.rows
        if one.figure.metric == "nnt" and one.figure.condition == "cancer"
    ]
    assert row.interval is not None
    assert math.isinf(row.interval[1])
    more, low, high = row.per_100
    assert (more, low) == (4, 0)
    assert high == pytest.approx(100 / 6)
    plain = row.to_dict()
    assert plain["high"] is None
    assert plain["has_no_upper_limit"] is True


def test_more_of_100_is_one_over_the_number_needed(everything):
    for row in everything.rows:
        more, low, high = row.per_100
        if not row.counts_people:
            assert (more, low, high) == (None, None, None)
        elif more is not None and low is not None and high is not None:
            assert row.value == pytest.approx(100 / more)
            assert low <= more <= high


@pytest.mark.parametrize("condition", [*Condition, "acute"])
def test_each_condition_shows_only_what_belongs_to_it(condition):
    answer = comparators_for(condition)
    allowed = {condition, *answer.also_shown}
    for row in answer.rows:
        if condition == "acute":
            assert row.figure.setting == "acute_single_dose"
        else:
            assert row.figure.condition in allowed
    classes = {row.treatment_class for row in answer.rows if row.figure.condition == condition}
    assert not classes & set(answer.nothing_found)


def test_what_was_looked_for_and_not_found_is_shown():
    words = [row.figure.in_words for row in comparators_for("fibromyalgia").rows]
    assert "no trial found" in words
    assert "Tricyclic antidepressants" in comparators_for("crps").nothing_found


def test_recalled_figures_have_no_source_and_say_why(everything):
    recalled = [row for row in everything.rows if row.figure.read == "recalled"]
    assert recalled
    for row in recalled:
        assert row.figure.status == "assumed"
        assert row.figure.because
        assert not row.figure.source


def test_an_unknown_condition_is_refused_in_words():
    with pytest.raises(RespiteError) as refused:
        comparators_for("toothache")
    assert "toothache" in refused.value.found
    assert "neuropathic" in refused.value.expected
