"""Every page where only the pages about ketamine are served."""

from __future__ import annotations

from django.urls import include, path

from respite.clinic.knowledge import openly

urlpatterns = [
    path("", openly.beginning, name="home"),
    path("robots.txt", openly.robots, name="robots"),
    path("read/", include("respite.clinic.knowledge.urls")),
]

handler400 = openly.unreadable
handler404 = openly.not_found
handler500 = openly.failed
