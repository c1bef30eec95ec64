"""Figures of a diary: what they show and leave out, and the words and numbers beside them."""

from __future__ import annotations

from datetime import datetime, timedelta

import pytest
import sample_answers as answers
import sample_diaries as diaries
from hypothesis import given
from hypothesis import strategies as st

from respite.report.figure_marks import date_ticks
from respite.report.figure_window import Window, latest, whole
from respite.report.figures import forecast_pictures, pain_picture
from respite.report.pain_figure import history_picture

MANY = tuple(range(0, 25 * 42, 42))


@pytest.fixture(scope="module")
def picture():
    return pain_picture(diaries.forecast())


def test_a_diary_is_drawn_with_words_and_numbers(picture):
    assert picture.png.startswith(b"\x89PNG")
    assert picture.name == "pain"
    assert picture.alt.startswith("Chart of pain from 0 to 10, day 42 to 244 from the first dose.")
    assert "the last of them 5 on 2026-04-01" in picture.alt
    assert picture.alt.endswith("A diamond marks where relief is expected to fade, 2026-04-11.")


def test_the_table_holds_each_score_that_is_drawn_and_each_week(picture):
    answer = diaries.forecast()
    shown = [day for day in (answer.diary or {})["day"] if day >= 42]
    scores = [row[1] for row in picture.table.rows if row[1] != "-"]
    assert len(scores) == len(shown)
    assert len(picture.table.rows) > len(shown) + 20


def test_the_same_diary_gives_the_same_bytes(picture):
    assert pain_picture(diaries.forecast()).png == picture.png


def test_the_figure_begins_with_the_run_in_of_the_latest_course():
    assert latest(diaries.forecast()) == Window(42, 244)
    assert whole(diaries.forecast()) == Window(-6.542, 244)


def test_a_planned_course_is_shown_with_what_led_to_it():
    answer = diaries.forecast((0, 56, 112), diary=diaries.diary(80))
    assert latest(answer).first == 42


def test_a_single_course_is_shown_whole_and_once():
    answer = diaries.forecast((0,), diary=diaries.diary(25))
    assert latest(answer) == whole(answer)
    assert history_picture(answer) is None


@pytest.mark.thorough
def test_a_long_history_has_a_second_figure_of_everything():
    answer = diaries.forecast(MANY, diary=diaries.diary(MANY[-1] + 30))
    names = [each.name for each in forecast_pictures(answer, {})]
    assert names == ["pain", "history", "relief", "levels"]
    assert latest(answer).first == MANY[-1] - 14
    everything = history_picture(answer)
    assert len(everything.table.rows) < 200
    assert everything.alt.startswith("Chart of pain from 0 to 10, day -6.54 to")


def test_a_history_without_a_diary_shows_its_latest_course():
    answer = diaries.forecast(MANY, diary=None, learnt=None, at_last_score=None)
    assert latest(answer).first == MANY[-1] - 14
    assert pain_picture(answer).png
    assert history_picture(answer) is None


def test_a_diary_is_drawn_where_little_is_known():
    bare = diaries.forecast(
        time_to_pain_return=answers.nothing(),
        drug_only=answers.nothing(),
        first_dose=None,
        doses=(),
        learnt=None,
        at_last_score=None,
    )
    assert pain_picture(bare).table.rows[0][0].startswith("day ")
    before = diaries.forecast(diary=diaries.diary(-3))
    assert pain_picture(before).png


@given(
    st.datetimes(datetime(1990, 1, 1), datetime(2100, 1, 1)),
    st.floats(-400, 4000),
    st.floats(1, 4000),
)
def test_dates_below_a_figure_are_few_in_order_and_where_they_belong(first, begin, length):
    window = Window(begin, begin + length)
    ticks = date_ticks(first, window)
    assert len(ticks) <= 12
    assert len(ticks) >= (1 if length >= 400 else 0)
    assert list(ticks.values()) == sorted(ticks.values())
    for name, day in ticks.items():
        at = first + timedelta(days=day)
        assert window.holds(day)
        assert abs(at - datetime.fromisoformat(name)) < timedelta(seconds=1)
