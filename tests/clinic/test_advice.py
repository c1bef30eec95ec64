"""Advice on plans: asked once, kept for good, shown with its basis, and ruled by a clinician."""

import uuid

import pytest
from clinic_people import signed_in
from django.db import DatabaseError, connection, transaction
from django.urls import reverse

from respite.clinic.audit.models import AuditEvent
from respite.clinic.forecasts.proposals import actions, tasks
from respite.clinic.forecasts.proposals.answering import answered
from respite.clinic.forecasts.proposals.known import inputs_of
from respite.clinic.patients.actions import answer
from respite.clinic.treatments.models import (
    AdviceAnswer,
    AdviceKind,
    AdviceQuestion,
    AdviceRuling,
    PlanRecord,
)
from respite.clinic.treatments.plans.actions import draft
from respite.domain import RespiteError

pytestmark = [pytest.mark.django_db, pytest.mark.thorough]

TEN = "ketamine 0.5 mg/kg iv over 40 min daily x10"
ONCE = "ketamine 80 mg iv over 2 h"

WORDS = {
    "title": "Which plan gives what?", "lead": ["A gives more."], "question": [["For", "her"]],
    "tables": [{"caption": "Side by side", "head": ["Plan", "A"], "rows": [["days", "<b>9"]],
                "align": "number"}],
    "notes": [], "notes_heading": "How to read this", "intended_use": "support",
    "citations": ["[key] Somebody (2011)."],
    "plans": [{"name": "A", "regimen": TEN, "doses": {"lines": ["ten"], "mg": "350"},
               "check": {"verdict": "caution", "headline": ["Caution."], "fired": [],
                         "asked": [], "tables": [], "effects": []}},
              {"name": "B", "regimen": ONCE, "doses": {"lines": ["one"], "mg": "80"}}],
    "basis": {"missing": ["height"], "scope": ["Outside what was studied: crps"],
              "certainty": "Certainty: very low.", "why": "One trial.",
              "claims": [{"words": "It helps for hours.", "source": "pool"}],
              "assumed": ["It rests on 3 numbers."], "would_change": ["a diary"],
              "method": "4000 draws; seed 1."},
}  # fmt: skip


@pytest.fixture
def at_once(settings, monkeypatch):
    """Work questions out where they are asked, with an answer that takes no time."""
    settings.TASKS = {"default": {"BACKEND": "django_tasks.backends.immediate.ImmediateBackend"}}
    asked = []

    def quick(inputs):
        asked.append(inputs)
        return {"schema": "respite.compare/1"}, WORDS

    monkeypatch.setattr(tasks, "answered", quick)
    return asked


def compare(user, patient, *texts, client_id=None):
    told = {f"regimen_{place}": text for place, text in enumerate(texts)}
    address = reverse("forecasts:compare", args=[patient.pk])
    return signed_in(user).post(address, told | {"client_id": client_id or uuid.uuid4()})


@pytest.fixture
def question(at_once, clinician, patient):
    compare(clinician, patient, TEN, ONCE)
    return AdviceQuestion.objects.get()


def shown(user, question):
    return signed_in(user).get(reverse("forecasts:advice", args=[question.pk]))


def rule(user, question, **told):
    address = reverse("forecasts:rule", args=[question.pk])
    return signed_in(user).post(address, {"client_id": uuid.uuid4()} | told)


def test_plans_stand_side_by_side_with_findings_and_basis(clinician, question):
    found = shown(clinician, question)
    for words in (
        "Which plan gives what?", "Caution.", "Certainty: very low.", "It helps for hours.",
        "Outside what was studied: crps", "a diary", "height", "[key] Somebody (2011).",
        "No forecast of this patient is on record", "&lt;b&gt;9", "seed 1",
    ):  # fmt: skip
        assert words in found.text, words
    assert AuditEvent.objects.filter(action="advice.asked").count() == 1
    assert AuditEvent.objects.filter(action="advice.answered", role="program").count() == 1


def test_the_same_question_is_worked_out_once(at_once, clinician, nurse, patient):
    first = compare(clinician, patient, TEN, ONCE)
    again = compare(nurse, patient, TEN.upper(), ONCE)
    assert first.url == again.url
    assert len(at_once) == 1
    answer(clinician, patient, "patient.pregnant", False, patient.made_at.date())
    compare(clinician, patient, TEN, ONCE)
    assert len(at_once) == 2


def test_a_question_sent_twice_is_asked_once(at_once, clinician, patient):
    name = uuid.uuid4()
    urls = {compare(clinician, patient, TEN, ONCE, client_id=name).url for _again in range(2)}
    assert len(urls) == 1
    assert AdviceQuestion.objects.count() == 1


@pytest.mark.parametrize(
    ("texts", "says"),
    [
        ((TEN,), "Write two plans at least"),
        ((TEN, TEN), "Two boxes hold the same plan."),
        ((TEN, "ketmine 9"), "is not a drug that this program knows."),
        ((TEN, "\x00" * 9), "is not a"),
        ((TEN, "<script>alert(1)</script>"), "&lt;script&gt;"),
    ],
)
def test_what_cannot_be_compared_is_refused_in_sentences(at_once, clinician, patient, texts, says):
    found = compare(clinician, patient, *texts)
    assert found.status_code == 422
    assert says in found.text
    assert TEN in found.text
    assert not at_once


def test_while_it_is_worked_out_the_page_says_so(clinician, patient):
    found = compare(clinician, patient, TEN, ONCE)
    page = signed_in(clinician).get(found.url)
    assert "Computing…" in page.text
    assert '<meta http-equiv="refresh" content="3">' in page.text
    piece = signed_in(clinician).get(found.url, headers={"HX-Request": "true"})
    assert "<html" not in piece.text
    AdviceAnswer.objects.create(
        question=AdviceQuestion.objects.get(),
        words=WORDS,
        library_digest="d",
        made_with="1",
        seed=1,
    )
    piece = signed_in(clinician).get(found.url, headers={"HX-Request": "true"})
    assert piece["HX-Refresh"] == "true"


def test_a_refusal_of_the_library_is_shown_and_may_be_asked_again(
    at_once, clinician, patient, monkeypatch
):
    def refuse(_inputs):
        raise RespiteError("Weight is 500 kg.", "a weight.", "weigh again.")

    monkeypatch.setattr(tasks, "answered", refuse)
    first = compare(clinician, patient, TEN, ONCE)
    assert "Weight is 500 kg." in signed_in(clinician).get(first.url).text
    assert compare(clinician, patient, TEN, ONCE).url != first.url


def test_a_fault_of_ours_is_said_and_nobody_waits_for_ever(
    at_once, clinician, patient, monkeypatch
):
    monkeypatch.setattr(tasks, "answered", lambda _inputs: 1 / 0)
    found = compare(clinician, patient, TEN, ONCE)
    assert "Something went wrong on our side." in signed_in(clinician).get(found.url).text


def test_accepted_advice_becomes_a_draft_once(clinician, question):
    told = {"ruling": "accepted", "plan": 1, "client_id": uuid.uuid4()}
    urls = {rule(clinician, question, **told).url for _again in range(2)}
    plan = PlanRecord.objects.get()
    assert urls == {reverse("treatments:plan", args=[plan.pk])}
    assert (plan.regimen, plan.state) == (ONCE, "draft")
    assert AdviceRuling.objects.get().plan == plan


def test_changed_advice_needs_the_plan_and_a_reason(clinician, question):
    found = rule(clinician, question, ruling="changed", regimen="ketmine", reason="")
    assert found.status_code == 422
    assert "ketmine" in found.text
    assert not AdviceRuling.objects.exists()
    rule(
        clinician, question, ruling="changed", regimen="ketamine 60 mg iv over 2 h", reason="light"
    )
    assert PlanRecord.objects.get().reason == "light"


def test_rejected_advice_keeps_the_reason(clinician, question):
    assert rule(clinician, question, ruling="rejected", reason="").status_code == 422
    assert rule(clinician, question, ruling="rejected", reason="she says no").status_code == 302
    assert AdviceRuling.objects.get().reason == "she says no"
    assert "she says no" in shown(clinician, question).text
    assert AuditEvent.objects.get(action="advice.ruled").note == {
        "ruling": "rejected", "has_reason": True,
    }  # fmt: skip


@pytest.mark.parametrize("told", [{"ruling": "accepted", "plan": 7}, {"ruling": "x"}, {}])
def test_a_ruling_that_names_no_plan_is_refused(clinician, question, told):
    assert rule(clinician, question, **told).status_code == 422


def test_advice_is_for_those_who_treat_and_rulings_for_clinicians(
    clinician, nurse, stranger, patient, question
):
    assert shown(nurse, question).status_code == 200
    assert shown(stranger, question).status_code == 404
    assert shown(patient.user, question).status_code == 403
    assert rule(nurse, question, ruling="rejected", reason="no").status_code == 403
    assert rule(stranger, question, ruling="rejected", reason="no").status_code == 404
    for user, status in ((stranger, 404), (patient.user, 403)):
        assert compare(user, patient, TEN, ONCE).status_code == status
        address = reverse("forecasts:propose", args=[patient.pk])
        assert signed_in(user).post(address).status_code == status
    assert AuditEvent.objects.filter(action="patient.read", note={"page": "advice"}).exists()


def test_the_database_refuses_to_change_or_remove_advice(clinician, question):
    rule(clinician, question, ruling="rejected", reason="no")
    for table in ("advicequestion", "adviceanswer", "adviceruling"):
        for verb in (f"DELETE FROM treatments_{table}", f"UPDATE treatments_{table} SET id = id"):
            with pytest.raises(DatabaseError), transaction.atomic(), connection.cursor() as cursor:
                cursor.execute(verb)


def test_a_record_that_cannot_be_is_a_sentence_and_nothing_is_asked(at_once, clinician, patient):
    patient.cyp2b6 = "nonsense"
    patient.save()
    found = signed_in(clinician).post(reverse("forecasts:propose", args=[patient.pk]))
    assert found.status_code == 422
    assert "Nothing was asked." in found.text
    assert not at_once


def test_proposals_are_asked_from_the_plan_page(at_once, clinician, patient):
    draft(clinician, patient, {"regimen": TEN}, uuid.uuid4())
    assert (
        "Propose" in signed_in(clinician).get(reverse("treatments:plans", args=[patient.pk])).text
    )
    found = signed_in(clinician).post(reverse("forecasts:propose", args=[patient.pk]))
    assert found.status_code == 302
    assert at_once[0]["kind"] == "proposals"


@pytest.mark.thorough
@pytest.mark.parametrize("kind", list(AdviceKind))
def test_what_is_kept_is_enough_to_ask_the_library(clinician, patient, kind):
    regimens = (TEN, ONCE) if kind == AdviceKind.COMPARISON else ()
    inputs = inputs_of(patient, kind, regimens, patient.made_at.date())
    _answer, words = answered(inputs)
    assert words["basis"]["certainty"] == "Certainty: very low."
    assert len(words["plans"]) >= 2
    assert all(one["doses"]["lines"] for one in words["plans"])


def test_actions_refuse_a_nurse_who_rules(nurse, question):
    with pytest.raises(Exception, match=r"^$"):
        actions.rule(nurse, question, "rejected", "no", None, uuid.uuid4())
