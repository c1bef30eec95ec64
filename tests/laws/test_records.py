"""Laws of data sets, over tables of every kind of record."""

from __future__ import annotations

import contextlib
from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from record_strategies import ROUTES, STEPS, Row, tables, text_of

from respite.domain import (
    DataSet,
    DoseEvent,
    Drug,
    RespiteError,
    Route,
    Subject,
    data_set_of,
    read_data_set,
    read_records,
    write_data_set,
)

pytestmark = pytest.mark.thorough

law = settings(derandomize=True, deadline=None, max_examples=150)


def read(text: str) -> DataSet:
    return read_data_set(text, compartments=ROUTES, drug="ketamine")


def shifted_event(event: DoseEvent, by_h: float) -> DoseEvent:
    return replace(event, time_h=event.time_h + by_h)


def shifted(subject: Subject, by_h: float) -> Subject:
    episodes = [
        replace(
            one,
            start_h=one.start_h + by_h,
            end_h=one.end_h + by_h,
            events=tuple(shifted_event(event, by_h) for event in one.events),
            steady=tuple(
                replace(dose, event=shifted_event(dose.event, by_h)) for dose in one.steady
            ),
        )
        for one in subject.episodes
    ]
    return replace(
        subject,
        episodes=tuple(episodes),
        observations=tuple(replace(one, time_h=one.time_h + by_h) for one in subject.observations),
        covariate_changes=tuple(
            replace(one, time_h=one.time_h + by_h) for one in subject.covariate_changes
        ),
    )


def without_last_digits(subject: Subject) -> list[tuple[object, ...]]:
    """Give a subject with the ends of its infusions rounded, which a shift may move."""
    return [
        (round(one.start_h, 9), round(one.end_h, 9), one.events, one.steady)
        for one in subject.episodes
    ]


@law
@given(tables, st.booleans())
def test_a_data_set_is_read_back_as_it_was_written(table, compress) -> None:
    data = read(text_of(table))
    in_words = write_data_set(data, compress=compress)
    assert read_data_set(in_words) == data
    in_numbers = write_data_set(data, compress=compress, compartments=ROUTES)
    assert read(in_numbers) == data
    assert write_data_set(read(in_numbers), compress=compress, compartments=ROUTES) == in_numbers


@law
@given(tables)
def test_a_compressed_table_is_no_longer_and_says_the_same(table) -> None:
    data = read(text_of(table))
    short, long = (write_data_set(data, compress=choice) for choice in (True, False))
    assert len(short.splitlines()) <= len(long.splitlines())
    assert read_data_set(short) == read_data_set(long)


def spelled_out(rows: list[Row]) -> list[Row]:
    """Write additional doses as rows of their own, before the other rows of their time."""
    plain = [{name: cell for name, cell in row.items() if name != "ADDL"} for row in rows]
    out: list[tuple[float, int, int, Row]] = []
    for at, (row, bare) in enumerate(zip(rows, plain, strict=True)):
        time_h = float(row["TIME"])
        if row.get("SS") is None:
            bare.pop("II", None)
        out.append((time_h, 1, at, bare))
        resets = (
            float(later["TIME"])
            for later in rows[at + 1 :]
            if later["EVID"] in "34" or later.get("SS") == "1"
        )
        until = min(resets, default=float("inf"))
        for k in range(1, int(row.get("ADDL", "0")) + 1):
            later_h = time_h + k * float(row["II"])
            if later_h <= until:
                more = {name: bare[name] for name in ("AMT", "RATE", "CMT") if name in bare}
                out.append((later_h, 0, at, {**more, "EVID": "1", "TIME": repr(later_h)}))
    return [row for *_order, row in sorted(out, key=lambda entry: entry[:3])]


@law
@given(tables)
def test_additional_doses_are_the_rows_that_say_the_same(table) -> None:
    assert read(text_of([spelled_out(rows) for rows in table])) == read(text_of(table))


@law
@given(tables, STEPS)
def test_shifting_the_clock_shifts_everything_and_changes_nothing(table, by_h) -> None:
    later = [[{**row, "TIME": repr(float(row["TIME"]) + by_h)} for row in rows] for rows in table]
    for before, after in zip(
        read(text_of(table)).subjects, read(text_of(later)).subjects, strict=True
    ):
        moved = shifted(before, by_h)
        assert after.observations == moved.observations
        assert after.covariate_changes == moved.covariate_changes
        assert without_last_digits(after) == without_last_digits(moved)


@law
@given(tables, st.randoms(use_true_random=False))
def test_the_order_of_subjects_changes_no_subject(table, random) -> None:
    ids = list(range(1, len(table) + 1))
    pairs = list(zip(ids, table, strict=True))
    random.shuffle(pairs)
    mixed = read(text_of([rows for _id, rows in pairs], [number for number, _rows in pairs]))
    assert sorted(mixed.subjects, key=lambda one: one.id) == list(read(text_of(table)).subjects)


@law
@given(tables)
def test_an_observation_counts_the_doses_before_it_and_no_later_one(table) -> None:
    for subject in read(text_of(table)).subjects:
        for one in subject.observations:
            episode = subject.episodes[one.episode]
            assert episode.start_h <= one.time_h <= episode.end_h
            assert all(dose.time_h <= one.time_h for dose in episode.events[: one.events_before])
            assert all(dose.time_h >= one.time_h for dose in episode.events[one.events_before :])
            later = episode.steady[one.steady_before :]
            assert all(dose.event.time_h >= one.time_h for dose in later)


EVENTS = st.builds(
    DoseEvent,
    time_h=st.floats(0, 1000),
    drug=st.sampled_from([Drug.KETAMINE, Drug.ESKETAMINE]),
    route=st.sampled_from(list(Route)),
    amount=st.floats(0.001, 500),
    duration_h=st.one_of(st.just(0.0), st.floats(0.3, 24)),
)


@law
@given(st.lists(EVENTS, min_size=1, max_size=6), st.booleans())
def test_any_doses_are_read_back_to_the_last_digits(events, compress) -> None:
    class Course:
        def events(self):
            return tuple(sorted(events, key=lambda event: event.time_h))

    data = data_set_of(Course())
    again = read_data_set(write_data_set(data, compress=compress))
    for before, after in zip(data.subjects[0].doses, again.subjects[0].doses, strict=True):
        assert abs(after.duration_h - before.duration_h) <= 1e-14 * before.duration_h
        assert replace(after, duration_h=0) == replace(before, duration_h=0)


@law
@given(st.text(max_size=200), st.booleans())
def test_any_text_is_read_or_refused_in_words(text, as_table) -> None:
    with contextlib.suppress(RespiteError):
        read_records(f"ID,TIME,AMT,DV\n{text}\n" if as_table else text + "\n", drug="ketamine")


@st.composite
def damaged(draw: st.DrawFn) -> str:
    """A good table with some of its characters replaced, doubled or lost."""
    text = text_of(draw(tables))
    pieces = st.one_of(st.text(max_size=3), st.sampled_from([",", "\n", '"', "-", "9" * 30, "e9"]))
    for _slip in range(draw(st.integers(1, 4))):
        at = draw(st.integers(0, len(text)))
        text = text[:at] + draw(pieces) + text[at + draw(st.integers(0, 3)) :]
    return text + "\n"


@law
@given(damaged())
def test_a_damaged_table_is_read_or_refused_in_words(text) -> None:
    with contextlib.suppress(RespiteError):
        data = read(text)
        assert read(write_data_set(data, compartments=ROUTES)) == data


@law
@given(st.text(max_size=60), st.text(max_size=20))
def test_any_words_about_the_doses_are_understood_or_refused(compartments, drug) -> None:
    with contextlib.suppress(RespiteError):
        read_data_set("ID,TIME,AMT\n1,0,35\n", compartments=compartments, drug=drug)
