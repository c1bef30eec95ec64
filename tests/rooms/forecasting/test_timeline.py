"""Doses given, doses planned and scores stand on one clock, or the question is refused."""

from __future__ import annotations

from datetime import datetime

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from respite.domain import (
    Diary,
    DiaryEntry,
    DiaryNotUnderstood,
    DosingHistory,
    Regimen,
    RespiteError,
    read_diary,
    read_dosing_history,
)
from respite.forecasting.timeline import (
    Timeline,
    latest_course,
    refuse_late_diary,
    set_timeline,
)

law = settings(max_examples=40)

PLAN = Regimen.parse("ketamine 40 mg iv over 40 min every 2 days x3")
HEAD = "start,drug,amount,unit,route,duration_min\n"


def history_of(*starts: str, minutes: int = 60) -> DosingHistory:
    lines = [f"{start},ketamine,35,mg,iv,{minutes}\n" for start in starts]
    return read_dosing_history(HEAD + "".join(lines))


def diary_of(*lines: str) -> Diary:
    return read_diary("\n".join(["date,pain", *lines, ""]))


def starts_of(timeline: Timeline) -> list[float]:
    return [event.time_h for event in timeline.events]


# ------------------------------------------------------------ a regimen alone


def test_a_regimen_alone_has_hours_and_no_dates():
    timeline = set_timeline(PLAN, None, None, None)
    assert timeline.events == PLAN.events()
    assert (timeline.first, timeline.start) == (None, None)
    assert len(timeline.entries) == 0
    assert timeline.history_as_data() is None
    assert timeline.diary_as_data() is None


def test_a_start_gives_a_regimen_its_morning():
    timeline = set_timeline(PLAN, None, None, "2026-12-01")
    assert timeline.first == datetime(2026, 12, 1, 9)
    assert timeline.start == "2026-12-01"
    assert starts_of(timeline) == [0, 48, 96]


def test_nothing_at_all_is_refused():
    with pytest.raises(RespiteError, match="Neither a regimen nor a dosing history"):
        set_timeline(None, None, None, None)
    with pytest.raises(RespiteError, match="Neither a regimen nor a dosing history"):
        set_timeline(None, None, diary_of("2026-03-01,5"), "2026-03-02")


@pytest.mark.parametrize("start", ["1.12.2026", "soon", "", "2026-13-01", "2026-02-30"])
def test_a_start_that_is_no_date_is_refused(start):
    for history in (None, history_of("2026-03-02T09:00")):
        with pytest.raises(RespiteError, match="The start is"):
            set_timeline(PLAN, history, None, start)


@law
@given(st.text(max_size=80))
def test_any_text_for_a_start_is_read_or_refused_in_words(text):
    try:
        timeline = set_timeline(PLAN, None, None, text)
    except RespiteError:
        return
    assert timeline.first is not None
    assert timeline.first.hour == 9


# ----------------------------------------------------- a regimen and a diary


def test_a_plan_after_a_dated_diary_starts_the_next_morning():
    timeline = set_timeline(PLAN, None, diary_of("2026-03-01,6", "2026-03-04T23:30,7"), None)
    assert timeline.first == datetime(2026, 3, 5, 9)
    assert timeline.start == "2026-03-05"
    np.testing.assert_allclose(timeline.entries.time_h, [-4 * 24 + 11, -9.5])


def test_a_start_wins_over_the_end_of_the_diary():
    timeline = set_timeline(PLAN, None, diary_of("2026-03-01,6", "2026-03-04,7"), "2026-03-02")
    assert timeline.start == "2026-03-02"
    np.testing.assert_allclose(timeline.entries.time_h, [-13, 59])


def test_days_are_counted_from_the_first_dose_whatever_its_date():
    text = "day,pain\n-1,7\n0.25,5\n1,\n3,4\n"
    for start in (None, "2026-03-02"):
        timeline = set_timeline(PLAN, None, read_diary(text), start)
        np.testing.assert_allclose(timeline.entries.time_h, [-13, 6, 83])
        np.testing.assert_array_equal(timeline.entries.score, [7, 5, 4])
        assert (timeline.first is None) == (start is None)


def test_a_plan_keeps_the_time_zone_of_the_diary():
    timeline = set_timeline(PLAN, None, diary_of("2026-03-01T21:00+05:30,6"), None)
    assert timeline.first is not None
    assert timeline.first.isoformat() == "2026-03-02T09:00:00+05:30"
    np.testing.assert_allclose(timeline.entries.time_h, [-12])
    started = set_timeline(PLAN, None, diary_of("2026-03-01T21:00+05:30,6"), "2026-03-09")
    assert started.first is not None
    assert started.first.isoformat() == "2026-03-09T09:00:00+05:30"


def test_a_diary_without_a_score_leaves_no_entry():
    timeline = set_timeline(PLAN, None, read_diary("day,pain\n1,\n2,\n"), None)
    assert len(timeline.entries) == 0
    assert timeline.diary_as_data() == {
        "scores": 0,
        "blank": 2,
        "late": 0,
        "day": [],
        "pain": [],
        "phq9": None,
    }


# ------------------------------------------------------------------ a history


def test_a_history_alone_is_asked_about_as_it_was():
    history = history_of("2026-03-02T09:30", "2026-03-05T10:00")
    timeline = set_timeline(None, history, None, None)
    assert starts_of(timeline) == [0, 72.5]
    assert timeline.first == datetime(2026, 3, 2, 9, 30)
    assert timeline.start is None
    assert timeline.history_as_data() == {
        "doses": 2,
        "first": "2026-03-02T09:30:00",
        "last": "2026-03-05T10:00:00",
    }


def test_a_plan_after_a_history_starts_the_next_morning_and_keeps_its_gaps():
    timeline = set_timeline(PLAN, history_of("2026-03-02T10:00", "2026-03-04T15:00"), None, None)
    assert timeline.start == "2026-03-05"
    assert timeline.first == datetime(2026, 3, 2, 10)
    begin = 3 * 24 - 1
    assert starts_of(timeline) == [0, 53, begin, begin + 48, begin + 96]
    assert [event.amount for event in timeline.events] == [35, 35, 40, 40, 40]


def test_a_plan_follows_the_end_of_the_last_dose_and_not_its_start():
    overnight = history_of("2026-03-02T22:00", minutes=600)
    assert set_timeline(PLAN, overnight, None, None).start == "2026-03-04"


def test_the_longest_dose_counts_and_not_the_latest():
    rows = "2026-03-02T09:00,ketamine,35,mg,iv,6000\n2026-03-03T09:00,ketamine,5,mg,iv,10\n"
    timeline = set_timeline(PLAN, read_dosing_history(HEAD + rows), None, None)
    assert timeline.start == "2026-03-07"


@pytest.mark.parametrize(
    ("last", "start"), [("2026-03-03,6", "2026-03-06"), ("2026-03-09,6", "2026-03-10")]
)
def test_a_plan_after_both_follows_whichever_ends_later(last, start):
    history = history_of("2026-03-02T10:00", "2026-03-05T15:00")
    timeline = set_timeline(PLAN, history, diary_of("2026-03-01,7", last), None)
    assert timeline.start == start


def test_a_plan_after_a_history_keeps_its_time_zone():
    history = history_of("2026-03-02T10:00-08:00")
    timeline = set_timeline(PLAN, history, diary_of("2026-03-03T20:00+01:00,6"), None)
    assert timeline.start == "2026-03-04"
    np.testing.assert_allclose(timeline.entries.time_h, [25])
    assert starts_of(timeline)[1] == 47


def test_a_plan_within_the_history_is_refused():
    history = history_of("2026-03-02T10:00", "2026-03-09T10:00")
    with pytest.raises(RespiteError, match="would start on 2026-03-09, and the last") as refused:
        set_timeline(PLAN, history, None, "2026-03-09")
    assert "2026-03-09" in str(refused.value)
    assert set_timeline(PLAN, history, None, "2026-03-10").start == "2026-03-10"


def test_a_plan_may_start_within_the_diary():
    history = history_of("2026-03-02T10:00")
    timeline = set_timeline(PLAN, history, diary_of("2026-03-03,6", "2026-03-20,7"), "2026-03-05")
    assert timeline.start == "2026-03-05"
    assert timeline.entries.time_h[-1] > starts_of(timeline)[-1]


@pytest.mark.parametrize("zoned", ["diary", "doses"])
def test_one_zone_and_one_wall_clock_are_refused(zoned):
    dose = "2026-03-02T10:00" + ("+01:00" if zoned == "doses" else "")
    score = "2026-03-03T20:00" + ("+01:00" if zoned == "diary" else "") + ",6"
    with pytest.raises(DiaryNotUnderstood, match="has a time zone"):
        set_timeline(None, history_of(dose), diary_of(score), None)


def test_days_stand_with_a_history_too():
    timeline = set_timeline(
        PLAN, history_of("2026-03-02T12:00"), read_diary("day,pain\n-1,7\n2,4\n"), None
    )
    np.testing.assert_allclose(timeline.entries.time_h, [-16, 56])
    assert timeline.start == "2026-03-05"


# ----------------------------------------------------------------- the entries


@law
@given(
    st.lists(
        st.tuples(st.integers(-2000, 2000), st.none() | st.integers(0, 20)),
        min_size=1,
        max_size=20,
        unique_by=lambda entry: entry[0],
    ),
    st.randoms(),
)
def test_entries_are_all_the_scores_in_order_of_time(lines, chance):
    chance.shuffle(lines)
    text = "\n".join(
        ["day,pain", *(f"{h / 100 + 0.005:.3f},{'' if p is None else p / 2}" for h, p in lines), ""]
    )
    entries = set_timeline(PLAN, None, read_diary(text), None).entries
    written = sorted((h, p) for h, p in lines if p is not None)
    assert list(entries.score) == [p / 2 for _, p in written]
    assert np.all(np.diff(entries.time_h) > 0)
    assert len(entries.lateness_h) == len(entries) == len(written)


def test_lateness_and_moods_are_kept():
    diary = Diary(
        (
            DiaryEntry(at=datetime(2026, 3, 3, 20), pain=6, phq9=12),
            DiaryEntry(
                at=datetime(2026, 3, 4, 20), pain=5.5, entered_at=datetime(2026, 3, 6, 12), phq9=9
            ),
            DiaryEntry(at=datetime(2026, 3, 5, 20), note="forgot"),
        )
    )
    timeline = set_timeline(None, history_of("2026-03-02T20:00"), diary, None)
    np.testing.assert_allclose(timeline.entries.lateness_h, [0, 36])
    assert timeline.entries.step == 0.5
    data = timeline.diary_as_data()
    assert data == {
        "scores": 2,
        "blank": 1,
        "late": 1,
        "day": [1, 2],
        "pain": [6, 5.5],
        "phq9": {"n": 2, "first": 12, "last": 9},
    }


def test_a_diary_beyond_the_horizon_is_refused():
    timeline = set_timeline(PLAN, None, read_diary("day,pain\n1,5\n40,4\n"), None)
    refuse_late_diary(timeline.entries, 41)
    with pytest.raises(DiaryNotUnderstood, match="goes on to day 40"):
        refuse_late_diary(timeline.entries, 39)
    refuse_late_diary(set_timeline(PLAN, None, None, None).entries, 1)


def test_the_latest_course_starts_at_zero():
    history = history_of("2026-03-02T10:00", "2026-04-02T10:00", "2026-04-03T10:00")
    events = set_timeline(None, history, None, None).events
    assert [event.time_h for event in latest_course(events, (0, 31 * 24))] == [0, 24]
