"""Pages of ``diaries``."""

from __future__ import annotations

from django.urls import path

from respite.clinic.diaries import views

app_name = "diaries"

urlpatterns = [
    path("diary/", views.diary, name="diary"),
    path("diary/late/", views.late, name="late"),
    path("diary/reminder/", views.reminder, name="reminder"),
    path("diary/<int:entry_id>/", views.entry, name="entry"),
    path("diary/<int:entry_id>/remove/", views.remove, name="remove"),
]
