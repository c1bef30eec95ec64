"""Which entries count against which forecast, and when a diary shows that relief was lost."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime

import numpy as np
import pytest
import sample_answers as answers
from forecasting_lines import EVEN, line
from hypothesis import given, settings
from hypothesis import strategies as st

from respite.domain import Threshold, read_diary, read_dosing_history
from respite.forecasting import (
    NothingToScore,
    ScoreChances,
    line_of,
    over_persons,
    score_forecasts,
    what_a_score_needs,
)
from respite.forecasting.track_record.diary_match import match_diary
from respite.forecasting.track_record.diary_return import Seen, diary_return
from respite.forecasting.track_record.log_chain import sealed
from respite.forecasting.track_record.log_line import read_line
from respite.forecasting.track_record.means_over_persons import student_quantile

FIFTEEN = (EVEN,) * 15


def diary(*rows, head="day,pain"):
    return read_diary("\n".join([head, *(",".join(map(str, row)) for row in rows), ""]))


def doses(*starts):
    lines = [f"{start},ketamine,35,mg,iv,40" for start in starts]
    return read_dosing_history("\n".join(["start,drug,amount,unit,route,duration_min", *lines, ""]))


def left_out(past, entries, history=None):
    told = score_forecasts((past,), entries, history).left_out
    return {name: count for name, count in told.items() if count}


def counted(past, entries, history=None):
    return match_diary(past, entries, history).counts.tolist()


def test_entries_that_were_known_never_count():
    past = line(first_dose="2026-03-01T09:00", made_at="2026-03-03T19:00:00Z")
    dated = diary(("2026-03-02", 5), ("2026-03-03T18:59", 5), ("2026-03-03", 6), head="date,pain")
    assert counted(past, dated) == [False, False, True]
    assert left_out(past, dated) == {"known": 2}
    told = diary((0, 5), (1, 5), (2, 6))
    assert counted(past, told) == [False, False, True]


def test_the_clock_on_the_wall_decides_where_a_diary_has_no_zone():
    past = line(first_dose="2026-03-01T09:00", made_at="2026-03-02T19:30:00Z", clock_offset_min=60)
    assert counted(past, diary(("2026-03-02", 5), ("2026-03-03", 5), head="date,pain")) == [
        False,
        True,
    ]
    zoned = line(first_dose="2026-03-01T09:00:00+01:00", made_at="2026-03-02T19:30:00Z")
    told = diary(("2026-03-02T20:15+01:00", 5), ("2026-03-02T20:45+01:00", 5), head="date,pain")
    assert counted(zoned, told) == [False, True]


def test_an_entry_that_was_written_before_the_forecast_is_known_whatever_it_is_for():
    past = line(first_dose="2026-03-01T09:00", made_at="2026-03-02T12:00:00Z")
    told = diary(
        ("2026-03-02", 5, "2026-03-02T10:00"),
        ("2026-03-03", 5, "2026-03-03T21:00"),
        head="date,pain,entered_at",
    )
    assert counted(past, told) == [False, True]


def test_what_the_forecast_was_told_is_known_even_without_a_date():
    past = line(last_entry=1.0, last_entry_h=35.0)
    match = match_diary(past, diary((0, 5), (1, 5), (2, 5), (2.5, 4)))
    assert match.counts.tolist() == [False, False, True, True]
    assert match.lead_days.tolist()[2:] == [1, 2]
    assert not match.in_checked_order


@settings(max_examples=60, deadline=None)
@given(
    st.lists(st.integers(-12, 80).map(lambda n: n / 4), min_size=1, max_size=8, unique=True),
    st.none() | st.floats(-72, 15 * 24),
    st.integers(0, 2**16),
)
def test_chances_of_days_that_are_known_are_left_out_of_a_line_and_change_no_score(
    days, last_entry_h, seed
):
    chances = np.random.default_rng(seed).dirichlet(np.ones(11), 16).round(6)
    written = ScoreChances(day=tuple(range(16)), chances=tuple(map(tuple, chances.tolist())))
    forecast = replace(answers.forecast(), written=written)
    short = line_of(
        forecast, made_at=datetime(2026, 3, 1, tzinfo=UTC), inputs_digest="x",
        last_entry=None if last_entry_h is None else last_entry_h / 24, last_entry_h=last_entry_h,
    )  # fmt: skip
    kept = what_a_score_needs(short)
    whole = short | {"written": {"day": written.day, "chances": written.chances}}
    assert short["written"]["day"] == written.day[max(int((last_entry_h or 0) // 24), 0) :]
    told = diary(*((day, 5) for day in sorted(days)))
    scored = [
        replace(score_forecasts((read_line(sealed(one, None)[:-1], 1),), told), last_digest="")
        for one in (kept, short, whole)
    ]
    assert scored[0] == scored[1] == scored[2]


def test_dates_without_a_first_dose_cannot_be_placed():
    dated = diary(("2026-03-02", 5), head="date,pain")
    with pytest.raises(NothingToScore, match="first dose"):
        score_forecasts((line(),), dated)
    history = doses("2026-03-01T09:00")
    assert score_forecasts((line(),), dated, history).rows
    both = score_forecasts((line(), line(first_dose="2026-03-01")), dated)
    assert both.left_out["undated"] == 1


def test_more_comparisons_than_memory_holds_are_refused(monkeypatch):
    monkeypatch.setattr("respite.forecasting.track_record.scoring.MOST_PAIRS", 1)
    with pytest.raises(NothingToScore, match="2 comparisons"):
        score_forecasts((line(), line()), diary((1, 5)))


def test_a_dose_as_it_was_given_dates_a_plan():
    past = line(first_dose="2026-03-01", chances=FIFTEEN)
    told = diary(("2026-03-04", 5), head="date,pain")
    planned = match_diary(past, told)
    given = match_diary(past, told, doses("2026-03-02T21:00"))
    assert (planned.hours.tolist(), given.hours.tolist()) == ([83], [47])


def test_days_before_and_beyond_the_forecast_are_counted_apart():
    past = line(made_at="2026-02-20T12:00:00Z", first_dose="2026-03-01")
    told = diary((-3, 5), (1, 5), (2, ""), (3, 5), (40, 5))
    assert left_out(past, told) == {"before_first_dose": 1, "missing": 1, "beyond": 2}


def test_scores_after_a_dose_that_was_not_planned_do_not_count():
    past = line(first_dose="2026-03-01T09:00", chances=FIFTEEN, dose_days=[0.0, 1.0])
    told = diary(*((day, 5) for day in range(12)))
    kept = doses("2026-03-01T09:00", "2026-03-02T15:00")
    more = doses("2026-03-01T09:00", "2026-03-02T09:00", "2026-03-06T09:00")
    fewer = doses("2026-03-01T09:00")
    late = doses("2026-03-01T09:00", "2026-03-04T09:00")
    assert left_out(past, told, kept) == {}
    assert left_out(past, told, more) == {"other_plan": 7}
    assert left_out(past, told, fewer) == {"other_plan": 11}
    assert left_out(past, told, late) == {"other_plan": 11}
    assert score_forecasts((past,), told, kept).plan_checked


def test_days_ahead_are_told_apart_and_counted_once():
    past = line(chances=(EVEN,) * 120)
    told = score_forecasts((past, past), diary(*((day, 5) for day in range(1, 100))))
    rows = {row.lead: row for row in told.rows}
    assert list(rows) == ["1-7", "8-28", "29-84", "85-", "all"]
    assert [row.measures.comparisons for row in told.rows] == [12, 42, 112, 32, 198]
    assert rows["all"].scores == 99
    assert rows["all"].forecasts == 2
    assert sum(row.measures.comparisons for row in told.rows[:-1]) == 198


def test_skill_is_read_on_the_same_scores():
    sure = tuple(float(score == 5) for score in range(11))
    run_in = [(day, 8) for day in range(-7, 0)]
    after = [(day, 5) for day in range(1, 10)]
    past = line(chances=(sure,) * 12)
    (*_rows, row) = score_forecasts((past,), diary(*run_in, *after)).rows
    assert row.beside.naive.crps == pytest.approx(3)
    assert row.beside.naive.bias == pytest.approx(-3)
    assert row.beside.skill == 1
    (*_rows, row) = score_forecasts((past,), diary(*after)).rows
    assert row.beside is None


def seen(scores, *, from_day=-3, confirm=3, threshold=Threshold.THIRTY_PERCENT, end=0.0):
    hours = np.asarray([24.0 * (from_day + i) + 11 for i in range(len(scores))])
    return diary_return(
        hours,
        np.asarray(scores, dtype=float),
        untreated=10,
        threshold=threshold,
        confirm_days=confirm,
        last_dose_end_h=end,
    )


def test_a_loss_lies_between_two_entries():
    found = seen([10] * 3 + [2] * 8 + [10] * 8)
    assert found.seen is Seen.LOST
    assert (found.after_day, found.by_day) == pytest.approx((7 + 11 / 24, 8 + 11 / 24))


def test_short_dips_and_single_scores_are_ignored():
    assert seen([10] * 3 + [2, 2, 2, 9, 2, 2, 2, 2]).seen is Seen.HELD
    found = seen([10] * 3 + [2, 2, 10, 10, 2, 2, 2, 10, 10, 10, 10, 10, 10])
    assert found.by_day == pytest.approx(7 + 11 / 24)


@pytest.mark.parametrize(
    ("scores", "end", "what"),
    [
        ([10] * 3, 0.0, Seen.NOTHING),
        ([10] * 12, 0.0, Seen.NO_RELIEF),
        ([10] * 3 + [1] * 9, 0.0, Seen.HELD),
        ([10] * 3 + [1] * 6 + [10] * 9, 24.0 * 10, Seen.GONE_BEFORE_LAST_DOSE),
        ([10] * 3 + [1] * 6 + [10] * 4, 24.0 * 8, Seen.NOTHING),
    ],
)
def test_what_else_a_diary_may_show(scores, end, what):
    assert seen(scores, end=end).seen is what


@settings(max_examples=60)
@given(
    st.lists(st.integers(0, 10), min_size=1, max_size=40),
    st.integers(0, 7),
    st.floats(0, 20),
    st.sampled_from(Threshold),
)
def test_a_loss_comes_after_the_last_dose_and_its_ends_in_order(scores, confirm, day, threshold):
    found = seen(scores, confirm=confirm, threshold=threshold, end=24 * day)
    if found.seen is Seen.LOST:
        assert 0 <= found.after_day < found.by_day
    else:
        assert found.by_day is None
        assert (found.after_day is None) == (found.seen is not Seen.HELD)


def verdict(scores, **changes):
    past = line(
        chances=(EVEN,) * 60, first_dose="2026-03-01", made_at="2026-02-20T12:00:00Z", **changes
    )
    told = diary(*((day - 5, score) for day, score in enumerate(scores)))
    (row,) = score_forecasts((past,), told).pain_return
    return row.inside, row.because


def test_a_loss_is_held_against_the_interval_where_that_can_be_said():
    scores = [8] * 5 + [2] * 20 + [8] * 10
    assert verdict(scores) == (True, "")
    assert verdict(scores, times={"interval80_days": [2.0, 12.0]}) == (False, "")
    assert verdict(scores, times={"interval80_days": [20.0, 40.0]})[0] is None
    assert "no interval" in verdict(scores, times={"interval80_days": None})[1]
    assert "still held" in verdict([8] * 5 + [2] * 20)[1]
    assert "no relief" in verdict([8] * 30)[1]
    assert "too low" in verdict([0] * 30)[1]


def test_relief_that_was_lost_before_the_forecast_tells_nothing_about_it():
    past = line(chances=(EVEN,) * 60, first_dose="2026-03-01", made_at="2026-04-20T12:00:00Z")
    told = diary(*((day - 5, 8 if day < 5 or day > 20 else 2) for day in range(60)))
    (row,) = score_forecasts((past,), told).pain_return
    assert row.inside is None
    assert "already lost" in row.because


def test_usual_pain_as_it_was_told_stands_in_for_a_missing_run_in():
    told = diary(*((day, 2 if day < 20 else 8) for day in range(1, 40)))
    without = score_forecasts((line(chances=(EVEN,) * 60),), told).pain_return[0]
    assert "nobody wrote" in without.because
    (row,) = score_forecasts((line(chances=(EVEN,) * 60, baseline_pain=8),), told).pain_return
    assert row.seen.seen is Seen.LOST


def person(name, score):
    past = line(chances=(EVEN,) * 15)
    return score_forecasts((past,), diary(*((day, score) for day in range(1, 12))), name=name)


def test_persons_count_once_and_five_of_them_have_an_interval():
    few = over_persons([person(str(score), score) for score in (2, 4)])
    assert {row.interval95 for row in few} == {None}
    assert over_persons([person("one", 5)]) == ()
    several = over_persons([person(str(score), score) for score in (2, 3, 4, 6, 7)])
    bias = next(row for row in several if (row.lead, row.measure) == ("all", "bias"))
    assert bias.mean == pytest.approx(22 / 5 - 5)
    assert bias.interval95 is not None
    low, high = bias.interval95
    half = 2.776 * np.std([2, 3, 4, 6, 7], ddof=1) / 5**0.5
    assert (high - low) / 2 == pytest.approx(half, rel=0.01)
    assert [row.lead for row in several if row.measure == "crps"] == ["1-7", "8-28", "all"]


@pytest.mark.parametrize("freedom", [4, 5, 9, 30, 200])
def test_the_quantile_of_student_is_that_of_tables(freedom):
    from scipy.stats import t

    assert student_quantile(freedom) == pytest.approx(t.ppf(0.975, freedom), rel=0.005)
