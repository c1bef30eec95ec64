"""Laws of occupancy: shares, halves, sums, and units."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from respite.domain import convert
from respite.evidence import occupied_share, summed_ratio
from respite.literature import load_library

LEVELS = st.floats(min_value=0, max_value=1e6)
CONSTANTS = st.floats(min_value=1e-6, max_value=1e6)


def share(*pairs: tuple[float, float]) -> float:
    """Give the share taken by substances, each with its level and its constant."""
    levels = [np.array([level]) for level, _constant in pairs]
    return float(occupied_share(summed_ratio(levels, [constant for _level, constant in pairs]))[0])


@given(LEVELS, CONSTANTS)
def test_a_share_lies_between_none_and_all(level, constant):
    assert 0 <= share((level, constant)) <= 1


@given(LEVELS, LEVELS, CONSTANTS)
def test_more_of_a_substance_never_takes_less(one, other, constant):
    low, high = sorted((one, other))
    assert share((low, constant)) <= share((high, constant))


@given(CONSTANTS)
def test_half_is_taken_at_the_constant(constant):
    assert share((constant, constant)) == pytest.approx(0.5)


@given(LEVELS, CONSTANTS, LEVELS, CONSTANTS)
def test_it_does_not_matter_which_substance_is_named_first(one, k_one, other, k_other):
    both = share((one, k_one), (other, k_other))
    assert both == pytest.approx(share((other, k_other), (one, k_one)))


@given(LEVELS, CONSTANTS, LEVELS, CONSTANTS)
def test_two_that_compete_take_more_than_one_and_less_than_both_apart(one, k_one, other, k_other):
    both = share((one, k_one), (other, k_other))
    apart = share((one, k_one)), share((other, k_other))
    assert max(apart) <= both * (1 + 1e-12)
    assert both <= sum(apart) * (1 + 1e-12)


@given(LEVELS, CONSTANTS)
def test_a_substance_cut_in_two_takes_what_the_whole_takes(level, constant):
    halves = share((level / 2, constant), (level / 2, constant))
    assert halves == pytest.approx(share((level, constant)))


@given(st.floats(min_value=0.01, max_value=1000))
def test_units_and_molar_mass_leave_an_affinity_the_same(micromole):
    library = load_library()
    mass = library.constant("constants_ketamine.molar_mass_ketamine")
    by_micromole = convert(micromole, "umol/L", "mmol/L") * mass
    by_nanomole = convert(1000 * micromole, "nmol/L", "mmol/L") * mass
    assert by_micromole == pytest.approx(by_nanomole)
    # One micromole of ketamine in a litre is 0.23773 mg/L.
    assert by_micromole == pytest.approx(micromole * 237.73 / 1000)


def test_no_substance_is_refused():
    with pytest.raises(ValueError, match="no substance"):
        summed_ratio([], [])
