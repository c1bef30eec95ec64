"""Sends what is due, and never the same twice.

Two steps. The first finds patients whose hour has come, asks the ladder, and puts e-mails on
record. The second takes each in hand in a transaction of its own, sends it, and writes down what
became of it. What the server surely did not take is tried again, each time later; what it may have
taken is not.
"""

from __future__ import annotations

import logging
import smtplib
import time
from collections import defaultdict
from datetime import datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from django.conf import settings
from django.core.mail import EmailMessage, get_connection, make_msgid
from django.db import transaction
from django.db.models import F

from respite.clinic.audit.actions import Program, record
from respite.clinic.contact.messages.models import Reading
from respite.clinic.contact.reminders.codes import code_of, spelled
from respite.clinic.contact.reminders.hours import last_moment, next_hour
from respite.clinic.contact.reminders.ladder import Step, next_step
from respite.clinic.contact.reminders.models import Fault, Mail, MailKind, MailState, Reach
from respite.clinic.contact.reminders.queries import AT_ONCE, can_remind, facts_of
from respite.clinic.contact.reminders.words import written
from respite.clinic.diaries.queries import entries_of

BACK_OFF_MIN = (1, 5, 15, 60, 240)
"""How long to wait before each further try [min]; after the last there is none. Ours."""

MOST_AT_ONCE = 500
"""E-mails that one look sends; the next goes on. Ours."""

BUDGET_S = 45
"""How long one look may take [s]; the next goes on. Ours."""

IN_HAND_MIN = 60
"""After how long an e-mail in hand counts as lost: whoever held it is gone [min]. Ours."""

REFUSED_FOR_GOOD = 500
"""Answers of a mail server from this number on are for good, by RFC 5321."""

HEADERS = {"Auto-Submitted": "auto-generated", "X-Auto-Response-Suppress": "All"}

KIND_OF = {Step.REMIND: MailKind.REMINDER, Step.REMIND_AGAIN: MailKind.AGAIN}

log = logging.getLogger(__name__)


def send_due(now: datetime) -> int:
    """Send every e-mail that is due; to be called each minute, by as many as like.

    Parameters
    ----------
    now
        The moment.

    Returns
    -------
    How many were sent.
    """
    if not settings.EMAIL_IS_ON:
        return 0
    _give_up_lost(now)
    while _plan_some(now) == AT_ONCE:
        pass
    return _send_some(now)


def _plan_some(now: datetime) -> int:
    """Put on record what the ladder says for some patients whose hour has come."""
    with transaction.atomic():
        due = list(
            Reach.objects.select_for_update(of=("self",), skip_locked=True)
            .filter(next_at__lte=now)
            .select_related("patient__clinic", "patient__user")
            .order_by("next_at")[:AT_ONCE]
        )
        if not due:
            return 0
        reaches = {one.patient_id: one for one in due}
        mails: list[Mail] = []
        ahead: dict[datetime | None, list[int]] = defaultdict(list)
        lately = (now - timedelta(days=2)).date()
        for patient, facts in facts_of([one.patient for one in due], lately):
            reach, zone = reaches[patient.pk], patient.clinic.time_zone
            planned = reach.next_at or now
            day, until = planned.astimezone(ZoneInfo(zone)).date(), last_moment(planned, zone)
            kind = KIND_OF.get(next_step(facts, day))
            if kind is not None and now < until:
                mails.append(
                    Mail(patient=patient, kind=kind, day=day, made_at=now, next_at=now, until=until)
                )
            ahead[None if reach.hour is None else next_hour(reach.hour, zone, now)].append(reach.pk)
        # The table itself refuses a second reminder of a day.
        Mail.objects.bulk_create(mails, ignore_conflicts=True)
        for moment, keys in ahead.items():
            Reach.objects.filter(pk__in=keys).update(next_at=moment)
    return len(due)


def _send_some(now: datetime) -> int:
    due = Mail.objects.filter(state=MailState.WAITING, next_at__lte=now).order_by("next_at", "pk")
    keys = list(due.values_list("pk", flat=True)[:MOST_AT_ONCE])
    if not keys:
        return 0
    connection = get_connection()
    sent, end = 0, time.monotonic() + BUDGET_S
    try:
        for place, key in enumerate(keys):
            if not _is_open(connection):
                _put_off(keys[place:], now)
                break
            mail = _take(key, now)
            if mail is not None:
                sent += _send(mail, connection, now)
            if time.monotonic() > end:
                break
    finally:
        _close(connection)
    return sent


def _is_open(connection: Any) -> bool:
    """Open the connection where it is not; nothing has been sent where that fails."""
    try:
        connection.open()
    except (OSError, smtplib.SMTPException):
        log.warning("The mail server cannot be reached.")
        return False
    return True


def _take(key: int, now: datetime) -> Mail | None:
    """Take one e-mail in hand, if nobody has; what is not wanted any more is dropped."""
    with transaction.atomic(durable=True):
        waiting = Mail.objects.filter(pk=key, state=MailState.WAITING, next_at__lte=now)
        if not waiting.update(state=MailState.SENDING, tries=F("tries") + 1, done_at=now):
            return None
        mail = Mail.objects.select_related(
            "patient__clinic", "patient__user", "patient__reach"
        ).get(pk=key)  # fmt: skip
        if not _is_wanted(mail, now):
            was_tried = bool(mail.fault) and mail.until <= now
            state = MailState.FAILED if was_tried else MailState.DROPPED
            _end(mail, state, now, Fault(mail.fault) if was_tried else Fault.NONE)
            return None
    return mail


def _is_wanted(mail: Mail, now: datetime) -> bool:
    """Say whether an e-mail is still wanted at the moment it goes out."""
    patient, reach = mail.patient, mail.patient.reach
    if mail.until <= now or patient.user is None or not patient.user.is_active:
        return False
    if mail.kind == MailKind.CODE:
        return bool(reach.email) and reach.code_nonce is not None
    if mail.kind == MailKind.MESSAGE:
        read = Reading.objects.filter(message_id=mail.message_id, reader_id=patient.user_id)
        return reach.is_usable and reach.wants_messages and not read.exists()
    written_since = entries_of(patient).filter(day__gte=mail.day)
    is_paused = reach.paused_until is not None and reach.paused_until >= mail.day
    return can_remind(patient, reach) and not is_paused and not written_since.exists()


def _send(mail: Mail, connection: Any, now: datetime) -> int:
    reach = mail.patient.reach
    code = spelled(code_of(reach)) if mail.kind == MailKind.CODE else ""
    subject, text = written(mail.kind, settings.CLINIC_ADDRESS, code)
    sender = settings.DEFAULT_FROM_EMAIL
    domain = sender.rpartition("@")[2].strip(" >")
    headers = {**HEADERS, "Message-ID": make_msgid(domain=domain)}
    message = EmailMessage(subject, text, sender, [reach.email], headers=headers)
    try:
        connection.send_messages([message])
    except smtplib.SMTPRecipientsRefused as refusal:
        codes = [code for code, _said in refusal.recipients.values()]
        _refused(mail, min(codes, default=0), Fault.ADDRESS, now)
    except smtplib.SMTPResponseException as refusal:
        _refused(mail, refusal.smtp_code, Fault.SERVER, now)
        _close(connection)
    except (smtplib.SMTPNotSupportedError, ValueError):
        _refused(mail, REFUSED_FOR_GOOD, Fault.ADDRESS, now)
    except (smtplib.SMTPException, OSError):
        # It may have gone out: rather lost than sent twice.
        log.warning("It is not known whether an e-mail was sent.")
        _end(mail, MailState.UNSURE, now)
        _close(connection)
    else:
        _end(mail, MailState.SENT, now)
        return 1
    return 0


def _refused(mail: Mail, code: int, fault: Fault, now: datetime) -> None:
    """Try again later what the server did not take, unless that is for good.

    An address that is refused for good gets no more.
    """
    later, is_for_good = now, code >= REFUSED_FOR_GOOD
    if is_for_good and fault == Fault.ADDRESS:
        reach = mail.patient.reach
        mine = Reach.objects.filter(pk=reach.pk, email=reach.email)
        mine.update(refused_at=now, next_at=None)
    if not is_for_good and mail.tries <= len(BACK_OFF_MIN):
        later += timedelta(minutes=BACK_OFF_MIN[mail.tries - 1])
    if not now < later < mail.until:
        _end(mail, MailState.FAILED, now, fault)
        return
    Mail.objects.filter(pk=mail.pk).update(
        state=MailState.WAITING, fault=fault, next_at=later, done_at=None
    )


def _end(mail: Mail, state: MailState, now: datetime, fault: Fault = Fault.NONE) -> None:
    """Write down what became of an e-mail."""
    with transaction.atomic():
        Mail.objects.filter(pk=mail.pk).update(state=state, fault=fault, done_at=now)
        note = {"kind": str(mail.kind)} | ({"fault": str(fault)} if fault else {})
        record(Program(), f"mail.{state}", mail, patient_id=mail.patient_id, note=note)


def _put_off(keys: list[int], now: datetime) -> None:
    """Try everything again later, as the server cannot be reached; nothing was sent."""
    waiting = Mail.objects.filter(pk__in=keys, state=MailState.WAITING)
    spent = waiting.filter(tries__gte=len(BACK_OFF_MIN)) | waiting.filter(until__lte=now)
    for mail in spent.select_related("patient__reach"):
        _end(mail, MailState.FAILED, now, Fault.SERVER)
    for tries in reversed(range(len(BACK_OFF_MIN))):
        later = now + timedelta(minutes=BACK_OFF_MIN[tries])
        waiting.filter(tries=tries).update(tries=tries + 1, next_at=later, fault=Fault.SERVER)


def _give_up_lost(now: datetime) -> None:
    """Say of e-mails whose sender is gone that nobody knows; they are not sent again."""
    before = now - timedelta(minutes=IN_HAND_MIN)
    Mail.objects.filter(state=MailState.SENDING, done_at__lte=before).update(
        state=MailState.UNSURE
    )  # fmt: skip


def _close(connection: Any) -> None:
    """Hang up; a server that is gone needs no goodbye."""
    try:
        connection.close()
    except (OSError, smtplib.SMTPException):
        log.warning("The mail server hung up first.")
