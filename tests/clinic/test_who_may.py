"""Who may open what: every page, every role, one's own clinic and another, one's own record and
that of somebody else. A page that is not in the table fails."""

from __future__ import annotations

import pytest
from clinic_people import made_user, signed_in
from django.db import transaction
from django.test import Client
from django.urls import reverse
from furnished import arguments, furnished, pages

from respite.clinic.accounts.models import Role

pytestmark = pytest.mark.django_db

ANYBODY = "anybody"
EVERYBODY = frozenset({"clinician", "nurse", "patient", "researcher", "administrator"})
CARERS = frozenset({"clinician", "nurse"})
CLINICIANS = frozenset({"clinician"})
PATIENTS = frozenset({"patient"})
ADMINISTRATORS = frozenset({"administrator"})
SEE_NUMBERS = frozenset({"clinician", "nurse", "researcher"})
TAKE_RESEARCH = frozenset({"clinician", "researcher"})
TAKE_ANY = frozenset({"clinician", "researcher", "administrator"})

TABLE = {
    "home": EVERYBODY,
    "alive": ANYBODY,
    "live": ANYBODY,
    "ready": ANYBODY,
    "metrics": ANYBODY,
    "join": ANYBODY,
    "account_logout": EVERYBODY,
    "accounts:demo": ANYBODY,
    "accounts:me": EVERYBODY,
    "accounts:staff": ADMINISTRATORS,
    "accounts:switch": ADMINISTRATORS,
    **dict.fromkeys(
        (
            "patients:list", "patients:new", "patients:overview", "patients:edit",
            "patients:invite", "patients:trail", "patients:questions", "patients:medicines",
            "patients:all_medicines", "patients:tried", "patients:scores", "patients:new_score",
            "patients:answer", "patients:take_back", "patients:stop_medicine", "patients:score",
            "patients:emergency", "treatments:doses", "treatments:withdraw_dose",
            "treatments:plans", "treatments:new-plan", "treatments:read-back",
            "treatments:next-step", "treatments:plan", "treatments:change-plan",
            "treatments:end-plan", "treatments:order", "treatments:consent", "treatments:leaflet",
            "treatments:sessions", "treatments:session", "treatments:session_live",
            "treatments:session_correct", "treatments:session_summary",
            "treatments:session_observation", "forecasts:forecast", "forecasts:again",
            "forecasts:state", "forecasts:propose", "forecasts:compare", "forecasts:advice",
            "contact:thread", "contact:settle", "contact:call",
            "events:list", "events:new", "events:event", "events:change", "events:reported",
            "events:report", "events:file", "letters:list", "letters:gp", "letters:letter",
            "letters:change", "letters:put-aside", "letters:pdf",
            "surveillance:table", "surveillance:look", "surveillance:to_record",
            "surveillance:lab", "surveillance:lab_for", "surveillance:done",
            "surveillance:result", "surveillance:remove", "surveillance:take_back",
            "worklist:list", "worklist:item",
        ),
        CARERS,
    ),
    "treatments:sign-plan": CLINICIANS,
    "forecasts:release": CLINICIANS,
    "forecasts:withdraw": CLINICIANS,
    "forecasts:rule": CLINICIANS,
    "letters:sign": CLINICIANS,
    "letters:share": CLINICIANS,
    "letters:take-back": CLINICIANS,
    "events:mine": PATIENTS,
    "letters:mine": PATIENTS,
    "letters:own": PATIENTS,
    **dict.fromkeys(("numbers:clinic", "numbers:again", "numbers:state"), SEE_NUMBERS),
    **dict.fromkeys(("numbers:file", "numbers:file_again", "numbers:file_state"), TAKE_ANY),
    "numbers:refresh": CARERS,
    "numbers:research": TAKE_RESEARCH,
    "numbers:export_clinic": ADMINISTRATORS,
    "numbers:export_patient": CLINICIANS,
    "numbers:consent": CARERS,
    "numbers:my_data": PATIENTS,
    "patients:emergencies": ADMINISTRATORS,
    "patients:review": ADMINISTRATORS,
    "diaries:diary": PATIENTS,
    "diaries:late": PATIENTS,
    "diaries:entry": PATIENTS,
    "diaries:remove": PATIENTS,
    "diaries:outbox": PATIENTS,
    "diaries:offline": ANYBODY,
    "diaries:service_worker": ANYBODY,
    "diaries:manifest": ANYBODY,
    "forecasts:mine": PATIENTS,
    "forecasts:my_plan": PATIENTS,
    "contact:mine": PATIENTS,
    "contact:reminders": PATIENTS,
    "contact:calendar": PATIENTS,
    "surveillance:mine": PATIENTS,
    **dict.fromkeys(
        (
            "knowledge:index", "knowledge:for-clinicians", "knowledge:sources",
            "knowledge:version", "knowledge:figure", "knowledge:figure-of-condition",
            "knowledge:clinicians", "knowledge:topic",
        ),
        ANYBODY,
    ),
}  # fmt: skip
"""Who may open each page."""

REFUSED, HIDDEN = 403, 404


@pytest.fixture
def people(clinic, elsewhere, clinician, nurse, stranger):
    """Give who signs in by role, and the numbers of records here, elsewhere and of a neighbour."""
    here = furnished(clinician, stranger, "pia")
    neighbour = furnished(clinician, stranger, "paul")
    there = furnished(stranger, clinician, "petra")
    patient = clinician.__class__.objects.get(username="pia")
    signing_in = {
        "clinician": clinician,
        "nurse": nurse,
        "patient": patient,
        "researcher": made_user(clinic, Role.RESEARCHER, "remi"),
        "administrator": made_user(clinic, Role.ADMINISTRATOR, "ada"),
    }
    return signing_in, {"here": here, "neighbour": neighbour, "there": there}


def test_every_page_is_in_the_table():
    assert set(pages()) == set(TABLE)


def test_every_view_says_who_may_open_it_and_says_what_the_table_says():
    for name, page in pages().items():
        if name in {"home"} or TABLE[name] == ANYBODY:
            continue
        assert {one.value for one in vars(page.callback)["roles"]} == TABLE[name], name


@pytest.mark.thorough
def test_a_page_opens_for_those_in_the_table_and_for_nobody_else(people):
    for name in sorted(TABLE):
        with transaction.atomic():
            opens_as_told(name, *people)
            # What one page wrote must not decide what the next one shows.
            transaction.set_rollback(True)


def opens_as_told(name, signing_in, records):
    """Open one page as everybody, by both ways of asking, for each record."""
    page, may = pages()[name], TABLE[name]
    clients = {role: signed_in(user) for role, user in signing_in.items()}
    named = set(page.pattern.converters)
    for where, numbers in records.items():
        address = reverse(name, kwargs=arguments(name, page, numbers))
        has_record = bool(named & {*numbers, "entry_id"})
        for send in ("get", "post"):
            answer = getattr(Client(), send)(address)
            if may == ANYBODY:
                assert answer.status_code in {200, 302, 404, 405, 410, 422}, (name, send)
                assert "/accounts/" not in answer.headers.get("Location", ""), (name, send)
                continue
            assert answer.status_code == 302, (name, send, where)
            assert answer.headers["Location"].startswith("/accounts/login/"), (name, send)
            for role, client in clients.items():
                found = getattr(client, send)(address).status_code
                told = (name, send, where, role, found)
                if role not in may:
                    assert found == REFUSED, told
                elif has_record and (where == "there" or (role == "patient" and where != "here")):
                    assert found in {HIDDEN, 405}, told
                else:
                    assert found not in {REFUSED, HIDDEN}, told
                    assert found < 500, told


def test_whoever_is_shut_out_sees_nothing(clinician):
    client = signed_in(clinician)
    clinician.is_active = False
    clinician.save()
    assert client.get(reverse("patients:list")).status_code == 302
