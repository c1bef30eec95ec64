"""What the worker does beside the minutely look: e-mails that somebody waits for."""

from __future__ import annotations

from django.utils import timezone
from django_tasks import task


@task()
def send_mail_now() -> None:
    """Send e-mails that are due."""
    from respite.clinic.contact.reminders.actions import send_due

    send_due(timezone.now())
