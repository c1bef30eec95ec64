"""Pages of ``diaries``."""

from __future__ import annotations

from django.urls import path

from respite.clinic.diaries import offline_views, outbox_views, views

app_name = "diaries"

urlpatterns = [
    path("diary/", views.diary, name="diary"),
    path("diary/late/", views.late, name="late"),
    path("diary/<int:entry_id>/", views.entry, name="entry"),
    path("diary/<int:entry_id>/remove/", views.remove, name="remove"),
    path("diary/outbox/", outbox_views.outbox, name="outbox"),
    path("diary/offline/", offline_views.offline, name="offline"),
    path("service-worker.js", offline_views.service_worker, name="service_worker"),
    path("manifest.webmanifest", offline_views.manifest, name="manifest"),
]
