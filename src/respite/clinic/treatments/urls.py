"""Pages of ``treatments``."""

from __future__ import annotations

from respite.clinic.treatments.doses.urls import urlpatterns as of_doses
from respite.clinic.treatments.plans.urls import urlpatterns as of_plans
from respite.clinic.treatments.sessions.urls import urlpatterns as of_sessions

app_name = "treatments"

urlpatterns = [*of_doses, *of_plans, *of_sessions]
