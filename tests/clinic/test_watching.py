"""What programs that watch the clinic are told, and what they are not."""

from __future__ import annotations

import json
import logging
import os
from datetime import UTC, datetime, timedelta

import pytest
from clinic_people import signed_in
from django.db import connection
from django.utils import timezone
from django_tasks_db.models import DBTaskResult

from respite.clinic.bare_logs import BareFormatter
from respite.clinic.running import checking, nightly
from respite.clinic.watching import health

pytestmark = pytest.mark.django_db


@pytest.fixture
def token(settings):
    settings.METRICS_TOKEN = "quiet-rivers"
    return {"Authorization": "Bearer quiet-rivers"}


def waiting(age: timedelta) -> None:
    made = DBTaskResult.objects.create(
        args_kwargs={"args": [], "kwargs": {}}, task_path="x.y", backend_name="default",
        run_after=timezone.now() - age, exception_class_path="", traceback="",
    )  # fmt: skip
    DBTaskResult.objects.filter(pk=made.pk).update(enqueued_at=timezone.now() - age)


def test_a_clinic_in_order_is_live_and_ready(client):
    assert client.get("/health/live/").json() == {"live": True}
    answer = client.get("/health/ready/")
    assert answer.status_code == 200
    assert answer.json()["parts"] == {"database": True, "tables": True, "worker": True}


def test_work_that_nobody_takes_up_is_told(client):
    waiting(timedelta(minutes=2))
    assert client.get("/health/ready/").status_code == 200
    waiting(timedelta(minutes=11))
    answer = client.get("/health/ready/")
    assert answer.status_code == 503
    assert answer.json()["parts"]["worker"] is False


def test_tables_of_an_older_release_are_told(client, monkeypatch):
    monkeypatch.setattr(health, "_seen_up_to_date", [])
    with connection.cursor() as cursor:
        cursor.execute("delete from django_migrations where app = 'diaries'")
    answer = client.get("/health/ready/")
    assert answer.status_code == 503
    assert answer.json()["parts"] == {"database": True, "tables": False}


def test_a_database_that_does_not_answer_is_told(client, monkeypatch):
    def refuse():
        raise health.DatabaseError

    monkeypatch.setattr(health.connection, "cursor", refuse)
    assert client.get("/health/live/").status_code == 200
    answer = client.get("/health/ready/")
    assert answer.status_code == 503
    assert answer.json()["parts"] == {"database": False}


def test_measures_are_for_those_with_the_token(client, token, settings):
    assert client.get("/metrics/").status_code == 404
    assert client.get("/metrics/", headers={"Authorization": "Bearer x"}).status_code == 404
    assert client.get("/metrics/", headers=token).status_code == 200
    settings.METRICS_TOKEN = ""
    assert client.get("/metrics/", headers={"Authorization": "Bearer "}).status_code == 404


def test_measures_name_pages_and_never_people(client, clinician, patient, token):
    signed_in(clinician).get(f"/patients/{patient.pk}/")
    client.get("/zebrafish/")
    waiting(timedelta(minutes=2))
    said = client.get("/metrics/", headers=token).content.decode()
    assert 'respite_answers_total{method="GET",page="patients:overview",status="200"}' in said
    assert 'respite_tasks{state="ready"} 1.0' in said
    assert "respite_oldest_task_seconds 12" in said
    assert 'respite_is_well{part="worker"} 1.0' in said
    assert "zebrafish" not in said
    assert f"/{patient.pk}" not in said


def test_a_request_is_one_line_by_its_page(clinician, patient, caplog):
    log = logging.getLogger("respite.requests")
    log.setLevel(logging.INFO)
    with caplog.at_level(logging.INFO, "respite.requests"):
        answer = signed_in(clinician).get(
            f"/patients/{patient.pk}/", headers={"X-Request-ID": "from-the-proxy-1"}
        )
    assert answer.headers["X-Request-ID"] == "from-the-proxy-1"
    (line,) = (one for one in caplog.records if one.name == "respite.requests")
    said = json.loads(BareFormatter().format(line))
    assert said["page"] == "patients:overview"
    assert said["request"] == "from-the-proxy-1"
    assert said["role"] == "clinician"
    assert str(patient.name) not in json.dumps(said)


@pytest.mark.parametrize("told", ["", "short", "with spaces and words", "x" * 65, 'a"b<script>'])
def test_a_number_that_is_none_is_replaced(client, told):
    answer = client.get("/health/live/", headers={"X-Request-ID": told})
    assert answer.headers["X-Request-ID"] != told
    assert len(answer.headers["X-Request-ID"]) == 32


def test_each_day_has_one_copy_and_the_oldest_go(settings, tmp_path, clinic):
    assert nightly.copy_of_today(timezone.now()) == 0
    settings.COPIES = str(tmp_path)
    first = datetime(2026, 3, 1, 2, tzinfo=UTC)
    for day in range(nightly.KEPT + 2):
        assert nightly.copy_of_today(first + timedelta(days=day)) == 1
    later_that_day = first + timedelta(days=nightly.KEPT + 1, hours=3)
    assert nightly.copy_of_today(later_that_day) == 0
    kept = sorted(one.name for one in tmp_path.iterdir())
    assert len(kept) == nightly.KEPT
    assert kept[0] == "clinic-2026-03-03.copy"


def test_copies_that_stopped_are_told(settings, tmp_path, client, token, clinic):
    settings.COPIES = str(tmp_path)
    with pytest.raises(checking.ClinicNotInOrder, match="no daily copy"):
        checking.check()
    assert nightly.copy_of_today(timezone.now()) == 1
    (file,) = tmp_path.iterdir()
    assert "In order" in checking.check()
    old = (timezone.now() - timedelta(days=3)).timestamp()
    os.utime(file, (old, old))
    with pytest.raises(checking.ClinicNotInOrder, match="no daily copy"):
        checking.check()
    said = client.get("/metrics/", headers=token).content.decode()
    assert "respite_last_copy_age_seconds 259" in said
