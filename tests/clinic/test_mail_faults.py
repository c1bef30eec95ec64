"""E-mails that a server does not take: tried again, given up in the end, never sent twice."""

from __future__ import annotations

import smtplib
from datetime import timedelta
from uuid import uuid4

import pytest
from clinic_mail import at, wants
from django.core import mail as post
from django.core.mail.backends.locmem import EmailBackend
from django.utils import timezone

from respite.clinic.contact.messages import actions as messages
from respite.clinic.contact.queries import calls_due
from respite.clinic.contact.reminders.actions import send_due
from respite.clinic.contact.reminders.models import Mail, MailState, Reach
from respite.clinic.contact.reminders.sending_actions import BACK_OFF_MIN

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("sends_mail")]


class Broken(EmailBackend):
    """A mail server with a fault of its own."""

    fault: BaseException | None = None
    at_open: BaseException | None = None

    def open(self):
        if self.at_open is not None:
            raise self.at_open

    def send_messages(self, messages):
        if self.fault is not None:
            raise self.fault
        return super().send_messages(messages)


@pytest.fixture
def server(settings, monkeypatch):
    settings.EMAIL_BACKEND = f"{__name__}.Broken"
    monkeypatch.setattr(Broken, "fault", None)
    monkeypatch.setattr(Broken, "at_open", None)

    def fails(fault=None, at_open=None):
        monkeypatch.setattr(Broken, "fault", fault)
        monkeypatch.setattr(Broken, "at_open", at_open)

    return fails


def refusal(code):
    return smtplib.SMTPRecipientsRefused({"pia@example.org": (code, b"no")})


def test_an_address_that_does_not_work_is_said_and_gets_no_more(patient, today, server):
    wants(patient, today)
    server(refusal(550))
    assert send_due(at(today)) == 0
    reach, kept = Reach.objects.get(), Mail.objects.get()
    assert (kept.state, kept.fault) == (MailState.FAILED, "address")
    assert reach.refused_at is not None
    assert reach.next_at is None
    # Who cannot be reminded is called.
    assert patient.pk in calls_due([patient], at(today + timedelta(days=4)))


@pytest.mark.parametrize("where", ["at_open", "fault"])
def test_what_the_server_did_not_take_is_tried_again_each_time_later_and_has_an_end(
    patient, nurse, today, server, where
):
    wants(patient, today, hour=None, next_at=None)
    messages.reply(nurse, patient, "News", client_id=uuid4(), seen=0)
    fault = ConnectionRefusedError() if where == "at_open" else smtplib.SMTPDataError(451, b"later")
    server(**{where: fault})
    moment = timezone.now()
    for wait in BACK_OFF_MIN:
        assert send_due(moment) == 0
        kept = Mail.objects.get()
        assert kept.state == MailState.WAITING
        assert kept.next_at == moment + timedelta(minutes=wait)
        assert send_due(moment + timedelta(minutes=wait - 1, seconds=59)) == 0
        moment = kept.next_at
    assert send_due(moment) == 0
    assert (Mail.objects.get().state, Mail.objects.get().fault) == (MailState.FAILED, "server")
    assert Reach.objects.get().is_usable


def test_an_address_that_is_refused_for_now_is_tried_again_and_stays(patient, today, server):
    wants(patient, today)
    server(refusal(451))
    for minute in range(0, 60):
        assert send_due(at(today, minute=minute)) == 0
    assert Reach.objects.get().is_usable
    assert send_due(at(today, 23, 30)) == 0
    assert Mail.objects.get().state == MailState.FAILED
    server()
    assert send_due(at(today + timedelta(days=1))) == 1


def test_what_was_put_off_goes_out_once_the_server_is_back(patient, today, server):
    wants(patient, today)
    server(at_open=OSError())
    assert send_due(at(today)) == 0
    server(at_open=None)
    assert send_due(at(today, minute=1)) == 1
    assert len(post.outbox) == 1


def test_what_may_have_gone_out_is_not_sent_again(patient, today, server):
    wants(patient, today)
    server(TimeoutError())
    assert send_due(at(today)) == 0
    server(None)
    assert send_due(at(today, minute=30)) == 0
    assert Mail.objects.get().state == MailState.UNSURE


def test_a_crash_in_between_loses_one_reminder_and_never_sends_two(patient, today, server):
    wants(patient, today)

    class Killed(BaseException):
        pass

    server(Killed())
    with pytest.raises(Killed):
        send_due(at(today))
    assert Mail.objects.get().state == MailState.SENDING
    server(None)
    assert send_due(at(today, minute=1)) == 0
    assert send_due(at(today, 22)) == 0
    assert Mail.objects.get().state == MailState.UNSURE
    assert not post.outbox


def test_nothing_of_an_address_is_logged(patient, today, server, caplog):
    wants(patient, today)
    server(TimeoutError("pia@example.org"))
    send_due(at(today))
    assert caplog.records
    assert "pia" not in caplog.text
