"""Whatever is sent from the pages of messages and reminders is answered in words, and never run."""

from __future__ import annotations

import uuid

import pytest
from clinic_people import signed_in
from django.db import transaction
from django.utils import timezone
from hostile_forms import ANSWERS, SCRIPT, forms_on, misfits, sent
from hypothesis import HealthCheck, Phase, given
from hypothesis import settings as quiet

from respite.clinic.contact.messages.actions import send
from respite.clinic.contact.models import Reach

pytestmark = [pytest.mark.django_db, pytest.mark.thorough]

ADDRESSES = {
    "nothing told": {},
    "to be confirmed": {"email": "a@example.org", "code_nonce": uuid.UUID(int=1),
                        "code_until": timezone.now()},
    "reminded": {"email": "a@example.org", "confirmed_at": timezone.now(), "hour": 20},
}  # fmt: skip


def attack(client, address):
    for form in forms_on(client, [address]):
        attack_form(client, address, form)


def attack_form(client, address, form):
    """Send a form many times, each time to the record as it was first."""

    @quiet(
        max_examples=25, phases=[Phase.generate], deadline=None, derandomize=True,
        suppress_health_check=list(HealthCheck),
    )  # fmt: skip
    @given(sent(form))
    def send_it(filled):
        with transaction.atomic():
            answer = client.post(form.address, filled)
            assert answer.status_code in ANSWERS, (form.address, filled)
            assert SCRIPT.encode() not in answer.content, (form.address, filled)
            if answer.status_code == 302:
                assert not list(misfits()), (form.address, filled)
                shown = client.get(address)
                assert shown.status_code in ANSWERS, filled
                assert SCRIPT.encode() not in shown.content, filled
            transaction.set_rollback(True)

    send_it()


@pytest.mark.parametrize("told", ADDRESSES)
def test_the_pages_of_a_patient_take_anything(patient, settings, told):
    settings.EMAIL_IS_ON = True
    Reach.objects.create(patient=patient, **ADDRESSES[told])
    client = signed_in(patient.user)
    attack(client, "/reminders/")
    if told == "nothing told":
        attack(client, "/messages/")


def test_the_thread_takes_anything(patient, nurse, settings):
    settings.EMAIL_IS_ON = True
    send(patient.user, patient, SCRIPT, client_id=uuid.uuid4())
    attack(signed_in(nurse), f"/patients/{patient.pk}/messages/")
