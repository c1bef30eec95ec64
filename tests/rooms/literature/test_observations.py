"""Observed studies as other rooms meet them: figures with the study and the arm they stand in."""

from __future__ import annotations

import pytest

from respite.domain import LibraryFault
from respite.literature import load_library, rows_of

LIBRARY = load_library()


def test_a_figure_knows_its_study_its_arm_and_whom_it_sums_up() -> None:
    rows = LIBRARY.observed("singh2022")
    first = rows[0]
    assert first.arm.regimen == "ketamine 10 mg iv"
    assert first.people.condition == "cancer"
    assert (first.site, first.source, first.n) == ("not_reported", "singh2022", 9)
    assert rows == tuple(rows_of(LIBRARY.observations["singh2022"]))


def test_an_arm_may_be_of_other_people_and_a_figure_of_another_source() -> None:
    older = [row for row in LIBRARY.observed("perezruixo2021") if "above 60" in row.arm.name]
    assert {row.people.age_range.from_ for row in older if row.people.age_range} == {60}
    in_a_vein = [
        row for row in LIBRARY.observed("simons2022kinetics") if row.source == "simons_thesis"
    ]
    assert [row.site for row in in_a_vein] == ["arterial", "arterial"]
    assert [row.n for row in in_a_vein] == [19, 20]


def test_an_unknown_observed_study_is_refused_with_the_nearest() -> None:
    with pytest.raises(LibraryFault, match="no observed study 'singh2021'") as refused:
        LIBRARY.observed("singh2021")
    assert "singh2022" in str(refused.value)
