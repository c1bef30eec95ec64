"""Who is looked at when, and what a look keeps."""

from datetime import UTC, datetime, timedelta
from uuid import uuid4

import pytest
from clinic_diaries import tap
from clinic_people import made_patient, signed_in
from clinic_work import NOON, done_by, dosed, look, made_up, open_keys, scored
from django.urls import reverse
from django.utils import timezone

from respite.clinic.audit.actions import record
from respite.clinic.forecasts import asking_actions
from respite.clinic.forecasts.actions import forecast_now
from respite.clinic.patients.actions import add_patient, change_patient, read
from respite.clinic.running.ticking import tick
from respite.clinic.worklist import looking_actions
from respite.clinic.worklist.looking_actions import listen, look_at_due, mark, mark_missing
from respite.clinic.worklist.models import Look, WorkItem
from respite.clinic.worklist.reasons import FINDERS, Kind

pytestmark = pytest.mark.django_db


@pytest.fixture
def told(monkeypatch):
    """Give a list whose reasons are all that hold."""
    reasons = []
    finders = {
        kind: lambda _looked, kind=kind: iter([one for one in reasons if one.kind == kind])
        for kind in FINDERS
    }
    monkeypatch.setattr(looking_actions, "FINDERS", finders)
    return reasons


def test_a_reason_opens_an_item_and_its_end_closes_it(patient, told):
    told.append(made_up())
    look(patient)
    item = WorkItem.objects.get()
    assert (item.opened_at, item.closed_at, item.clinic) == (NOON, None, patient.clinic)
    told.clear()
    look(patient, NOON + timedelta(hours=1))
    item.refresh_from_db()
    assert (item.closed_because, item.closed_at) == ("no_longer", NOON + timedelta(hours=1))


def test_what_was_done_stays_done_and_news_opens_another(patient, told, nurse):
    told.append(made_up(key="liver:2026-11-20"))
    look(patient)
    done_by(nurse, WorkItem.objects.get())
    for hour in range(3):
        look(patient, NOON + timedelta(hours=hour))
    assert open_keys(patient) == set()
    told.append(made_up(key="liver:2027-02-20"))
    look(patient)
    assert open_keys(patient) == {"liver:2027-02-20"}


def test_a_reason_that_comes_back_opens_its_item_again(patient, told):
    told.append(made_up())
    look(patient)
    told.clear()
    look(patient)
    told.append(made_up())
    look(patient, NOON + timedelta(days=1))
    item = WorkItem.objects.get()
    assert (item.closed_at, item.closed_because) == (None, "")
    assert item.opened_at == NOON + timedelta(days=1)


def test_a_kind_that_cannot_be_looked_for_keeps_what_was_known_and_is_said(
    patient, told, monkeypatch, clinician, caplog
):
    told += [made_up(), made_up(kind=Kind.CALL, key="c")]
    listen(NOON)
    look_at_due(NOON)

    def fail(_looked):
        raise ZeroDivisionError("their name")

    monkeypatch.setitem(looking_actions.FINDERS, Kind.TEST, fail)
    told.pop()
    mark([patient.pk], NOON)
    look_at_due(NOON)
    assert open_keys(patient) == {"a"}
    mine = Look.objects.get()
    assert mine.failed_with == "test: ZeroDivisionError"
    assert mine.at == NOON + looking_actions.AGAIN_AFTER
    page = signed_in(clinician).get("/worklist/").text
    assert "not every reason could be found" in page
    assert patient.name in page


# Who is looked at when


def test_everybody_is_looked_at_first_and_again_at_midnight(patient, told):
    listen(NOON)
    assert look_at_due(NOON) == 1
    mine = Look.objects.get()
    assert mine.at == datetime(2026, 11, 20, 23, tzinfo=UTC)  # midnight in Amsterdam
    assert look_at_due(NOON + timedelta(hours=9)) == 0
    assert look_at_due(mine.at) == 1


def test_somebody_is_looked_at_when_something_comes_due_during_the_day(patient, told):
    told.append(made_up(kind=Kind.MESSAGE, due=NOON + timedelta(hours=2)))
    listen(NOON)
    look_at_due(NOON)
    assert Look.objects.get().at == NOON + timedelta(hours=2, seconds=1)


def test_a_write_marks_its_patient_and_a_read_does_not(patient, clinician):
    tick(timezone.now())
    read(clinician, patient, "overview")
    record(clinician, "work.done", patient, patient_id=patient.pk)
    listen(NOON)
    assert not Look.objects.get().is_marked
    change_patient(clinician, patient, {"weight_kg": 71}, patient.version)
    listen(NOON)
    assert Look.objects.get().is_marked


def test_a_new_patient_is_looked_at(clinician):
    tick(timezone.now())
    told = {"name": "New", "born": "1980-01-01"}
    made = add_patient(clinician, told)
    assert not Look.objects.filter(patient=made).exists()
    assert tick(timezone.now()).looked == 1


def test_nobody_is_missed_of_whom_the_trail_says_nothing(patient):
    tick(timezone.now())
    quiet = made_patient(patient.made_by, "Nobody wrote a line")
    assert mark_missing(timezone.now()) == 1
    look_at_due(timezone.now())
    assert Look.objects.get(patient=quiet).looked_at is not None


def test_a_change_of_the_clinics_settings_has_everybody_looked_at(patient, clinician, stranger):
    made_patient(stranger, "Elsewhere")
    tick(timezone.now())
    record(clinician, "clinic.changed", patient.clinic)
    now = timezone.now()
    listen(now)
    assert list(Look.objects.filter(at__lte=now).values_list("patient", flat=True)) == [patient.pk]


def test_who_was_written_about_comes_before_those_whom_the_clock_brings_up(clinician, told):
    many = [made_patient(clinician, f"P{n}") for n in range(3)]
    mark_missing(NOON - timedelta(days=1))
    Look.objects.update(is_marked=False)
    mark([many[2].pk], NOON)
    assert look_at_due(NOON, most=1) == 1
    assert Look.objects.get(patient=many[2]).looked_at == NOON


def test_what_is_written_during_a_look_has_the_patient_looked_at_again(patient, monkeypatch, told):
    listen(NOON)

    def meanwhile(_looked):
        mark([patient.pk], NOON)
        return iter(())

    monkeypatch.setitem(looking_actions.FINDERS, Kind.TEST, meanwhile)
    look_at_due(NOON, most=1)
    assert Look.objects.get().is_marked
    assert Look.objects.get().at == NOON


def test_a_slow_look_never_overwrites_a_later_one(patient, monkeypatch, told):
    told.append(made_up(kind=Kind.CALL, key="old"))
    listen(NOON)

    def meanwhile(_looked):
        later = NOON + looking_actions.LEASE
        monkeypatch.setitem(looking_actions.FINDERS, Kind.TEST, lambda _l: iter(()))
        monkeypatch.setitem(
            looking_actions.FINDERS,
            Kind.CALL,
            lambda _l: iter([made_up(kind=Kind.CALL, key="new")]),
        )
        assert look_at_due(later) == 1
        return iter(())

    monkeypatch.setitem(looking_actions.FINDERS, Kind.FORECAST, meanwhile)
    look_at_due(NOON, most=1)
    assert open_keys(patient) == {"new"}


def test_what_a_killed_worker_had_taken_is_taken_up(patient, told):
    listen(NOON)
    assert looking_actions._take(NOON, 5)
    assert look_at_due(NOON + timedelta(minutes=1)) == 0
    assert look_at_due(NOON + looking_actions.LEASE) == 1


# The chain: an entry -> save -> forecast -> the list


def test_an_urgent_entry_is_in_the_list_after_the_next_tick(patient, nurse):
    tick(timezone.now())
    browser = signed_in(patient.user)
    tap(browser, 8)
    entry = patient.entries.get()
    sent = {"client_id": uuid4(), "pain": 8, "effects": ["chest_pain"]}
    answer = browser.post(reverse("diaries:entry", args=[entry.pk]), sent)
    assert answer.status_code == 302
    tick(timezone.now())
    page = signed_in(nurse).get("/worklist/").text
    assert "may not wait" in page
    assert "<bdi>Pia Berg</bdi>" in page


@pytest.mark.thorough
def test_an_entry_is_kept_moves_the_forecast_and_raises_an_item_where_pain_has_returned(
    patient, nurse
):
    now = timezone.now()
    for days in (24, 23, 22, 21, 20):
        dosed(patient, days, now)
    for days in range(30, 0, -1):
        scored(patient, 2 if 4 <= days <= 24 else 7, days, now)
    before = timezone.now()
    tick(before)
    assert "pain has returned" not in signed_in(nurse).get("/worklist/").text
    tap(signed_in(patient.user), 7)
    asking_actions.listen()
    while (owed := asking_actions.take("w")) is not None:
        forecast_now(owed.pk)
        asking_actions.done(owed)
    assert patient.forecasts.get().made_at > before
    tick(timezone.now())
    page = signed_in(nurse).get("/worklist/").text
    assert "The diary shows that pain has returned" in page
    assert "No forecast was ever shown" in page
