"""Addresses of this app."""

from __future__ import annotations

from django.urls import URLPattern, path

from respite.clinic.surveillance import lab_views, views

app_name = "surveillance"
urlpatterns: list[URLPattern] = [
    path("patients/<int:patient_id>/tests/", views.table, name="table"),
    path("patients/<int:patient_id>/tests/look/", views.look, name="look"),
    path("patients/<int:patient_id>/tests/to-record/", views.to_record, name="to_record"),
    path("patients/<int:patient_id>/tests/new/", lab_views.lab, name="lab"),
    path("patients/<int:patient_id>/tests/new/<int:number>/", lab_views.lab_for, name="lab_for"),
    path("patients/<int:patient_id>/tests/done/<int:number>/", views.done, name="done"),
    path("results/<int:result_id>/", lab_views.result, name="result"),
    path("results/<int:result_id>/remove/", lab_views.remove, name="remove"),
    path("done/<int:done_id>/take-back/", views.take_back, name="take_back"),
    path("my-tests/", views.mine, name="mine"),
]
