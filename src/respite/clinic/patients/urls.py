"""Pages of ``patients``."""

from __future__ import annotations

from django.urls import URLPattern, path

from respite.clinic.patients import emergency_views, question_views, score_views, views

app_name = "patients"

urlpatterns: list[URLPattern] = [
    path("patients/", views.patient_list, name="list"),
    path("patients/new/", views.new_patient, name="new"),
    path("patients/<int:patient_id>/", views.overview, name="overview"),
    path("patients/<int:patient_id>/edit/", views.edit_patient, name="edit"),
    path("patients/<int:patient_id>/invite/", views.invite, name="invite"),
    path("patients/<int:patient_id>/trail/", views.trail, name="trail"),
    path("patients/<int:patient_id>/questions/", question_views.questions, name="questions"),
    path("patients/<int:patient_id>/medicines/", question_views.medicines, name="medicines"),
    path(
        "patients/<int:patient_id>/medicines/complete/",
        question_views.all_medicines,
        name="all_medicines",
    ),
    path("patients/<int:patient_id>/tried/", question_views.tried, name="tried"),
    path("patients/<int:patient_id>/forms/", score_views.scores, name="scores"),
    path(
        "patients/<int:patient_id>/forms/<int:number>/",
        score_views.new_score,
        name="new_score",
    ),
    path("answers/<int:answer_id>/", question_views.change_answer, name="answer"),
    path("answers/<int:answer_id>/take-back/", question_views.take_back, name="take_back"),
    path("medicines/<int:medicine_id>/stop/", question_views.stop_medicine, name="stop_medicine"),
    path("forms/<int:score_id>/", score_views.score, name="score"),
    path("emergency/", emergency_views.emergency, name="emergency"),
    path("emergency/reviews/", emergency_views.emergencies, name="emergencies"),
    path("emergency/reviews/<int:access_id>/", emergency_views.review, name="review"),
]
