"""Whatever is sent to the pages of plans, it is answered and never fails."""

import uuid

import pytest
from clinic_people import signed_in
from django.urls import reverse
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from respite.clinic.forecasts.proposals import tasks
from respite.clinic.treatments.models import AdviceAnswer, AdviceQuestion
from respite.clinic.treatments.plans import actions

pytestmark = [pytest.mark.django_db, pytest.mark.thorough]

NAMES = [
    "regimen", "regimen_0", "regimen_1", "regimen_3", "starts", "reason", "client_id", "version",
    "meaning", "password", "open", "ruling", "plan", "box", "read_back", "reason_ELIG-001",
]  # fmt: skip
PIECES = [
    "ketamine 0.5 mg/kg iv over 40 min", "daily x10", "then", ";", "x5000", "every 4 weeks",
    "accepted", "changed", "order", "1", "-1", "9" * 30, "2026-12-01", "\x00", "<b>", "שלום",
    "00000000-0000-0000-0000-000000000000",
]  # fmt: skip
VALUES = st.one_of(
    st.text(max_size=60), st.lists(st.sampled_from(PIECES), max_size=4).map(" ".join)
)
SENT = st.dictionaries(st.sampled_from(NAMES), VALUES, max_size=6)


@pytest.fixture
def addresses(clinician, patient, monkeypatch):
    monkeypatch.setattr(tasks, "answered", lambda _inputs: ({}, {"plans": []}))
    told = {"regimen": "ketamine 80 mg iv over 2 h"}
    plan = actions.draft(clinician, patient, told, uuid.uuid4())
    question = AdviceQuestion.objects.create(
        patient=patient, kind="proposals", digest="d", asked_by=clinician,
        inputs={"patient": {}, "facts": {}, "history": None, "diary": None, "sessions": None},
    )  # fmt: skip
    AdviceAnswer.objects.create(
        question=question, words={"plans": []}, library_digest="d", made_with="1", seed=1
    )
    return [
        *(reverse(f"treatments:{name}", args=[patient.pk])
          for name in ("new-plan", "read-back", "next-step")),
        *(reverse(f"treatments:{name}", args=[plan.pk])
          for name in ("change-plan", "sign-plan", "end-plan")),
        *(reverse(f"forecasts:{name}", args=[patient.pk]) for name in ("propose", "compare")),
        reverse("forecasts:rule", args=[question.pk]),
    ]  # fmt: skip


@settings(
    max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(sent=SENT, place=st.integers(0, 8))
def test_nothing_that_is_sent_makes_a_page_fail(clinician, addresses, sent, place):
    found = signed_in(clinician).post(addresses[place], sent)
    assert found.status_code in {200, 302, 404, 409, 422}, addresses[place]
    assert "<b>" not in found.text
