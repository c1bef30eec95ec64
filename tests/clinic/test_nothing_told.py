"""What people write about patients is in the record, and nowhere else: no log, address or mail."""

from __future__ import annotations

import json
import logging

import pytest
from clinic_people import signed_in
from django.core import mail
from django.core.exceptions import SuspiciousOperation
from django.db import transaction
from django.test import Client
from django.urls import reverse
from django_tasks_db.models import DBTaskResult
from furnished import furnished
from hostile_forms import Form, Page, forms_on
from test_hostile_input import addresses

from respite.clinic.accounts.models import User
from respite.clinic.bare_logs import BareFormatter
from respite.clinic.patients import views
from respite.clinic.patients.models import Medicine, PatientRecord

pytestmark = [pytest.mark.django_db, pytest.mark.thorough]

MARK = "zebrafish"
"""A word of which nobody but a person who types it could think."""

# Two decimals: how long a page took is logged to one, and could be told by chance.
REGIMEN = "esketamine 61.73 mg nasal weekly x3"
MARKS = (MARK, "61.73")


@pytest.fixture
def lines():
    """Give the lines that the clinic logs, as they are written; each logger tells all it has."""
    written: list[str] = []

    class Keep(logging.Handler):
        def emit(self, record: logging.LogRecord) -> None:
            written.append(self.format(record))

    handler = Keep(logging.DEBUG)
    handler.setFormatter(BareFormatter())
    loggers = [logging.getLogger(name) for name in (None, "django", "django_tasks", "respite")]
    before = [(one, one.level) for one in loggers]
    for one in loggers:
        one.addHandler(handler)
        one.setLevel(logging.DEBUG)
    yield written
    for one, level in before:
        one.removeHandler(handler)
        one.setLevel(level)


def tells(text: str) -> bool:
    return any(one in text for one in MARKS)


def marked(form: Form) -> dict[str, object]:
    """Fill a form with what a person would write, and a mark in all of it."""
    filled = form.meant()
    for name in form.fields:
        if name.startswith("regimen"):
            filled[name] = REGIMEN
        elif name in {"weight_kg", "amount", "drawn"}:
            filled[name] = "61.73"
        elif name == "block":
            filled[name] = f"2026-03-01\tketamine\t61.73\tmg\tiv\t40\t{MARK}"
        elif name in {
            "name", "number", "reason", "note", "text", "dose", "words", "why", "lot", "password",
            "signer_password", "full_name", "phone", "urgent_phone", "username", "again",
        }:  # fmt: skip
            filled[name] = f"{MARK} {MARK} {MARK}"
    return filled


def hold(answer, *told) -> None:
    """Hold the headers and links of an answer against the marks."""
    assert not tells(str(dict(answer.headers)) + str(answer.cookies)), (answer.headers, *told)
    if answer.headers.get("Content-Type", "").startswith("text/html"):
        links = Page(answer.text, "").links
        assert not [one for one in links if tells(one)], told


@pytest.mark.thorough
def test_what_is_written_is_in_no_log_address_cookie_mail_or_task(
    clinician, stranger, lines, capfd, django_capture_on_commit_callbacks
):
    numbers = furnished(clinician, stranger, "pia")
    PatientRecord.objects.update(name=f"{MARK} Pia", number=MARK)
    Medicine.objects.update(name=MARK)
    who = {"clinician": clinician, "patient": User.objects.get(username="pia")}
    kept = refused = 0
    with django_capture_on_commit_callbacks(execute=True):
        for role, user in who.items():
            client = signed_in(user)
            for form in forms_on(client, addresses(role, numbers)):
                broken = dict.fromkeys(form.fields, MARK)
                for filled in (broken, marked(form), marked(form)):
                    answer = client.post(form.address, filled)
                    hold(answer, form.address)
                    kept += answer.status_code == 302
                    refused += answer.status_code == 422
            for address in addresses(role, numbers):
                hold(client.get(address, {"page": MARK, "words": MARK}), address)
    assert kept > 20
    assert refused > 20
    assert lines
    assert not [one for one in lines if tells(one)]
    assert not tells("".join(capfd.readouterr()))
    assert not mail.outbox
    tasks = [one.args_kwargs for one in DBTaskResult.objects.all()]
    for one in tasks:
        assert all(isinstance(value, int) for value in one["args"] + list(one["kwargs"].values()))


def test_no_refusal_logs_what_was_sent(clinician, lines, capfd):
    client = signed_in(clinician)
    for answer in (
        client.get(f"/{MARK}/"),
        client.get(f"/patients/{MARK}/"),
        client.get("/patients/", {"words": MARK, "page": MARK}),
        client.get(f"/join/{MARK}/"),
        client.put(reverse("patients:new"), f"name={MARK}"),
        client.get("/patients/", headers={"host": f"{MARK}.example"}),
        client.post("/patients/new/", b"--", content_type=f"multipart/form-data; boundary={MARK}é"),
        client.post("/patients/new/", {"name": MARK, "born": MARK}),
        Client().post(reverse("account_login"), {"login": MARK, "password": MARK}),
        Client().post(reverse("account_signup"), {"username": MARK, "password1": MARK}),
        Client(enforce_csrf_checks=True).post(reverse("account_login"), {"login": MARK}),
        Client(headers={"cookie": f"sessionid={MARK}; csrftoken={MARK}"}).get("/me/"),
    ):
        assert answer.status_code < 500
    assert len(lines) > 7
    assert not [one for one in lines if tells(one)]
    assert not tells("".join(capfd.readouterr()))
    assert not mail.outbox


@pytest.mark.parametrize("fault", [ValueError, SuspiciousOperation, KeyError])
def test_a_page_that_fails_logs_where_and_not_what(clinician, lines, monkeypatch, capfd, fault):
    def fails(*_told):
        raise fault(f"no patient is called {MARK}")

    monkeypatch.setattr(views, "SearchForm", fails)
    client = signed_in(clinician)
    client.raise_request_exception = False
    with transaction.atomic():
        answer = client.post(reverse("patients:list"), {"words": MARK})
    assert answer.status_code in {400, 500}
    assert not tells(answer.text)
    (told,) = [json.loads(one) for one in lines if "error" in json.loads(one)]
    assert told["error"] == fault.__name__
    assert any("patients/views.py" in place for place in told["places"])
    assert not [one for one in lines if tells(one)]
    assert not tells("".join(capfd.readouterr()))
