"""Records for research: nobody can be found in them, and the command line reads them."""

from __future__ import annotations

import csv
import io
import json
import re
import subprocess
import sys
from collections import Counter
from uuid import uuid4

import pytest
from clinic_numbers import IMMEDIATE, agreed, fifteen, researcher_of, treated, unpacked
from clinic_people import PASSWORD, made_patient, signed_in
from hypothesis import given
from hypothesis import strategies as st

from respite.clinic.numbers.actions import tell_consent
from respite.clinic.numbers.research import OTHER, Told, left_to_tell, study_ids
from respite.clinic.patients.models import Score, TriedTreatment
from respite.domain import read_visits

pytestmark = pytest.mark.django_db
LEAST = 5


@pytest.fixture(autouse=True)
def home(tmp_path, monkeypatch, settings):
    monkeypatch.setenv("RESPITE_CLINIC_HOME", str(tmp_path))
    settings.TASKS = IMMEDIATE


@pytest.fixture
def researcher(clinic):
    return researcher_of(clinic)


def asked(user):
    browser = signed_in(user)
    address = browser.post("/numbers/research/", {"password": PASSWORD}).headers["Location"]
    return browser, address


def export(user):
    browser, address = asked(user)
    return unpacked(browser.post(address))


def rows(files, name):
    text = files[name].decode("utf-8-sig")
    return list(csv.DictReader(io.StringIO(text, newline="")))


def test_every_combination_is_shared_by_five_or_left_out(clinician, researcher):
    agreed(clinician, fifteen(clinician))
    people = rows(export(researcher), "patients.csv")
    assert len(people) == 15
    together = Counter(
        (one["age"], one["sex"], one["condition"], one["weight_kg"]) for one in people
    )
    assert min(together.values()) >= LEAST
    assert any(one["condition"] for one in people)


def test_no_byte_tells_a_name_a_number_a_note_or_a_date(clinician, researcher):
    patients = fifteen(clinician)
    agreed(clinician, patients)
    for one in patients:
        TriedTreatment.objects.create(
            patient=one, name="Rarepill", outcome="helped", note="met at the lighthouse",
            written_by=clinician,
        )  # fmt: skip
    first = patients[0]
    entry = first.entries.first()
    type(entry).objects.create(
        patient=first, day=entry.day, felt_at=entry.felt_at.replace(minute=7),
        written_at=entry.written_at, pain=4, note="my dog Rex died", written_by=clinician,
    )  # fmt: skip
    treated(
        clinician, "Zebedee Quill-99", [3] * 5, effects=("mild", "severe"), number="NR-7799",
        condition="crps",
    )  # fmt: skip
    agreed(clinician, type(first).objects.filter(name="Zebedee Quill-99"))
    files = export(researcher)
    everything = b"".join((*files.values(), *(name.encode() for name in files)))
    for word in (b"Zebedee", b"Quill", b"NR-77", b"Rarepill", b"lighthouse", b"Rex", b"boat",
                 b"clara", b"Clara", b"North", b"1931", b"2026"):  # fmt: skip
        assert word not in everything, word
    told = everything.replace(b"2001-01-01T09:00", b"")  # the date that the README makes up
    assert not re.search(rb"\d{4}-\d{2}-\d{2}|\d{2}[./]\d{2}[./]\d{4}", told)
    assert b"36.45" not in everything
    assert rows(files, "effects.csv")[0]["effect"] == "nausea"


def test_archives_carry_no_time_of_their_own(clinician, researcher):
    import zipfile

    agreed(clinician, fifteen(clinician))
    browser, address = asked(researcher)
    content = b"".join(browser.post(address).streaming_content)
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        assert {one.date_time[:3] for one in archive.infolist()} == {(1980, 1, 1)}


def test_whoever_did_not_agree_or_took_it_back_is_left_out_and_counted(clinician, researcher):
    patients = fifteen(clinician)
    agreed(clinician, patients[:9])
    tell_consent(clinician, patients[0], is_given=False, client_id=uuid4())
    files = export(researcher)
    assert len(rows(files, "patients.csv")) == 8
    assert b"left out: not agreed: 7" in files["README.txt"]


def test_fewer_than_five_are_no_export(clinician, researcher):
    agreed(clinician, fifteen(clinician)[:4])
    browser, address = asked(researcher)
    assert "Fewer than 5 patients" in browser.get(address).content.decode()
    assert browser.post(address).status_code == 410
    assert "fewer than 5 patients" in browser.get("/numbers/research/").content.decode()


@pytest.mark.thorough
def test_study_numbers_are_other_each_time_and_no_file_has_the_order_of_records(
    clinician, researcher
):
    agreed(clinician, fifteen(clinician))

    first = export(researcher)
    for name in ("doses.csv", "diary.csv"):
        ids = [int(one["study_id"]) for one in rows(first, name)]
        assert ids == sorted(ids)
    people = [name for name in first if name.endswith("records.csv")]
    assert people == [f"people/{place}/records.csv" for place in range(1, 16)]
    ids = [study_ids(range(100), bytes([n]) * 32) for n in range(2)]
    assert ids[0] != ids[1]
    assert sorted(ids[0].values()) == list(range(1, 101))


def test_questionnaires_have_days_and_no_free_name(clinician, researcher):
    patients = fifteen(clinician)
    agreed(clinician, patients)
    for name in ("phq9", "my own form"):
        Score.objects.create(
            patient=patients[0], instrument=name, total=9, on="2026-03-12", written_by=clinician
        )
    (row,) = rows(export(researcher), "questionnaires.csv")
    assert (row["instrument"], row["day"], row["total"]) == ("phq9", "10", "9.0")


@pytest.mark.thorough
def test_the_command_line_reads_it(clinician, researcher, tmp_path):
    agreed(clinician, fifteen(clinician))
    files = export(researcher)
    for name in ("visits.csv", "people/1/records.csv", "people/1/diary.csv"):
        (tmp_path / name.replace("/", "-")).write_bytes(files[name])
    assert len(read_visits(files["visits.csv"].decode()).courses) == 15
    data = json.loads(files["research.json"])
    assert (data["schema"], len(data["people"])) == ("respite.research-export/1", 15)

    def run(*words):
        done = subprocess.run(
            [sys.executable, "-m", "respite", *words], cwd=tmp_path, capture_output=True,
            text=True, check=False,
        )  # fmt: skip
        assert done.returncode == 0, done.stderr
        return done.stdout

    assert "15 courses" in run("return-times", "visits.csv", "--resamples", "20")
    run("records", "people-1-records.csv", "--to", "doses", "--start", "2001-01-01T09:00",
        "--output", "doses.csv")  # fmt: skip
    told = run("forecast", "--history", "doses.csv", "--diary", "people-1-diary.csv")
    assert "Given this diary" in told


def test_who_may_take_records_for_research(clinician, nurse, patient):
    made_patient(clinician, "Another")
    for user in (nurse, patient.user):
        assert signed_in(user).get("/numbers/research/").status_code == 403
    assert signed_in(clinician).get("/numbers/research/").status_code == 200
    wrong = signed_in(clinician).post("/numbers/research/", {"password": "no"})
    assert wrong.status_code == 422


TOLD = st.builds(
    Told,
    study_id=st.just(0),
    age=st.sampled_from(["30-39", "40-49", "90+"]),
    sex=st.sampled_from(["female", "male", ""]),
    condition=st.sampled_from(["crps", "migraine", "cancer", ""]),
    weight_kg=st.sampled_from(["60", "70", "80", ""]),
)


@pytest.mark.thorough
@given(st.lists(TOLD, max_size=40))
def test_nobody_is_ever_told_apart_from_four_others(people):
    numbered = [
        Told(place, one.age, one.sex, one.condition, one.weight_kg)
        for place, one in enumerate(people)
    ]
    told = left_to_tell(numbered, LEAST)
    if len(people) < LEAST:
        assert told == []
        return
    assert [one.study_id for one in told] == list(range(len(people)))
    assert min(Counter(one.together for one in told).values()) >= LEAST
    for before, after in zip(numbered, told, strict=True):
        assert after.age in ("", before.age)
        assert after.sex in ("", before.sex)
        assert after.condition in ("", OTHER, before.condition)
        assert after.weight_kg in ("", before.weight_kg)


def test_what_many_share_is_told_in_full():
    people = [Told(place, "40-49", "female", "crps", "70") for place in range(5)]
    assert left_to_tell(people, LEAST) == people
