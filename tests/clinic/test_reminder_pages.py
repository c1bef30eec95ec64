"""The page on which a patient chooses what may come, and the call that somebody writes down."""

from __future__ import annotations

from datetime import timedelta
from uuid import uuid4

import pytest
from clinic_people import signed_in
from django.utils import timezone

from respite.clinic.audit.models import AuditEvent
from respite.clinic.contact.models import CallRecord, Mail, Message, Reach
from respite.clinic.contact.reminders.codes import code_of, spelled
from respite.clinic.mailing import MailNotUnderstood, email_settings

pytestmark = pytest.mark.django_db

PAGE = "/reminders/"


@pytest.fixture(autouse=True)
def with_mail(settings):
    settings.EMAIL_IS_ON = True


def has_address(patient, **told):
    facts = {"email": "pia@example.org", "confirmed_at": timezone.now()}
    return Reach.objects.create(patient=patient, **facts | told)


def test_a_patient_gives_an_address_confirms_it_and_chooses_an_hour(pia, patient):
    answer = pia.post(PAGE, {"do": "address", "email": "Pia@EXAMPLE.org"}, follow=True)
    assert "We sent a code to Pia@example.org" in answer.text
    code = spelled(code_of(Reach.objects.get()))
    answer = pia.post(PAGE, {"do": "code", "code": f" {code} "}, follow=True)
    assert "confirmed" in answer.text
    answer = pia.post(PAGE, {"do": "wishes", "hour": "7", "wants_messages": "on"}, follow=True)
    reach = Reach.objects.get()
    assert (reach.hour, reach.wants_messages) == (7, True)
    assert reach.next_at > timezone.now()
    assert reach.began is not None
    done = AuditEvent.objects.filter(patient_id=patient.pk).values_list("action", flat=True)
    assert {"address.told", "address.confirmed", "reminder.set"} <= set(done)
    for line in AuditEvent.objects.all():
        assert "example" not in str(line.note)


def test_a_pause_and_its_end_and_no_reminder_at_all(pia, patient):
    has_address(patient, hour=20, began=timezone.localdate())
    assert "Paused until" in pia.post(PAGE, {"do": "pause", "days": "7"}, follow=True).text
    assert "Paused until" not in pia.post(PAGE, {"do": "resume"}, follow=True).text
    pia.post(PAGE, {"do": "wishes", "hour": ""})
    reach = Reach.objects.get()
    assert (reach.hour, reach.next_at, reach.began) == (None, None, None)


def test_an_address_is_removed_with_every_wish(pia, patient):
    has_address(patient, hour=20, wants_messages=True)
    assert "Your address was removed" in pia.post(PAGE, {"do": "forget"}, follow=True).text
    reach = Reach.objects.get()
    assert (reach.email, reach.hour, reach.wants_messages) == ("", None, False)


@pytest.mark.parametrize(
    ("told", "said"),
    [
        ({"do": "address", "email": ""}, "Please write your e-mail address."),
        ({"do": "address", "email": "nobody"}, "This is no e-mail address"),
        ({"do": "address", "email": "a@example.org\nBcc: b@example.org"}, "no e-mail address"),
        ({"do": "address", "email": "a\x00@example.org"}, "no e-mail address"),
        ({"do": "address", "email": "a@example.org, b@example.org"}, "no e-mail address"),
        ({"do": "code", "code": "12"}, "One reminder a day"),
        ({"do": "wishes", "hour": "3"}, "Please choose an hour"),
        ({"do": "wishes", "hour": "<script>"}, "Please choose an hour"),
        ({"do": "pause", "days": "400"}, "Please choose from the list"),
        ({"do": "nonsense"}, "Reminders"),
        ({}, "Reminders"),
    ],
)
def test_what_makes_no_sense_is_said_and_changes_nothing(pia, patient, told, said):
    has_address(patient, hour=20)
    before = Reach.objects.values().get()
    answer = pia.post(PAGE, told)
    assert answer.status_code == 422
    assert said in answer.text
    assert Reach.objects.values().get() == before
    assert not Mail.objects.exists()


def test_a_wrong_code_is_said(pia, patient):
    pia.post(PAGE, {"do": "address", "email": "pia@example.org"})
    answer = pia.post(PAGE, {"do": "code", "code": "00000000"})
    assert answer.status_code == 422
    assert "This code is not the one we sent last" in answer.text


def test_where_no_e_mail_is_set_up_the_page_says_so_and_the_calendar_stays(pia, settings):
    settings.EMAIL_IS_ON = False
    text = pia.get(PAGE).text
    assert "sends no e-mail yet" in text
    assert "Get the reminder" in text
    assert pia.post(PAGE, {"do": "address", "email": "a@example.org"}).status_code == 422
    assert not Reach.objects.exists()


def test_the_clinic_sees_the_address_and_that_it_does_not_work_and_cannot_set_it(patient, nurse):
    has_address(patient, refused_at=timezone.now())
    client = signed_in(nurse)
    text = client.get(f"/patients/{patient.pk}/messages/").text
    assert "pia@example.org" in text
    assert "The address does not work" in text
    assert client.post(PAGE, {"do": "forget"}).status_code == 403


def call(client, patient, **told):
    return client.post(f"/patients/{patient.pk}/calls/", {"client_id": uuid4(), **told})


def test_a_call_is_written_down_once(patient, nurse):
    client, number = signed_in(nurse), uuid4()
    for _twice in range(2):
        told = {"outcome": "note", "note": "Away for a week\n<b>", "client_id": number}
        assert call(client, patient, **told).status_code == 302
    assert CallRecord.objects.count() == 1
    assert "Away for a week<br>&lt;b&gt;" in client.get(f"/patients/{patient.pk}/messages/").text
    assert AuditEvent.objects.get(action="call.made").note == {"outcome": "note"}


@pytest.mark.parametrize(
    ("told", "said"),
    [
        ({}, "Please choose one."),
        ({"outcome": "note"}, "Please write the note."),
        ({"outcome": "missed"}, "Please choose a day from tomorrow on"),
        ({"outcome": "missed", "again_on": "2020-01-01"}, "Please choose a day from tomorrow on"),
        ({"outcome": "missed", "again_on": "9999-12-31"}, "Please choose a day from tomorrow on"),
        ({"outcome": "missed", "again_on": "soon"}, "This is no date"),
        ({"outcome": "well", "note": "x" * 1001}, "1001 letters"),
        ({"outcome": "well", "note": "a\x00b"}, "a sign that cannot be kept"),
    ],
)
def test_a_call_that_cannot_be_kept_is_said_and_what_was_typed_stays(patient, nurse, told, said):
    answer = call(signed_in(nurse), patient, **told)
    assert answer.status_code == 422
    assert said in answer.text
    assert told.get("note", "")[:50].strip("\x00") in answer.text
    assert not CallRecord.objects.exists()


def test_a_day_to_try_again_is_kept_only_where_nobody_was_reached(patient, nurse):
    soon = timezone.localdate() + timedelta(days=2)
    client = signed_in(nurse)
    call(client, patient, outcome="missed", again_on=f"{soon}")
    call(client, patient, outcome="well", again_on=f"{soon}")
    assert list(CallRecord.objects.values_list("again_on", flat=True)) == [soon, None]


def test_the_patient_does_not_see_notes_of_calls(pia, patient, nurse):
    call(signed_in(nurse), patient, outcome="note", note="sounded low")
    assert "sounded low" not in pia.get("/messages/").text
    assert not Message.objects.exists()


@pytest.mark.parametrize(
    ("told", "where", "secured"),
    [
        ("smtp://me:a%40b@mail.example", ("mail.example", 587), (True, False)),
        ("smtps://mail.example", ("mail.example", 465), (False, True)),
        ("smtp+plain://localhost:2525", ("localhost", 2525), (False, False)),
    ],
)
def test_a_mail_server_is_told_by_one_address(tmp_path, told, where, secured):
    found = email_settings(told, "Respite <a@example.org>", tmp_path, is_demo=False)
    assert (found["EMAIL_HOST"], found["EMAIL_PORT"]) == where
    assert (found["EMAIL_USE_TLS"], found["EMAIL_USE_SSL"]) == secured
    assert found["EMAIL_IS_ON"]
    if "a%40b" in told:
        assert (found["EMAIL_HOST_USER"], found["EMAIL_HOST_PASSWORD"]) == ("me", "a@b")


@pytest.mark.parametrize(
    ("told", "sender"),
    [
        ("imap://mail.example", "a@example.org"),
        ("smtp://", "a@example.org"),
        ("smtp://mail.example:port", "a@example.org"),
        ("smtp://user:secret@[broken", "a@example.org"),
        ("smtp://mail.example", ""),
        ("smtp://mail.example", "a@example.org\nBcc: b@example.org"),
    ],
)
def test_a_mail_server_that_cannot_be_read_is_refused_without_its_password(tmp_path, told, sender):
    with pytest.raises(MailNotUnderstood) as refusal:
        email_settings(told, sender, tmp_path, is_demo=False)
    assert "secret" not in str(refusal.value)


def test_without_settings_nothing_is_sent_and_a_demo_keeps_files(tmp_path):
    assert not email_settings("", "", tmp_path, is_demo=False)["EMAIL_IS_ON"]
    demo = email_settings("smtp://mail.example", "", tmp_path, is_demo=True)
    assert demo["EMAIL_BACKEND"].endswith("filebased.EmailBackend")
    assert demo["EMAIL_FILE_PATH"] == str(tmp_path / "outbox")
