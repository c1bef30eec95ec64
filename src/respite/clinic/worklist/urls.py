"""Addresses of this app."""

from __future__ import annotations

from django.urls import URLPattern, path

from respite.clinic.worklist import views

app_name = "worklist"
urlpatterns: list[URLPattern] = [
    path("worklist/", views.work_list, name="list"),
    path("worklist/<int:item_id>/", views.item, name="item"),
]
