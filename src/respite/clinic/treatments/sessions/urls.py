"""Pages of ``sessions``."""

from __future__ import annotations

from django.urls import URLPattern, path

from respite.clinic.treatments.sessions import views

urlpatterns: list[URLPattern] = [
    path("patients/<int:patient_id>/sessions/", views.sessions, name="sessions"),
    path("sessions/<int:session_id>/", views.session, name="session"),
    path("sessions/<int:session_id>/live/<slug:state>/", views.session_live, name="session_live"),
    path(
        "sessions/<int:session_id>/lines/<int:entry_id>/",
        views.session_correct,
        name="session_correct",
    ),
    path("sessions/<int:session_id>/summary/", views.session_summary, name="session_summary"),
    path(
        "sessions/<int:session_id>/observation/",
        views.session_observation,
        name="session_observation",
    ),
]
