"""The picture of a course: everything stands where its day and its score say."""

from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from respite.clinic.forecasts import timeline
from respite.clinic.forecasts.timeline import NARROW, WIDE, Change, Curve, Given, Score, Told
from respite.clinic.forecasts.told import rows_of

NOW = datetime(2026, 11, 20, 12, tzinfo=UTC)
DAY = timedelta(days=1)


def curve(days=60, fades=30):
    at = tuple(NOW + DAY * n for n in range(-10, days))
    return Curve(
        at, (2.0,) * len(at), (4.0,) * len(at), (6.0,) * len(at),
        None if fades is None else NOW + DAY * fades,
    )  # fmt: skip


@pytest.mark.parametrize("width", [NARROW, WIDE])
def test_days_run_to_the_right_and_pain_upwards(width):
    told = Told(NOW, [Score(NOW - DAY * 5, 0), Score(NOW - DAY, 10)], [Given(NOW - DAY * 6, "x")])
    picture = timeline.draw(told, width)
    (early, low), (late, high) = picture.dots
    assert picture.left <= early < late < picture.today.x <= picture.right
    assert (low, high) == (picture.bottom, picture.top)


def test_a_gap_is_not_bridged():
    told = Told(NOW, [Score(NOW - DAY * back, 5) for back in (20, 19, 18, 5, 4)], [])
    assert [run.count(",") for run in timeline.draw(told, WIDE).joined] == [3, 2]


def test_the_fading_day_is_marked_with_words_and_only_where_there_is_one():
    told = Told(NOW, [], [], (), curve())
    assert timeline.draw(told, NARROW).fades.words == "relief may fade, 20 Dec"
    assert timeline.draw(Told(NOW, [], [], (), curve(fades=None)), NARROW).fades is None
    past = timeline.draw(Told(NOW, [], [], (), curve(fades=-4)), NARROW).fades
    assert past.words == "relief was to fade, 16 Nov"


def test_a_fading_day_beyond_the_picture_is_not_drawn_but_the_picture_reaches_far():
    picture = timeline.draw(Told(NOW, [], [], (), curve(days=200, fades=190)), WIDE)
    assert picture.fades is None


def test_the_table_holds_what_is_drawn():
    told = Told(
        NOW, [Score(NOW - DAY * 3, 6.5)], [Given(NOW - DAY * 4, "ketamine 35 mg iv")],
        [Change((NOW - DAY * 2).date(), "pregabalin begun")], curve(),
    )  # fmt: skip
    rows = {date.fromisoformat(day): cells for day, *cells in rows_of(told, has_forecast=True)}
    assert rows[(NOW - DAY * 3).date()][0] == "6.5"
    assert rows[(NOW - DAY * 4).date()][2] == "ketamine 35 mg iv"
    assert rows[(NOW - DAY * 2).date()][2] == "pregabalin begun"
    assert rows[(NOW + DAY * 30).date()][2] == "relief expected to fade"
    assert rows[(NOW + DAY * 7).date()][1] == "4.0 (2.0 to 6.0)"
    assert {len(cells) for cells in rows_of(told, has_forecast=False)} == {3}


@settings(derandomize=True, deadline=None)
@given(
    scores=st.lists(st.tuples(st.integers(-4000, 40), st.floats(0, 10)), max_size=20),
    doses=st.lists(st.integers(-4000, 400), max_size=10),
    fades=st.none() | st.integers(-500, 4000),
    width=st.sampled_from([NARROW, WIDE]),
)
def test_everything_stands_within_the_picture(scores, doses, fades, width):
    told = Told(
        NOW, [Score(NOW + DAY * day, pain) for day, pain in scores],
        [Given(NOW + DAY * day, "dose") for day in doses], (), curve(fades=fades),
    )  # fmt: skip
    picture = timeline.draw(told, width)
    across = [x for x, _y in picture.dots] + [x for x, _is in picture.doses]
    across += [tick.x for tick in picture.ticks] + [picture.today.x]
    assert all(picture.left <= x <= picture.right for x in across)
    assert all(picture.top <= y <= picture.bottom for _x, y in picture.dots)
    assert 1 <= len(picture.ticks) <= width / 50
    for points in (picture.band, picture.median, *picture.joined):
        for point in points.split():
            x, y = map(float, point.split(","))
            assert picture.left <= x <= picture.right
            assert picture.top <= y <= picture.bottom
