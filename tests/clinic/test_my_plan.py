"""What patients read of their plan."""

from __future__ import annotations

from datetime import timedelta

import pytest
from clinic_people import signed_in
from django.utils import timezone
from session_tablet import signed_plan

from respite.clinic.audit.models import AuditEvent
from respite.clinic.treatments.models import (
    DoseRecord,
    PlanState,
    SessionRecord,
    SessionState,
)

pytestmark = pytest.mark.django_db
WEEKLY = "ketamine 35 mg iv over 40 min weekly x4"


def page_of(patient):
    return signed_in(patient.user).get("/my-plan/").content.decode()


def dosed(plan, day):
    """Give a first dose under a plan, some days ago."""
    session = SessionRecord.objects.create(
        patient=plan.patient, plan=plan, day=day.date(), made_by=plan.made_by,
        state=SessionState.ENDED,
    )  # fmt: skip
    DoseRecord.objects.create(
        patient=plan.patient, session=session, start=day, drug="ketamine", amount=35, unit="mg",
        route="iv", duration_min=40, written_by=plan.made_by,
    )  # fmt: skip


def test_without_a_plan_there_is_a_sentence(patient):
    assert "No plan is signed for you yet" in page_of(patient)


def test_a_draft_is_not_shown(clinician, patient):
    draft = signed_plan(clinician, patient, WEEKLY)
    draft.state = PlanState.DRAFT
    draft.save()
    assert "No plan is signed for you yet" in page_of(patient)


def test_a_plan_says_what_it_is_how_to_get_ready_and_when_to_call(clinician, patient):
    signed_plan(clinician, patient, WEEKLY)
    page = page_of(patient)
    for words in ("35 mg", "stop eating and drinking", "do not drive", "Call at once", "clara"):
        assert words.lower() in page.lower(), words


def test_the_next_dose_follows_from_the_plan_and_what_was_given(clinician, patient):
    plan = signed_plan(clinician, patient, WEEKLY)
    now = timezone.now()
    dosed(plan, now - timedelta(days=2))
    due = timezone.localtime(now + timedelta(days=5)).date()
    assert f"your next dose is on {due:%A} {due.day} {due:%B %Y}" in page_of(patient)


def test_a_visit_that_was_opened_counts_before_the_plan(clinician, patient):
    plan = signed_plan(clinician, patient, WEEKLY)
    dosed(plan, timezone.now() - timedelta(days=2))
    day = timezone.localdate() + timedelta(days=1)
    SessionRecord.objects.create(patient=patient, plan=plan, day=day, made_by=clinician)
    assert f"Your next visit: {day:%A} {day.day} {day:%B %Y}" in page_of(patient)


def test_a_plan_that_is_over_names_no_day(clinician, patient):
    plan = signed_plan(clinician, patient, "ketamine 35 mg iv over 40 min")
    dosed(plan, timezone.now() - timedelta(days=2))
    assert "names no day to come" in page_of(patient)


def test_that_it_was_read_is_on_record(patient):
    page_of(patient)
    assert AuditEvent.objects.filter(patient_id=patient.pk, note__page="own plan").exists()
