"""Puts e-mails on record that are to be sent soon: that a message is there, and codes."""

from __future__ import annotations

from datetime import datetime, timedelta

from django.conf import settings
from django.db import transaction
from django.utils import timezone

from respite.clinic.contact.messages.models import Message
from respite.clinic.contact.reminders.models import Mail, MailKind, MailState, Reach
from respite.clinic.contact.tasks import send_mail_now
from respite.clinic.patients.evaluation import today_of
from respite.clinic.patients.models import PatientRecord

NOTICE_HOURS = 48
"""How long it is worth telling that a message is there; ours."""

ON_ITS_WAY = (MailState.WAITING, MailState.SENDING, MailState.SENT, MailState.UNSURE)


def notify(message: Message) -> Mail | None:
    """Tell a patient by e-mail that a message is there, if that is wanted and not told yet.

    One e-mail stands for all messages that are unread; it holds nothing of them.
    """
    reach = Reach.objects.filter(patient_id=message.patient_id).first()
    if not settings.EMAIL_IS_ON or reach is None or not (reach.is_usable and reach.wants_messages):
        return None
    patient = message.patient
    told = Mail.objects.filter(
        patient=patient, kind=MailKind.MESSAGE, state__in=ON_ITS_WAY,
        made_at__gt=message.sent_at - timedelta(hours=NOTICE_HOURS),
    ).exclude(message__readings__reader_id=patient.user_id)  # fmt: skip
    if told.exists():
        return None
    until = message.sent_at + timedelta(hours=NOTICE_HOURS)
    return put(patient, MailKind.MESSAGE, until, message=message)


def put(
    patient: PatientRecord, kind: MailKind, until: datetime, *, message: Message | None = None
) -> Mail:
    """Put one e-mail on record, and have the worker send it once that is kept."""
    now = timezone.now()
    made = Mail.objects.create(
        patient=patient, kind=kind, day=today_of(patient), message=message, made_at=now,
        next_at=now, until=until,
    )  # fmt: skip
    transaction.on_commit(send_mail_now.enqueue, robust=True)
    return made
