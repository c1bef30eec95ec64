"""Files of what changes how fast ketamine leaves: read, refused, and honest about evidence."""

from __future__ import annotations

from contextlib import suppress

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from respite.domain import LibraryFault, UnitNotUnderstood
from respite.literature import check_library, load_library

LIBRARY = load_library()
FILE = "interactions/clarithromycin.toml"


def test_a_file_that_does_not_exist_is_refused_with_a_suggestion() -> None:
    with pytest.raises(LibraryFault, match="no interaction 'rifampicine'") as refused:
        LIBRARY.interaction("rifampicine")
    assert "rifampicin" in refused.value.remedy


def test_what_is_recalled_is_never_called_published() -> None:
    for one in LIBRARY.interactions.values():
        for ratio in one.measured:
            if ratio.read == "recalled":
                assert ratio.status == "assumed"
                assert "recalled" in ratio.because


def test_every_factor_is_assumed_says_why_and_names_its_rows() -> None:
    for one in LIBRARY.interactions.values():
        for number in one.factors.values():
            assert number.status == "assumed"
            assert number.because
            assert number.calibrated_to
            assert number.between_studies_sd


def test_class_members_are_marked_and_have_no_ratios_of_their_own() -> None:
    carried = {id for id, one in LIBRARY.interactions.items() if one.extrapolated_from}
    assert {"clopidogrel", "carbamazepine", "phenytoin", "phenobarbital", "efavirenz"} <= carried
    assert all(not LIBRARY.interaction(id).measured for id in carried)


@given(
    place=st.integers(min_value=0, max_value=10**6),
    cut=st.integers(min_value=0, max_value=12),
    put=st.text(max_size=8),
)
@settings(max_examples=100)
def test_a_damaged_file_is_read_or_refused(
    tmp_path_factory: pytest.TempPathFactory, place: int, cut: int, put: str
) -> None:
    good = (LIBRARY.folder / FILE).read_text(encoding="utf-8")
    at = place % len(good)
    folder = tmp_path_factory.mktemp("library")
    (folder / "interactions").mkdir()
    damaged = good[:at] + put + good[at + cut :]
    (folder / FILE).write_text(damaged, encoding="utf-8", errors="surrogatepass")
    library = load_library(folder)
    with suppress(LibraryFault, UnitNotUnderstood):
        factors = library.interaction("clarithromycin").factors.values()
        assert all(isinstance(number.value, int | float) for number in factors)
    check_library(library)
