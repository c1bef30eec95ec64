"""Pages of ``contact``."""

from __future__ import annotations

from respite.clinic.contact.messages.urls import urlpatterns as of_messages
from respite.clinic.contact.reminders.urls import urlpatterns as of_reminders

app_name = "contact"

urlpatterns = [*of_messages, *of_reminders]
