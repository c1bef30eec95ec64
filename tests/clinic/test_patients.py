"""People: list, record, trail, link, and emergency access."""

from __future__ import annotations

import re
import uuid
from datetime import date, timedelta

import pytest
from clinic_people import made_clinic, made_patient, made_user, signed_in
from django.urls import reverse
from django.utils import timezone

from respite.clinic.accounts.models import Role
from respite.clinic.audit.models import AuditEvent
from respite.clinic.patients.actions import break_glass
from respite.clinic.patients.actions import read as note_reading
from respite.clinic.patients.models import EmergencyAccess, PatientRecord

pytestmark = pytest.mark.django_db

ANN = {"name": "Ann Dale", "born": "1975-02-03", "threshold": "30%"}
PAGES = ("overview", "edit", "invite", "trail", "questions", "medicines", "tried", "scores")


def at(name, *args):
    return reverse(f"patients:{name}", args=args)


def read(response):
    return response.content.decode()


def test_patients_are_listed_by_name_and_only_those_of_the_clinic(clinician, stranger):
    for name in ("bea Moss", "Ann Dale", "محمد الطويل"):
        made_patient(clinician, name)
    made_patient(stranger, "Sven Southerly")
    shown = read(signed_in(clinician).get(at("list")))
    assert shown.index("Ann Dale") < shown.index("bea Moss")
    assert "<bdi>محمد الطويل</bdi>" in shown
    assert "Southerly" not in shown


@pytest.mark.parametrize("words", ["dale", "Dale ann", "N-1"])
def test_a_search_finds_by_name_or_number_without_an_address_that_tells(clinician, words):
    made_patient(clinician, "Ann Dale", number="N-17")
    made_patient(clinician, "Bea Moss", number="N-27")
    response = signed_in(clinician).post(at("list"), {"words": words})
    assert "Ann Dale" in read(response)
    assert "Bea Moss" not in read(response)


def test_a_patient_is_added_once_however_often_the_form_is_sent(clinician):
    client, once = signed_in(clinician), str(uuid.uuid4())
    sent = {**ANN, "number": "N-9", "client_id": once}
    first, again = client.post(at("new"), sent), client.post(at("new"), sent)
    patient = PatientRecord.objects.get()
    assert (first.status_code, first.url) == (302, at("overview", patient.pk))
    assert again.url == first.url
    assert AuditEvent.objects.filter(action="patient.added").count() == 1


def test_a_form_of_somebody_else_sent_again_is_refused(clinician, stranger):
    once = str(uuid.uuid4())
    signed_in(clinician).post(at("new"), {**ANN, "client_id": once})
    assert signed_in(stranger).post(at("new"), {**ANN, "client_id": once}).status_code == 404


@pytest.mark.parametrize(
    ("wrong", "said"),
    [
        ({"name": "  "}, "required"),
        ({"name": "Ann\x00"}, "Null characters"),
        ({"name": "x" * 300}, "at most 200"),
        ({"born": "2999-01-01"}, "yet to come"),
        ({"born": "1800-01-01"}, "too long ago"),
        ({"born": "3 May"}, "valid date"),
        ({"weight_kg": "7000"}, "from 1 to 500"),
        ({"weight_kg": "70.55"}, "decimal place"),
        ({"weight_kg": "70", "height_cm": "40"}, "swapped"),
        ({"egfr": "9e99"}, "digits"),
        ({"cyp2b6": "fast"}, "star alleles"),
        ({"usual_pain": "11"}, "from 0 to 10"),
        ({"pain_since": "1960-01-01"}, "before the patient was born"),
        ({"pain_since": "2999-01-01"}, "yet to come"),
        ({"condition": "gout"}, "valid choice"),
        ({"number": "N-1"}, "has this number"),
    ],
)
def test_what_cannot_be_is_refused_in_words_and_nothing_typed_is_lost(clinician, wrong, said):
    made_patient(clinician, "Other", number="N-1")
    sent = ANN | {"opioid_mg": "17.5"} | wrong
    response = signed_in(clinician).post(at("new"), sent)
    assert response.status_code == 422
    assert said in read(response).replace("&#x27;", "'")
    assert 'value="17.5"' in read(response)
    assert PatientRecord.objects.count() == 1


def test_a_script_in_a_name_is_shown_as_text(clinician):
    patient = made_patient(clinician, "<script>alert(1)</script>")
    for page in ("overview", "questions", "trail"):
        shown = read(signed_in(clinician).get(at(page, patient.pk)))
        assert "<script>alert" not in shown
        assert "&lt;script&gt;" in shown


def test_nobody_but_carers_of_the_clinic_opens_a_page(patient, nurse, stranger, clinic):
    others = {
        stranger: 404,
        made_user(clinic, Role.ADMINISTRATOR, "ada"): 403,
        made_user(clinic, Role.RESEARCHER, "remi"): 403,
        patient.user: 403,
    }
    expected = {signed_in(one): status for one, status in others.items()}
    here = signed_in(nurse)
    for page in PAGES:
        assert here.get(at(page, patient.pk)).status_code == 200
        assert here.get(at(page, 10**30)).status_code == 404
        for client, status in expected.items():
            assert client.get(at(page, patient.pk)).status_code == status, page


def test_every_look_at_a_record_is_on_the_trail(patient, nurse):
    client = signed_in(nurse)
    for count, page in enumerate(PAGES, start=1):
        client.get(at(page, patient.pk))
        seen = AuditEvent.objects.filter(
            action="patient.read", actor_id=nurse.pk, patient_id=patient.pk
        )
        assert seen.count() == count, page


def test_an_edit_that_comes_too_late_shows_both_and_overwrites_nothing(patient, clinician, nurse):
    page = at("edit", patient.pk)
    sent = ANN | {"version": "1", "weight_kg": "71"}
    assert signed_in(clinician).post(page, sent).status_code == 302
    late = signed_in(nurse).post(page, sent | {"weight_kg": "88", "name": "Bea"})
    assert late.status_code == 409
    assert "88" in read(late)
    assert "71.0" in read(late)
    patient.refresh_from_db()
    assert (patient.name, patient.version) == ("Ann Dale", 2)


@pytest.mark.parametrize("version", ["", "x", "-1", "9" * 40, "²"])
def test_a_version_that_is_none_counts_as_too_old(patient, clinician, version):
    sent = ANN | {"version": version}
    assert signed_in(clinician).post(at("edit", patient.pk), sent).status_code == 409


def test_a_link_is_shown_once_and_an_older_one_is_void(clinician):
    patient = made_patient(clinician, "Ann Dale")
    client = signed_in(clinician)
    pages = [read(client.post(at("invite", patient.pk))) for _turn in range(2)]
    links = [link for page in pages for link in re.findall(r"<code>(.*?)</code>", page)]
    assert "<code>" not in read(client.get(at("invite", patient.pk)))
    assert [client.get(one).status_code for one in links] == [410, 200]


def test_a_link_has_a_picture_to_scan_that_no_policy_refuses(clinician):
    patient = made_patient(clinician, "Ann Dale")
    shown = read(signed_in(clinician).post(at("invite", patient.pk)))
    assert 'src="data:image/svg+xml' in shown


def test_a_patient_with_an_account_is_not_invited_again(patient, clinician):
    assert "<code>" not in read(signed_in(clinician).post(at("invite", patient.pk)))


def test_the_trail_tells_in_words_and_by_pages(patient, clinician):
    client = signed_in(clinician)
    for _turn in range(55):
        note_reading(clinician, patient, "overview")
    assert "opened the page: overview" in read(client.get(at("trail", patient.pk)))
    assert "Page 2 of 2" in read(client.get(at("trail", patient.pk), {"page": "2"}))
    assert client.get(at("trail", patient.pk), {"page": "x" * 50}).status_code == 200


# Emergency access


@pytest.fixture
def asks(patient):
    patient.number = "N-17"
    patient.save()
    return {"clinic": patient.clinic_id, "number": "N-17", "reason": "unconscious in our room"}


def test_an_emergency_opens_the_record_to_read_with_a_red_banner(patient, stranger, asks):
    client = signed_in(stranger)
    assert client.post(at("emergency"), asks).url == at("overview", patient.pk)
    for page in ("overview", "questions", "medicines", "tried", "scores", "trail"):
        assert "Emergency access until" in read(client.get(at(page, patient.pk)))
    assert client.get(at("edit", patient.pk)).status_code == 404
    assert client.post(at("medicines", patient.pk), {"name": "x"}).status_code == 404
    assert client.post(at("emergency"), asks).status_code == 302
    assert EmergencyAccess.objects.count() == 1


def test_an_emergency_ends_by_itself(patient, stranger, asks):
    signed_in(stranger).post(at("emergency"), asks)
    EmergencyAccess.objects.update(until=timezone.now() - timedelta(seconds=1))
    assert signed_in(stranger).get(at("overview", patient.pk)).status_code == 404


@pytest.mark.parametrize(
    "wrong",
    [{"number": "N-1"}, {"reason": "because"}, {"reason": ""}, {"clinic": "0"}, {"number": "\x00"}],
)
def test_an_emergency_without_reason_or_patient_opens_nothing(stranger, asks, wrong):
    assert signed_in(stranger).post(at("emergency"), asks | wrong).status_code == 422
    assert not EmergencyAccess.objects.exists()


def test_numbers_are_not_tried_out(stranger, asks):
    client = signed_in(stranger)
    for number in range(10):
        client.post(at("emergency"), asks | {"number": f"X-{number}"})
    assert "Try again in an hour" in read(client.post(at("emergency"), asks))


def test_an_administrator_of_the_patient_reviews_it_and_nobody_else(patient, stranger, clinic):
    kept = break_glass(stranger, patient, "unconscious in our room")
    ours = signed_in(made_user(clinic, Role.ADMINISTRATOR, "ada"))
    theirs = signed_in(made_user(stranger.clinic, Role.ADMINISTRATOR, "arne"))
    assert "unconscious" in read(ours.get(at("emergencies")))
    assert "unconscious" not in read(theirs.get(at("emergencies")))
    assert theirs.post(at("review", kept.pk)).status_code == 404
    assert signed_in(stranger).post(at("review", kept.pk)).status_code == 403
    for _turn in range(2):
        assert ours.post(at("review", kept.pk)).status_code == 302
    assert AuditEvent.objects.filter(action="emergency.reviewed").count() == 1


def test_the_same_number_elsewhere_is_told_apart_by_the_clinic(patient, stranger, asks):
    third = made_clinic("West")
    other = made_patient(made_user(third, Role.CLINICIAN, "wim"), "Wes", number="N-17")
    response = signed_in(stranger).post(at("emergency"), asks | {"clinic": third.pk})
    assert response.url == at("overview", other.pk)


def test_ages_are_those_of_the_day(patient):
    assert patient.age_on(date(2020, 5, 16)) == 39
