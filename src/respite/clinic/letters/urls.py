"""Pages of ``letters``."""

from __future__ import annotations

from django.urls import URLPattern, path

from respite.clinic.letters import own_views, views

app_name = "letters"
urlpatterns: list[URLPattern] = [
    path("patients/<int:patient_id>/letters/", views.letters, name="list"),
    path("patients/<int:patient_id>/letters/gp/", views.gp, name="gp"),
    path("letters/<int:letter_id>/", views.letter, name="letter"),
    path("letters/<int:letter_id>/change/", views.change_letter, name="change"),
    path("letters/<int:letter_id>/sign/", views.sign_letter, name="sign"),
    path("letters/<int:letter_id>/put-aside/", views.put_aside, name="put-aside"),
    path("letters/<int:letter_id>/share/", views.share, name="share"),
    path("letters/<int:letter_id>/take-back/", views.take_back, name="take-back"),
    path("letters/<int:letter_id>/letter.pdf", views.letter_pdf, name="pdf"),
    path("my-letters/", own_views.mine, name="mine"),
    path("my-letters/<int:letter_id>/", own_views.own, name="own"),
]
