"""The diary that pages hand out is that of one virtual patient, and can be made again."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest

from respite.domain import read_diary, read_dosing_history

ROOT = Path(__file__).parents[2]


@pytest.fixture
def files(monkeypatch):
    """Make the files afresh."""
    monkeypatch.syspath_prepend(str(ROOT / "tools"))
    import virtual_diary

    yield virtual_diary.files()
    sys.modules.pop("virtual_diary")


def test_the_files_that_are_handed_out_are_the_files_that_are_made(files):
    for place, text in files.items():
        assert (ROOT / place).read_text("utf-8") == text, f"{place}: make fix"


def test_the_diary_has_a_run_in_two_courses_gaps_and_late_entries(files):
    texts = {place.name: text for place, text in files.items()}
    doses, diary = read_dosing_history(texts["doses.csv"]), read_diary(texts["diary.csv"])
    hours = diary.hours_after(doses.first_dose_start)
    assert hours[0] < -6 * 24
    assert hours[-1] > doses.last_dose_end_h
    assert len(doses.doses) == 20
    assert diary.missing_count > 0
    assert len(diary.entries) < (hours[-1] - hours[0]) / 24 + 1
    assert sum(late > 0 for late in diary.lateness_h()) == 2
    assert sum(entry.phq9 is not None for entry in diary.entries) == 3
