"""What a device keeps: a page that is the same for everybody, until somebody signs out."""

import json

import pytest
from clinic_people import signed_in
from django.test import Client

from respite.clinic.diaries.offline_views import LOADED

pytestmark = pytest.mark.django_db


def test_the_page_that_a_phone_keeps_is_the_same_for_everybody(pia, patient):
    shown = {client.get("/diary/offline/").content for client in (pia, Client())}
    assert len(shown) == 1
    page = shown.pop().decode()
    for told in (patient.name, patient.user.username, patient.clinic.name, "csrf", "0100 999"):
        assert told not in page


def test_the_service_worker_keeps_that_page_and_its_looks_and_nothing_else():
    answer = Client().get("/service-worker.js")
    assert answer.headers["Content-Type"] == "text/javascript; charset=utf-8"
    assert answer.headers["Service-Worker-Allowed"] == "/"
    shell = json.loads(answer.content.decode().splitlines()[0][len("const SHELL = ") : -1])
    assert shell["files"] == ["/diary/offline/", *(f"/static/{name}" for name in LOADED)]
    assert len(shell["version"]) == 16
    assert answer.content.decode().count(".put(") == 0


def test_the_browser_may_run_it_and_read_the_manifest():
    answer = Client().get("/manifest.webmanifest")
    told = answer.json()
    assert (told["start_url"], told["display"]) == ("/diary/", "standalone")
    for policy in ("worker-src 'self'", "manifest-src 'self'"):
        assert policy in answer.headers["Content-Security-Policy"]
    assert {one["sizes"] for one in told["icons"]} == {"any", "192x192", "512x512"}


def sign_out(client, counts="", **told):
    client.cookies["outbox"] = counts
    return client.post("/accounts/logout/", told)


@pytest.mark.parametrize("counts", ["", "0.0", "nonsense", "-1.2", "1", "9999999.1", "x" * 4000])
def test_signing_out_wipes_the_device(pia, counts):
    answer = sign_out(pia, counts)
    assert answer.status_code == 302
    assert answer.headers["Clear-Site-Data"] == '"cache", "storage"'
    assert pia.get("/diary/").status_code == 302


def test_signing_out_asks_first_where_entries_wait(pia):
    answer = sign_out(pia, "3.0")
    assert answer.status_code == 200
    assert "3 entries on this device have not been sent" in answer.content.decode()
    assert "Clear-Site-Data" not in answer.headers
    assert pia.get("/diary/").status_code == 200
    assert "Clear-Site-Data" in sign_out(pia, "3.0", lose="yes").headers
    assert pia.get("/diary/").status_code == 302


def test_signing_out_leaves_what_waits_of_somebody_else(pia):
    answer = sign_out(pia, "0.2")
    assert answer.headers["Clear-Site-Data"] == '"cache"'
    assert answer.cookies["outbox"].value == "0.2"


def test_being_away_for_long_wipes_nothing(pia):
    session = pia.session
    session["last_seen"] = 0
    session.save()
    answer = pia.get("/diary/outbox/")
    assert answer.status_code == 302
    assert "Clear-Site-Data" not in answer.headers


def test_staff_who_sign_out_wipe_nothing_of_a_patient(clinician):
    assert "Clear-Site-Data" not in sign_out(signed_in(clinician), "3.0").headers
