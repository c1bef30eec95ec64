"""Pages of ``forecasts``."""

from __future__ import annotations

from django.urls import path

from respite.clinic.forecasts import views
from respite.clinic.forecasts.proposals.urls import urlpatterns as of_proposals

app_name = "forecasts"

urlpatterns = [
    path("patients/<int:patient_id>/forecast/", views.forecast, name="forecast"),
    path("patients/<int:patient_id>/forecast/<int:looks>/", views.forecast, name="again"),
    path("patients/<int:patient_id>/forecast/state/<int:looks>/", views.state, name="state"),
    path("forecasts/<int:forecast_id>/release/", views.release, name="release"),
    path("forecasts/<int:forecast_id>/withdraw/", views.withdraw, name="withdraw"),
    path("relief/", views.mine, name="mine"),
    path("my-plan/", views.my_plan, name="my_plan"),
    *of_proposals,
]
