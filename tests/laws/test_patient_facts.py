"""Laws of the facts about a patient: any are understood, or refused in words."""

from __future__ import annotations

from damaged_texts import damaged
from hypothesis import given, settings
from hypothesis import strategies as st

from respite.domain import FileNotUnderstood, Patient, PatientNotUnderstood

law = settings(derandomize=True, deadline=None, max_examples=40)
few = settings(derandomize=True, deadline=None, max_examples=25)

FACTS = 'age = 45\nsex = "female"\nweight = 70.5\nmedicines = ["a"]\ncyp2b6 = "*1/*6"\n'


@few
@given(content=st.one_of(damaged(st.just(FACTS)).map(str.encode), st.binary(max_size=80)))
def test_a_damaged_file_of_facts_is_read_or_refused(tmp_path_factory, content: bytes) -> None:
    path = tmp_path_factory.mktemp("facts") / "patient.toml"
    path.write_bytes(content)
    try:
        patient = Patient.from_toml(path)
    except (PatientNotUnderstood, FileNotUnderstood):
        return
    assert patient.in_words()


VALUES = st.one_of(
    st.floats(),
    st.integers(),
    st.booleans(),
    st.none(),
    st.text(max_size=8),
    st.lists(st.text(max_size=5), max_size=3),
)
NAMES = st.sampled_from(
    [
        *("age", "sex", "weight", "height", "condition", "baseline-pain", "pain_years"),
        *("medicine", "liver", "egfr", "cyp2b6", "depression", "daily-opioid-mg", "ancestry"),
        "shoe size",
    ]
)


@law
@given(st.dictionaries(NAMES, VALUES, max_size=4))
def test_any_facts_make_a_patient_or_are_refused(facts: dict[str, object]) -> None:
    try:
        patient = Patient.from_mapping(facts)
    except PatientNotUnderstood:
        return
    assert Patient.from_mapping(patient.known()) == patient
    assert len(patient.known()) + len(patient.unknown_names()) == len(Patient().unknown_names())
