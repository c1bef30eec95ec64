"""Laws of the log of forecasts: what was changed is found, and nothing but words is ever raised."""

from __future__ import annotations

import json
from itertools import permutations

import pytest
from damaged_texts import damaged
from forecasting_lines import body, log_of
from hypothesis import given, settings
from hypothesis import strategies as st

from respite.domain import RespiteError
from respite.forecasting import LogNotUnderstood, read_lines

LOG = log_of(body(), body(baseline_pain=7.5, clock_offset_min=60), body(last_entry="2026-03-04"))

names = st.sampled_from(
    [*body(), *body()["forecast"], *body()["forecast"]["time_to_pain_return"], "day", "chances"]
)
values = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=5),
    lambda inner: st.lists(inner, max_size=12) | st.dictionaries(names, inner, max_size=4),
    max_leaves=15,
)


def test_what_is_written_is_read():
    first, second, third = read_lines(LOG)
    assert (first.baseline_pain, second.baseline_pain) == (None, 7.5)
    assert second.made_on_the_wall.hour == 13
    assert third.last_entry == "2026-03-04"
    assert first.forecast.time_to_pain_return.interval80_days == (5, 60)
    assert json.loads(LOG.splitlines()[2])["previous"] == second.digest


def test_any_byte_that_was_changed_is_found():
    for place in range(len(LOG)):
        changed = bytearray(LOG)
        changed[place] ^= 1
        with pytest.raises(LogNotUnderstood):
            read_lines(bytes(changed))


@settings(max_examples=400)
@given(st.data())
def test_any_bytes_put_in_place_of_others_are_found(data):
    start = data.draw(st.integers(0, len(LOG)))
    end = data.draw(st.integers(start, min(len(LOG), start + 6)))
    new = data.draw(st.binary(max_size=6))
    changed = LOG[:start] + new + LOG[end:]
    if changed != LOG:
        with pytest.raises(LogNotUnderstood):
            read_lines(changed)


def test_a_line_that_was_removed_added_or_moved_is_found():
    lines = LOG.splitlines(keepends=True)
    for order in permutations(lines):
        if list(order) != lines:
            with pytest.raises(LogNotUnderstood, match="does not follow"):
                read_lines(b"".join(order))
    for kept in ([0, 2], [1, 2], [2], [1], [0, 0, 1, 2], [0, 1, 2, 2]):
        with pytest.raises(LogNotUnderstood, match="does not follow"):
            read_lines(b"".join(lines[i] for i in kept))


def test_lines_missing_at_the_end_show_in_the_last_fingerprint_only():
    lines = LOG.splitlines(keepends=True)
    shorter = read_lines(b"".join(lines[:2]))
    assert shorter[-1].digest != read_lines(LOG)[-1].digest


def test_a_log_that_is_cut_says_so():
    for cut in (1, 40, 300):
        with pytest.raises(LogNotUnderstood, match="Line 3 of the log is cut short"):
            read_lines(LOG[:-cut])


@settings(max_examples=200)
@given(damaged(st.just(LOG.decode())))
def test_a_damaged_log_is_refused_in_words(text):
    if text.encode("utf-8", "replace") != LOG:
        with pytest.raises(RespiteError):
            read_lines(text.encode("utf-8", "replace"))


@settings(max_examples=200)
@given(st.binary(max_size=200))
def test_what_is_no_log_is_refused_in_words(content):
    with pytest.raises(LogNotUnderstood):
        read_lines(content)


@settings(max_examples=300)
@given(st.data())
def test_a_chain_of_senseless_lines_is_refused_in_words(data):
    """The chain holds whatever a line says; what it says is checked too."""
    whole = json.loads(json.dumps(body()))
    place = data.draw(
        st.sampled_from([whole, whole["forecast"], whole["forecast"]["time_to_pain_return"]])
        | st.just(whole["written"])
    )
    name = data.draw(st.sampled_from(sorted(place)))
    new = data.draw(values)
    if data.draw(st.booleans()):
        del place[name]
    else:
        place[name] = new
    try:
        (line,) = read_lines(log_of(whole))
    except LogNotUnderstood:
        return
    assert len(line.written.day) == len(line.written.chances)
    assert all(len(row) == 11 for row in line.written.chances)
    assert line.made_on_the_wall


def test_a_line_of_a_later_form_is_refused_by_its_name():
    with pytest.raises(LogNotUnderstood, match=r"respite\.log/2"):
        read_lines(LOG.replace(b"respite.log/1", b"respite.log/2"))
