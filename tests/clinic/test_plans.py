"""Plans: written, read back, signed by a clinician once, never changed after, and ended."""

import uuid
from datetime import UTC, datetime

import pytest
from clinic_people import PASSWORD, made_patient, signed_in
from django.core.exceptions import PermissionDenied
from django.db import DatabaseError, connection, transaction
from django.urls import reverse

from respite.clinic.accounts.models import Role
from respite.clinic.audit.models import AuditEvent
from respite.clinic.patients.actions import answer
from respite.clinic.treatments.models import (
    EntryKind,
    PlanRecord,
    PlanState,
    SessionEntry,
    SessionRecord,
    SessionState,
)
from respite.clinic.treatments.plans import actions
from respite.clinic.treatments.plans.signature import digest_of, verifies

pytestmark = [pytest.mark.django_db, pytest.mark.thorough]

TEN = "ketamine 0.5 mg/kg iv over 40 min daily x10"
FIVE = "ketamine 0.6 mg/kg iv over 40 min daily x5"
TODAY = datetime.now(UTC).date()


def page(name, number, *, user, **posted):
    client = signed_in(user)
    address = reverse(f"treatments:{name}", args=[number])
    return client.post(address, posted) if posted else client.get(address)


@pytest.fixture
def draft(clinician, patient):
    told = {"regimen": TEN, "starts": TODAY, "reason": "a first course"}
    return actions.draft(clinician, patient, told, uuid.uuid4())


def signing(plan, **other):
    told = {
        "version": plan.version, "meaning": "order", "password": PASSWORD, "open": "on",
    }  # fmt: skip
    return told | other


def signed(by, plan):
    return actions.sign(
        by, plan, version=plan.version, password=PASSWORD, meaning="order", reasons={},
        knows_what_is_open=True,
    )  # fmt: skip


def test_a_draft_is_kept_in_the_words_of_the_language(clinician, patient):
    told = {
        "regimen": "Ketamine 0.5mg/kg i.v. over 40 minutes daily x10",
        "client_id": uuid.uuid4(),
    }
    for _again in range(2):
        found = page("new-plan", patient.pk, user=clinician, **told)
        assert found.status_code == 302
    plan = PlanRecord.objects.get()
    assert (plan.regimen, plan.state, plan.made_by) == (TEN, PlanState.DRAFT, clinician)
    assert AuditEvent.objects.filter(action="plan.drafted", patient_id=patient.pk).count() == 1


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("", "The regimen is empty."),
        ("ketmine 80 mg iv", "Try: write &quot;ketamine&quot;."),
        ("ketamine\x00 80 mg iv", "is not a drug"),
        ("<script>alert(1)</script>", "&lt;script&gt;"),
        ("ketamine 80 mg iv daily x100000", "from x1 to x5000"),
        ("كيتامين ٨٠", "is not a"),
        ("a\tb\nc\td" * 3000, "characters long"),
        ("ketamine 9e999 mg iv", "At column"),
    ],
)
def test_what_is_no_regimen_is_refused_in_sentences_and_not_lost(clinician, patient, text, says):
    told = {"regimen": text, "client_id": uuid.uuid4(), "reason": "kept as typed"}
    found = page("new-plan", patient.pk, user=clinician, **told)
    assert found.status_code == 422
    assert says in found.text
    assert "<script>alert" not in found.text
    assert "kept as typed" in found.text
    assert not PlanRecord.objects.exists()


def test_a_regimen_is_read_back_in_plain_words_with_mg(clinician, patient):
    client = signed_in(clinician)
    address = reverse("treatments:read-back", args=[patient.pk])
    found = client.post(address, {"regimen": TEN}, headers={"HX-Request": "true"})
    assert "<html" not in found.text
    assert "Days 1 to 10, every day, 10 doses: ketamine 35 mg (0.5 mg/kg) into a vein" in found.text
    assert "ketamine: 350 mg in all, in 10 doses" in found.text
    assert "The last dose ends on day 10." in found.text
    assert "<html" in client.post(address, {"regimen": "ketmine"}).text


def test_without_scripts_a_button_reads_back_and_keeps_nothing(clinician, patient):
    told = {"regimen": TEN, "read_back": "1", "client_id": uuid.uuid4()}
    found = page("new-plan", patient.pk, user=clinician, **told)
    assert found.status_code == 200
    assert "350 mg in all" in found.text
    assert not PlanRecord.objects.exists()


@pytest.mark.parametrize("name", ["plans", "new-plan", "next-step"])
def test_pages_of_a_patient_are_for_those_who_treat_there(clinician, stranger, patient, name):
    assert page(name, patient.pk, user=clinician).status_code == 200
    assert page(name, patient.pk, user=stranger).status_code == 404
    assert page(name, patient.pk, user=patient.user).status_code == 403
    assert AuditEvent.objects.filter(action="patient.read", patient_id=patient.pk).exists()


@pytest.mark.parametrize(
    "name", ["plan", "change-plan", "sign-plan", "end-plan", "order", "consent", "leaflet"]
)
def test_pages_of_a_plan_are_for_those_who_treat_there(clinician, stranger, draft, name):
    assert page(name, draft.pk, user=clinician).status_code == 200
    assert page(name, draft.pk, user=stranger).status_code == 404
    assert page(name, draft.pk, user=draft.patient.user).status_code == 403


def test_a_clinician_signs_with_meaning_and_password_and_the_digest_verifies(clinician, draft):
    found = page("sign-plan", draft.pk, user=clinician, **signing(draft))
    assert found.status_code == 302
    draft.refresh_from_db()
    assert draft.state == PlanState.SIGNED
    assert draft.meaning == "I have reviewed this plan and order it."
    assert verifies(draft)
    assert draft.signed_check["verdict"] == "caution"
    assert draft.signed_digest in page("plan", draft.pk, user=clinician).text
    line = AuditEvent.objects.get(action="plan.signed")
    assert line.note["digest"] == draft.signed_digest


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("regimen", FIVE), ("meaning", "other"), ("signed_by_id", 0), ("patient_id", 0),
        ("starts", None), ("signed_at", datetime(2026, 1, 1, tzinfo=UTC)),
    ],
)  # fmt: skip
def test_no_part_of_what_was_signed_can_be_another_unseen(clinician, draft, field, value):
    plan = signed(clinician, draft)
    setattr(plan, field, value)
    assert not verifies(plan)


def test_a_signature_sent_twice_signs_once(clinician, draft):
    told = signing(draft)
    assert page("sign-plan", draft.pk, user=clinician, **told).status_code == 302
    first = PlanRecord.objects.get(pk=draft.pk).signed_digest
    assert page("sign-plan", draft.pk, user=clinician, **told).status_code == 302
    assert PlanRecord.objects.get(pk=draft.pk).signed_digest == first
    assert AuditEvent.objects.filter(action="plan.signed").count() == 1


def test_nobody_but_a_clinician_signs(nurse, draft):
    assert page("sign-plan", draft.pk, user=nurse, **signing(draft)).status_code == 403
    with pytest.raises(PermissionDenied):
        signed(nurse, draft)
    draft.refresh_from_db()
    assert draft.state == PlanState.DRAFT


@pytest.mark.parametrize(
    ("change", "says"),
    [
        ({"password": "wrong"}, "This is not your password."),
        ({"password": ""}, "required"),
        ({"meaning": "whatever"}, "Select a valid choice"),
        ({"open": ""}, "Say that you have seen what is not known."),
    ],
)
def test_an_incomplete_signature_signs_nothing(clinician, draft, change, says):
    found = page("sign-plan", draft.pk, user=clinician, **signing(draft, **change))
    assert found.status_code == 422
    assert says in found.text
    draft.refresh_from_db()
    assert draft.signed_digest == ""


def test_a_plan_without_a_first_day_is_not_signed(clinician, patient):
    plan = actions.draft(clinician, patient, {"regimen": TEN}, uuid.uuid4())
    found = page("sign-plan", plan.pk, user=clinician, **signing(plan))
    assert "The plan has no first day." in found.text


def test_wrong_passwords_lock_the_right_one_out_for_a_while(clinician, draft):
    for _try in range(5):
        page("sign-plan", draft.pk, user=clinician, **signing(draft, password="wrong"))
    found = page("sign-plan", draft.pk, user=clinician, **signing(draft))
    assert "Too many wrong passwords." in found.text
    draft.refresh_from_db()
    assert draft.state == PlanState.DRAFT


def test_a_rule_that_is_absolute_keeps_anybody_from_signing(clinician, patient, draft):
    answer(clinician, patient, "patient.allergy.ketamine", True, TODAY)
    found = page("sign-plan", draft.pk, user=clinician, **signing(draft))
    assert found.status_code == 422
    assert "Nobody may sign this plan as it stands: ELIG-001." in found.text


def test_a_rule_that_is_relative_is_overruled_with_a_reason_beside_a_name(
    clinician, patient, draft
):
    answer(clinician, patient, "patient.conditions", ["seizure_uncontrolled"], TODAY)
    found = page("sign-plan", draft.pk, user=clinician, **signing(draft))
    rules = [one["rule"] for one in found.context["check"].overruled]
    assert rules
    assert found.status_code == 422
    reasons = {f"reason_{rule}": "seen with the neurologist" for rule in rules}
    assert (
        page("sign-plan", draft.pk, user=clinician, **signing(draft, **reasons)).status_code == 302
    )
    draft.refresh_from_db()
    assert set(draft.signed_check["overruled"]) == set(rules)
    assert "seen with the neurologist" in page("plan", draft.pk, user=clinician).text


def test_the_database_refuses_to_change_a_signed_plan(clinician, draft):
    signed(clinician, draft)
    for statement in (
        "UPDATE treatments_planrecord SET regimen = 'ketamine 80 mg iv'",
        "UPDATE treatments_planrecord SET state = 'draft'",
        "DELETE FROM treatments_planrecord",
    ):
        with pytest.raises(DatabaseError), transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(statement)


def test_a_signed_plan_is_not_changed_but_followed_with_the_difference_shown(clinician, draft):
    old = signed(clinician, draft)
    told = {"regimen": FIVE, "version": old.version, "client_id": uuid.uuid4()}
    assert page("change-plan", old.pk, user=clinician, **told).status_code == 409
    page("new-plan", old.patient_id, user=clinician, **(told | {"starts": TODAY.isoformat()}))
    new = PlanRecord.objects.get(regimen=FIVE)
    assert new.follows == old
    shown = page("sign-plan", new.pk, user=clinician).text
    assert "<del>Days 1 to 10" in shown
    assert "<ins>Days 1 to 5" in shown
    page("sign-plan", new.pk, user=clinician, **signing(new))
    old.refresh_from_db()
    assert (old.state, old.ended_because) == (PlanState.ENDED, "Followed by a new plan.")
    assert digest_of(old) == old.signed_digest


def test_a_stale_edit_shows_both_and_overwrites_nothing(clinician, nurse, draft):
    stale = {"regimen": FIVE, "version": draft.version, "client_id": uuid.uuid4(), "reason": "mine"}
    actions.change(nurse, draft, {"reason": "hers"}, draft.version)
    found = page("change-plan", draft.pk, user=clinician, **stale)
    assert found.status_code == 409
    assert "mine" in found.text
    assert "hers" in found.text
    draft.refresh_from_db()
    assert draft.reason == "hers"


def test_a_draft_that_changed_since_it_was_read_is_not_signed(clinician, nurse, draft):
    told = signing(draft)
    actions.change(nurse, draft, {"regimen": FIVE}, draft.version)
    assert page("sign-plan", draft.pk, user=clinician, **told).status_code == 409
    draft.refresh_from_db()
    assert draft.state == PlanState.DRAFT


def test_ending_needs_a_reason_and_a_clinician(clinician, nurse, draft):
    plan = signed(clinician, draft)
    assert page("end-plan", plan.pk, user=clinician, reason="").status_code == 422
    assert page("end-plan", plan.pk, user=nurse, reason="no relief").status_code == 403
    assert page("end-plan", plan.pk, user=clinician, reason="no relief").status_code == 302
    plan.refresh_from_db()
    assert (plan.state, plan.ended_by, plan.ended_because) == ("ended", clinician, "no relief")
    assert verifies(plan)


def test_a_script_in_a_reason_is_shown_escaped(clinician, patient):
    told = {"regimen": TEN, "reason": "<script>alert(1)</script>"}
    plan = actions.draft(clinician, patient, told, uuid.uuid4())
    for name, number in (("plan", plan.pk), ("change-plan", plan.pk), ("plans", patient.pk)):
        assert "<script>alert" not in page(name, number, user=clinician).text


def test_what_is_printed_says_doses_risks_and_intended_use(clinician, draft):
    for name, says in (
        ("order", "every 10 minutes"),
        ("consent", "You may say no now, or stop at any time."),
        ("leaflet", "When to call us"),
    ):
        found = page(name, draft.pk, user=clinician).text
        assert says in found
        assert "ketamine 35 mg (0.5 mg/kg) into a vein" in found
        assert "not a medical device" in found
        assert "Draft: this plan is not signed." in found


def test_without_weight_the_order_says_so_and_nothing_is_signed(clinician):
    patient = made_patient(clinician, "Bo Ek", weight_kg=None)
    told = {"regimen": TEN, "starts": TODAY}
    plan = actions.draft(clinician, patient, told, uuid.uuid4())
    assert "mg not known: no weight" in page("order", plan.pk, user=clinician).text
    found = page("sign-plan", plan.pk, user=clinician, **signing(plan))
    assert "no weight is on record" in found.text


@pytest.fixture
def treated(clinician, patient):
    """Give a patient with one session under a signed plan."""
    text = "ketamine 0.2 mg/kg/h iv for 4 h daily x3"
    told = {"regimen": text, "starts": TODAY}
    patient.condition = "neuropathic"
    patient.save()
    plan = signed(clinician, actions.draft(clinician, patient, told, uuid.uuid4()))
    at = datetime(2026, 3, 2, 9, tzinfo=UTC)
    session = SessionRecord.objects.create(
        patient=patient, plan=plan, day=at.date(), state=SessionState.ENDED, started_at=at,
        relief_percent=10, relief_hours=5, made_by=clinician,
    )  # fmt: skip
    for kind, data in (
        (EntryKind.EFFECT, {"effect": "nausea", "severity": "none"}),
        (EntryKind.VITALS, {"systolic": 128, "diastolic": 80}),
        (EntryKind.VITALS, {"systolic": 120}),
    ):
        SessionEntry.objects.create(
            session=session, kind=kind, at=at, data=data, written_by=clinician
        )
    return patient


def test_the_next_step_follows_from_the_sessions_and_becomes_a_draft_once(clinician, treated):
    found = page("next-step", treated.pk, user=clinician)
    assert "Next step: step up" in found.text
    assert "128/80" in found.text
    assert "<ins>" in found.text
    told = {"client_id": uuid.uuid4()}
    for _again in range(2):
        assert page("next-step", treated.pk, user=clinician, **told).status_code == 302
    plan = PlanRecord.objects.get(state=PlanState.DRAFT)
    assert plan.regimen == "ketamine 0.4 mg/kg/h iv for 4 h daily x3"
    assert plan.reason.startswith("Next step: step up")


def test_every_page_of_plans_says_whom_it_is_for():
    from respite.clinic.treatments.plans.urls import urlpatterns

    roles = [vars(one.callback)["roles"] for one in urlpatterns]
    assert all(Role.PATIENT not in one for one in roles)
    assert {one.name for one in urlpatterns} >= {"plans", "plan", "read-back", "next-step"}
