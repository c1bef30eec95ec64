"""Pages of ``treatments``."""

from __future__ import annotations

from django.urls import URLPattern

app_name = "treatments"

urlpatterns: list[URLPattern] = []
