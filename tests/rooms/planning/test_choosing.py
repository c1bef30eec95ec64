"""Which plans are proposed: laws of the front and of the choice, on invented plans."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from respite.domain import Patient, Regimen
from respite.literature import Length, Practice, load_library
from respite.planning.candidates import Candidate, candidates
from respite.planning.choosing import choose
from respite.planning.harm import Harm
from respite.planning.scoring import Scored, front

PEOPLE = 200


def practice(setting: str) -> Practice:
    return Practice(
        id="invented",
        words="invented",
        setting=setting,  # pyright: ignore[reportArgumentType]
        regimens=(),
        watched=Length(2, "h"),
        watched_because="invented",
        status="assumed",
        source="respite",
        read="assumed",
    )


def scored(number: int, level: float, dissociation: float, sessions: int, setting: str) -> Scored:
    text = f"ketamine {10 + number} mg iv over 40 min daily x{sessions}"
    spread = np.random.default_rng(number).uniform(0, 1, PEOPLE)
    return Scored(
        Candidate(Regimen.parse(text), practice(setting)),
        level * spread,
        Harm(dissociation, 0.1, 0.01, (1, 2, 3), 0),
        100.0,
    )


plans = st.lists(
    st.tuples(
        st.floats(0, 60),
        st.floats(0, 1),
        st.integers(2, 12),
        st.sampled_from(["clinic", "ward", "home"]),
    ),
    min_size=1,
    max_size=12,
).map(lambda rows: [scored(place, *row) for place, row in enumerate(rows)])


@given(plans)
def test_no_plan_of_the_front_is_beaten_in_every_respect(every):
    kept = front(every)
    assert kept
    for one in kept:
        for other in every:
            better = (
                other.mean_days > one.mean_days
                and other.candidate.hours_in_care < one.candidate.hours_in_care
                and other.harm.dissociation < one.harm.dissociation
            )
            assert not better
    assert max(one.mean_days for one in every) == kept[0].mean_days


@pytest.mark.thorough
@given(plans, st.randoms(use_true_random=False))
def test_the_choice_does_not_depend_on_the_order_of_the_plans(every, chance):
    shuffled = list(every)
    chance.shuffle(shuffled)
    first, second = (choose(plans, 7, 0.25) for plans in (every, shuffled))
    assert {one.candidate.text for one in first.proposed} == {
        one.candidate.text for one in second.proposed
    }
    assert first.is_weak == second.is_weak


@given(plans)
def test_the_case_is_weak_exactly_where_the_best_plan_is_unlikely_to_be_worth_it(every):
    choice = choose(every, 7, 0.25)
    assert choice.is_weak == (choice.front[0].chance_of(7) < 0.25)
    for first, second in choice.ties:
        one, other = choice.proposed[first], choice.proposed[second]
        assert 0.2 <= one.better_than(other) <= 0.8
        assert one.better_than(other) + other.better_than(one) == pytest.approx(1)


def test_of_plans_that_tie_the_gentlest_comes_first():
    long, short = scored(1, 30, 0.4, 10, "clinic"), scored(2, 29, 0.4, 3, "clinic")
    choice = choose([long, short], 7, 0.25)
    assert choice.proposed[0] is short
    assert (0, 1) in choice.ties


def test_without_a_plan_nothing_is_proposed():
    choice = choose([], 7, 0.25)
    assert choice.proposed == ()
    assert choice.is_weak


def test_hours_in_care_count_each_stay_once():
    of_clinic = Candidate(
        Regimen.parse("ketamine 0.5 mg/kg iv over 60 min daily x3"), practice("clinic")
    )
    assert of_clinic.hours_in_care == pytest.approx(3 * (1 + 2))
    # Two doses an hour apart are one stay.
    twice = Candidate(
        Regimen.parse("ketamine 10 mg iv over 60 min every 2 h x2"), practice("clinic")
    )
    assert twice.hours_in_care == pytest.approx(3 + 2)
    at_home = Candidate(Regimen.parse("ketamine 25 mg oral every 8 h for 2 days"), practice("home"))
    assert at_home.hours_in_care == 0


def test_every_practice_can_be_read_and_belongs_to_a_known_source():
    library = load_library()
    for one in library.practices.values():
        assert one.source in library.sources
        assert one.because
        assert all(Regimen.parse(text) for text in one.regimens)
        assert set(one.is_followed) <= set(one.regimens)


@pytest.mark.parametrize("condition", ["crps", "fibromyalgia", "cancer", "neuropathic"])
def test_plans_are_tried_for_each_condition_and_end_within_the_horizon(condition):
    every = candidates(load_library(), Patient(condition=condition), 90)
    assert len(every) > 10
    assert all(one.last_day <= 90 for one in every)
    assert len({one.text for one in every}) == len(every)
