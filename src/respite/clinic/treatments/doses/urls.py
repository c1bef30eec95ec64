"""Pages of ``doses``."""

from __future__ import annotations

from django.urls import URLPattern, path

from respite.clinic.treatments.doses import views

urlpatterns: list[URLPattern] = [
    path("patients/<int:patient_id>/doses/", views.doses, name="doses"),
    path("doses/<int:dose_id>/withdraw/", views.withdraw, name="withdraw_dose"),
]
