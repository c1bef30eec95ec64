"""Damaged files of the library: read, or refused by an error of the family; never a crash."""

from contextlib import suppress

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from respite.domain import LibraryFault, UnitNotUnderstood
from respite.literature import check_library, load_library

OTTO = "models/s_ketamine_otto2021.toml"
SINGH = "observations/singh2022.toml"
BESIDE = "comparators/ketamine.toml"
NMDA = "targets/nmda.toml"
PLAN_RULES = "rules/plan.toml"
SPRAY = "acute/esketamine_short_trials.toml"

DAMAGE = {
    "place": st.integers(min_value=0, max_value=10**6),
    "cut": st.integers(min_value=0, max_value=12),
    "put": st.text(max_size=8),
}


@given(**DAMAGE)
@settings(max_examples=150)
def test_a_damaged_file_of_observations_is_read_or_refused(
    tmp_path_factory: pytest.TempPathFactory, place: int, cut: int, put: str
) -> None:
    good = (load_library().folder / SINGH).read_text(encoding="utf-8")
    at = place % len(good)
    folder = tmp_path_factory.mktemp("library")
    (folder / "observations").mkdir()
    damaged = good[:at] + put + good[at + cut :]
    (folder / SINGH).write_text(damaged, encoding="utf-8", errors="surrogatepass")
    with suppress(LibraryFault):
        assert load_library(folder).observed("singh2022")
    check_library(load_library(folder))


@pytest.mark.parametrize("file", [BESIDE, NMDA, PLAN_RULES, SPRAY])
@given(**DAMAGE)
@settings(max_examples=100)
def test_a_damaged_file_of_comparators_targets_rules_or_effects_is_read_or_refused(
    tmp_path_factory: pytest.TempPathFactory, file: str, place: int, cut: int, put: str
) -> None:
    good = (load_library().folder / file).read_text(encoding="utf-8")
    at = place % len(good)
    folder = tmp_path_factory.mktemp("library")
    (folder / file).parent.mkdir()
    damaged = good[:at] + put + good[at + cut :]
    (folder / file).write_text(damaged, encoding="utf-8", errors="surrogatepass")
    # The battery finds, and never fails, whatever stands in a file.
    check_library(load_library(folder))


@given(**DAMAGE)
@settings(max_examples=150)
def test_a_damaged_file_is_read_or_refused(
    tmp_path_factory: pytest.TempPathFactory, place: int, cut: int, put: str
) -> None:
    good = (load_library().folder / OTTO).read_text(encoding="utf-8")
    at = place % len(good)
    folder = tmp_path_factory.mktemp("library")
    (folder / "models").mkdir()
    damaged = good[:at] + put + good[at + cut :]
    (folder / OTTO).write_text(damaged, encoding="utf-8", errors="surrogatepass")
    library = load_library(folder)
    # Whatever stands in a file is read, or refused by an error of the family.
    with suppress(LibraryFault, UnitNotUnderstood):
        numbers = library.model("s_ketamine_otto2021").parameters.values()
        assert all(isinstance(number.value, int | float) for number in numbers)
    # The battery finds, and never fails, whatever stands in a file.
    check_library(library)
