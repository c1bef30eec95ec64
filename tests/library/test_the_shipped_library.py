"""The battery, on every file that ships: this is the test a new file must pass."""

import math
import re
from pathlib import Path

import pytest

from respite.literature import check_library, load_library, rows_of

LIBRARY = load_library()


def test_every_file_passes_every_rule() -> None:
    assert [f"{one.file}: {one.rule}: {one.message}" for one in check_library(LIBRARY)] == []


def test_the_models_that_the_default_answer_stands_on_are_there() -> None:
    assert {"ketamine_respite1", "s_ketamine_otto2021", "pain_dahan2011", "people_crps2011"} <= set(
        LIBRARY.models
    )


def test_every_source_is_used_by_somebody() -> None:
    texts = {file: file.read_text(encoding="utf-8") for file in LIBRARY.folder.glob("*/*.toml")}
    for key in LIBRARY.sources:
        own = LIBRARY.folder / "sources" / f"{key}.toml"
        assert any(f'"{key}"' in text for file, text in texts.items() if file != own), key


@pytest.mark.parametrize("id", sorted(LIBRARY.models))
def test_numbers_of_the_full_sets_say_that_they_were_read_second_hand(id: str) -> None:
    model = LIBRARY.model(id)
    if model.kind == "kinetics" and model.base is None:
        assert model.read == "secondary_transcription"
        assert all(number.read is None for number in model.parameters.values())


def test_a_recalled_figure_is_never_given_a_place_in_a_paper() -> None:
    for study in LIBRARY.studies.values():
        for arm in study.arms:
            for outcome in arm.outcomes:
                assert (outcome.read == "recalled") == (outcome.at == "not_reported")


def test_a_recalled_observation_is_never_given_a_place_in_a_paper() -> None:
    for study in LIBRARY.observations.values():
        for row in rows_of(study):
            seen = row.observation
            assert ((seen.read or study.read) == "recalled") == (seen.at == "not_reported")


def test_no_file_holds_a_null_or_the_address_of_a_page_that_is_not_the_source() -> None:
    journals = r"doi\.org|pubs\.asahq\.org|molpharm\.aspetjournals\.org"
    code = r"github\.com/(Calvagone|nlmixr2|opentiva)"
    # Pages that were read and are cited as themselves: news, summaries and a seller of substances.
    pages = (
        r"www\.(medscape|epocrates|clinicalpainadvisor|benchchem)\.com"
        r"|www\.(aafp|eurekalert|cochrane)\.org|www\.nationalelfservice\.net|scholars\.uthscsa\.edu"
    )
    # Labels, guidelines and instruments that rules rest on, read as the pages they are.
    rules = (
        r"(physician\.)?pdr\.net|www\.(guidelinecentral|pfizermedicalinformation)\.com"
        r"|www\.jnjmedicalconnect\.com|www\.fpm\.ac\.uk|www\.thewaltoncentre\.nhs\.uk"
        r"|asahq\.org|en\.wikipedia\.org|hepatitisc\.uw\.edu|www\.aidsinfonet\.org"
        r"|www\.thehealthtools\.com"
    )
    allowed = re.compile(rf"https?://({journals}|{code}|{pages}|{rules})/")
    for file in LIBRARY.folder.glob("*/*.toml"):
        text = file.read_text(encoding="utf-8")
        assert "null" not in text
        assert "nan" not in text.split()
        for address in re.findall(r"https?://\S+", text):
            assert allowed.match(address), f"{file.name}: {address}"


def test_racemic_ketamine_is_s_and_r_of_one_published_model_without_copied_numbers() -> None:
    own = LIBRARY.model("ketamine_respite1")
    joined = LIBRARY.assembled("ketamine_respite1")
    base = LIBRARY.model("s_ketamine_otto2021")
    assert set(own.parameters).isdisjoint(base.parameters)
    for name, number in base.parameters.items():
        assert joined.parameters[name].value == number.value
        assert joined.parameters[name].source == "otto2021"
    assert joined.parameters["clearance"].between_studies_sd == 0.15
    assert len(joined.covariate_effects) == len(base.covariate_effects) + 1
    assert [effect.parameter for effect in own.covariate_effects] == ["liver_flow"]
    assert {pair.source for pair in joined.correlations} == {"otto2021"}


def test_the_between_study_spread_is_not_narrower_than_the_clearances_that_were_read() -> None:
    base = LIBRARY.model("s_ketamine_otto2021").parameters["clearance"].value
    perez = LIBRARY.model("esketamine_perezruixo2021").anchors[0].expect.value
    spread = LIBRARY.assembled("ketamine_respite1").parameters["clearance"].between_studies_sd
    assert spread is not None
    assert abs(math.log(perez / base)) < 2 * spread


def test_the_published_pain_model_keeps_its_interval_and_its_standard_error() -> None:
    ec50 = LIBRARY.model("pain_dahan2011").parameters["slow_ec50"]
    assert ec50.printed == "10.5 ng/mL"
    assert ec50.unit == "mg/L"
    assert ec50.value == pytest.approx(0.0105)
    assert ec50.standard_error_sd == pytest.approx(math.log(21.2 / 4.37) / (2 * 1.96), rel=1e-4)
    assert ec50.between_patients_sd is None
    assert [one.value for one in ec50.typical.also_printed] == [4.8]


def test_the_library_is_data_only() -> None:
    assert {file.suffix for file in Path(LIBRARY.folder).rglob("*") if file.is_file()} == {".toml"}
