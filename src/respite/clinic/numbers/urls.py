"""Addresses of this app."""

from __future__ import annotations

from django.urls import URLPattern, path

from respite.clinic.numbers import export_views, my_data_views, views

app_name = "numbers"
urlpatterns: list[URLPattern] = [
    path("numbers/", views.clinic, name="clinic"),
    path("numbers/<int:looks>/", views.clinic, name="again"),
    path("numbers/state/<int:looks>/", views.state, name="state"),
    path("numbers/refresh/", views.refresh, name="refresh"),
    path("numbers/research/", export_views.research, name="research"),
    path("numbers/export/", export_views.whole_clinic, name="export_clinic"),
    path("exports/<str:secret>/", export_views.file, name="file"),
    path("exports/<str:secret>/<int:looks>/", export_views.file, name="file_again"),
    path("exports/<str:secret>/state/<int:looks>/", export_views.file_state, name="file_state"),
    path("patients/<int:patient_id>/export/", export_views.one_patient, name="export_patient"),
    path("patients/<int:patient_id>/consent/", export_views.consent, name="consent"),
    path("my-data/", my_data_views.my_data, name="my_data"),
]
