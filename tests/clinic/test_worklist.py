"""The list: what people do with its items, and what it shows."""

from datetime import timedelta
from uuid import uuid4

import pytest
from clinic_diaries import tap
from clinic_people import made_patient, made_user, signed_in
from clinic_work import done_by, dosed, item_of, look, scored
from django.db import DatabaseError, connection, transaction
from django.urls import reverse
from django.utils import timezone

from respite.clinic.accounts.models import Role
from respite.clinic.audit.models import AuditEvent
from respite.clinic.running.ticking import tick
from respite.clinic.worklist import queries
from respite.clinic.worklist.actions import NothingToDo
from respite.clinic.worklist.looking_actions import mark
from respite.clinic.worklist.models import Act, Heard, WorkAct, WorkItem
from respite.clinic.worklist.reasons import FINDERS, Kind, Need
from respite.clinic.worklist.words import _sentences, kind_words

pytestmark = pytest.mark.django_db


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
