"""A copy of a clinic holds a few rows in memory at a time, however large the clinic is."""

from __future__ import annotations

import pytest
from clinic_diaries import tap
from clinic_people import signed_in
from django.core import serializers

from respite.clinic.running import copies


@pytest.fixture
def sizes(patient, monkeypatch):
    """Have seven entries, and give how many rows are made into lines at a time."""
    browser = signed_in(patient.user)
    for _time in range(7):
        tap(browser, 5)
    found = []
    serialize = serializers.serialize

    def counting(form, rows):
        found.append(len(rows))
        return serialize(form, rows)

    monkeypatch.setattr(serializers, "serialize", counting)
    return found


@pytest.mark.django_db
def test_no_more_rows_than_a_batch_are_held_at_a_time(sizes, monkeypatch, tmp_path):
    monkeypatch.setattr(copies, "BATCH", 3)
    said = copies.backup(tmp_path / "copy")
    assert max(sizes) == 3
    assert f"{sum(sizes)} rows" in said


@pytest.mark.django_db
def test_rows_that_are_long_are_held_one_by_one(sizes, monkeypatch, tmp_path):
    monkeypatch.setattr(copies, "HELD", 1)
    monkeypatch.setattr(copies, "FIRST_BATCH", 1)
    copies.backup(tmp_path / "copy")
    assert set(sizes) == {1}
    batches = list(copies._batches(copies._lines(tmp_path / "copy")))
    assert len([batch for batch in batches if batch[0]["model"] == "diaries.entry"]) == 7
    assert {len(batch) for batch in batches} == {1}
