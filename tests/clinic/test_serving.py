"""Pages by several processes, and work that outlives the worker that had begun it."""

import os
import sys

import pytest
from django.utils import timezone
from django_tasks import TaskResultStatus
from django_tasks_db.models import DBTaskResult

from respite.clinic.forecasts import asking_actions
from respite.clinic.forecasts.models import WorkerSeen
from respite.clinic.forecasts.proposals.tasks import work_out
from respite.clinic.running import serving, working
from respite.domain import RespiteError


@pytest.fixture
def started(monkeypatch, tmp_path):
    """Give the words that the pages are started with, in place of starting them."""
    found = []
    monkeypatch.setattr(serving, "make_tables", lambda: None)
    monkeypatch.setattr(serving.connections, "close_all", lambda: None)
    monkeypatch.setattr(serving, "clinic_home", lambda: tmp_path)
    monkeypatch.setenv(serving.SHARED_FOLDER, str(tmp_path / "measures"))
    monkeypatch.setattr(os, "execv", lambda _program, words: found.extend(words))
    return found


@pytest.mark.parametrize(
    ("host", "address"), [("127.0.0.1", "127.0.0.1:9000"), ("::1", "[::1]:9000")]
)
def test_pages_are_served_by_so_many_processes(started, host, address):
    serving.serve_many(9000, host=host, processes=3)
    assert started[started.index("--bind") + 1] == address
    assert started[started.index("--workers") + 1] == "3"


def test_windows_is_told_what_serves_there(started, monkeypatch):
    monkeypatch.setattr(sys, "platform", "win32")
    with pytest.raises(RespiteError, match="Windows") as refused:
        serving.serve_many(9000, host="127.0.0.1", processes=2)
    assert "respite clinic serve" in refused.value.remedy
    assert started == []


def begun(worker):
    """Have a worker begin a piece of work, and give it."""
    work_out.enqueue(1)
    task = DBTaskResult.objects.get()
    task.claim(worker)
    return task


@pytest.mark.django_db
def test_advice_that_a_dead_worker_had_begun_is_taken_up():
    asking_actions.is_alive("w")
    task = begun("w")
    assert asking_actions.free_the_dead() == 0
    WorkerSeen.objects.update(seen_at=timezone.now() - 2 * asking_actions.DEAD_AFTER)
    assert asking_actions.free_the_dead() == 1
    task.refresh_from_db()
    assert task.status == TaskResultStatus.READY


@pytest.mark.django_db
def test_a_worker_that_was_cut_off_frees_what_it_had_begun_itself():
    asking_actions.is_alive("w")
    begun("w")
    assert asking_actions.free_the_dead("w") == 1


@pytest.mark.django_db
def test_advice_that_killed_many_workers_is_given_up():
    task = begun("a")
    for worker in "bcd"[: asking_actions.MOST_DEATHS - 1]:
        asking_actions.free_the_dead()
        task.refresh_from_db()
        task.claim(worker)
    asking_actions.free_the_dead()
    task.refresh_from_db()
    assert task.status == TaskResultStatus.FAILED


@pytest.mark.django_db
def test_a_worker_with_nothing_to_do_says_so():
    assert not working.work_once("w")
