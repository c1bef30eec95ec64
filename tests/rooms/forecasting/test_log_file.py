"""A log on disk: two writers wait for each other, and what cannot be written whole is not."""

from __future__ import annotations

import os
import subprocess
import sys
import threading
from datetime import UTC, datetime, timedelta, timezone

import pytest
import sample_answers as answers
from forecasting_lines import body, log_of

from respite.domain import FileNotUnderstood
from respite.forecasting import (
    LogNotUnderstood,
    append_line,
    check_log,
    digest_of_inputs,
    line_of,
    read_log,
)

WRITER = """
import sys
from pathlib import Path
from respite.forecasting import append_line
import json
body = json.loads(Path(sys.argv[2]).read_text())
for number in range(50):
    append_line(Path(sys.argv[1]), body | {"inputs_digest": f"{sys.argv[3]} {number}"})
"""


@pytest.fixture
def log(tmp_path):
    return tmp_path / "ana.jsonl"


def test_a_real_answer_is_kept_without_its_curves(log):
    made = datetime(2026, 3, 1, 9, 30, tzinfo=timezone(timedelta(hours=2)))
    forecast = answers.forecast()
    end = append_line(log, line_of(forecast, made_at=made, inputs_digest="x", baseline_pain=7))
    (line,) = read_log(log)
    assert (end.lines, end.digest) == (1, line.digest)
    assert line.made_at == made
    assert line.made_on_the_wall == datetime(2026, 3, 1, 9, 30)
    assert line.forecast.time_to_pain_return.median_days == 24.3
    assert line.written.day == forecast.written.day
    assert line.written.chances == forecast.written.chances
    assert b'"q50"' not in log.read_bytes()


def test_a_time_without_a_zone_is_a_slip_of_the_caller():
    with pytest.raises(ValueError, match="time zone"):
        line_of(answers.forecast(), made_at=datetime(2026, 3, 1), inputs_digest="x")


def test_earlier_lines_are_never_written_again(log):
    append_line(log, body())
    first = log.read_bytes()
    append_line(log, body(baseline_pain=5))
    assert log.read_bytes().startswith(first)
    assert len(read_log(log)) == 2


def test_two_processes_write_one_chain(log, tmp_path):
    import json

    words = tmp_path / "body.json"
    words.write_text(json.dumps(body()))
    writers = [
        subprocess.Popen([sys.executable, "-c", WRITER, str(log), str(words), name])
        for name in ("one", "two")
    ]
    assert [writer.wait() for writer in writers] == [0, 0]
    lines = read_log(log)
    assert len(lines) == 100
    for name in ("one", "two"):
        own = [line.inputs_digest for line in lines if line.inputs_digest.startswith(name)]
        assert own == [f"{name} {number}" for number in range(50)]


def test_threads_write_one_chain(log):
    def write():
        for _ in range(10):
            append_line(log, body())

    threads = [threading.Thread(target=write) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(read_log(log)) == 40


@pytest.mark.parametrize(
    ("damage", "said"),
    [
        (lambda content: content[:-1], "cut short"),
        (lambda content: content + b"\n", "Line 3"),
        (lambda content: content.replace(b"2026-03-01", b"2026-02-01", 1), "Line 1.*changed"),
        (lambda content: content[content.index(b"\n") + 1 :], "does not follow"),
        (lambda content: content.replace(b"\n", b"\r\n"), "is not a line"),
    ],
)
def test_nothing_is_added_to_a_log_that_was_changed(log, damage, said):
    log.write_bytes(damage(log_of(body(), body())))
    before = log.read_bytes()
    for ask in (lambda: append_line(log, body()), lambda: check_log(log)):
        with pytest.raises(LogNotUnderstood, match=said):
            ask()
    assert log.read_bytes() == before


def test_a_line_that_the_disk_does_not_take_whole_is_taken_back(log, monkeypatch):
    append_line(log, body())
    before = log.read_bytes()
    write, calls = os.write, []

    def full(descriptor, data):
        calls.append(len(data))
        if len(calls) > 1:
            raise OSError(28, "No space left on device")
        return write(descriptor, data[:100])

    monkeypatch.setattr(os, "write", full)
    with pytest.raises(FileNotUnderstood, match="No space left"):
        append_line(log, body())
    assert log.read_bytes() == before
    monkeypatch.undo()
    assert append_line(log, body()).lines == 2


def test_a_line_is_on_disk_before_it_is_told(log, monkeypatch):
    synced = []
    monkeypatch.setattr(os, "fsync", lambda descriptor: synced.append(os.fstat(descriptor).st_size))
    append_line(log, body())
    assert synced[0] == log.stat().st_size


def test_places_that_hold_no_log_are_refused_in_words(tmp_path):
    for path in (tmp_path, tmp_path / "no" / "log.jsonl", tmp_path / ("x" * 300)):
        with pytest.raises(FileNotUnderstood):
            append_line(path, body())
        with pytest.raises(FileNotUnderstood):
            read_log(path)
    with pytest.raises(FileNotUnderstood):
        check_log(tmp_path / "no" / "log.jsonl")
    check_log(tmp_path / "new.jsonl")
    assert list(tmp_path.iterdir()) == []
    with pytest.raises(FileNotUnderstood, match="it is no file"):
        append_line(type(tmp_path)(os.devnull), body())


def test_an_empty_log_has_no_forecast_and_takes_one(log):
    log.touch()
    with pytest.raises(LogNotUnderstood, match="no forecast"):
        read_log(log)
    assert append_line(log, body()).lines == 1


def test_the_fingerprint_of_inputs_tells_them_apart():
    one = digest_of_inputs(patient="a", regimen="b", history=None)
    assert one == digest_of_inputs(history=None, regimen="b", patient="a")
    assert one != digest_of_inputs(patient="ab", regimen="", history=None)
    assert one != digest_of_inputs(patient="a", regimen="b", history="")
    assert len(one) == 64


def test_numbers_that_do_not_exist_become_null(log):
    append_line(log, body(baseline_pain=float("nan")))
    (line,) = read_log(log)
    assert line.baseline_pain is None
    assert line.made_at == datetime(2026, 3, 1, 12, tzinfo=UTC)
