"""Pasted lines: whatever they hold, each becomes a row, and nothing of it is lost."""

from __future__ import annotations

import pytest
from clinic_people import signed_in
from django.db import transaction
from django.urls import reverse
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from respite.clinic.surveillance.lines import COLUMNS, cells_of, rows_of_text
from respite.clinic.surveillance.models import LabResult
from respite.safety import ResultNotUnderstood, read_result

pieces = st.sampled_from(
    ["ALT", "gamma-gt", "34", "<5", "1,2", "U/L", "µkat/L", "mL/min/1.73 m²", "(10-40)", "[<40]",
     "2026-11-02", "2.11.2026", "urine blood", "++", "no growth", "\t", ";", "\u200f", "-", "İ"]
)  # fmt: skip
lines = st.one_of(
    st.text(max_size=60), st.lists(st.one_of(pieces, st.text(max_size=8)), max_size=7).map(" ".join)
)


@pytest.mark.parametrize(
    ("line", "cells"),
    [
        ("ALT 34 U/L 2026-11-02", ("ALT", "34", "U/L", "", "", "2026-11-02", "")),
        ("Crea: 0,9 mg/dl (0.6-1.2)", ("Crea", "0,9", "mg/dl", "0.6", "1.2", "", "")),
        ("eGFR >90 mL/min/1.73 m² 2.11.2026", ("eGFR", ">90", "mL/min/1.73 m²", "", "",
                                               "2.11.2026", "")),
        ("GGT\t<5\tU/L\t[<60]", ("GGT", "<5", "U/L", "", "60", "", "")),
        ("urine culture no growth, midstream", ("urine culture", "no growth", "", "", "", "",
                                                ", midstream")),
        ("Ferritin 80 ug/L", ("Ferritin", "80", "ug/L", "", "", "", "")),
    ],
)  # fmt: skip
def test_a_line_is_taken_apart(line, cells):
    told = cells_of(line)
    assert tuple(told[name] for name in COLUMNS) == cells


@given(st.lists(lines, max_size=5))
def test_every_line_becomes_a_row_that_still_holds_it(some):
    text = "\n".join(some)
    rows = rows_of_text(text)
    said = [line.strip() for line in text.splitlines() if line.strip()]
    assert [row["line"] for row in rows] == said


@given(st.sampled_from(["ALT", "creatinine", "eGFR", "urine blood", "x"]), lines, lines)
def test_whatever_is_typed_is_a_result_or_a_sentence(test, typed, unit):
    try:
        told = read_result(test, typed, unit)
    except ResultNotUnderstood:
        return
    assert told.code or told.value is not None


@pytest.mark.thorough
@pytest.mark.django_db
def test_no_form_of_results_fails_whatever_it_holds(patient, clinician):
    client = signed_in(clinician)
    address = reverse("surveillance:lab", args=[patient.pk])
    cells = st.fixed_dictionaries(
        {name: st.lists(lines, max_size=3) for name in (*COLUMNS, "sure", "line")}
        | {"day_of_all": lines, "client_id": lines}
    )

    @settings(max_examples=25, deadline=None, suppress_health_check=list(HealthCheck))
    @given(cells, lines)
    def send(told, block):
        with transaction.atomic():
            assert client.post(address, told).status_code in {302, 422}
            assert client.post(address, {"block": block}).status_code in {200, 422}
            transaction.set_rollback(True)

    send()
    assert not LabResult.objects.exists()
