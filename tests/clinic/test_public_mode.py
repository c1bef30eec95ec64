"""Where only the pages about ketamine are served there is nothing else: no record, no cookie."""

from __future__ import annotations

import json
import os
import subprocess
import sys

import pytest
from furnished import pages
from public_pages import addresses

pytestmark = pytest.mark.thorough

ASKED = """
import json, sys, django
django.setup()
from django.conf import settings
from django.db import connection
from django.test import Client
from django.core.exceptions import ImproperlyConfigured
settings.ALLOWED_HOSTS = ["testserver"]
client, told = Client(), {}
for address in json.loads(sys.stdin.read()):
    answer = client.get(address)
    told[address] = {
        "status": answer.status_code, "headers": dict(answer.headers),
        "cookies": list(answer.cookies), "text": answer.content.decode("utf-8", "replace"),
    }
etag = told["/read/limits/"]["headers"]["ETag"]
told["again"] = client.get("/read/limits/", headers={"If-None-Match": etag}).status_code
told["posted"] = client.post("/read/limits/").status_code
try:
    connection.cursor()
    told["database"] = "there"
except ImproperlyConfigured:
    told["database"] = "none"
told["modules"] = [name for name in sys.modules if name.startswith("respite.clinic.")]
print(json.dumps(told))
"""

FILLED = {
    "patient_id": "1", "plan_id": "1", "session_id": "1", "number": "1", "looks": "1",
    "state": "checks", "secret": "made-up",
}  # fmt: skip


def elsewhere() -> list[str]:
    """Give an address of every page of a whole clinic that is not about ketamine."""
    found = []
    for name, one in pages().items():
        if name.startswith("knowledge:"):
            continue
        route = str(one.pattern)
        for key in one.pattern.converters:
            kind = "str" if key in {"secret", "state"} else "int"
            route = route.replace(f"<{kind}:{key}>", FILLED.get(key, "1"))
        found.append(f"/{route}")
    return [*found, "/accounts/login/", "/accounts/2fa/", "/admin/", "/demo/", "/alive/"]


@pytest.fixture(scope="module")
def told(tmp_path_factory):
    home = tmp_path_factory.mktemp("home") / "never-made"
    environment = os.environ | {
        "RESPITE_CLINIC_MODE": "public",
        "RESPITE_CLINIC_HOME": str(home),
        "DJANGO_SETTINGS_MODULE": "respite.clinic.settings",
        "DATABASE_URL": "postgresql://nobody@nowhere.invalid/clinic",
    }
    asked = [*addresses(), "/read/nothing/", "/robots.txt", *elsewhere()]
    done = subprocess.run(
        [sys.executable, "-c", ASKED], input=json.dumps(asked), env=environment,
        capture_output=True, text=True, check=False,
    )  # fmt: skip
    assert done.returncode == 0, done.stderr
    assert not home.exists()
    return json.loads(done.stdout.splitlines()[-1])


def test_every_page_about_ketamine_is_there_and_may_be_kept(told):
    for address in addresses():
        answer = told[address]
        assert answer["status"] == 200, address
        assert "public" in answer["headers"]["Cache-Control"]
        assert answer["headers"]["ETag"]
        assert "Cookie" not in answer["headers"].get("Vary", "")
    assert told["again"] == 304
    assert told["posted"] == 405


def test_nothing_else_is_there(told):
    for address in elsewhere():
        if address == "/":
            # Leads to the first page, and says nothing.
            assert told[address]["headers"]["Location"] == "/read/"
            continue
        assert told[address]["status"] == 404, address


def test_no_cookie_is_ever_set(told):
    for address, answer in told.items():
        if isinstance(answer, dict):
            assert not answer["cookies"], address
            assert "Set-Cookie" not in answer["headers"], address


def test_no_table_is_ever_asked(told):
    assert told["database"] == "none"
    assert not [name for name in told["modules"] if name.endswith(".models")]


def test_browsers_are_held_as_strictly_as_in_a_clinic(told):
    headers = told["/read/limits/"]["headers"]
    assert "default-src 'self'" in headers["Content-Security-Policy"]
    assert headers["X-Frame-Options"] == "DENY"
    assert headers["X-Content-Type-Options"] == "nosniff"
    assert headers["Referrer-Policy"] == "same-origin"


def test_search_engines_may_read_and_nobody_is_asked_to_sign_in(told):
    assert "Allow: /" in told["/robots.txt"]["text"]
    for address in addresses():
        assert "Sign in" not in told[address]["text"]
        assert "noindex" not in told[address]["text"]
