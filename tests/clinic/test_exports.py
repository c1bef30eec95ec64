"""What leaves the clinic: everything about a patient, nothing about others, and on the trail."""

from __future__ import annotations

import csv
import io
import subprocess
import sys
from datetime import timedelta
from types import SimpleNamespace
from uuid import uuid4

import pytest
from clinic_diaries import gave_course, wrote
from clinic_numbers import IMMEDIATE, admin_of, all_of, record_in, treated, unpacked
from clinic_people import PASSWORD, made_patient, made_user, signed_in
from django.apps import apps
from django.db import DatabaseError, connection, transaction
from django.utils import timezone
from furnished import furnished
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from respite.clinic.accounts.models import Role
from respite.clinic.audit.models import AuditEvent
from respite.clinic.numbers import export_actions
from respite.clinic.numbers.about_patient import patient_tables
from respite.clinic.numbers.archive import cell
from respite.clinic.numbers.models import ExportFile, ExportKind, ResearchConsent
from respite.clinic.numbers.queries import exports_with, who_agree
from respite.clinic.patients.models import Medicine, PatientRecord

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def home(tmp_path, monkeypatch, request):
    """Keep files of exports in a folder of the test, and write them at once."""
    monkeypatch.setenv("RESPITE_CLINIC_HOME", str(tmp_path))
    request.getfixturevalue("settings").TASKS = IMMEDIATE
    return tmp_path


@pytest.fixture
def administrator(clinic):
    return admin_of(clinic)


def taken(user, address, **told):
    return signed_in(user).post(address, {"password": PASSWORD, **told})


def tables_that_lead_to_a_patient() -> set[str]:
    """Find them the other way round: from the record back along every reference."""
    found, todo = set(), [PatientRecord]
    while todo:
        model = todo.pop()
        for field in model._meta.get_fields(include_hidden=True):
            if (field.one_to_many or field.one_to_one) and field.auto_created:
                other = field.related_model
                if other not in found and other is not PatientRecord:
                    found.add(other)
                    todo.append(other)
    return {one._meta.label_lower for one in found if one in set(apps.get_models())}


def test_no_table_that_leads_to_a_patient_is_left_out():
    assert tables_that_lead_to_a_patient() <= {one.name for one in patient_tables()}


@pytest.mark.thorough
def test_every_row_about_the_patient_is_there_and_none_about_another(clinician, stranger):
    numbers = furnished(clinician, stranger, "pia")
    furnished(clinician, stranger, "paul")
    files = unpacked(taken(clinician, f"/patients/{numbers['patient_id']}/export/"))
    told = record_in(files)
    ours = {"session_id": "treatments.sessionrecord", "line_id": "treatments.sessionentry",
            "dose_id": "treatments.doserecord", "answer_id": "patients.factanswer",
            "medicine_id": "patients.medicine", "score_id": "patients.score",
            "access_id": "patients.emergencyaccess", "entry_id": "diaries.entry",
            "forecast_id": "forecasts.forecastrecord", "patient_id": "patients.patientrecord",
            "question_id": "treatments.advicequestion"}  # fmt: skip
    for name, table in ours.items():
        assert [row["id"] for row in told["tables"][table]] == [numbers[name]], table
    for table, rows in told["tables"].items():
        assert {row["patient_record"] for row in rows} <= {numbers["patient_id"]}, table
        assert told["counts"][table] == len(rows)
    assert set(told["tables"]) == {one.name for one in patient_tables()}
    assert b"Patient paul" not in files["record.json"]
    assert told["schema"] == "respite.clinic-export/1"


def test_no_secret_and_no_password_leaves(clinician, stranger):
    numbers = furnished(clinician, stranger, "pia")
    files = unpacked(taken(clinician, f"/patients/{numbers['patient_id']}/export/"))
    everything = b"".join(files.values())
    assert b"password" not in files["record.json"]
    assert b"secret_digest" not in everything
    assert clinician.password.encode() not in everything


def test_what_was_corrected_and_removed_and_the_trail_are_there(patient, clinician):
    first = wrote(patient, 4, note="at first")
    wrote(patient, 5, replaces=first, note="then")
    signed_in(clinician).get(f"/patients/{patient.pk}/")
    told = record_in(unpacked(taken(clinician, f"/patients/{patient.pk}/export/")))
    notes = [row["note"] for row in told["tables"]["diaries.entry"]]
    assert sorted(notes) == ["at first", "then"]
    assert {"page": "overview"} in [line["note"] for line in told["trail"]]
    assert "Clara" in {one["full_name"] for one in told["people"]}


@pytest.mark.thorough
def test_the_command_line_reads_diary_and_doses(patient, clinician, tmp_path):
    gave_course(patient)
    for day, pain in enumerate((3, 3, 2, 4, 5), start=1):
        wrote(patient, pain, day)
    files = unpacked(taken(clinician, f"/patients/{patient.pk}/export/"))
    for name in ("diary.csv", "doses.csv"):
        (tmp_path / name).write_bytes(files[f"respite/{name}"])
    done = subprocess.run(
        [sys.executable, "-m", "respite", "forecast", "--diary", "diary.csv", "--history",
         "doses.csv", "--condition", "crps"],
        cwd=tmp_path, capture_output=True, text=True, check=False,
    )  # fmt: skip
    assert done.returncode == 0, done.stderr
    assert "Given this diary" in done.stdout


NAMES = ("李小龍", "محمد بن علي", "=HYPERLINK(1)", 'O\'Brien; "Ann"', "Zoë\nTwo")


@pytest.mark.parametrize("name", NAMES)
def test_names_in_any_script_come_back_as_they_were(clinician, name):
    patient = made_patient(clinician, name)
    files = unpacked(taken(clinician, f"/patients/{patient.pk}/export/"))
    assert record_in(files)["tables"]["patients.patientrecord"][0]["name"] == name
    table = files["tables/patients.patientrecord.csv"]
    assert table.startswith(b"\xef\xbb\xbf")
    (row,) = csv.DictReader(io.StringIO(table.decode("utf-8-sig"), newline=""))
    assert row["name"] == cell(name)
    assert not row["name"].startswith(("=", "+", "-", "@"))


def test_a_formula_in_a_note_is_quoted_and_a_number_is_not(clinician, patient):
    Medicine.objects.create(patient=patient, name="=cmd|'/c calc'!A1", written_by=clinician)
    files = unpacked(taken(clinician, f"/patients/{patient.pk}/export/"))
    table = files["tables/patients.medicine.csv"].decode("utf-8-sig")
    assert "'=cmd" in table
    assert cell(-3) == "-3"
    assert cell({"a": "=1"}) == '{"a": "=1"}'


def test_every_column_is_in_the_dictionary(clinician, patient):
    files = unpacked(taken(clinician, f"/patients/{patient.pk}/export/"))
    rows = csv.reader(io.StringIO(files["dictionary.csv"].decode("utf-8-sig"), newline=""))
    known = {(row[0], row[1]) for row in rows}
    for name, rows in record_in(files)["tables"].items():
        for row in rows[:1]:
            assert {(name, column) for column in row} <= known
    assert b"anybody" in files["README.txt"].lower()


def test_an_export_asks_for_the_password_and_is_on_the_trail(clinician, patient):
    browser = signed_in(clinician)
    address = f"/patients/{patient.pk}/export/"
    for wrong in ("", "wrong", "\x00", "x" * 5000):
        answer = browser.post(address, {"password": wrong})
        assert answer.status_code == 422
    assert not AuditEvent.objects.filter(action="patient.exported").exists()
    answer = taken(clinician, address)
    assert "respite-record-" in answer.headers["Content-Disposition"]
    assert "Pia" not in answer.headers["Content-Disposition"]
    all_of(answer)
    (line,) = AuditEvent.objects.filter(action="patient.exported")
    assert (line.patient_id, line.actor_name) == (patient.pk, "clara")
    assert len(line.note["digest"]) == 64


def test_after_too_many_wrong_passwords_the_right_one_does_not_help(clinician, patient):
    browser = signed_in(clinician)
    address = f"/patients/{patient.pk}/export/"
    for _try in range(5):
        browser.post(address, {"password": "wrong"})
    page = browser.post(address, {"password": PASSWORD})
    assert page.status_code == 422
    assert "Too many wrong passwords" in page.content.decode()


def test_nobody_takes_a_record_that_is_not_theirs(clinician, nurse, stranger, patient):
    address = f"/patients/{patient.pk}/export/"
    assert taken(nurse, address).status_code == 403
    assert taken(stranger, address).status_code == 404
    assert taken(patient.user, address).status_code == 403


# Patients themselves


def test_patients_take_their_own_record_and_see_who_looked(patient, clinician):
    signed_in(clinician).get(f"/patients/{patient.pk}/")
    browser = signed_in(patient.user)
    page = browser.get("/my-data/").content.decode()
    assert "opened the page: overview" in page
    assert "clara" in page
    assert browser.post("/my-data/", {"do": "take", "password": "no"}).status_code == 422
    told = record_in(unpacked(taken(patient.user, "/my-data/", do="take")))
    assert [row["id"] for row in told["tables"]["patients.patientrecord"]] == [patient.pk]
    assert told["tables"]["accounts.user"][0]["username"] == "pia"


def test_a_patient_without_a_record_has_no_data(clinic):
    assert signed_in(made_user(clinic, Role.PATIENT, "new")).get("/my-data/").status_code == 404


def test_patients_agree_to_research_once_and_take_it_back(patient, clinic):
    browser, sent = signed_in(patient.user), {"do": "consent", "client_id": uuid4()}
    assert not who_agree(clinic).exists()
    for _twice in range(2):
        assert browser.post("/my-data/", {**sent, "agrees": "yes"}).status_code == 302
    assert ResearchConsent.objects.count() == 1
    assert list(who_agree(clinic)) == [patient]
    browser.post("/my-data/", {"do": "consent", "client_id": uuid4(), "agrees": "no"})
    assert not who_agree(clinic).exists()
    assert [one.is_given for one in ResearchConsent.objects.all()] == [True, False]
    lines = AuditEvent.objects.filter(action__startswith="research.")
    assert [line.action for line in lines] == ["research.agreed", "research.withdrawn"]


def test_an_old_form_does_not_undo_what_was_said_later(patient, clinic):
    browser, sent = signed_in(patient.user), {"do": "consent", "client_id": uuid4()}
    browser.post("/my-data/", {**sent, "agrees": "yes"})
    browser.post("/my-data/", {"do": "consent", "client_id": uuid4(), "agrees": "no"})
    browser.post("/my-data/", {**sent, "agrees": "yes"})
    assert not who_agree(clinic).exists()


def test_staff_write_consent_down_for_a_patient_at_home_only(patient, nurse, stranger):
    address = f"/patients/{patient.pk}/consent/"
    sent = {"client_id": uuid4(), "agrees": "yes"}
    assert signed_in(stranger).post(address, sent).status_code == 404
    assert signed_in(nurse).post(address, {"agrees": "perhaps"}).status_code == 422
    assert signed_in(nurse).post(address, sent).status_code == 302
    assert "agrees to research" in signed_in(nurse).get(address).content.decode()
    other = made_patient(nurse, "Other")
    assert signed_in(nurse).post(f"/patients/{other.pk}/consent/", sent).status_code == 404


@pytest.mark.parametrize("statement", ["UPDATE {t} SET is_given = 1=0", "DELETE FROM {t}"])
def test_the_database_refuses_to_change_a_consent(patient, clinician, statement):
    ResearchConsent.objects.create(patient=patient, is_given=True, by=clinician)
    table = ResearchConsent._meta.db_table
    with pytest.raises(DatabaseError), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(statement.format(t=table))


# The whole clinic


def test_the_clinic_is_written_once_and_fetched_once(administrator, clinician, stranger, home):
    treated(clinician, "Zebedee Quill", [3] * 5)
    made_patient(stranger, "Somebody elsewhere")
    address = taken(administrator, "/numbers/export/").headers["Location"]
    browser = signed_in(administrator)
    assert "It is ready" in browser.get(address).content.decode()
    (waiting,) = (home / "exports").glob("*.zip")
    assert waiting.stat().st_mode & 0o077 == 0
    files = unpacked(browser.post(address))
    assert not list((home / "exports").glob("*"))
    told = record_in(files)
    assert [row["name"] for row in told["tables"]["patients.patientrecord"]] == ["Zebedee Quill"]
    assert len(told["tables"]["treatments.sessionrecord"]) == 3
    number = told["tables"]["patients.patientrecord"][0]["id"]
    assert b"2026-03-02T20:00" not in files[f"respite/patient-{number}/diary.csv"][:40]
    for again in (browser.get(address), browser.post(address)):
        assert again.status_code == 410
    actions = AuditEvent.objects.filter(action__startswith="export.").order_by("pk")
    assert [one.action for one in actions] == ["export.asked", "export.made", "export.fetched"]
    made = ExportFile.objects.get()
    assert actions[1].note["digest"] == made.file_digest == actions[2].note["digest"]


def test_a_link_is_for_whoever_asked_and_for_an_hour(administrator, clinic, home):
    address = taken(administrator, "/numbers/export/").headers["Location"]
    other = signed_in(admin_of(clinic, "adam"))
    assert other.get(address).status_code == 410
    assert other.post(address).status_code == 410
    later = timezone.now() + timedelta(hours=2)
    ExportFile.objects.update(expires_at=timezone.now() - timedelta(seconds=1))
    assert signed_in(administrator).post(address).status_code == 410
    assert export_actions.remove_expired(later) == 1
    assert not list((home / "exports").glob("*"))
    page = signed_in(administrator).get("/numbers/export/").content.decode()
    assert "not fetched in time" in page


def test_a_file_that_could_not_be_written_leaves_nothing(administrator, monkeypatch, home):
    def fail(*_told):
        raise OSError

    monkeypatch.setattr(export_actions, "write_patients", fail)
    address = taken(administrator, "/numbers/export/").headers["Location"]
    assert "our fault" in signed_in(administrator).get(address).content.decode()
    assert not list((home / "exports").glob("*"))


def test_while_it_is_written_the_page_says_so(administrator, monkeypatch):
    monkeypatch.setattr(export_actions, "write_export", SimpleNamespace(enqueue=lambda _n: None))
    address = taken(administrator, "/numbers/export/").headers["Location"]
    browser = signed_in(administrator)
    assert "is being written" in browser.get(address).content.decode()
    assert "is being written" in browser.get(f"{address}state/1/").content.decode()
    assert "may be away" in browser.get(f"{address}200/").content.decode()
    assert browser.post(address).status_code == 410
    export_actions.write_file(ExportFile.objects.get().pk)
    assert browser.get(f"{address}state/1/").headers["HX-Redirect"] == address


def test_only_administrators_export_the_clinic(clinician, nurse, patient):
    for user in (clinician, nurse, patient.user):
        assert taken(user, "/numbers/export/").status_code == 403
    assert not ExportFile.objects.exists()


def test_patients_see_in_which_files_they_were(administrator, patient):
    taken(administrator, "/numbers/export/")
    ExportFile.objects.create(
        clinic=patient.clinic, kind=ExportKind.RESEARCH, by=administrator, secret_digest="x"
    )
    assert [one.kind for one in exports_with(patient)] == ["clinic"]
    page = signed_in(patient.user).get("/my-data/").content.decode()
    assert "everything of the clinic" in page


@pytest.mark.thorough
@settings(max_examples=40, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    st.dictionaries(
        st.sampled_from(["do", "password", "client_id", "agrees", "version"]),
        st.text(max_size=40) | st.sampled_from(["consent", "yes", "\x00", "take", PASSWORD]),
    )
)
def test_whatever_is_sent_nothing_falls_over(patient, clinician, told):
    pages = (
        (patient.user, "/my-data/"),
        (clinician, f"/patients/{patient.pk}/consent/"),
        (clinician, f"/patients/{patient.pk}/export/"),
        (clinician, "/numbers/research/"),
    )
    for user, address in pages:
        answer = signed_in(user).post(address, told)
        all_of(answer)
        assert answer.status_code in {200, 302, 422}, address
