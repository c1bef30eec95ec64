"""Every page of the clinic."""

from __future__ import annotations

from django.urls import include, path

from respite.clinic import pages
from respite.clinic.joining import join
from respite.clinic.signing_out import sign_out
from respite.clinic.watching import pages as watching

urlpatterns = [
    path("", pages.home, name="home"),
    path("alive/", pages.alive, name="alive"),
    path("health/live/", watching.live, name="live"),
    path("health/ready/", watching.ready, name="ready"),
    path("metrics/", watching.metrics, name="metrics"),
    path("join/<str:secret>/", join, name="join"),
    path("accounts/logout/", sign_out, name="account_logout"),
    path("accounts/", include("allauth.urls")),
    path("", include("respite.clinic.accounts.urls")),
    path("", include("respite.clinic.patients.urls")),
    path("", include("respite.clinic.treatments.urls")),
    path("", include("respite.clinic.diaries.urls")),
    path("", include("respite.clinic.forecasts.urls")),
    path("", include("respite.clinic.surveillance.urls")),
    path("", include("respite.clinic.events.urls")),
    path("", include("respite.clinic.contact.urls")),
    path("", include("respite.clinic.letters.urls")),
    path("", include("respite.clinic.worklist.urls")),
    path("", include("respite.clinic.numbers.urls")),
    path("read/", include("respite.clinic.knowledge.urls")),
]

handler400 = pages.unreadable
handler403 = pages.refused
handler404 = pages.not_found
handler500 = pages.failed
