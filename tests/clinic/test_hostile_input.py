"""Whatever is sent to any page, by anybody who may open it, is answered in words and never run."""

from __future__ import annotations

import pytest
from clinic_numbers import all_of
from clinic_people import made_user, signed_in
from django.db import transaction
from django.test import Client
from django.urls import reverse
from furnished import arguments, furnished, pages
from hostile_forms import (
    ANSWERS,
    CHOOSING,
    HANDLER,
    NOT_IN_UTF8,
    RIGHT_TO_LEFT,
    SCRIPT,
    SHEET,
    Form,
    forms_on,
    misfits,
    sent,
)
from hypothesis import HealthCheck, Phase, given, settings

from respite.clinic.accounts.actions import invite
from respite.clinic.accounts.models import Clinic, Role, User
from respite.clinic.diaries.models import Entry
from respite.clinic.forecasts.models import ForecastRecord
from respite.clinic.patients.models import Medicine, PatientRecord, TriedTreatment
from respite.clinic.treatments.models import PlanRecord, SessionEntry

pytestmark = [pytest.mark.django_db, pytest.mark.thorough]

ROLES = ("clinician", "nurse", "patient", "administrator")


@pytest.fixture
def people(clinic, clinician, nurse, stranger):
    """Give who signs in by role, and the numbers of their records."""
    numbers = furnished(clinician, stranger, "pia")
    signing_in = {
        "clinician": clinician,
        "nurse": nurse,
        "patient": User.objects.get(username="pia"),
        "administrator": made_user(clinic, Role.ADMINISTRATOR, "ada"),
    }
    return signing_in, numbers


def addresses(role: str, numbers: dict[str, int]) -> list[str]:
    """Give every page that a role may open."""
    return [
        reverse(name, kwargs=arguments(name, page, numbers))
        for name, page in pages().items()
        if role in vars(page.callback).get("roles", ())
        or name in {"home", "alive", "live", "ready", "metrics", "join"}
    ]


def look(answer, *told):
    """Hold an answer against what every answer must be: a page that runs nothing, or a file."""
    assert answer.status_code in ANSWERS, (answer.status_code, *told)
    assert answer.headers["X-Content-Type-Options"] == "nosniff", told
    text = all_of(answer)
    if not answer.headers.get("Content-Type", "text/html").startswith("text/html"):
        return
    assert SCRIPT.encode() not in text, told
    assert b"<img src=x" not in text, told


def attack(client: Client, form: Form, examples: int) -> None:
    """Send a form many times, each time to the record as it was first."""

    @settings(
        max_examples=examples,
        phases=[Phase.generate],
        deadline=None,
        suppress_health_check=list(HealthCheck),
    )
    @given(sent(form))
    def send(filled):
        with transaction.atomic():
            answer = client.post(form.address, filled)
            look(answer, form.address, filled)
            if answer.status_code == 302:
                assert not list(misfits()), (form.address, filled)
            transaction.set_rollback(True)

    send()


@pytest.mark.thorough
@pytest.mark.parametrize("role", ROLES)
def test_no_form_fails_whatever_its_fields_hold(people, role):
    # Nurses have few forms that clinicians have not.
    examples = 2 if role == "nurse" else 6
    signing_in, numbers = people
    client = signed_in(signing_in[role])
    for form in forms_on(client, addresses(role, numbers)):
        attack(client, form, examples)


@pytest.mark.thorough
def test_the_page_for_those_who_are_invited_takes_anything(clinician, clinic):
    _made, secret = invite(clinician, Role.NURSE, SCRIPT, clinic)
    for form in forms_on(Client(), [f"/join/{secret}/"]):
        attack(Client(), form, 60)


@pytest.mark.parametrize("role", ["clinician", "patient"])
def test_forms_answer_a_script_and_a_sheet_in_every_field(people, role):
    signing_in, numbers = people
    client = signed_in(signing_in[role])
    some = [
        one for one in addresses(role, numbers) if one.endswith(("/edit/", "/late/", "/doses/"))
    ]
    forms = [one for one in forms_on(client, some) if one.fields]
    assert forms
    for form in forms:
        for value in (SCRIPT, SHEET, RIGHT_TO_LEFT * 40, "\x00", "9" * 400):
            look(client.post(form.address, dict.fromkeys(form.fields, value)), form.address, value)


TYPED = "application/x-www-form-urlencoded"
PARTS = "multipart/form-data; boundary=x"
BODIES = {
    "nothing": (b"", TYPED),
    "not text": (b"name=" + NOT_IN_UTF8 + b"&pain=%ff", TYPED),
    "another charset": (b"name=%E4", "application/x-www-form-urlencoded; charset=utf-7"),
    "no charset": (b"name=x", "application/x-www-form-urlencoded; charset=made-up"),
    "json": (b'{"name": {"$gt": ""}}', "application/json"),
    "xml": (b"<!DOCTYPE x [<!ENTITY a 'b'>]><x>&a;</x>", "application/xml"),
    "no boundary": (b"--x\r\n", "multipart/form-data"),
    "half a part": (b'--x\r\nContent-Disposition: form-data; name="pa', PARTS),
    "odd base64": (
        b'--x\r\nContent-Disposition: form-data; name="name"\r\n'
        b"Content-Transfer-Encoding: base64\r\n\r\n!!!\r\n--x--\r\n",
        PARTS,
    ),
    "a file for words": (
        b'--x\r\nContent-Disposition: form-data; name="name"; filename="a.txt"\r\n\r\nhi\r\n'
        b"--x--\r\n",
        PARTS,
    ),
    "too large": (b"name=" + b"a" * 1_100_000, TYPED),
    "too many fields": (b"a=1&" * 3000, TYPED),
}  # fmt: skip


@pytest.mark.thorough
@pytest.mark.parametrize("body", BODIES)
def test_a_body_that_is_no_form_is_answered(people, body):
    signing_in, numbers = people
    content, kind = BODIES[body]
    for role in ("clinician", "patient", "administrator"):
        client = signed_in(signing_in[role])
        for address in addresses(role, numbers):
            with transaction.atomic():
                look(client.generic("POST", address, content, content_type=kind), address)
                transaction.set_rollback(True)


def test_a_body_that_is_too_large_is_refused_in_words_with_nothing_written(people):
    signing_in, numbers = people
    client = signed_in(signing_in["clinician"])
    address = reverse("treatments:doses", args=[numbers["patient_id"]])
    answer = client.post(address, {"block": SHEET * 30_000}, TYPED)
    assert answer.status_code in {400, 422}
    answer = client.post(address, b"block=" + b"a" * 2_000_000, TYPED)
    assert answer.status_code == 400
    assert "too large" in answer.text


def every_page(signing_in, numbers):
    """Open every page that somebody may open, and give the answers by role and address."""
    for role in ROLES:
        client = signed_in(signing_in[role])
        for address in addresses(role, numbers):
            yield role, address, client.get(address)


@pytest.mark.thorough
def test_what_was_kept_from_any_form_is_shown_as_text(people):
    signing_in, numbers = people
    kept = set()
    for role in ("administrator", "patient", "clinician"):
        client = signed_in(signing_in[role])
        for form in forms_on(client, addresses(role, numbers)):
            if any(one in form.address for one in ("/switch/", "/remove/")):
                continue
            for name, offered in form.fields.items():
                if len(offered) > 1 or name in (*CHOOSING, "client_id", "password"):
                    continue
                answer = client.post(form.address, form.meant() | {name: SCRIPT})
                look(answer, form.address, name)
                if answer.status_code == 302:
                    kept.add((role, name))
    assert {name for _role, name in kept} >= {"name", "note", "reason", "text", "phone"}
    shown = 0
    for role, address, answer in every_page(signing_in, numbers):
        look(answer, role, address)
        shown += not answer.streaming and b"&lt;script&gt;alert(1)" in answer.content
    assert shown > 10


@pytest.mark.thorough
def test_what_is_hostile_in_the_tables_is_shown_as_text(people):
    """Rows may come from elsewhere: from a copy that was put back, or an older version."""
    signing_in, numbers = people
    text = f"{SCRIPT}{HANDLER}"
    Clinic.objects.update(name=text, phone=SCRIPT, urgent_phone=SCRIPT)
    User.objects.update(full_name=text)
    PatientRecord.objects.update(name=text, number=SCRIPT)
    Medicine.objects.update(name=text, dose=text)
    PlanRecord.objects.filter(pk=numbers["plan_id"]).update(reason=text, ended_because=text)
    patient = PatientRecord.objects.get(pk=numbers["patient_id"])
    by = {"patient": patient, "written_by": signing_in["clinician"]}
    TriedTreatment.objects.create(name=text, outcome="helped", note=text, **by)
    now = patient.made_at
    Entry.objects.create(
        day=now.date(), felt_at=now, written_at=now, pain=3, note=text, effects=[text], **by
    )
    ForecastRecord.objects.create(
        patient=patient, inputs={}, digest="1", answer={}, refusal={"found": text, "remedy": text},
        library_digest="0", made_with=text[:40], seed=1,
    )  # fmt: skip
    SessionEntry.objects.create(
        session_id=numbers["session_id"], kind="note", at=now, data={"text": text},
        written_by=by["written_by"],
    )  # fmt: skip
    for role, address, answer in every_page(signing_in, numbers):
        look(answer, role, address)


def test_names_of_any_length_and_script_are_shown_whole_and_apart(people):
    signing_in, numbers = people
    client = signed_in(signing_in["clinician"])
    for name in (RIGHT_TO_LEFT, "W" * 200, "Ñ" + "\u0303" * 150):
        PatientRecord.objects.filter(pk=numbers["patient_id"]).update(name=name)
        for page in ("patients:overview", "treatments:doses", "forecasts:forecast"):
            text = client.get(reverse(page, args=[numbers["patient_id"]])).text
            assert f"<bdi>{name}</bdi>" in text, page
        assert f"<bdi>{name}</bdi>" in client.get(reverse("patients:list")).text
