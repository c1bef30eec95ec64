"""A table of visits: what is read from it, and what is refused."""

from pathlib import Path

import pytest

from respite.domain import FileNotUnderstood, VisitsNotUnderstood, read_visits

HEADER = "patient,last_seen_with_relief_day,first_seen_without_day"


def test_each_line_is_a_course_between_two_days() -> None:
    visits = read_visits(f"{HEADER}\nA,7,14\nB,28,\nC,3.5,3.5\nD,0,0\n")
    days = [(one.last_with_day, one.first_without_day) for one in visits.courses]
    assert days == [(7, 14), (28, None), (3.5, 3.5), (0, 0)]
    assert [one.is_ongoing for one in visits.courses] == [False, True, False, False]
    assert [one.is_exact for one in visits.courses] == [False, False, True, True]
    assert [one.last_seen_day for one in visits.courses] == [14, 28, 3.5, 0]
    assert visits.groups == ("",)


def test_semicolons_byte_order_marks_and_columns_in_any_order_are_read(tmp_path: Path) -> None:
    path = tmp_path / "visits.csv"
    lines = [
        "Group;first_seen_without_day;patient;last_seen_with_relief_day",
        "5 days;14;A;7",
        "",
        "10 days;;B;28",
    ]
    path.write_bytes(b"\xef\xbb\xbf" + "\r\n".join(lines).encode())
    visits = read_visits(path)
    assert visits.groups == ("10 days", "5 days")
    assert [one.patient for one in visits.of_group("5 days").courses] == ["A"]
    assert read_visits(str(path)) == visits


def test_the_courses_of_a_patient_stand_in_their_order() -> None:
    numbered = read_visits(f"{HEADER},course\nA,7,14,2\nB,28,,1\nA,3,7,1\n")
    assert [[one.last_with_day for one in own] for own in numbered.by_patient()] == [[3, 7], [28]]
    as_written = read_visits(f"{HEADER}\nA,7,14\nB,28,\nA,3,7\n")
    assert [one.course for one in as_written.courses] == [1, 1, 2]
    assert [[one.last_with_day for one in own] for own in as_written.by_patient()] == [[7, 3], [28]]


def test_with_semicolons_days_may_have_a_decimal_comma() -> None:
    visits = read_visits(f"{HEADER.replace(',', ';')}\nA;3,5;7\nB;10;10,25\n")
    days = [(one.last_with_day, one.first_without_day) for one in visits.courses]
    assert days == [(3.5, 7), (10, 10.25)]


REFUSED = [
    ("A,14,7", "", "line 2, column first_seen_without_day", "exchange the two days"),
    ("A,,7", "", "line 2, column last_seen_with_relief_day: nothing", "write 0"),
    (",7,14", "", "column patient", "does not tell who"),
    ("A,-1,7", "", "column last_seen_with_relief_day: day -1", "0 to 10,000"),
    ("A,7,NA", "", 'column first_seen_without_day: "NA"', "leave the cell blank"),
    ("A,7,.", "", 'column first_seen_without_day: "."', "leave the cell blank"),
    ('A,7,"14,5"', "", 'column first_seen_without_day: "14,5"', "write 14.5"),
    ("A,1e1,20", "", "last_seen_with_relief_day", "without an exponent"),
    ("A,7,20260302", "", "out of reach", "write no date"),
    ("A,2026-03-02,", "", "not a plain number", "plain number"),
    ("A,7,14\nA,7,14", "", "line 3 repeats line 2", "column course"),
    ("A,7,14,1\nA,3,9,1", ",course", "line 3 repeats line 2", "same patient and course"),
    ("A,7,14,0", ",course", "column course", "1 for the first"),
    ("A,7,14,one", ",course", 'column course: "one"', "number the courses"),
    ("A,7,14,\u0663", ",course", "column course", "number the courses"),
    ("A,7,14,", ",group", "column group: nothing", "leave out the whole column"),
    ("A,7,14,x\nA,3,9,y", ",group", 'line 3, column group: patient "A"', "each patient in one"),
    (f"{'A' * 41},7,14", "", "no short name", "at most 40"),
    ("A\x1b[31m,7,14", "", "no short name", "shorter"),
    ("A,14,7\nB,14,7", "", "1 other line has a fault", "exchange"),
]


@pytest.mark.parametrize(("lines", "more", "found", "told"), REFUSED, ids=range(len(REFUSED)))
def test_a_doubtful_line_is_told_with_its_column(
    lines: str, more: str, found: str, told: str
) -> None:
    with pytest.raises(VisitsNotUnderstood) as refusal:
        read_visits(f"{HEADER}{more}\n{lines}\n")
    assert found.lower() in refusal.value.found.lower()
    assert told.lower() in str(refusal.value).lower()
    assert "\x1b" not in str(refusal.value)


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("\n", "no entries"),
        (f"{HEADER}\n", "no entries"),
        ("patient,last_seen_with_relief_day\nA,7\n", "lacks first_seen_without_day"),
        (f"{HEADER},arm\nA,7,14,x\n", '"arm"'),
        (f"{HEADER.replace('seen_with_', 'sen_with_')}\nA,7,14\n", "last_seen_with_relief_day"),
        (f"{HEADER},patient\nA,7,14,A\n", "twice"),
        (f"{HEADER}\nA,7\n", "2 cells"),
        (f"{HEADER}\nA,7,14,1\n", "4 cells"),
        (f'{HEADER}\n"A,7,14\n', "not a line of a table"),
        (HEADER + "\n" + "".join(f"P{n},7,14\n" for n in range(5_001)), "more than 5,000"),
    ],
    ids=range(10),
)
def test_what_is_no_table_of_visits_is_told(text: str, told: str) -> None:
    with pytest.raises((FileNotUnderstood, VisitsNotUnderstood)) as refusal:
        read_visits(text)
    assert told in str(refusal.value)


def test_a_missing_file_is_told(tmp_path: Path) -> None:
    with pytest.raises(FileNotUnderstood, match="cannot be opened"):
        read_visits(tmp_path / "none.csv")
