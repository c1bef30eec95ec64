"""Addresses of this app."""

from __future__ import annotations

from django.urls import path

from respite.clinic.knowledge import views

app_name = "knowledge"

urlpatterns = [
    path("", views.beginning, name="index"),
    path("clinicians/", views.beginning, {"face": "clinicians"}, name="for-clinicians"),
    path("sources/", views.sources, name="sources"),
    path("version/", views.version, name="version"),
    path(
        "figure/<str:stamp>/<slug:topic>/<slug:figure>.png",
        views.picture,
        name="figure",
    ),
    path(
        "figure/<str:stamp>/<slug:topic>/<slug:condition>/<slug:figure>.png",
        views.picture,
        name="figure-of-condition",
    ),
    path("clinicians/<slug:topic>/", views.told, {"face": "clinicians"}, name="clinicians"),
    path("<slug:topic>/", views.told, name="topic"),
]
