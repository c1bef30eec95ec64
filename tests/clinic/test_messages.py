"""Messages between a patient and the clinic: kept once, promised, read, answered, never changed."""

from __future__ import annotations

from datetime import timedelta
from uuid import uuid4

import pytest
from clinic_people import made_patient, made_user, signed_in
from django.db import DatabaseError, connection, transaction
from django.utils import timezone
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from respite.clinic.accounts.models import Role, User
from respite.clinic.audit.models import AuditEvent
from respite.clinic.contact.messages import actions
from respite.clinic.contact.messages.forms import LONGEST
from respite.clinic.contact.messages.models import Answered, Message, Reading, Thread
from respite.clinic.contact.queries import waiting_in, waiting_of
from respite.clinic.patients.models import EmergencyAccess, PatientRecord

pytestmark = pytest.mark.django_db

MINE = "/messages/"


def thread_of(patient):
    return f"/patients/{patient.pk}/messages/"


def asks(patient, text="May I swim?"):
    return actions.send(patient.user, patient, text, client_id=uuid4())


def answers(by, patient, seen, text="You may."):
    return actions.reply(by, patient, text, client_id=uuid4(), seen=seen)


def test_a_message_says_at_once_by_when_it_is_answered_and_whom_to_call(pia, patient):
    answer = pia.post(MINE, {"client_id": uuid4(), "text": "May I swim?"}, follow=True)
    kept = Message.objects.get()
    assert kept.answer_by - kept.sent_at == timedelta(hours=patient.clinic.reply_hours)
    assert "Sent. We answer by" in answer.text
    assert "Nobody reads messages at night or in an emergency" in answer.text
    assert 'href="tel:0100999"' in answer.text
    assert 'href="tel:0100100"' in answer.text
    assert "Not read yet" in answer.text


def test_the_promise_is_by_the_clock_of_the_clinic(pia, patient):
    kept = asks(patient)
    local = timezone.localtime(kept.answer_by, timezone.zoneinfo.ZoneInfo("Europe/Amsterdam"))
    assert f"{local:%A} {local.day} {local:%B, %H:%M}" in pia.get(MINE).text


def test_a_double_post_is_kept_once_and_answered_like_the_first(pia):
    told = {"client_id": uuid4(), "text": "Once"}
    for _time in range(2):
        assert pia.post(MINE, told).status_code == 302
    assert Message.objects.count() == 1
    assert AuditEvent.objects.filter(action="message.sent").count() == 1


def test_the_number_of_somebody_elses_message_is_refused(pia, patient, nurse):
    kept = asks(patient)
    answer = signed_in(nurse).post(
        thread_of(patient), {"client_id": kept.client_id, "text": "mine?", "seen": 0}
    )
    assert answer.status_code == 404
    other = made_patient(
        nurse, "Paul", user=made_user(nurse.clinic, Role.PATIENT, "paul")
    )  # fmt: skip
    told = {"client_id": kept.client_id, "text": "mine?"}
    assert signed_in(other.user).post(MINE, told).status_code == 404


def test_a_script_is_shown_and_never_run_and_lines_stay_lines(pia, patient, nurse):
    asks(patient, "<script>alert(1)</script>\n&amp; second line")
    for text in (pia.get(MINE).text, signed_in(nurse).get(thread_of(patient)).text):
        assert "<script>alert(1)" not in text
        assert "&lt;script&gt;alert(1)&lt;/script&gt;<br>&amp;amp; second line" in text


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("", "There is nothing to send yet"),
        (" \n ", "There is nothing to send yet"),
        ("a\x00b", "a sign that cannot be kept"),
        ("x" * (LONGEST + 1), f"{LONGEST + 1} letters"),
    ],
)
def test_what_cannot_be_kept_is_said_and_what_was_typed_stays(pia, text, said):
    answer = pia.post(MINE, {"client_id": uuid4(), "text": text})
    assert answer.status_code == 422
    assert said in answer.text
    assert text.strip("\x00 \n")[:50] in answer.text
    assert not Message.objects.exists()


def test_the_browser_is_not_told_to_cut_what_is_too_long(pia):
    assert "maxlength" not in pia.get(MINE).text


def test_a_new_line_counts_as_one_letter(pia):
    text = "\r\n".join(["x"] * (LONGEST // 2))
    assert pia.post(MINE, {"client_id": uuid4(), "text": text}).status_code == 302
    assert "\r" not in Message.objects.get().text


def test_ten_megabytes_are_refused_in_words(pia):
    answer = pia.post(MINE, {"client_id": uuid4(), "text": "x" * 10_000_000})
    assert answer.status_code == 400
    assert not Message.objects.exists()


def test_a_post_without_its_number_is_said_and_can_be_sent_again(pia):
    answer = pia.post(MINE, {"text": "Hello"})
    assert answer.status_code == 422
    assert "did not arrive whole" in answer.text
    assert "Hello" in answer.text
    fresh = answer.text.split('name="client_id" value="')[1].split('"')[0]
    assert pia.post(MINE, {"client_id": fresh, "text": "Hello"}).status_code == 302


def test_a_flood_is_refused_in_words_and_keeps_what_was_typed(pia, patient):
    now = timezone.now()
    Message.objects.bulk_create(
        Message(patient=patient, author=patient.user, is_from_patient=True, text="x", sent_at=now)
        for _n in range(actions.MOST_AN_HOUR)
    )
    answer = pia.post(MINE, {"client_id": uuid4(), "text": "the last straw"})
    assert answer.status_code == 422
    assert "20 messages within an hour" in answer.text
    assert "the last straw" in answer.text
    assert Message.objects.count() == actions.MOST_AN_HOUR


def test_those_who_read_are_named_to_the_patient_and_the_first_time_stands(pia, patient, nurse):
    asks(patient)
    client = signed_in(nurse)
    client.get(thread_of(patient))
    first = Reading.objects.get().read_at
    client.get(thread_of(patient))
    assert Reading.objects.get().read_at == first
    assert "Read by Nils" in pia.get(MINE).text
    assert AuditEvent.objects.filter(action="message.read").count() == 1


def test_the_clinic_sees_whether_the_patient_has_read_and_the_patient_sees_that_there_is_news(
    pia, patient, nurse
):
    answers(nurse, patient, 0)
    client = signed_in(nurse)
    assert "The patient has not read this yet" in client.get(thread_of(patient)).text
    assert 'class="unread">1<' in pia.get("/diary/").text
    pia.get(MINE)
    assert 'class="unread"' not in pia.get("/diary/").text
    assert "Read by the patient" in client.get(thread_of(patient)).text


def test_a_reader_by_emergency_access_does_not_count_as_the_clinic(patient, stranger):
    asks(patient)
    now = timezone.now()
    EmergencyAccess.objects.create(
        patient=patient, user=stranger, reason="unwell", since=now - timedelta(minutes=1),
        until=now + timedelta(hours=1),
    )  # fmt: skip
    client = signed_in(stranger)
    answer = client.get(thread_of(patient))
    assert answer.status_code == 200
    assert "<textarea" not in answer.text
    assert not Reading.objects.exists()
    for path in ("", "settle/"):
        sent = client.post(thread_of(patient) + path, {"seen": 9, "client_id": uuid4()})
        assert sent.status_code == 404
    assert client.post(f"/patients/{patient.pk}/calls/").status_code == 404


def test_the_oldest_message_waits_until_somebody_answers(patient, nurse):
    assert waiting_of(patient) is None
    first, second = asks(patient), asks(patient, "And run?")
    found = waiting_of(patient)
    assert (found.message_id, found.sent_at) == (first.pk, first.sent_at)
    assert found.answer_by == first.answer_by
    answers(nurse, patient, second.pk)
    assert waiting_of(patient) is None


def test_a_message_that_came_in_while_somebody_wrote_still_waits(patient, nurse):
    first = asks(patient)
    client = signed_in(nurse)
    late = asks(patient, "One more thing: it hurts")
    told = {"client_id": uuid4(), "text": "You may.", "seen": first.pk}
    answer = client.post(thread_of(patient), told, follow=True)
    assert "Another message came in meanwhile" in answer.text
    assert waiting_of(patient).message_id == late.pk


def test_a_message_that_needs_no_answer_is_closed_and_the_patient_is_told(pia, patient, nurse):
    asked = asks(patient, "Thanks")
    client = signed_in(nurse)
    for _twice in range(2):
        assert client.post(f"{thread_of(patient)}settle/", {"seen": asked.pk}).status_code == 302
    assert waiting_of(patient) is None
    assert "Closed by Nils: no answer was needed" in pia.get(MINE).text
    assert AuditEvent.objects.filter(action="message.settled").count() == 1


def test_a_late_answer_is_owned_up_to(pia, patient, nurse):
    now = timezone.now()
    late = Message.objects.create(
        patient=patient, author=patient.user, is_from_patient=True, text="Hello?",
        sent_at=now - timedelta(days=3), answer_by=now - timedelta(days=1),
    )  # fmt: skip
    Thread.objects.create(patient=patient, waiting=late)
    assert "and are late. We are sorry" in pia.get(MINE).text
    assert "it is late" in signed_in(nurse).get(thread_of(patient)).text


def test_many_threads_are_asked_in_one_query(clinician, django_assert_num_queries):
    for number in range(5):
        user = made_user(clinician.clinic, Role.PATIENT, f"p{number}")
        asks(made_patient(clinician, f"P{number}", user=user))
    with django_assert_num_queries(1):
        assert len(waiting_in(PatientRecord.objects.filter(clinic=clinician.clinic))) == 5


def test_a_long_thread_costs_no_more_queries_than_a_short_one(
    pia, patient, nurse, django_assert_max_num_queries
):
    for _n in range(15):
        answers(nurse, patient, asks(patient).pk)
    pia.get(MINE)
    with django_assert_max_num_queries(40):
        pia.get(MINE)
    client = signed_in(nurse)
    client.get(thread_of(patient))
    with django_assert_max_num_queries(45):
        client.get(thread_of(patient))


@pytest.mark.parametrize("table", ["message", "reading", "answered", "callrecord"])
@pytest.mark.parametrize("verb", ["UPDATE contact_{} SET id = id", "DELETE FROM contact_{}"])
def test_the_database_refuses_to_change_or_remove_what_was_said(patient, nurse, table, verb):
    from respite.clinic.contact.reminders.actions import record_call

    actions.open_messages(nurse, patient, [asks(patient)])
    answers(nurse, patient, Message.objects.last().pk)
    record_call(nurse, patient, "well", note="", again_on=None, client_id=uuid4())
    with pytest.raises(DatabaseError), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(verb.format(table))


NUMBERS = iter(range(10_000))
DOINGS = st.lists(
    st.tuples(
        st.sampled_from(("ask", "answer", "settle", "nurse reads", "patient reads")),
        st.integers(0, 6),
    ),
    max_size=14,
)


@pytest.mark.thorough
@settings(
    derandomize=True, deadline=None, max_examples=50,
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)  # fmt: skip
@given(DOINGS)
def test_how_a_thread_stands_is_what_its_rows_say(nurse, doings):
    user = User.objects.create(
        username=f"t{next(NUMBERS)}", role=Role.PATIENT, clinic=nurse.clinic
    )  # fmt: skip
    patient = made_patient(nurse, "P", user=user)
    for doing, back in doings:
        keys = [0, *patient.messages.values_list("pk", flat=True)]
        seen = keys[max(0, len(keys) - 1 - back)]
        shown = list(patient.messages.all())
        match doing:
            case "ask":
                asks(patient)
            case "answer":
                answers(nurse, patient, seen)
            case "settle":
                actions.settle(nurse, patient, seen)
            case "nurse reads":
                actions.open_messages(nurse, patient, shown)
            case _:
                actions.open_messages(user, patient, shown)
        dealt = max(
            Answered.objects.filter(patient=patient).values_list("up_to_id", flat=True), default=0
        )  # fmt: skip
        theirs = patient.messages.filter(is_from_patient=True, pk__gt=dealt).first()
        found = waiting_of(patient)
        assert (found and found.message_id) == (theirs and theirs.pk)
        ours = patient.messages.filter(is_from_patient=False).exclude(readings__reader=user)
        thread = Thread.objects.filter(patient=patient).first()
        assert (thread.unread if thread else 0) == ours.count()
