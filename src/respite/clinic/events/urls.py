"""Pages of ``events``."""

from __future__ import annotations

from django.urls import URLPattern, path

from respite.clinic.events import own_views, views

app_name = "events"
urlpatterns: list[URLPattern] = [
    path("patients/<int:patient_id>/events/", views.events, name="list"),
    path("patients/<int:patient_id>/events/new/", views.new_event, name="new"),
    path("events/<int:event_id>/", views.event, name="event"),
    path("events/<int:event_id>/change/", views.change_event, name="change"),
    path("events/<int:event_id>/reported/", views.mark_reported, name="reported"),
    path("events/<int:event_id>/report/", views.report, name="report"),
    path("events/<int:event_id>/report.json", views.report_file, name="file"),
    path("report-effect/", own_views.mine, name="mine"),
]
