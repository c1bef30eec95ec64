"""Pages of ``forecasts``."""

from __future__ import annotations

from django.urls import URLPattern

app_name = "forecasts"

urlpatterns: list[URLPattern] = []
