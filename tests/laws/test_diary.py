"""Laws of diaries and measured levels: what is written is read, however it is spelt."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta, timezone
from decimal import Decimal

import pytest
from damaged_texts import damaged
from hypothesis import given, settings
from hypothesis import strategies as st

from respite.domain import (
    Diary,
    DiaryEntry,
    RespiteError,
    read_diary,
    read_levels,
    write_diary,
)

law = settings(derandomize=True, deadline=None, max_examples=60)
few = settings(derandomize=True, deadline=None, max_examples=200)

TIMES = st.datetimes(datetime(1990, 1, 1), datetime(2100, 1, 1))
ZONES = st.integers(-14 * 60, 14 * 60).map(lambda minutes: timezone(timedelta(minutes=minutes)))
SCORES = st.none() | st.integers(0, 1000).map(lambda score: score / 100)
TOTALS = st.none() | st.integers(0, 27)
NOTES = st.text(max_size=30).map(
    lambda text: " ".join("".join(c if c.isprintable() else " " for c in text).split())
)


@st.composite
def dated_diaries(draw: st.DrawFn) -> Diary:
    zone = draw(st.none() | ZONES)
    entries = [
        DiaryEntry(
            at=at.replace(tzinfo=zone),
            pain=draw(SCORES),
            phq9=draw(TOTALS),
            entered_at=draw(
                st.none()
                | st.integers(0, 10**7).map(
                    lambda late, at=at: (at + timedelta(seconds=late)).replace(tzinfo=zone)
                )
            ),
            note=draw(NOTES),
        )
        for at in draw(st.lists(TIMES, min_size=1, max_size=6, unique=True))
    ]
    return Diary(tuple(entries))


@st.composite
def counted_diaries(draw: st.DrawFn) -> Diary:
    days = st.integers(-400, 4000).map(Decimal) | st.decimals(-400, 4000, places=3)
    entries = [
        DiaryEntry(day=day, pain=draw(SCORES), phq9=draw(TOTALS), note=draw(NOTES))
        for day in draw(st.lists(days, min_size=1, max_size=6, unique=True))
    ]
    return Diary(tuple(entries))


DIARIES = dated_diaries() | counted_diaries()


@law
@given(DIARIES)
def test_what_is_written_is_read_again(diary: Diary) -> None:
    assert read_diary(write_diary(diary)) == diary


@law
@given(DIARIES, st.randoms(use_true_random=False))
def test_the_order_of_lines_and_of_columns_changes_nothing(diary: Diary, random) -> None:
    names = ["date" if diary.is_dated else "day", "pain"]
    bare = Diary(tuple(_without_extras(entry) for entry in diary.entries))
    rows = [line.split(",") for line in write_diary(bare).splitlines()[1:]]
    random.shuffle(rows)
    columns = random.sample([0, 1], 2)
    lines = [",".join(cells[at] for at in columns) for cells in [names, *rows]]
    assert read_diary("\r\n".join(lines) + "\r\n") == bare


@law
@given(DIARIES)
def test_semicolons_and_decimal_commas_change_nothing(diary: Diary) -> None:
    bare = Diary(tuple(_without_extras(entry) for entry in diary.entries))
    header, *lines = write_diary(bare).splitlines()
    cells = [line.split(",") for line in lines]
    swapped = [
        ";".join(cell if "T" in cell else cell.replace(".", ",") for cell in row) for row in cells
    ]
    text = "\n".join(["\ufeff" + header.replace(",", ";"), *swapped]) + "\n"
    read = _read_or_refuse(read_diary, text)
    # Three digits behind every comma may be thousands.
    assert read == bare or "may be a whole number" in read.found


def _without_extras(entry: DiaryEntry) -> DiaryEntry:
    return DiaryEntry(at=entry.at, day=entry.day, pain=entry.pain)


LOCAL = ["{d:02}.{m:02}.{y}", "{d}.{m}.{y}", "{d}/{m}/{y}", "{m:02}/{d:02}/{y}"]
DAYS = st.lists(st.dates(date(1990, 1, 1), date(2100, 1, 1)), min_size=1, max_size=8, unique=True)


@law
@given(
    DAYS, st.sampled_from(["{d:02}.{m:02}.{y}", "{d}.{m}.{y}", "{d}/{m}/{y}", "{m:02}/{d:02}/{y}"])
)
def test_local_dates_are_read_as_they_are_meant_or_not_at_all(days: list[date], form: str) -> None:
    """No other date than the one that was meant is ever read."""
    lines = [form.format(d=day.day, m=day.month, y=day.year) + ",5" for day in days]
    meant = sorted(datetime(day.year, day.month, day.day, 20) for day in days)
    must_be_read = "." in form or any(day.day > 12 for day in days)
    read = _read_or_refuse(read_diary, "\n".join(["date,pain", *lines]))
    if isinstance(read, RespiteError):
        assert not must_be_read
        assert "may be" in read.found
    elif [entry.at for entry in read.entries] != meant:
        # Only days that are in a row by chance, when read in the other order.
        assert not must_be_read
        assert read.entries[-1].at - read.entries[0].at == timedelta(days=len(days) - 1)
        assert len(days) >= 3


@law
@given(st.dates(date(1990, 1, 1), date(2100, 1, 1)), st.integers(3, 40), st.booleans())
def test_days_in_a_row_settle_the_order(start: date, count: int, is_day_first: bool) -> None:
    days = [start + timedelta(days=number) for number in range(count)]
    form = "{d}/{m}/{y}" if is_day_first else "{m}/{d}/{y}"
    lines = [form.format(d=day.day, m=day.month, y=day.year) + ",5" for day in days]
    entries = read_diary("\n".join(["date,pain", *lines])).entries
    assert [entry.at.date() for entry in entries] == days
    assert {entry.at.hour for entry in entries} == {20}


@law
@given(dated_diaries(), st.datetimes(datetime(1990, 1, 1), datetime(2100, 1, 1)))
def test_hours_are_those_of_the_clock(diary: Diary, first: datetime) -> None:
    """Compared with seconds since 1970, which know nothing of the difference of two times."""
    zone = diary.entries[0].at.tzinfo
    start = first.replace(tzinfo=zone).replace(tzinfo=zone or UTC).timestamp()
    expected = [
        (entry.at.replace(tzinfo=zone or UTC).timestamp() - start) / 3600 for entry in diary.entries
    ]
    assert diary.hours_after(first.replace(tzinfo=zone)) == pytest.approx(expected, abs=1e-5)
    assert list(diary.hours_after(first.replace(tzinfo=zone))) == sorted(
        diary.hours_after(first.replace(tzinfo=zone))
    )


@law
@given(
    st.lists(st.integers(-400, 4000), min_size=1, max_size=6, unique=True),
    st.datetimes(datetime(1990, 1, 1), datetime(2090, 1, 1)),
)
def test_days_from_the_first_dose_are_the_evenings_of_the_calendar(
    days: list[int], first: datetime
) -> None:
    counted = read_diary("\n".join(["day,pain", *(f"{day},5" for day in days)]))
    dates = [(first + timedelta(days=day)).date() for day in days]
    dated = read_diary("\n".join(["date,pain", *(f"{day},5" for day in dates)]))
    assert counted.hours_after(first) == pytest.approx(dated.hours_after(first), abs=1e-6)
    nine = first.replace(hour=9, minute=0, second=0, microsecond=0)
    assert counted.hours_after() == counted.hours_after(nine)


@law
@given(dated_diaries())
def test_an_entry_is_late_by_no_more_than_it_was_written_after(diary: Diary) -> None:
    for entry, late in zip(diary.entries, diary.lateness_h(), strict=True):
        after = timedelta() if entry.entered_at is None else entry.entered_at - entry.at
        hours = after.total_seconds() / 3600
        assert late >= 0
        assert late >= hours - 24
        assert late <= max(hours, 0)


@law
@given(DIARIES)
def test_every_score_lies_on_the_grid_and_on_no_coarser_one(diary: Diary) -> None:
    scores = [Decimal(repr(entry.pain)) for entry in diary.entries if entry.pain is not None]
    grids = [Decimal(1), Decimal("0.5"), Decimal("0.1"), Decimal("0.01")]
    fitting = [grid for grid in grids if all(score % grid == 0 for score in scores)]
    assert diary.step == float(fitting[0])


CELLS = st.sampled_from(
    [
        *("date,pain,phq9,entered_at,note", "day;pain", "time,analyte,value,unit,site", "\n", "\r"),
        *("2026-03-02", "13/2/2026", "1.2.2026 9:05", "2026-03-02T20:00Z", "99/99/9999", "-3"),
        *("ketamine", "ng/mL", "venous", ",", ";", '"', "1,234", "5", "NaN", "1e9", "\x00", ""),
    ]
)
LEVELS = """time,analyte,value,unit,site
2026-03-02T10:30,ketamine,88,ng/mL,venous
2026-03-02T10:30,norketamine,40.5,ug/L,arterial
"""


@few
@given(damaged(DIARIES.map(write_diary)))
def test_a_damaged_diary_is_read_or_refused(text: str) -> None:
    read = _read_or_refuse(read_diary, text)
    assert isinstance(read, RespiteError) or read_diary(write_diary(read)) == read


@few
@given(damaged(st.just(LEVELS) | st.just(LEVELS.replace(",", ";").replace(".", ","))))
def test_damaged_levels_are_read_or_refused(text: str) -> None:
    _read_or_refuse(read_levels, text)


@few
@given(st.lists(CELLS | st.text(max_size=3), max_size=40).map("".join))
def test_any_text_is_read_or_refused(text: str) -> None:
    _read_or_refuse(read_diary, f"date,pain\n{text}")
    _read_or_refuse(read_diary, f"{text}\n")
    _read_or_refuse(read_levels, f"time;analyte;value;unit;site\n{text}")
    _read_or_refuse(read_levels, f"{text}\n")


def _read_or_refuse(read, text: str):
    """Give what was read, or the refusal."""
    try:
        return read(text)
    except RespiteError as refusal:
        told = refusal
    assert all([told.found, told.expected, told.remedy])
    assert len(told.found) < 300
    return told
