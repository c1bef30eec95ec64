"""Facts about a patient: known, unknown, impossible, misspelt."""

import math
from pathlib import Path

import pytest

from respite.domain import (
    UNKNOWN,
    Condition,
    FileNotUnderstood,
    Liver,
    Patient,
    PatientNotUnderstood,
    Sex,
)


def test_an_unknown_fact_is_false_and_reads_as_a_word() -> None:
    assert not UNKNOWN
    assert repr(UNKNOWN) == "unknown"
    assert Patient().weight is UNKNOWN
    assert Patient().known() == {}
    assert len(Patient().unknown_names()) == 14


def test_no_medicines_is_not_the_same_as_not_said() -> None:
    assert Patient(medicines=()).known() == {"medicines": ()}
    assert Patient().medicines is UNKNOWN


def test_a_patient_is_told_in_words() -> None:
    patient = Patient(age=45, sex=Sex.FEMALE, weight=70, condition=Condition.CRPS, baseline_pain=7)
    assert patient.in_words() == "woman of 45, 70 kg, CRPS, usual pain 7 of 10"
    assert Patient(age=12).in_words() == "child of 12"
    assert Patient(sex=Sex.MALE).in_words() == "man of unknown age"
    assert Patient().in_words() == "patient of whom nothing is known"
    assert "no medicines" in Patient(medicines=()).in_words()


def test_words_from_a_file_become_the_words_of_the_clinic() -> None:
    facts = {"sex": "Female", "liver": "child_pugh_b", "condition": "phantom-limb", "height": 168}
    facts |= {
        "baseline-pain": 7,
        "medicine": ["Clarithromycin "],
        "cyp2b6": "*6/*1",
        "egfr": "unknown",
    }
    patient = Patient.from_mapping(facts)
    assert patient.sex is Sex.FEMALE
    assert patient.liver is Liver.CHILD_PUGH_B
    assert patient.medicines == ("clarithromycin",)
    assert patient.cyp2b6 == "*1/*6"
    assert patient.egfr is UNKNOWN
    assert hash(patient) == hash(Patient.from_mapping(patient.known()))


def test_known_facts_replace_and_unknown_ones_do_not() -> None:
    patient = Patient(age=45, weight=70).with_(weight=80, age=UNKNOWN, height=170)
    assert patient == Patient(age=45, weight=80, height=170)


REFUSED = [
    ({"weight": 700}, "weight", "from 1 to 500"),
    ({"weight": 0}, "weight", "kg"),
    ({"weight": True}, "weight", "a plain number"),
    ({"weight": "70 kg"}, "weight", "without a unit"),
    ({"weight": math.nan}, "weight", "nan"),
    ({"weight": math.inf}, "weight", "inf"),
    ({"weight": 10**5000}, "weight", "many digits"),
    ({"age": -1}, "age", "from 0"),
    ({"height": 1.68}, "height", "168"),
    ({"height": 70, "weight": 168}, "weight", "swapped"),
    ({"baseline_pain": 11}, "baseline_pain", "from 0 to 10"),
    ({"age": 20, "pain_years": 30}, "pain_years", "life"),
    ({"depression": 12.5}, "depression", "whole"),
    ({"medicines": "clarithromycin"}, "medicines", "a list"),
    ({"medicines": [""]}, "medicines", "name"),
    ({"cyp2b6": "slow"}, "cyp2b6", "*1/*6"),
    ({"condition": "crsp"}, "condition", 'write "crps"'),
    ({"liver": "bad"}, "liver", "child-pugh-a"),
    ({"sex": None}, "sex", "female"),
    ({"wieght": 70}, "wieght", 'write "weight"'),
    ({"shoe": 42}, "shoe", "one of age"),
    ({"pain-years": 1, "pain_years": 2}, "pain_years", "twice"),
]


@pytest.mark.parametrize(("facts", "found", "told"), REFUSED, ids=range(len(REFUSED)))
def test_an_impossible_fact_is_told(facts: dict[str, object], found: str, told: str) -> None:
    with pytest.raises(PatientNotUnderstood) as refusal:
        Patient.from_mapping(facts)
    assert found in refusal.value.found
    assert told in str(refusal.value)


def test_facts_are_read_from_toml(tmp_path: Path) -> None:
    path = tmp_path / "patient.toml"
    path.write_bytes(b'\xef\xbb\xbfage = 45\nsex = "female"\nmedicines = []\n')
    assert Patient.from_toml(path) == Patient(age=45, sex=Sex.FEMALE, medicines=())


@pytest.mark.parametrize(
    ("content", "told"),
    [
        (b"age = ", "at end of document"),
        (b"\xff\xfe", "UTF-8"),
        (b"a = " + b"[" * 100_000, "not TOML"),
        (b"a = " + b"1" * 5_000, "not TOML"),
        (b"#" * 1_000_001, "larger"),
    ],
    ids=range(5),
)
def test_a_file_that_is_no_toml_is_told(tmp_path: Path, content: bytes, told: str) -> None:
    path = tmp_path / "patient.toml"
    path.write_bytes(content)
    with pytest.raises(FileNotUnderstood, match=told):
        Patient.from_toml(path)


@pytest.mark.parametrize("name", ["missing.toml", ".", "a\0b"])
def test_a_file_that_cannot_be_opened_is_told(tmp_path: Path, name: str) -> None:
    with pytest.raises(FileNotUnderstood, match="cannot be opened"):
        Patient.from_toml(f"{tmp_path}/{name}")
