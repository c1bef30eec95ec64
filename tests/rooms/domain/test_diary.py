"""A pain diary: what is read from a table, what is refused, and what it says."""

from datetime import UTC, datetime, timedelta, timezone
from decimal import Decimal
from pathlib import Path

import pytest

from respite.domain import (
    DIARY_HOUR,
    DOSE_HOUR,
    Diary,
    DiaryEntry,
    DiaryNotUnderstood,
    FileNotUnderstood,
    Patient,
    RespiteError,
    check_diary_fits,
    read_diary,
    write_diary,
)

HEADER = "date,pain,phq9,entered_at,note"


def test_every_column_is_read_whatever_the_order(tmp_path: Path) -> None:
    lines = ["Note;PAIN;date;entered_at;phq9", "rain, wind;4,5;2026-03-03T08:15;;"]
    lines += ["; ;2026-03-02;2026-03-02T21:00;12", ""]
    path = tmp_path / "diary.csv"
    path.write_bytes(b"\xef\xbb\xbf" + "\r\n".join(lines).encode())
    diary = read_diary(path)
    missing, scored = diary.entries
    assert missing == DiaryEntry(
        at=datetime(2026, 3, 2, 20), phq9=12, entered_at=datetime(2026, 3, 2, 21)
    )
    assert scored == DiaryEntry(at=datetime(2026, 3, 3, 8, 15), pain=4.5, note="rain, wind")
    assert (diary.missing_count, diary.step, diary.is_dated) == (1, 0.5, True)
    assert read_diary(write_diary(diary)) == diary
    assert read_diary(str(path)) == diary


def test_days_stand_for_dates() -> None:
    diary = read_diary("day,pain\n0.25,3\n0,6\n-7,8\n1.0,5\n")
    assert not diary.is_dated
    assert [entry.day for entry in diary.entries] == [-7, Decimal("0.25"), 0, 1]
    assert diary.hours_after() == (-157, 6, 11, 35)
    assert diary.hours_after(datetime(2026, 3, 2, 10, 30)) == (-158.5, 6, 9.5, 33.5)
    assert (DIARY_HOUR, DOSE_HOUR) == (20, 9)
    assert write_diary(diary) == "day,pain\n-7,8\n0.25,3\n0,6\n1,5\n"


@pytest.mark.parametrize(
    ("dates", "expected"),
    [
        (["13.02.2026", "1.3.2026 20:15"], [(2, 13, 20, 0), (3, 1, 20, 15)]),
        (["01.02.2026"], [(2, 1, 20, 0)]),
        (["13/02/2026 9:05", "1/3/2026"], [(2, 13, 9, 5), (3, 1, 20, 0)]),
        (["2/13/2026", "3/1/2026 09:05:30"], [(2, 13, 20, 0), (3, 1, 9, 5)]),
        (["1/2/2026", "2/2/2026", "3/2/2026"], [(2, 1, 20, 0), (2, 2, 20, 0), (2, 3, 20, 0)]),
        (["1/2/2026", "1/3/2026", "1/4/2026"], [(1, 2, 20, 0), (1, 3, 20, 0), (1, 4, 20, 0)]),
        (["2/2/2026"], [(2, 2, 20, 0)]),
    ],
    ids=range(7),
)
def test_dates_of_a_spreadsheet_are_read_where_the_column_settles_them(dates, expected) -> None:
    entries = read_diary("\n".join(["date,pain", *(f"{day},5" for day in dates)])).entries
    assert [(at.month, at.day, at.hour, at.minute) for at in (e.at for e in entries)] == expected


REFUSED = [
    ("1/2/2026,5,,,", "line 2, column date", "2026-02-01 or 2026-01-02"),
    ("1/1/2026,5,,,\n1/2/2026,5,,,", "line 3, column date", "2026-02-01 or 2026-01-02"),
    ("1/2/2026,5,,,\n3/2/2026,5,,,", "1 other line has a fault", "with the year first"),
    ("13/2/2026,5,,,\n2/14/2026,5,,,", "and others the month", "one order"),
    ("13/2/2026,5,,,\n2026-02-14,5,,,", "line 3, column date", "in one way"),
    ("32.02.2026,5,,,", "line 2, column date", "is not a date"),
    ("13.02.26,5,,,", "column date", "with four digits"),
    ("2026-02-30,5,,,", "column date", "is not a date"),
    ("0226-02-03,5,,,", "column date", "out of reach"),
    (",5,,,", "column date: nothing is written", "2026-03-02"),
    ("2026-03-02,11,,,", 'column pain: "11" is not a pain score', "from 0 to 10"),
    ("2026-03-02,-1,,,", 'column pain: "-1" is not', "from 0 to 10"),
    ("2026-03-02,--1,,,", 'column pain: "--1"', "left blank"),
    ("2026-03-02,5,-3,,", 'column phq9: "-3"', "whole number"),
    ("2026-03-02,much,,,", 'column pain: "much"', "left blank"),
    ("2026-03-02,7/10,,,", 'column pain: "7/10"', "from 0 to 10"),
    ("2026-03-02,5.125,,,", "column pain", "two digits"),
    ('2026-03-02,"6,5",,,', 'column pain: "6,5"', "write 6.5"),
    ("2026-03-02,5,28,,", 'column phq9: "28"', "to 27"),
    ("2026-03-02,5,3.5,,", 'column phq9: "3.5"', "whole number"),
    ("2026-03-02,5,,soon,", "column entered_at", "is not a date"),
    ("2026-03-02,5,,2026-03-01,", "column entered_at", "before the day"),
    ("2026-03-02,5,,2026-03-02T21:00Z,", "column entered_at", "time zone"),
    ('2026-03-02,5,,,"bad\n2026-03-03,5,,,"', "line 2, column note", "several lines"),
    ("2026-03-02,5,,," + "x" * 2001, "column note", "shorten"),
    ("2026-03-02,5,,,\n2026-03-02,5,,,", "line 3 repeats line 2", "remove one"),
    ("2026-03-02,5,,,\n2026-03-02T20:00,6,,,", "same time as line 2", "the time of day"),
    ("2026-03-02T20:00Z,5,,,\n2026-03-03,6,,,", "line 3, column date", "time zone in every"),
    ("2026-03-02,x,,,\n2026-03-03,5\n2026-03-04,5,,,\ny,5,,,", "2 other lines", "from 0 to 10"),
]


@pytest.mark.parametrize(("lines", "found", "told"), REFUSED, ids=range(len(REFUSED)))
def test_a_doubtful_line_is_told_with_its_column(lines: str, found: str, told: str) -> None:
    with pytest.raises(DiaryNotUnderstood) as refusal:
        read_diary(f"{HEADER}\n{lines}\n")
    assert found.lower() in refusal.value.found.lower()
    assert told in str(refusal.value)


@pytest.mark.parametrize(
    ("text", "found", "told"),
    [
        ("day,pain,entered_at\n1,5,2026-03-02\n", "column entered_at", "leave this column out"),
        ("day,pain\nMonday,5\n", 'column day: "Monday"', "-7"),
        ("day,pain\n46000,5\n", 'column day: "46000" is out of reach', "named date"),
        ("day,pain\n--1,5\n", 'column day: "--1"', "3, 0.25"),
        ("day;pain\n1,500;5\n", "may be a whole number", "1,5000"),
        ("day;pain\n1,5;5\n2.5;5\n", "have a comma", "a decimal point"),
        ("day,pain\n1,5\n1.0,6\n", "same time as line 2", "one line for each time"),
    ],
    ids=range(7),
)
def test_a_doubtful_day_or_number_is_told(text: str, found: str, told: str) -> None:
    with pytest.raises(DiaryNotUnderstood) as refusal:
        read_diary(text)
    assert found in refusal.value.found
    assert told in str(refusal.value)


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("\n", "no entries"),
        ("date,pain", "no entries"),
        ("date,note\n", "lacks pain"),
        ("pain\n", "lacks date"),
        ("date,pain,pian\n", '"pian"'),
        ("date,pian\n", 'write "pain"'),
        ("date,pain,pain\n", "twice"),
        ("date,day,pain\n", "both date and day"),
        ('date,pain,note\n2026-03-02,5,"bad\n', "Line 2 is not a line of a table"),
        ("date,pain\n2026-03-02,6,5\n", "3 cells, not 2"),
    ],
    ids=range(10),
)
def test_what_is_no_diary_is_told(text: str, told: str) -> None:
    with pytest.raises(FileNotUnderstood) as refusal:
        read_diary(text)
    assert told in str(refusal.value)


def test_an_empty_missing_or_endless_file_is_told(tmp_path: Path) -> None:
    (tmp_path / "empty.csv").write_bytes(b"")
    with pytest.raises(FileNotUnderstood, match="no entries"):
        read_diary(tmp_path / "empty.csv")
    with pytest.raises(FileNotUnderstood, match="cannot be opened"):
        read_diary("pain_updates.csv")
    with (tmp_path / "huge.csv").open("wb") as file:
        file.truncate(100_000_001)
    with pytest.raises(FileNotUnderstood, match="larger"):
        read_diary(tmp_path / "huge.csv")
    with pytest.raises(FileNotUnderstood, match="more than 20,000 lines"):
        read_diary("day,pain\n" + "".join(f"{day},5\n" for day in range(20_001)))


def test_dates_ask_for_the_first_dose_in_the_same_kind_of_time() -> None:
    zoned = read_diary("date,pain\n2026-03-29T01:00+01:00,5\n2026-03-29T04:00+02:00,4\n")
    first = datetime(2026, 3, 29, tzinfo=timezone(timedelta(hours=1)))
    assert zoned.hours_after(first) == (1, 3)
    with pytest.raises(RespiteError, match="no first dose"):
        zoned.hours_after()
    with pytest.raises(RespiteError, match="has a time zone"):
        zoned.hours_after(datetime(2026, 3, 29))


def test_an_entry_is_late_from_the_end_of_its_day() -> None:
    diary = read_diary(
        "date,pain,entered_at\n"
        "2026-03-01,5,2026-03-03T06:00\n"
        "2026-03-02T08:00,5,2026-03-02T07:59\n"
        "2026-03-03,5,\n"
        "2026-03-04,5,2026-03-05\n"
    )
    assert diary.lateness_h() == (30, 0, 0, 20)


@pytest.mark.parametrize(
    ("scores", "step"),
    [("5 0 10", 1), ("5 5.5", 0.5), ("0.1 0.7 3", 0.1), ("0.5 0.7", 0.1), ("0.07 5", 0.01)],
)
def test_the_step_is_the_coarsest_grid_that_holds_all_scores(scores: str, step: float) -> None:
    lines = [f"{day},{score}" for day, score in enumerate(scores.split())]
    assert read_diary("\n".join(["day,pain", *lines, "99,"])).step == step


def test_a_diary_without_any_score_is_still_one() -> None:
    diary = read_diary("day,pain\n1,\n2,\n")
    assert (diary.missing_count, diary.step) == (2, 1)


@pytest.mark.parametrize(
    "text", ["date,pain\n1970-01-01,5\n2026-01-01,5\n", "day,pain\n-20454,5\n0,5\n"]
)
def test_nobody_kept_a_diary_before_birth(text: str) -> None:
    diary = read_diary(text)
    check_diary_fits(diary, Patient())
    check_diary_fits(diary, Patient(age=55))
    with pytest.raises(DiaryNotUnderstood, match="before birth"):
        check_diary_fits(diary, Patient(age=54))


@pytest.mark.parametrize(
    ("entries", "told"),
    [
        ([], "no entry"),
        ([DiaryEntry(pain=5)], "a date or a day"),
        ([DiaryEntry(day=Decimal(1), pain=11)], '"11" is not a pain score'),
        ([DiaryEntry(day=Decimal(1), pain=float("nan"))], "is not a pain score"),
        ([DiaryEntry(day=Decimal("NaN"), pain=5)], "is not a day"),
        ([DiaryEntry(day=Decimal(1), phq9=28)], "PHQ-9"),
        ([DiaryEntry(day=Decimal(1)), DiaryEntry(at=datetime(2026, 3, 2))], "others a day"),
        ([DiaryEntry(day=Decimal(1)), DiaryEntry(day=Decimal("1.0"))], "same time"),
        (
            [
                DiaryEntry(at=datetime(2026, 3, 2)),
                DiaryEntry(at=datetime(2026, 3, 2, tzinfo=UTC)),
            ],
            "time zone",
        ),
        ([DiaryEntry(day=Decimal(1), entered_at=datetime(2026, 3, 2))], "cannot be told"),
    ],
    ids=range(10),
)
def test_an_impossible_diary_is_never_made(entries, told: str) -> None:
    with pytest.raises(DiaryNotUnderstood, match=told):
        Diary(tuple(entries))


def test_entries_are_kept_in_order_of_time() -> None:
    late, early = (DiaryEntry(at=datetime(2026, 3, day)) for day in (3, 2))
    assert Diary((late, early)).entries == (early, late)
