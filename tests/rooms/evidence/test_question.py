"""From a table of visits to one answer: which curve, which limits, and what is not known."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from respite.domain import CourseSeen, RespiteError, Visits, read_visits
from respite.evidence import return_times

HEADER = "patient,last_seen_with_relief_day,first_seen_without_day"
BETWEEN = f"{HEADER}\nA,7,14\nB,14,28\nC,28,\nD,0,7\nE,14,28\nF,56,84\n"
EXACT = f"{HEADER}\nA,6,6\nB,9,\nC,13,13\nD,22,22\nE,23,23\nF,35,\n"


def only(table, **asked):
    (group,) = return_times(table, **asked).groups
    return group


def test_losses_between_visits_get_maximum_likelihood_and_drawn_limits():
    group = only(BETWEEN, resamples=100)
    assert (group.method, group.band) == ("npmle", "bootstrap")
    assert (group.patients, group.courses, group.group) == (6, 6, None)
    assert (group.seen_exactly, group.lost_between_visits, group.not_yet_lost) == (0, 5, 1)
    assert (group.median.from_day, group.median.to_day) == (14, 28)
    assert group.diagnostics["gap"] <= 6e-10


def test_exact_losses_get_the_product_limit_and_need_no_draws():
    group = only(EXACT)
    assert (group.method, group.band) == ("kaplan-meier", "greenwood-log-log")
    assert [step.to_day for step in group.curve] == [6, 13, 22, 23]
    assert all(step.from_day == step.to_day for step in group.curve)
    assert group.median.to_day == 22
    assert only(EXACT, seed=7) == group


def test_the_median_of_remission_and_its_interval_are_those_of_the_textbook():
    """Freireich's trial: 23 weeks; the limits by log(-log) are 13 weeks and not reached."""
    relapsed = [6, 6, 6, 7, 10, 13, 16, 22, 23]
    lines = [f"R{n},{week},{week}" for n, week in enumerate(relapsed)]
    ongoing = [6, 9, 10, 11, 17, 19, 20, 25, 32, 32, 34, 35]
    lines += [f"O{n},{week}," for n, week in enumerate(ongoing)]
    median = only("\n".join([HEADER, *lines])).median
    assert (median.from_day, median.to_day, median.interval95) == (23, 23, (13, None))


def test_repeated_courses_are_drawn_by_patient_and_counted_end_to_end():
    table = f"{HEADER},course\nA,6,6,1\nA,10,,2\nB,13,13,1\nC,20,,1\nD,5,5,2\nD,4,4,1\n"
    group = only(table, resamples=50)
    assert (group.method, group.band) == ("kaplan-meier", "bootstrap")
    count = group.returns_per_patient
    assert count is not None
    # D: day 4, and 5 more days later; A: day 6, then watched for 10 more days.
    assert count.day == (4, 6, 9, 13)
    assert count.mean == pytest.approx((1 / 4, 1 / 2, 3 / 4, 3 / 4 + 1 / 3))
    assert count.known_to_day == 20
    assert only(EXACT).returns_per_patient is None


def test_what_visits_do_not_tell_is_said_and_not_guessed():
    at = {share.day: share for share in only(f"{HEADER}\nA,5,10\nB,5,30\nC,30,\n").shares}
    assert (at[7].share, at[7].lowest < at[7].highest) == (None, True)
    assert "visits do not tell" in at[7].because
    assert at[7].interval95 is not None
    assert (at[28].share, at[28].because) == (at[28].lowest, None)
    assert (at[56].share, at[56].interval95) == (None, None)
    assert "after day 30" in at[56].because


def test_a_median_that_was_not_reached_is_said():
    median = only(f"{HEADER}\nA,28,\nB,56,\nC,7,14\n", resamples=50).median
    assert (median.from_day, median.to_day) == (None, None)
    assert "fewer than half" in median.because


def test_where_nobody_has_lost_relief_the_limit_is_not_certainty():
    group = only("\n".join([HEADER, *(f"P{n},28," for n in range(10))]), resamples=50)
    share = group.shares[0]
    assert share.share == 1
    assert share.interval95 == pytest.approx((0.025**0.1, 1))
    assert group.curve == ()


def test_where_everybody_has_lost_it_the_limit_is_not_certainty():
    group = only("\n".join([HEADER, *(f"P{n},0,7" for n in range(10))]), resamples=50)
    assert group.shares[-1].share == 0
    assert group.shares[-1].interval95 == pytest.approx((0, 1 - 0.025**0.1))
    assert group.known_to_day is None


def test_groups_are_compared_with_the_first():
    early = "".join(f"a{n},0,7,a\n" for n in range(8)) + "a8,60,,a\n"
    late = "".join(f"b{n},28,56,b\n" for n in range(8)) + "b8,60,,b\n"
    answer = return_times(f"{HEADER},group\n{early}{late}", resamples=100)
    assert [group.group for group in answer.groups] == ["a", "b"]
    week = next(one for one in answer.differences if one.day == 7)
    assert (week.group, week.minus) == ("b", "a")
    assert week.difference == pytest.approx(8 / 9)
    low, high = week.interval95 or (0, 0)
    assert 0 < low < 8 / 9 < high <= 1
    beyond = next(one for one in answer.differences if one.day == 84)
    assert (beyond.difference, beyond.interval95) == (None, None)
    assert beyond.because


@pytest.mark.parametrize("resamples", [0, -1, 100_001])
def test_a_senseless_number_of_draws_is_refused(resamples):
    with pytest.raises(RespiteError, match="resamples"):
        return_times(BETWEEN, resamples=resamples)


def test_progress_rises_to_one():
    told: list[float] = []
    table = f"{HEADER},group\nA,7,14,x\nB,14,28,x\nC,7,28,y\n"
    return_times(table, resamples=10, progress=told.append)
    assert told == sorted(told)
    assert told[-1] == 1


DAYS = st.integers(0, 40).map(float)
COURSES = st.tuples(DAYS, st.one_of(st.none(), DAYS))


@st.composite
def groups_of_patients(draw: st.DrawFn) -> list[list[tuple[float, float | None]]]:
    people = draw(st.lists(st.lists(COURSES, min_size=1, max_size=3), min_size=1, max_size=8))
    return [[(held, None if more is None else held + more) for held, more in own] for own in people]


def visits_of(people, names=None) -> Visits:
    return Visits(
        tuple(
            CourseSeen(
                patient=(names or str)(number),
                course=course,
                group="",
                last_with_day=held,
                first_without_day=gone,
            )
            for number, own in enumerate(people)
            for course, (held, gone) in enumerate(own, start=1)
        )
    )


@pytest.mark.thorough
@given(groups_of_patients(), st.randoms(use_true_random=False))
def test_names_and_order_of_patients_leave_no_trace(people, random):
    one = only(visits_of(people), resamples=5)
    shuffled = random.sample(people, len(people))
    other = only(visits_of(shuffled, names=lambda number: f"P{97 - number}"), resamples=5)
    assert one == other


@pytest.mark.thorough
@given(groups_of_patients(), st.sampled_from([0.5, 2.0]))
def test_another_unit_of_time_moves_days_and_no_share(people, factor):
    scaled = [
        [(held * factor, None if gone is None else gone * factor) for held, gone in own]
        for own in people
    ]
    one, other = (only(visits_of(days), resamples=5) for days in (people, scaled))
    assert [step.to_day * factor for step in one.curve] == [step.to_day for step in other.curve]
    for name in ("share", "low", "high"):
        assert [getattr(step, name) for step in one.curve] == pytest.approx(
            [getattr(step, name) for step in other.curve], abs=1e-6
        )
    assert (one.median.to_day is None) == (other.median.to_day is None)


@given(groups_of_patients())
def test_an_answer_is_in_order(people):
    group = only(visits_of(people), resamples=5)
    for step in group.curve:
        assert 0 <= step.low <= step.share <= step.high <= 1
        assert step.from_day <= step.to_day
    for name in ("share", "low", "high"):
        values = [getattr(step, name) for step in group.curve]
        assert values == sorted(values, reverse=True)
    for share in group.shares:
        assert (share.share is None) == (share.because is not None)
        assert 0 <= share.lowest <= share.highest <= 1
        if share.interval95 is not None:
            assert share.interval95[0] <= share.lowest
            assert share.highest <= share.interval95[1]
    low, high = group.median.interval95
    if high is not None and group.median.to_day is not None:
        assert low is not None
        assert low <= group.median.to_day <= high
    assert (group.median.to_day is None) == (group.median.because is not None)
    if group.returns_per_patient is not None:
        count = group.returns_per_patient
        for low, mean, high in zip(count.low, count.mean, count.high, strict=True):
            assert 0 < low <= mean <= high


def test_the_same_seed_gives_the_same_limits_and_another_seed_nearly_so():
    one, again, other = (only(BETWEEN, resamples=200, seed=seed) for seed in (1, 1, 2))
    assert one == again
    assert [step.share for step in one.curve] == [step.share for step in other.curve]
    assert [step.low for step in one.curve] == pytest.approx(
        [step.low for step in other.curve], abs=0.2
    )


def test_a_table_a_path_and_visits_are_asked_alike(tmp_path):
    path = tmp_path / "visits.csv"
    path.write_text(BETWEEN, encoding="utf-8")
    asked = [return_times(seen, resamples=20) for seen in (BETWEEN, path, read_visits(BETWEEN))]
    assert asked[0] == asked[1] == asked[2]
