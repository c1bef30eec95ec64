"""Pages of ``messages``."""

from __future__ import annotations

from django.urls import URLPattern, path

from respite.clinic.contact.messages import views

urlpatterns: list[URLPattern] = [
    path("messages/", views.mine, name="mine"),
    path("patients/<int:patient_id>/messages/", views.thread, name="thread"),
    path("patients/<int:patient_id>/messages/settle/", views.settle, name="settle"),
]
