"""Pages of ``forecasts``."""

from __future__ import annotations

from django.urls import URLPattern

from respite.clinic.forecasts.proposals.urls import urlpatterns as of_proposals

app_name = "forecasts"

urlpatterns: list[URLPattern] = [*of_proposals]
