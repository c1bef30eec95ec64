"""Pages of ``proposals``."""

from __future__ import annotations

from django.urls import URLPattern, path

from respite.clinic.forecasts.proposals import views

urlpatterns: list[URLPattern] = [
    path("patients/<int:patient_id>/propose/", views.propose, name="propose"),
    path("patients/<int:patient_id>/compare/", views.compare, name="compare"),
    path("advice/<int:question_id>/", views.advice, name="advice"),
    path("advice/<int:question_id>/rule/", views.rule, name="rule"),
]
