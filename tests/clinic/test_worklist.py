"""The work-list: what a look keeps, who is looked at when, and what people do with items."""

import threading
from datetime import UTC, datetime, timedelta
from types import SimpleNamespace
from uuid import uuid4

import pytest
from clinic_diaries import tap
from clinic_people import made_patient, made_user, signed_in
from clinic_work import NOON, done_by, dosed, item_of, look, made_up, open_keys, scored
from django.db import DatabaseError, connection, transaction
from django.urls import reverse
from django.utils import timezone

from respite.clinic.accounts.models import Role
from respite.clinic.audit.actions import record
from respite.clinic.audit.models import AuditEvent
from respite.clinic.forecasts import asking_actions
from respite.clinic.forecasts.actions import forecast_now
from respite.clinic.patients.actions import add_patient, change_patient, read
from respite.clinic.running import ticking
from respite.clinic.running.checking import ClinicNotInOrder, check
from respite.clinic.running.ticking import Every, tick, tick_until_done, ticking_beside
from respite.clinic.worklist import looking_actions, queries
from respite.clinic.worklist.actions import NothingToDo
from respite.clinic.worklist.looking_actions import listen, look_at_due, mark, mark_missing
from respite.clinic.worklist.models import Act, Heard, Look, Schedule, WorkAct, WorkItem
from respite.clinic.worklist.reasons import FINDERS, Kind, Need
from respite.clinic.worklist.words import _sentences, kind_words

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


# What a look keeps


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


# Ticking


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


# What people do


@pytest.mark.parametrize(
    ("what", "where", "changed"),
    [
        (Act.DONE, {}, {"closed_because": "done"}),
        (Act.PUT_OFF, {}, {"put_off_at_need": Need.NOW}),
        (Act.MINE, {}, {}),
    ],
)
def test_an_act_is_kept_once_with_a_line_of_the_trail(patient, nurse, what, where, changed):
    item = item_of(patient)
    number = uuid4()
    day = timezone.localdate() + timedelta(days=1) if what == Act.PUT_OFF else None
    for _time in range(2):
        from respite.clinic.worklist.actions import act

        act(nurse, item, what, client_id=number, until=day, because="seen")
    item.refresh_from_db()
    for name, told in changed.items():
        assert getattr(item, name) == told
    assert WorkAct.objects.get().act == what
    (line,) = AuditEvent.objects.filter(action=f"work.{what}")
    assert (line.patient_id, line.note) == (patient.pk, {"kind": "urgent"})


def test_who_is_too_late_changes_nothing(patient, nurse, clinician):
    item = item_of(patient)
    done_by(nurse, item)
    with pytest.raises(NothingToDo):
        done_by(clinician, item)
    answer = signed_in(clinician).post(
        f"/worklist/{item.pk}/", {"client_id": uuid4(), "act": "done", "because": "called"}
    )
    assert answer.status_code == 302
    assert WorkAct.objects.count() == 1


def test_a_message_is_not_done_by_a_click(patient, nurse):
    item = item_of(patient, kind=Kind.MESSAGE, key="7", says="message_waits")
    signed_in(nurse).post(
        f"/worklist/{item.pk}/", {"client_id": uuid4(), "act": "done", "because": "called"}
    )
    item.refresh_from_db()
    assert item.closed_at is None
    assert 'value="done"' not in signed_in(nurse).get("/worklist/").text


def test_done_can_be_taken_back_and_is_looked_at_afresh(patient, nurse):
    tick(timezone.now())
    item = item_of(patient)
    browser = signed_in(nurse)
    browser.post(
        f"/worklist/{item.pk}/", {"client_id": uuid4(), "act": "done", "because": "called"}
    )
    assert "Pia Berg" not in browser.get("/worklist/").text
    assert "Open again" in browser.get("/worklist/?state=done").text
    browser.post(f"/worklist/{item.pk}/", {"client_id": uuid4(), "act": "again"})
    assert "Pia Berg" in browser.get("/worklist/").text
    tick(timezone.now())  # the entry it was made from does not exist
    item.refresh_from_db()
    assert item.closed_because == "no_longer"


def test_what_is_put_off_comes_back_on_its_day_or_when_it_becomes_graver(patient, nurse):
    item = item_of(patient, kind=Kind.TEST, need=Need.WEEK, says="test_due")
    browser = signed_in(nurse)
    until = timezone.localdate() + timedelta(days=5)
    sent = {"client_id": uuid4(), "act": "put_off", "until": until, "because": "on holiday"}
    assert browser.post(f"/worklist/{item.pk}/", sent).status_code == 302
    assert "Pia Berg" not in browser.get("/worklist/").text
    assert "on holiday" in browser.get(f"/worklist/{item.pk}/").text
    assert "Pia Berg" in browser.get("/worklist/?state=put_off").text
    WorkItem.objects.update(need=Need.TODAY)
    assert "Pia Berg" in browser.get("/worklist/").text
    WorkItem.objects.update(need=Need.WEEK, put_off_until=timezone.localdate())
    assert "Pia Berg" in browser.get("/worklist/").text


@pytest.mark.parametrize(
    ("asked", "words"),
    [
        ((Need.NOW, 2, "it can"), "A day from"),
        ((Need.WEEK, 91, "it can"), "A day from"),
        ((Need.WEEK, 0, "it can"), "A day from"),
        ((Need.WEEK, None, "it can"), "Say until which day."),
        ((Need.WEEK, 3, ""), "Say why it may wait."),
        ((Need.WEEK, 3, "x" * 301), "300"),
        ((Need.WEEK, 3, "a\x00b"), "Null"),
    ],
)
def test_what_cannot_be_put_off_so_is_said_at_its_field_and_kept(patient, nurse, asked, words):
    need, until, because = asked
    item = item_of(patient, kind=Kind.TEST, need=need)
    day = "" if until is None else (timezone.localdate() + timedelta(days=until)).isoformat()
    sent = {"client_id": uuid4(), "act": "put_off", "until": day, "because": because}
    answer = signed_in(nurse).post(f"/worklist/{item.pk}/", sent)
    assert answer.status_code == 422
    assert words in answer.text
    if because.isprintable():
        assert because in answer.text
    assert not WorkAct.objects.exists()


def test_what_cannot_wait_is_not_closed_without_a_word_on_what_was_done(patient, nurse):
    item = item_of(patient)
    assert 'value="done"' not in signed_in(nurse).get("/worklist/").text
    answer = signed_in(nurse).post(f"/worklist/{item.pk}/", {"client_id": uuid4(), "act": "done"})
    assert answer.status_code == 422
    assert "Say what was done about it." in answer.text


@pytest.mark.parametrize("sent", [{}, {"act": "done"}, {"act": "burn", "client_id": "7"}])
def test_a_form_that_is_not_whole_is_said(patient, nurse, sent):
    item = item_of(patient)
    answer = signed_in(nurse).post(f"/worklist/{item.pk}/", sent)
    assert answer.status_code == 422
    assert "not whole" in answer.text


def test_taken_is_shown_and_can_be_let_go(patient, nurse, clinician):
    item = item_of(patient)
    signed_in(nurse).post(f"/worklist/{item.pk}/", {"client_id": uuid4(), "act": "mine"})
    assert "Pia Berg" in signed_in(nurse).get("/worklist/?mine=1").text
    assert "Pia Berg" not in signed_in(clinician).get("/worklist/?mine=1").text
    assert "Nils" in signed_in(clinician).get("/worklist/").text
    signed_in(nurse).post(f"/worklist/{item.pk}/", {"client_id": uuid4(), "act": "let_go"})
    assert "Pia Berg" not in signed_in(nurse).get("/worklist/?mine=1").text


@pytest.mark.parametrize("statement", ["UPDATE {t} SET act = 'x'", "DELETE FROM {t}"])
def test_the_database_refuses_to_change_or_remove_an_act(patient, nurse, statement):
    done_by(nurse, item_of(patient))
    with pytest.raises(DatabaseError), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(statement.format(t=WorkAct._meta.db_table))


@pytest.mark.parametrize(
    "back", ["https://evil.example/", "//evil.example", "/\\evil.example", "x"]
)
def test_nobody_is_led_elsewhere(patient, nurse, back):
    sent = {"client_id": uuid4(), "act": "mine", "back": back}
    answer = signed_in(nurse).post(f"/worklist/{item_of(patient).pk}/", sent)
    assert answer.headers["Location"] == "/worklist/"


def test_whoever_acted_comes_back_to_where_they_were(patient, nurse):
    item = item_of(patient)
    browser = signed_in(nurse)
    for back, to in (
        (f"/patients/{patient.pk}/", f"/patients/{patient.pk}/"),
        ("/worklist/?kind=test&page=2&words=pia", "/worklist/?kind=test&page=2"),
        ("/patients/", "/worklist/"),
    ):
        what = "mine" if WorkItem.objects.get().taken_by is None else "let_go"
        sent = {"client_id": uuid4(), "act": what, "back": back}
        assert browser.post(f"/worklist/{item.pk}/", sent).headers["Location"] == to


# The page


def test_the_list_is_home_of_those_who_treat_and_says_so_when_it_is_empty(clinician, nurse):
    for user in (clinician, nurse):
        page = signed_in(user).get("/", follow=True)
        assert page.redirect_chain[-1][0] == "/worklist/"
        assert "Nobody needs anything now." in page.text


def test_the_gravest_need_comes_first_then_the_oldest(patient, clinician):
    now = timezone.now()
    for key, need, hours in (("c", 3, 99), ("b", 1, 1), ("a", 1, 9), ("d", 2, 50)):
        item_of(patient, key=key, need=need).__class__.objects.filter(key=key).update(
            since=now - timedelta(hours=hours), says=f"reason_{key}"
        )
    page = signed_in(clinician).get("/worklist/").text
    places = [page.index(f"reason {key}") for key in "abdc"]
    assert places == sorted(places)
    assert page.index("Now</h2>") < page.index("Today</h2>") < page.index("This week</h2>")


def test_the_list_shows_ones_own_clinic_and_is_read_once(patient, stranger, clinician):
    theirs = made_patient(stranger, "Somebody elsewhere")
    item_of(theirs)
    item_of(patient)
    page = signed_in(clinician).get("/worklist/").text
    assert "Pia Berg" in page
    assert "Somebody elsewhere" not in page
    assert AuditEvent.objects.filter(action="worklist.read", actor_id=clinician.pk).count() == 1
    assert not AuditEvent.objects.filter(action="patient.read").exists()


def test_an_item_is_for_those_who_treat_the_patient_at_home(patient, stranger):
    item = item_of(patient)
    researcher = made_user(patient.clinic, Role.RESEARCHER, "remi")
    assert signed_in(stranger).get(f"/worklist/{item.pk}/").status_code == 404
    assert signed_in(stranger).post(f"/worklist/{item.pk}/", {"act": "done"}).status_code == 404
    for user in (patient.user, researcher):
        assert signed_in(user).get("/worklist/").status_code == 403
        assert signed_in(user).get(f"/worklist/{item.pk}/").status_code == 403


def test_the_list_can_be_asked_for_one_kind_and_nonsense_asks_for_all(patient, clinician):
    item_of(patient, key="a", says="reason_a")
    item_of(patient, kind=Kind.TEST, need=Need.WEEK, key="b", says="reason_b")
    browser = signed_in(clinician)
    page = browser.get("/worklist/?kind=test").text
    assert "reason b" in page
    assert "reason a" not in page
    for query in ("kind=%00", "kind=x&state=y&mine=z&page=%FF", "page=-3", "mine=0"):
        assert browser.get(f"/worklist/?{query}").status_code == 200


def test_what_others_wrote_is_shown_escaped(patient, clinician):
    patient.name = "<script>alert(1)</script>"
    patient.save()
    item_of(patient, kind=Kind.FINDING, says="finding",
            values={"title": "<b>x", "reason": "{y}", "action": "<i>"})  # fmt: skip
    page = signed_in(clinician).get("/worklist/").text
    assert "<script>alert" not in page
    assert "&lt;b&gt;x" in page
    assert "{y}" in page


def test_a_page_of_another_app_that_is_not_there_leads_to_the_record(patient):
    from respite.clinic.worklist.links import link_of

    record_page = reverse("patients:overview", args=[patient.pk])
    assert link_of(Kind.MOOD, "", {}, patient.pk).address == record_page
    assert link_of("of another release", "", {}, patient.pk).address == record_page


def test_the_overview_shows_what_waits_for_the_patient(patient, clinician):
    item_of(patient)
    page = signed_in(clinician).get(f"/patients/{patient.pk}/").text
    assert "What waits" in page
    assert "may not wait" in page


def test_a_list_that_nobody_brings_up_to_date_says_so(patient, clinician):
    browser = signed_in(clinician)
    mark([patient.pk], timezone.now() - timedelta(minutes=16))
    assert "This list is not up to date" in browser.get("/worklist/").text
    tick(timezone.now())
    assert "This list is not up to date" not in browser.get("/worklist/").text


def test_what_cannot_wait_is_counted_on_every_page(patient, clinician):
    item_of(patient)
    page = signed_in(clinician).get(reverse("patients:list")).text
    assert "cannot wait" in page


def test_every_kind_and_sentence_has_words(patient):
    assert set(kind_words()) == set(Kind) == set(FINDERS)
    for says in _sentences():
        item_of(patient, key=says, says=says, values={})
    assert len(queries.rows_of(WorkItem.objects.all())) == len(_sentences())


# How much it costs


def made_many(clinician, count):
    many = [made_patient(clinician, f"P{n}") for n in range(count)]
    for one in many:
        item_of(one, key=f"entry:{one.pk}")


@pytest.mark.parametrize("count", [1, 60])
def test_the_list_takes_as_many_questions_for_many_as_for_few(
    clinician, count, django_assert_max_num_queries
):
    made_many(clinician, count)
    browser = signed_in(clinician)
    browser.get("/worklist/")
    with django_assert_max_num_queries(24):
        assert browser.get("/worklist/").status_code == 200


def test_a_diary_entry_costs_no_more_for_the_list(patient):
    browser = signed_in(patient.user)
    tap(browser, 4)
    tick(timezone.now())
    with connection.execute_wrapper(refuse_the_list):
        assert tap(browser, 5).status_code == 302


def refuse_the_list(execute, sql, *rest):
    assert "worklist_" not in sql
    return execute(sql, *rest)


def test_a_look_takes_a_bounded_number_of_questions(patient, django_assert_max_num_queries):
    dosed(patient)
    for day in range(60):
        scored(patient, 4, day)
    with django_assert_max_num_queries(40):
        look(patient)


def test_a_tick_that_finds_nothing_is_cheap(patient, django_assert_max_num_queries):
    tick(timezone.now())
    with django_assert_max_num_queries(5):
        tick(timezone.now())
    assert Heard.objects.count() == 1
