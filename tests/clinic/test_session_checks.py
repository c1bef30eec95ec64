"""Checks before a session: what must be known, what forbids a start, who may overrule."""

import pytest
from clinic_people import PASSWORD, signed_in
from session_tablet import (
    GOOD_ANSWERS,
    signatures,
)

from respite.clinic.treatments.models import SessionEntry, SessionRecord, SessionState

pytestmark = [pytest.mark.django_db, pytest.mark.thorough]


def test_without_a_signed_plan_there_is_a_sentence_and_no_session(nurse, patient):
    client = signed_in(nurse)
    page = client.get(f"/patients/{patient.pk}/sessions/").content.decode()
    assert "There is no signed plan" in page
    client.post(f"/patients/{patient.pk}/sessions/")
    assert not SessionRecord.objects.exists()


def test_a_session_is_opened_once_however_often_the_button_is_pressed(nurse, plan):
    client = signed_in(nurse)
    answers = [client.post(f"/patients/{plan.patient_id}/sessions/") for _n in range(3)]
    assert len({one["Location"] for one in answers}) == 1
    assert SessionRecord.objects.count() == 1
    assert "Go on with it" in client.get(f"/patients/{plan.patient_id}/sessions/").content.decode()


def test_a_start_waits_for_every_answer_that_could_stop_it(tablet):
    assert "answers are missing" in tablet.page
    answer = tablet.start()
    assert answer.status_code == 422
    assert "Do not start" in answer.content.decode()
    assert tablet.session.state == SessionState.CHECKS


@pytest.mark.thorough
def test_answers_are_given_one_by_one(tablet):
    for fact, told in GOOD_ANSWERS.items():
        sent = told.split(" ")[0] if isinstance(told, str) else "yes" if told else "no"
        assert tablet.answer(fact, sent).status_code == 302, fact
    kept = [one.data for one in tablet.session.entries.all()]
    assert {one["fact"]: one["told"] for one in kept} == GOOD_ANSWERS
    assert "The checks allow a start." in tablet.page


def test_a_pressure_of_185_over_115_forbids_the_start_and_names_rule_and_source(tablet):
    tablet.check(**{"session.pre.sbp": "185", "session.pre.dbp": "115"})
    page = tablet.page
    assert "Do not start." in page
    assert "PRE-002" in page
    assert "general_knowledge" in page
    assert tablet.start().status_code == 422


def test_a_named_clinician_may_overrule_what_may_be_overruled(tablet, clinician):
    tablet.check(**{"session.pre.sbp": "165"})
    tablet.send("tick", about="PRE-001", rule="PRE-001")
    sent = signatures("clara", reason="white coat; 140 at home")
    assert tablet.send("overrule", **sent).status_code == 302
    entry = SessionEntry.objects.get(data__has_key="overruled")
    assert entry.written_by == clinician
    assert set(entry.data["overruled"]) == {"PRE-002"}
    assert tablet.start().status_code == 302


def test_a_signature_for_one_pressure_does_not_hold_for_a_higher_one(tablet, clinician):
    tablet.check(**{"session.pre.sbp": "165"})
    tablet.send("tick", about="PRE-001", rule="PRE-001")
    tablet.send("overrule", **signatures("clara", reason="white coat"))
    tablet.answer("session.pre.sbp", "195")
    assert "Do not start." in tablet.page
    assert tablet.start().status_code == 422


@pytest.mark.parametrize(
    ("who", "password", "says"),
    [
        ("nils", PASSWORD, "Only a clinician"),
        ("clara", "wrong", "do not belong together"),
        ("nobody", PASSWORD, "do not belong together"),
        ("stella", PASSWORD, "do not belong together"),
    ],
)
@pytest.mark.usefixtures("clinician", "stranger")
def test_nobody_else_overrules(tablet, who, password, says):
    tablet.check(**{"session.pre.sbp": "165"})
    sent = {"signer": who, "signer_password": password, "reason": "because"}
    answer = tablet.send("overrule", **sent)
    assert answer.status_code == 422
    assert says in answer.content.decode()
    assert not SessionEntry.objects.filter(data__has_key="overruled").exists()


def test_nobody_overrules_a_pregnancy(tablet, clinician):
    tablet.check(**{"patient.pregnant": "yes"})
    assert "Nobody may overrule this." in tablet.page
    answer = tablet.send("overrule", **signatures("clara", reason="because"))
    assert answer.status_code == 422
    assert tablet.start().status_code == 422


def test_new_medicines_want_a_tick(tablet):
    tablet.check(**{"own.new_medicines": "yes"})
    assert tablet.start().status_code == 422
    tablet.send("tick", about="own.new_medicines", rule="own.new_medicines")
    assert tablet.start().status_code == 302
