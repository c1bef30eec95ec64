"""Laws of records of sessions: what is written is read, and what is doubtful is refused."""

from __future__ import annotations

from datetime import datetime, timedelta, timezone

import pytest
from damaged_texts import damaged
from hypothesis import given, settings
from hypothesis import strategies as st

from respite.domain import (
    RespiteError,
    SessionRecord,
    Sessions,
    SessionsNotUnderstood,
    read_sessions,
    write_sessions,
)

law = settings(derandomize=True, deadline=None, max_examples=60)
few = settings(derandomize=True, deadline=None, max_examples=150)

TIMES = st.datetimes(datetime(1990, 1, 1), datetime(2100, 1, 1))
ZONES = st.integers(-14 * 60, 14 * 60).map(lambda minutes: timezone(timedelta(minutes=minutes)))
WORDS = st.sampled_from(["dizziness", "severe nausea", "mild headache", "odd taste", "urgency"])
LASTING = st.integers(0, 9000).map(lambda part: part / 4)
EFFECTS = st.none() | st.lists(WORDS, max_size=4, unique=True).map(tuple)


@st.composite
def records(draw: st.DrawFn, zone: timezone | None, at: datetime) -> SessionRecord:
    relief = draw(st.none() | st.integers(-2000, 1000).map(lambda part: part / 10))
    may_last = relief is None or relief > 0
    low = draw(st.none() | st.integers(20, 150))
    return SessionRecord(
        start=at.replace(tzinfo=zone),
        relief_percent=relief,
        hours_of_relief=draw(
            st.none()
            | (st.integers(0, 9000).map(lambda part: part / 4) if may_last else st.just(0.0))
        ),
        effects=draw(EFFECTS),
        systolic=draw(st.none() | st.integers(151, 320)),
        diastolic=low,
    )


@st.composite
def sessions(draw: st.DrawFn) -> Sessions:
    zone = draw(st.none() | ZONES)
    starts = draw(st.lists(TIMES, min_size=1, max_size=6, unique=True))
    return Sessions(tuple(draw(records(zone, at)) for at in starts))


@law
@given(sessions())
def test_what_is_written_is_read_again(record: Sessions) -> None:
    assert read_sessions(write_sessions(record)) == record
    assert list(record.records) == sorted(record.records, key=lambda one: one.start)


@law
@given(sessions(), st.randoms(use_true_random=False))
def test_the_order_of_lines_and_of_columns_changes_nothing(record: Sessions, random) -> None:
    rows = [line.split(",") for line in write_sessions(record).splitlines()]
    columns = random.sample(range(6), 6)
    head, *lines = [",".join(cells[at] for at in columns) for cells in rows]
    random.shuffle(lines)
    assert read_sessions("\r\n".join(["\ufeff" + head, *lines])) == record


@law
@given(sessions())
def test_semicolons_and_decimal_commas_change_nothing(record: Sessions) -> None:
    head, *lines = [line.split(",") for line in write_sessions(record).splitlines()]
    swapped = [
        ";".join(cell if "T" in cell else cell.replace(".", ",") for cell in row) for row in lines
    ]
    assert read_sessions("\n".join([";".join(head), *swapped])) == record


@few
@given(damaged(sessions().map(write_sessions)))
def test_a_damaged_record_is_read_or_refused_in_words(text: str) -> None:
    again = read_or_refuse("\n" + text)
    if isinstance(again, RespiteError):
        assert again.found
        assert again.expected
        assert again.remedy
    else:
        assert read_sessions(write_sessions(again)) == again


@few
@given(st.text(max_size=200))
def test_any_text_is_read_or_refused(text: str) -> None:
    assert str(read_or_refuse(f"start,relief_percent,effects\n{text}\n"))


def read_or_refuse(text: str) -> Sessions | RespiteError:
    try:
        return read_sessions(text)
    except RespiteError as refusal:
        return refusal


HEAD = "start,relief_percent,hours_of_relief,effects,systolic,diastolic\n"


@pytest.mark.parametrize(
    ("line", "word"),
    [
        ("2026-03-02,40,,,,", 'column start: "2026-03-02" has no time of day'),
        ("2026-03-02T09:00,140,,,,", 'column relief_percent: "140"'),
        ("2026-03-02T09:00,40,-1,,,", "column hours_of_relief"),
        ("2026-03-02T09:00,0,12,,,", "12 hours of relief cannot follow a relief of 0 %"),
        ("2026-03-02T09:00,40,12,none + nausea,,", "says that there were none, and names some"),
        ("2026-03-02T09:00,40,12,+,,", "names no effect"),
        ("2026-03-02T09:00,40,12,,80,120", "a pressure of 80/120 cannot be"),
        ("2026-03-02T09:00,40,12,,1200,", "is not a blood pressure"),
        ("2026-03-02T09:00,40,12,,120.5,", "is not a blood pressure"),
    ],
)
def test_what_cannot_be_is_refused_with_its_line_and_column(line: str, word: str) -> None:
    with pytest.raises(SessionsNotUnderstood, match=r"Line 2") as refusal:
        read_sessions(HEAD + line + "\n")
    assert word in refusal.value.found


def test_an_empty_cell_of_effects_is_not_none() -> None:
    lines = "2026-03-02T09:00,40,12,,,\n2026-03-09T09:00,40,12,None,,\n"
    assert [one.effects for one in read_sessions(HEAD + lines).records] == [None, ()]


def test_the_same_start_twice_and_mixed_zones_are_refused() -> None:
    with pytest.raises(SessionsNotUnderstood, match="same time as line 2"):
        read_sessions(HEAD + 2 * "2026-03-02T09:00,40,12,,,\n")
    mixed = "2026-03-02T09:00,40,12,,,\n2026-03-03T09:00Z,40,12,,,\n"
    with pytest.raises(SessionsNotUnderstood, match="only some times have a time zone"):
        read_sessions(HEAD + mixed)
