"""What the library says of acute effects belongs to the rows it holds, and to the model."""

from __future__ import annotations

from validation.effects.fit import BEFORE
from validation.effects.rows import digest

from respite.literature import load_library

LIBRARY = load_library()
FIT = LIBRARY.acute_fits["acute_respite1"]


def test_the_fit_was_made_from_the_rows_that_are_here():
    advice = "the rows have changed: python -m validation.effects"
    assert digest(LIBRARY, BEFORE) == FIT.data_digest, advice


def test_every_row_is_predicted_once():
    seen = [(study.id, row.said) for study in LIBRARY.acute.values() for row in study.rows]
    assert {(one.study, one.said) for one in FIT.figures} == set(seen)
    arms = [(one.study, one.said, one.arm) for one in FIT.figures]
    assert len(set(arms)) == len(arms) == FIT.rows
    assert len({one.study for one in FIT.figures}) == FIT.studies


def test_the_chains_agree():
    assert FIT.worst_r_hat < 1.05
    assert FIT.divergent == 0


def test_studies_left_out_are_held_about_as_often_as_promised():
    """Of so many intervals of 90 % fewer than three in four would be too few."""
    held = sum(one.holds for one in FIT.figures)
    assert held >= 0.75 * len(FIT.figures)
    by_study = {one.study for one in FIT.figures}
    whole = [all(one.holds for one in FIT.figures if one.study == study) for study in by_study]
    assert sum(whole) >= 0.5 * len(whole)


def test_numbers_that_were_fitted_say_so():
    numbers = LIBRARY.model(FIT.model).parameters
    pooled = [name for name, number in numbers.items() if number.status == "pooled"]
    assert {f"{one.effect}_base" for one in FIT.figures if one.unit == "%"} <= set(pooled)
    assert all(numbers[name].script == FIT.script for name in pooled)
