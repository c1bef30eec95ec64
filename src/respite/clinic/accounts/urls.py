"""Pages of ``accounts``."""

from __future__ import annotations

from django.urls import path

from respite.clinic.accounts import views

app_name = "accounts"

urlpatterns = [
    path("me/", views.me, name="me"),
    path("staff/", views.staff, name="staff"),
    path("staff/<int:user_id>/switch/", views.switch, name="switch"),
    path("demo/", views.demo, name="demo"),
]
