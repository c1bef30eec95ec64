"""Pages of ``reminders``."""

from __future__ import annotations

from django.urls import URLPattern, path

from respite.clinic.contact.reminders import views

urlpatterns: list[URLPattern] = [
    path("reminders/", views.reminders, name="reminders"),
    path("reminders/calendar/", views.calendar, name="calendar"),
    path("patients/<int:patient_id>/calls/", views.call, name="call"),
]
