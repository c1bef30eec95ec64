"""What falls due runs once, on time, and a failure is said."""

import threading
from datetime import timedelta
from types import SimpleNamespace

import pytest
from clinic_work import NOON
from django.utils import timezone

from respite.clinic.running import ticking
from respite.clinic.running.checking import ClinicNotInOrder, check
from respite.clinic.running.ticking import Every, tick, tick_until_done, ticking_beside
from respite.clinic.worklist.models import Schedule

pytestmark = pytest.mark.django_db


def ran(name, found):
    return Every(name, timedelta(hours=1), lambda now: found.append(now) or 1)


def test_a_schedule_runs_when_it_is_due_and_once(monkeypatch, db):
    found = []
    monkeypatch.setattr(ticking, "SCHEDULES", (ran("one", found),))
    for minutes in (0, 5, 59, 60, 61):
        tick(NOON + timedelta(minutes=minutes))
    assert found == [NOON, NOON + timedelta(hours=1)]


def test_a_schedule_that_fails_keeps_no_other_back_and_is_said(monkeypatch, db, caplog):
    found = []

    def fail(_now):
        raise ZeroDivisionError("their name")

    broken = Every("broken", timedelta(days=1), fail)
    monkeypatch.setattr(ticking, "SCHEDULES", (broken, ran("other", found)))
    ticked = tick(NOON)
    assert (ticked.failed, ticked.done) == (("broken",), {"other": 1})
    row = Schedule.objects.get(name="broken")
    assert (row.failed_with, row.last_failure) == ("ZeroDivisionError", NOON)
    assert tick(NOON + timedelta(minutes=9)).failed == ()
    assert tick(NOON + timedelta(minutes=10)).failed == ("broken",)
    with pytest.raises(ClinicNotInOrder, match="broken"):
        check()
    monkeypatch.setattr(ticking, "SCHEDULES", (ran("broken", found),))
    tick(NOON + timedelta(days=1))
    assert Schedule.objects.get(name="broken").failed_with == ""


def test_a_schedule_that_somebody_is_at_is_left_to_them_until_they_are_taken_for_dead(db):
    take = ticking.schedule_actions.take
    assert take("one", NOON)
    assert not take("one", NOON + timedelta(minutes=14))
    assert take("one", NOON + timedelta(minutes=16))


def test_a_tick_by_hand_says_what_it_did_and_then_finds_nothing(patient):
    assert "1 patient looked at." in tick_until_done()
    assert tick_until_done() == "0 patients looked at.\n"


def test_the_names_of_schedules_differ():
    names = [one.name for one in ticking.SCHEDULES]
    assert len(set(names)) == len(names)


def test_a_tick_beside_other_work_goes_on_after_a_failure_and_ends_with_it(monkeypatch):
    ticked = threading.Event()
    moments = []

    def count(now):
        moments.append(now)
        if len(moments) < 2:
            raise OSError
        ticked.set()
        return SimpleNamespace(looked=0)

    monkeypatch.setattr(ticking, "tick", count)
    monkeypatch.setattr(ticking, "EACH_S", 0.01)
    monkeypatch.setattr(ticking, "close_old_connections", lambda: None)
    with ticking_beside():
        assert ticked.wait(5)
    assert not [one for one in threading.enumerate() if one.name == "ticker"]


def test_the_check_says_where_no_worker_looks(patient):
    assert "No worker has looked yet" in check()
    tick(timezone.now())
    assert "No worker" not in check()
    Schedule.objects.update(last_run=NOON)
    assert "No worker has looked since" in check()
