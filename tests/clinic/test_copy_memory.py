"""A copy of a clinic holds a few rows in memory at a time, however large the clinic is."""

from __future__ import annotations

import pytest
from clinic_diaries import tap
from clinic_people import signed_in
from django.core import serializers

from respite.clinic.running import copies


@pytest.mark.django_db
def test_no_more_rows_than_a_batch_are_held_at_a_time(patient, monkeypatch, tmp_path):
    browser = signed_in(patient.user)
    for _time in range(7):
        tap(browser, 5)
    sizes = []
    serialize = serializers.serialize

    def counting(form, rows):
        rows = list(rows)
        sizes.append(len(rows))
        return serialize(form, rows)

    monkeypatch.setattr(copies, "BATCH", 3)
    monkeypatch.setattr(serializers, "serialize", counting)
    said = copies.backup(tmp_path / "copy")
    assert max(sizes) == 3
    assert f"{sum(sizes)} rows" in said
