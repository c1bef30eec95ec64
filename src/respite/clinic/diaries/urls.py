"""Pages of ``diaries``."""

from __future__ import annotations

from django.urls import URLPattern

app_name = "diaries"

urlpatterns: list[URLPattern] = []
