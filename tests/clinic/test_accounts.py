"""Signing in: invitations, second ways, idleness, lock-out."""

from __future__ import annotations

from datetime import timedelta

import pytest
from allauth.mfa.models import Authenticator
from clinic_people import PASSWORD, made_user, signed_in
from django.core import mail
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from respite.clinic.accounts import actions
from respite.clinic.accounts.models import Invitation, Role, User
from respite.clinic.accounts.queries import demo_logins
from respite.clinic.audit.models import AuditEvent

pytestmark = pytest.mark.django_db


@pytest.fixture
def administrator(clinic):
    return made_user(clinic, Role.ADMINISTRATOR, "ada")


def join(secret, **told):
    answers = {"username": "new.one", "password": PASSWORD, "again": PASSWORD} | told
    return Client().post(reverse("join", args=[secret]), answers)


def test_an_invitation_makes_one_account_and_is_used_up(administrator, clinic):
    _made, secret = actions.invite(administrator, Role.NURSE, "New One", clinic)
    assert join(secret).status_code == 302
    assert User.objects.get(username="new.one").role == Role.NURSE
    again = join(secret, username="another")
    assert again.status_code == 410
    assert not User.objects.filter(username="another").exists()


def test_a_link_that_is_too_old_or_made_up_opens_nothing(administrator, clinic):
    made, secret = actions.invite(administrator, Role.NURSE, "Late", clinic)
    Invitation.objects.filter(pk=made.pk).update(expires_at=timezone.now() - timedelta(hours=1))
    for told in (secret, "made-up"):
        assert Client().get(reverse("join", args=[told])).status_code == 410


def test_the_secret_of_a_link_is_nowhere_kept(administrator, clinic):
    _made, secret = actions.invite(administrator, Role.NURSE, "New", clinic)
    kept = [
        str(value)
        for row in [*Invitation.objects.values(), *AuditEvent.objects.values()]
        for value in row.values()
    ]
    assert not any(secret in value for value in kept)


@pytest.mark.parametrize(
    ("told", "said"),
    [
        ({"password": "short", "again": "short"}, "too short"),
        ({"again": "seven grey herons"}, "differ"),
        ({"username": "<b>"}, "Letters"),
        ({"username": "ada"}, "Somebody has this login"),
        ({"username": ""}, "required"),
    ],
)
def test_a_login_or_password_that_will_not_do_is_said_at_its_field(
    administrator, clinic, told, said
):
    _made, secret = actions.invite(administrator, Role.NURSE, "New", clinic)
    answer = join(secret, **told)
    assert answer.status_code == 422
    assert said in answer.content.decode()
    assert Invitation.objects.get().used_at is None


def test_staff_without_a_second_way_are_sent_to_set_one_up(clinician):
    Authenticator.objects.filter(user=clinician).delete()
    client = signed_in(clinician)
    assert client.get("/me/").headers["Location"] == reverse("mfa_index")
    assert client.get(reverse("mfa_index")).status_code == 200


def test_patients_need_no_second_way(patient):
    assert signed_in(patient.user).get("/me/").status_code == 200


def test_who_is_away_too_long_is_signed_out(clinician):
    client = signed_in(clinician)
    assert client.get("/me/").status_code == 200
    session = client.session
    session["last_seen"] -= 16 * 60
    session.save()
    assert client.get("/me/").headers["Location"] == reverse("account_login")
    assert client.get("/me/").status_code == 302


def test_wrong_passwords_lock_a_login_for_a_while(clinician):
    client = Client()
    for _n in range(5):
        client.post(reverse("account_login"), {"login": "clara", "password": "wrong"})
    last = client.post(reverse("account_login"), {"login": "clara", "password": PASSWORD})
    assert "_auth_user_id" not in client.session
    assert "mfa" not in last.headers.get("Location", "")
    assert "Too many" in last.content.decode()


def test_a_password_leads_staff_to_the_second_way_and_no_further(clinician):
    client = Client()
    answer = client.post(reverse("account_login"), {"login": "clara", "password": PASSWORD})
    assert answer.headers["Location"] == reverse("mfa_authenticate")
    assert client.get("/me/").status_code == 302


def test_secrets_of_second_ways_are_kept_encrypted(clinician, settings, monkeypatch):
    from allauth.mfa.totp.internal.auth import TOTP

    Authenticator.objects.filter(user=clinician).delete()
    TOTP.activate(clinician, "JBSWY3DPEHPK3PXP")
    assert "JBSWY3DPEHPK3PXP" not in str(Authenticator.objects.get().data)
    told = demo_logins()["people"]
    assert [len(one["code"]) for one in told] == [6]


def test_nobody_signs_up_uninvited(db):
    assert "closed" in Client().get(reverse("account_signup")).content.decode().lower()


def test_an_administrator_invites_closes_and_sets_limits(administrator, nurse, clinic):
    client = signed_in(administrator)
    made = client.post("/staff/", {"do": "invite", "full_name": "Nora", "role": "nurse"})
    assert "/join/" in made.content.decode()
    client.post(f"/staff/{nurse.pk}/switch/")
    nurse.refresh_from_db()
    assert not nurse.is_active
    told = {"do": "limits", "name": "North", "phone": "1", "urgent_phone": "2"}
    told |= {"reply_hours": "24", "silent_days": "3", "fading_days": "7", "visit_days": "90"}
    assert client.post("/staff/", told | {"systolic_highest": "170"}).status_code == 302
    clinic.refresh_from_db()
    assert clinic.systolic_highest == 170
    wrong = client.post("/staff/", told | {"systolic_highest": "many"})
    assert wrong.status_code == 422


def test_an_administrator_cannot_reach_people_of_another_clinic(administrator, stranger):
    client = signed_in(administrator)
    assert client.post(f"/staff/{stranger.pk}/switch/").status_code == 404
    stranger.refresh_from_db()
    assert stranger.is_active


def test_no_mail_is_sent_and_demo_logins_are_in_demos_only(client, clinician):
    assert client.get("/demo/").status_code == 404
    assert not mail.outbox


def test_pages_of_the_signed_in_are_not_kept_and_may_run_no_foreign_script(clinician):
    answer = signed_in(clinician).get("/me/")
    assert answer.headers["Cache-Control"] == "no-store"
    policy = answer.headers["Content-Security-Policy"]
    assert "script-src 'self' 'nonce-" in policy or "script-src 'self'" in policy
    assert "unsafe" not in policy
