"""Questions: what is not known is asked, and what is answered reaches the rules."""

from __future__ import annotations

from datetime import timedelta

import pytest
from clinic_people import signed_in
from django.urls import reverse

from respite.clinic.audit.models import AuditEvent
from respite.clinic.patients.evaluation import evaluate, today_of
from respite.clinic.patients.models import FactAnswer, Medicine, TriedTreatment
from respite.clinic.patients.overview import AREAS
from respite.clinic.patients.queries import facts_told, latest_answers
from respite.clinic.patients.questions import families, vocabulary
from respite.literature import load_library

pytestmark = pytest.mark.django_db


def at(name, *args):
    return reverse(f"patients:{name}", args=args)


def read(response):
    return response.content.decode()


@pytest.fixture
def ask(patient, clinician):
    """Send one group of questions."""

    def send(*facts, seen=10**6, by=None, **told):
        sent = {name.replace("__", "."): value for name, value in told.items()}
        return signed_in(by or clinician).post(
            at("questions", patient.pk), {"asked": facts, "seen": seen, "group": "body", **sent}
        )

    return send


def known(patient):
    return facts_told(patient, today_of(patient)).known


def status_of(patient, rule):
    return next(one.status for one in evaluate(patient).safety.findings if one.rule == rule)


def test_the_gravest_question_comes_first_and_nothing_is_filled_in(patient, clinician):
    shown = read(signed_in(clinician).get(at("questions", patient.pk)))
    assert shown.index("patient.conditions") < shown.index("patient.stop_bang")
    assert 'value="yes" checked' not in shown
    assert "Nothing yet" in shown


@pytest.mark.parametrize(("told", "status"), [("yes", "fires"), ("no", "clear")])
def test_an_answer_reaches_the_rules(patient, ask, told, status):
    assert ask("patient.pregnant", patient__pregnant=told).status_code == 302
    assert status_of(patient, "ELIG-009") == status
    assert AuditEvent.objects.get(action="fact.answered").note == {"fact": "patient.pregnant"}


def test_not_known_is_no_answer(patient, ask):
    assert ask("patient.pregnant", patient__pregnant="").status_code == 422
    assert not FactAnswer.objects.exists()


def test_an_unticked_list_counts_as_complete_only_where_that_is_said(patient, ask):
    ask("patient.conditions", patient__conditions=["home_oxygen"])
    assert status_of(patient, "ELIG-024") == "fires"
    assert status_of(patient, "ELIG-002") == "unknown"
    ask("patient.conditions", patient__conditions__complete="on")
    assert latest_answers(patient)["patient.conditions"].told == ["home_oxygen"]
    assert status_of(patient, "ELIG-002") == "clear"


def test_a_result_needs_its_limit_unit_and_day(patient, ask):
    today = today_of(patient).isoformat()
    lab = {"labs__alt": "160", "labs__alt_limit": "40", "labs__alt_xuln__unit": "U/L"}
    assert ask("labs.alt_xuln", **lab).status_code == 422
    assert ask("labs.alt_xuln", taken=today, labs__alt="160").status_code == 422
    missing = lab | {"labs__alt_xuln__unit": ""}
    assert ask("labs.alt_xuln", taken=today, **missing).status_code == 422
    assert not FactAnswer.objects.exists()
    assert ask("labs.alt_xuln", taken=today, **lab).status_code == 302
    assert known(patient)["labs.alt_xuln"] == 4
    assert known(patient)["labs.lft_age_days"] == 0
    assert status_of(patient, "ELIG-014") == "fires"


def test_an_older_result_does_not_hide_a_newer_one(patient, ask):
    today = today_of(patient)
    lab = {"labs__alt": "20", "labs__alt_limit": "40", "labs__alt_xuln__unit": "U/L"}
    ask("labs.alt_xuln", taken=today.isoformat(), **lab)
    older = (today - timedelta(days=9)).isoformat()
    response = ask("labs.alt_xuln", taken=older, **lab | {"labs__alt": "90"})
    assert response.status_code == 422
    assert "on record" in read(response)
    later = (today + timedelta(days=1)).isoformat()
    assert ask("labs.alt_xuln", taken=later, **lab).status_code == 422


def test_a_date_stands_for_the_time_since_it(patient, ask):
    day = today_of(patient) - timedelta(days=30)
    name = "patient.pregnancy_test_age_days"
    ask(name, patient__pregnancy_test_date=day.isoformat())
    assert known(patient)[name] == 30
    ask(name, patient__pregnancy_test_age_days__never="on")
    assert known(patient)[name] == float("inf")


@pytest.mark.parametrize(
    ("told", "said"),
    [
        ("99", "from 0 to 8"),
        ("2.5", "whole number"),
        ("many", "a number"),
        ("1" * 50, "at most 40"),
        ("\x00", "Null"),
        ("3 cats", "no unit"),
    ],
)
def test_what_is_not_understood_is_said_at_the_question(patient, ask, told, said):
    response = ask("patient.stop_bang", patient__stop_bang=told)
    assert response.status_code == 422
    assert said in read(response)
    assert not FactAnswer.objects.exists()


def test_one_wrong_answer_keeps_the_others_from_being_written_and_on_the_page(patient, ask):
    response = ask(
        "patient.stop_bang", "patient.conditions",
        patient__stop_bang="99", patient__conditions=["home_oxygen"],
    )  # fmt: skip
    assert 'value="home_oxygen" checked' in read(response)
    assert not FactAnswer.objects.exists()


def test_answers_that_cannot_all_be_true_are_refused_at_the_question(patient, ask):
    patient.sex = "male"
    patient.save()
    response = ask("patient.pregnant", patient__pregnant="yes")
    assert response.status_code == 422
    assert "pregnan" in read(response).lower()


def test_a_record_that_contradicts_an_answer_is_said_on_every_page(patient, ask, clinician):
    ask("patient.pregnant", patient__pregnant="yes")
    patient.sex = "male"
    patient.save()
    for page in ("overview", "questions"):
        shown = read(signed_in(clinician).get(at(page, patient.pk)))
        assert "cannot all be true" in shown


def test_an_answer_sent_twice_is_kept_once(patient, ask):
    for _turn in range(2):
        assert ask("patient.pregnant", patient__pregnant="no").status_code == 302
    assert FactAnswer.objects.count() == 1


def test_an_answer_that_comes_after_another_shows_both_and_overwrites_nothing(patient, ask, nurse):
    ask("patient.pregnant", patient__pregnant="yes")
    late = ask("patient.pregnant", patient__pregnant="no", seen=0, by=nurse)
    assert late.status_code == 409
    assert latest_answers(patient)["patient.pregnant"].told is True


def test_an_answer_is_changed_and_taken_back(patient, ask, clinician, stranger):
    ask("patient.pregnant", patient__pregnant="yes")
    answer = FactAnswer.objects.get()
    client, page = signed_in(clinician), at("answer", answer.pk)
    assert "On record for" in read(client.get(page))
    assert signed_in(stranger).get(page).status_code == 404
    sent = {"asked": "patient.pregnant", "patient.pregnant": "no", "seen": answer.pk}
    assert client.post(page, sent).status_code == 302
    assert latest_answers(patient)["patient.pregnant"].told is False
    assert signed_in(stranger).post(at("take_back", answer.pk)).status_code == 404
    assert client.post(at("take_back", answer.pk)).status_code == 302
    assert "patient.pregnant" not in latest_answers(patient)


def test_a_name_that_is_no_question_is_left_out(patient, ask):
    response = ask("patient.nonsense", "session.sbp", "patient.egfr", patient__egfr="60")
    assert response.status_code == 422
    assert not FactAnswer.objects.exists()


def test_every_fact_has_one_question_by_which_it_is_asked():
    homes = families()
    assert set(vocabulary()) <= set(homes)
    assert homes["labs.lft_age_hours"].name == homes["labs.lft_age_days"].name
    assert homes["labs.alp_u_l"].name == "labs.alp_xuln"


def test_every_area_of_risk_names_rules_of_the_evaluation():
    rules = {rule for _area, held in AREAS for rule in held}
    file = load_library().rules["evaluation"]
    assert rules <= {one.id for one in file.rules}


# Medicines and treatments that were tried


def test_a_medicine_that_no_rule_knows_is_marked(patient, clinician):
    client = signed_in(clinician)
    for name in ("duloxetine", "Zorbitol Forte"):
        assert client.post(at("medicines", patient.pk), {"name": name}).status_code == 302
    shown = read(client.get(at("overview", patient.pk)))
    assert shown.count("no rule knows it") == 1


def test_a_complete_list_rules_out_what_it_does_not_name(patient, clinician):
    client = signed_in(clinician)
    client.post(at("medicines", patient.pk), {"name": "duloxetine"})
    sent = {"is_complete": "yes", "version": "1"}
    for _turn in range(2):
        assert client.post(at("all_medicines", patient.pk), sent).status_code == 302
    assert client.post(at("all_medicines", patient.pk), {"version": "1"}).status_code == 409
    patient.refresh_from_db()
    assert (patient.has_all_medicines, patient.version) == (True, 2)
    assert status_of(patient, "DDI-010") == "clear"


def test_a_medicine_is_stopped_once(patient, clinician, stranger):
    signed_in(clinician).post(at("medicines", patient.pk), {"name": "duloxetine"})
    medicine = Medicine.objects.get()
    page = at("stop_medicine", medicine.pk)
    assert signed_in(stranger).post(page).status_code == 404
    for _turn in range(2):
        assert signed_in(clinician).post(page).status_code == 302
    assert AuditEvent.objects.filter(action="medicine.stopped").count() == 1


@pytest.mark.parametrize("name", ["", "x" * 100, "\x00", "\u202e"])
def test_what_is_no_name_of_a_medicine_is_refused(patient, clinician, name):
    response = signed_in(clinician).post(at("medicines", patient.pk), {"name": name})
    assert response.status_code == 422
    assert not Medicine.objects.exists()


def test_a_treatment_that_was_tried_is_kept_once(patient, clinician):
    client, once = signed_in(clinician), "7d1f0a6e-0d43-4a53-9d39-0f0a4f1f6c55"
    sent = {"name": "<b>TENS</b>", "outcome": "some", "client_id": once}
    for _turn in range(2):
        assert client.post(at("tried", patient.pk), sent).status_code == 302
    assert TriedTreatment.objects.count() == 1
    assert "&lt;b&gt;TENS" in read(client.get(at("tried", patient.pk)))
    assert client.post(at("tried", patient.pk), {"name": "TENS"}).status_code == 422
