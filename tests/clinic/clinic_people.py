"""Clinics, people and patients as tests make them."""

from __future__ import annotations

from datetime import date
from functools import cache

from allauth.mfa.models import Authenticator
from django.contrib.auth.hashers import make_password
from django.test import Client

from respite.clinic.accounts.models import Clinic, Role, User
from respite.clinic.patients.models import PatientRecord

PASSWORD = "seven green herons"


def made_clinic(name: str) -> Clinic:
    return Clinic.objects.create(
        name=name, phone="0100 100", urgent_phone="0100 999", time_zone="Europe/Amsterdam",
        systolic_highest=180, diastolic_highest=110, saturation_lowest=92,
    )  # fmt: skip


@cache
def hashed() -> str:
    """Hash the password once: it is slow on purpose."""
    return make_password(PASSWORD)


def made_user(clinic: Clinic, role: Role, username: str) -> User:
    user = User.objects.create(
        username=username, password=hashed(), role=role, clinic=clinic, full_name=username.title()
    )
    if user.must_use_two_ways:
        Authenticator.objects.create(
            user=user, type=Authenticator.Type.TOTP, data={"secret": "unused in tests"}
        )
    return user


def made_patient(by: User, name: str, **told) -> PatientRecord:
    facts = {
        "born": date(1980, 5, 17), "sex": "female", "weight_kg": 70, "condition": "crps",
        "usual_pain": 7,
    }  # fmt: skip
    return PatientRecord.objects.create(clinic=by.clinic, made_by=by, name=name, **facts | told)


def signed_in(user: User) -> Client:
    client = Client()
    client.force_login(user)
    return client
