"""Two clinics with their people, as every test of the clinic finds them."""

from __future__ import annotations

import pytest
from clinic_people import made_clinic, made_patient, made_user, signed_in
from clinic_work import ZONE
from django.utils import timezone
from session_tablet import Tablet, opened, signed_plan

from respite.clinic.accounts.models import Role


@pytest.fixture(autouse=True)
def quick_passwords(settings):
    """Hash passwords quickly: the slowness that protects real ones only delays tests."""
    settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]


@pytest.fixture
def clinic(db):
    return made_clinic("North")


@pytest.fixture
def elsewhere(db):
    return made_clinic("South")


@pytest.fixture
def clinician(clinic):
    return made_user(clinic, Role.CLINICIAN, "clara")


@pytest.fixture
def nurse(clinic):
    return made_user(clinic, Role.NURSE, "nils")


@pytest.fixture
def stranger(elsewhere):
    """Give a clinician of another clinic."""
    return made_user(elsewhere, Role.CLINICIAN, "stella")


@pytest.fixture
def patient(clinician):
    """Give a record whose patient can sign in."""
    user = made_user(clinician.clinic, Role.PATIENT, "pia")
    return made_patient(clinician, "Pia Berg", user=user)


@pytest.fixture
def clara(clinician):
    """Give a browser in which the clinician is signed in."""
    return signed_in(clinician)


@pytest.fixture
def pia(patient):
    """Give a browser in which the patient is signed in."""
    return signed_in(patient.user)


@pytest.fixture
def today():
    """Give the day in Amsterdam, where the clinics of the tests are."""
    return timezone.localdate(timezone=ZONE)


@pytest.fixture
def sends_mail(settings):
    """Let the clinic send e-mails."""
    settings.EMAIL_IS_ON = True
    settings.DEFAULT_FROM_EMAIL = "Respite <hello@example.org>"
    settings.CLINIC_ADDRESS = "https://example.org/"


@pytest.fixture
def plan(clinician, patient):
    """Give a signed plan."""
    return signed_plan(clinician, patient)


@pytest.fixture
def tablet(nurse, plan):
    """Give a tablet with a session open."""
    return Tablet(nurse, opened(nurse, plan))


@pytest.fixture
def running(tablet):
    """Give a tablet with a session that started an hour ago."""
    tablet.check()
    assert tablet.start(minutes_ago=60).status_code == 302
    return tablet
