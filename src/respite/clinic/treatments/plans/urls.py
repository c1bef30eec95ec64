"""Pages of ``plans``."""

from __future__ import annotations

from django.urls import URLPattern, path

from respite.clinic.treatments.plans import next_step_views, print_views, views

urlpatterns: list[URLPattern] = [
    path("patients/<int:patient_id>/plans/", views.plans, name="plans"),
    path("patients/<int:patient_id>/plans/new/", views.new_plan, name="new-plan"),
    path("patients/<int:patient_id>/plans/read-back/", views.read_back, name="read-back"),
    path("patients/<int:patient_id>/next-step/", next_step_views.next_step, name="next-step"),
    path("plans/<int:plan_id>/", views.plan, name="plan"),
    path("plans/<int:plan_id>/change/", views.change_plan, name="change-plan"),
    path("plans/<int:plan_id>/sign/", views.sign_plan, name="sign-plan"),
    path("plans/<int:plan_id>/end/", views.end_plan, name="end-plan"),
    path("plans/<int:plan_id>/order/", print_views.order, name="order"),
    path("plans/<int:plan_id>/consent/", print_views.consent, name="consent"),
    path("plans/<int:plan_id>/leaflet/", print_views.leaflet, name="leaflet"),
]
