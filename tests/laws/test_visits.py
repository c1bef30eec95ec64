"""What holds of any table of visits: it is read as it was meant, or refused in words."""

from __future__ import annotations

from damaged_texts import damaged
from hypothesis import given
from hypothesis import strategies as st

from respite.domain import FileNotUnderstood, VisitsNotUnderstood, read_visits

COLUMNS = ("patient", "last_seen_with_relief_day", "first_seen_without_day", "course", "group")
DAY = st.one_of(
    st.integers(0, 400).map(str), st.decimals(0, 400, places=2).map(lambda day: f"{day:f}")
)


@st.composite
def tables(draw: st.DrawFn) -> str:
    separator = draw(st.sampled_from([",", ";"]))
    columns = draw(st.permutations(COLUMNS))
    lines = [separator.join(columns)]
    for number in range(draw(st.integers(1, 6))):
        held, gone = draw(st.tuples(DAY, DAY).map(lambda days: sorted(days, key=float)))
        gone = draw(st.sampled_from(["", gone]))
        cells = {
            "patient": f"P{number // 2}",
            "last_seen_with_relief_day": held,
            "first_seen_without_day": gone,
            "course": str(number % 2 + 1),
            "group": "early" if number < 4 else "late",
        }
        lines.append(separator.join(cells[name] for name in columns))
    return draw(st.sampled_from(["", "\ufeff"])) + draw(st.sampled_from(["\n", "\r\n"])).join(lines)


@given(tables())
def test_what_is_written_is_what_is_read(table):
    separator = ";" if ";" in table else ","
    names, *rows = [line.split(separator) for line in table.removeprefix("\ufeff").split()]
    written = [dict(zip(names, cells, strict=True)) for cells in rows]
    assert [
        (one.patient, str(one.course), one.group, one.last_with_day, one.first_without_day)
        for one in read_visits(table).courses
    ] == [
        (
            row["patient"],
            row["course"],
            row["group"],
            float(row["last_seen_with_relief_day"]),
            float(row["first_seen_without_day"]) if row["first_seen_without_day"] else None,
        )
        for row in written
    ]


@given(damaged(tables()))
def test_a_damaged_table_is_read_or_refused_in_words(table):
    try:
        visits = read_visits(table + "\n")
    except (VisitsNotUnderstood, FileNotUnderstood):
        return
    for course in visits.courses:
        assert course.patient
        assert 0 <= course.last_with_day <= course.last_seen_day
