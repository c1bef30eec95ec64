"""Every page of the clinic."""

from __future__ import annotations

from django.urls import include, path

from respite.clinic import pages
from respite.clinic.joining import join

urlpatterns = [
    path("", pages.home, name="home"),
    path("alive/", pages.alive, name="alive"),
    path("join/<str:secret>/", join, name="join"),
    path("accounts/", include("allauth.urls")),
    path("", include("respite.clinic.accounts.urls")),
    path("", include("respite.clinic.patients.urls")),
    path("", include("respite.clinic.treatments.urls")),
    path("", include("respite.clinic.diaries.urls")),
    path("", include("respite.clinic.forecasts.urls")),
]

handler400 = pages.unreadable
handler403 = pages.refused
handler404 = pages.not_found
handler500 = pages.failed
