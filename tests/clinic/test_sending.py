"""E-mails: due by the clock of the clinic, sent once, and nothing clinical in them."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from uuid import uuid4

import pytest
from clinic_mail import HOUR, at, wants
from clinic_people import made_patient, made_user
from django.core import mail as post
from django.utils import timezone

from respite.clinic.accounts.models import Role, User
from respite.clinic.audit.models import AuditEvent
from respite.clinic.contact.messages import actions as messages
from respite.clinic.contact.messages.models import Reading
from respite.clinic.contact.queries import call_due, calls_due
from respite.clinic.contact.reminders import actions
from respite.clinic.contact.reminders.actions import send_due
from respite.clinic.contact.reminders.codes import code_of, spelled
from respite.clinic.contact.reminders.hours import last_moment, next_hour
from respite.clinic.contact.reminders.models import Mail, MailKind, MailState, Reach
from respite.clinic.contact.reminders.words import written
from respite.clinic.diaries.models import Entry
from respite.clinic.patients.models import PatientRecord

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("sends_mail")]

CLINICAL = (
    "pain", "ketamine", "clinic", "diary", "doctor", "patient", "dose", "drug", "treatment",
    "medicine", "infusion", "relief", "health", "pia", "berg", "north", "nils", "swim",
)  # fmt: skip


def writes(patient, day):
    return Entry.objects.create(
        patient=patient, day=day, felt_at=at(day, 9), written_at=at(day, 9), pain=5,
        written_by=patient.user,
    )  # fmt: skip


def test_a_reminder_comes_at_its_hour_and_once(patient, today):
    wants(patient, today)
    assert send_due(at(today) - timedelta(minutes=1)) == 0
    assert send_due(at(today)) == 1
    assert send_due(at(today)) == 0
    assert send_due(at(today) + timedelta(minutes=1)) == 0
    assert len(post.outbox) == 1
    assert post.outbox[0].to == ["pia@example.org"]
    line = AuditEvent.objects.get(action="mail.sent")
    assert (line.patient_id, line.note) == (patient.pk, {"kind": "reminder"})


def test_nobody_is_reminded_who_has_written_today(patient, today):
    wants(patient, today)
    writes(patient, today)
    assert send_due(at(today)) == 0
    assert not Mail.objects.exists()


def test_an_entry_that_came_in_just_before_stops_what_waits(patient, today):
    reach = wants(patient, today)
    Mail.objects.create(
        patient=patient, kind=MailKind.REMINDER, day=today, made_at=at(today), next_at=at(today),
        until=at(today) + timedelta(hours=3),
    )  # fmt: skip
    reach.next_at = None
    reach.save()
    writes(patient, today)
    assert send_due(at(today)) == 0
    assert Mail.objects.get().state == MailState.DROPPED


def test_day_by_day_three_reminders_a_last_one_then_a_person(patient, today):
    first = today - timedelta(days=6)
    wants(patient, first)
    sent = [send_due(at(first + timedelta(days=n))) for n in range(7)]
    assert sent == [1, 1, 1, 1, 0, 0, 0]
    subjects = [one.subject for one in post.outbox]
    assert len(set(subjects[:3])) == 1
    assert subjects[3] != subjects[0]
    due = call_due(patient)
    assert due.reminders_sent == 4
    assert due.since == at(first + timedelta(days=4), 0)


def test_a_call_that_missed_is_due_again_and_a_patient_who_rings_back_closes_it(
    patient, nurse, today
):
    writes(patient, today - timedelta(days=9))
    assert call_due(patient).reminders_sent == 0
    soon = today + timedelta(days=1)
    actions.record_call(nurse, patient, "missed", note="", again_on=soon, client_id=uuid4())
    assert call_due(patient) is None
    assert calls_due([patient], at(soon))[patient.pk].since.date() == today - timedelta(days=4)
    actions.record_call(nurse, patient, "well", note="", again_on=None, client_id=uuid4())
    assert not calls_due([patient], at(today + timedelta(days=60)))


def test_a_call_while_nobody_was_silent_closes_nothing_to_come(patient, nurse, today):
    writes(patient, today)
    actions.record_call(nurse, patient, "well", note="", again_on=None, client_id=uuid4())
    assert patient.pk in calls_due([patient], at(today + timedelta(days=5)))


def test_a_call_that_reached_somebody_closes(patient, nurse, today):
    writes(patient, today - timedelta(days=9))
    actions.record_call(nurse, patient, "well", again_on=None, note="", client_id=uuid4())
    assert patient.pk not in calls_due([patient], at(today + timedelta(days=60)))
    writes(patient, today)
    assert patient.pk in calls_due([patient], at(today + timedelta(days=5)))


def test_who_has_no_account_is_not_expected_to_write(nurse, today):
    assert call_due(made_patient(nurse, "Paul")) is None


def test_who_never_wrote_is_called_once_the_days_are_over(patient, today):
    assert call_due(patient) is None
    assert patient.pk in calls_due([patient], at(today + timedelta(days=5)))


def test_a_pause_is_quiet_and_climbs_no_ladder(patient, today):
    wants(patient, today)
    actions.pause(patient.user, patient, 7)
    for ahead in range(7):
        moment = at(today + timedelta(days=ahead))
        assert send_due(moment) == 0
        assert not calls_due([patient], moment)
    assert send_due(at(today + timedelta(days=7))) == 1


def test_a_clinic_that_slept_sends_no_reminder_of_yesterday(patient, today):
    wants(patient, today)
    assert send_due(at(today, 23, 1)) == 0
    assert send_due(at(today + timedelta(days=1), 8)) == 0
    assert send_due(at(today + timedelta(days=1))) == 1


def test_the_hour_is_that_of_the_clinic_also_when_clocks_change():
    before = datetime(2026, 10, 24, 19, tzinfo=UTC)
    after = next_hour(20, "Europe/Amsterdam", before)
    assert after == datetime(2026, 10, 25, 19, tzinfo=UTC)
    assert next_hour(20, "Europe/Amsterdam", datetime(2026, 10, 24, 17, tzinfo=UTC)).hour == 20
    assert last_moment(at(datetime(2026, 3, 1), 23), "Europe/Amsterdam").day == 2


@pytest.mark.parametrize("kind", list(MailKind))
def test_nothing_clinical_is_in_an_e_mail(patient, nurse, today, kind):
    wants(patient, today)
    subject, text = written(kind, "https://example.org/", "1234 5678")
    for word in CLINICAL:
        assert word not in f"{subject}\n{text}".lower()
    assert text.count("https://") == 1


def test_nothing_clinical_is_in_the_headers_of_what_is_sent(patient, nurse, today):
    tomorrow = today + timedelta(days=1)
    wants(patient, tomorrow)
    messages.reply(nurse, patient, "You may swim.", client_id=uuid4(), seen=0)
    assert send_due(at(tomorrow)) == 2
    for one in post.outbox:
        raw = one.message().as_string().lower().replace("pia@example.org", "")
        for word in CLINICAL:
            assert word not in raw
        assert "auto-submitted: auto-generated" in raw


def test_a_message_is_told_of_once_until_it_is_read(patient, nurse, today):
    wants(patient, today, hour=None, next_at=None)
    for _n in range(3):
        messages.reply(nurse, patient, "News", client_id=uuid4(), seen=0)
    assert send_due(timezone.now()) == 1
    messages.open_messages(patient.user, patient, list(patient.messages.all()))
    kept = messages.reply(nurse, patient, "More", client_id=uuid4(), seen=0)
    assert send_due(timezone.now()) == 1
    messages.open_messages(patient.user, patient, [kept])
    messages.reply(nurse, patient, "Read at once", client_id=uuid4(), seen=kept.pk)
    Reading.objects.create(
        message=patient.messages.last(), reader=patient.user, read_at=timezone.now()
    )
    assert send_due(timezone.now()) == 0


def test_who_does_not_want_it_is_not_told(patient, nurse, today):
    wants(patient, today, wants_messages=False, hour=None, next_at=None)
    messages.reply(nurse, patient, "News", client_id=uuid4(), seen=0)
    assert not Mail.objects.exists()


def test_an_address_gets_a_code_and_nothing_else_before_it_is_confirmed(patient, nurse, today):
    actions.set_address(patient.user, patient, "pia@example.org")
    actions.set_wishes(patient.user, patient, {"hour": HOUR, "wants_messages": True})
    messages.reply(nurse, patient, "News", client_id=uuid4(), seen=0)
    assert send_due(timezone.now()) == 1
    assert send_due(at(today + timedelta(days=1))) == 0
    code = spelled(code_of(Reach.objects.get()))
    assert code in post.outbox[0].body
    with pytest.raises(actions.CodeNotRight):
        actions.confirm(patient.user, patient, "00000000")
    assert actions.confirm(patient.user, patient, code.replace(" ", "")).is_usable
    assert Reach.objects.get().next_at is not None
    assert Reach.objects.get().began is not None


def test_a_code_is_void_after_five_wrong_ones_and_after_a_day(patient):
    reach = actions.set_address(patient.user, patient, "pia@example.org")
    right = code_of(reach)
    for _n in range(actions.MOST_TRIES):
        with pytest.raises(actions.CodeNotRight):
            actions.confirm(patient.user, patient, "00000000")
    with pytest.raises(actions.CodeNotRight):
        actions.confirm(patient.user, patient, right)
    Reach.objects.update(code_tries=0, code_until=timezone.now())
    with pytest.raises(actions.CodeNotRight):
        actions.confirm(patient.user, patient, right)


def test_nobody_is_flooded_with_codes(patient):
    for number in range(actions.MOST_CODES_A_DAY):
        actions.set_address(patient.user, patient, f"a{number}@example.org")
        actions.set_address(patient.user, patient, f"a{number}@example.org")  # a second click
    assert Mail.objects.count() == actions.MOST_CODES_A_DAY
    with pytest.raises(actions.TooManyCodes):
        actions.set_address(patient.user, patient, "victim@example.org")
    assert Reach.objects.get().email == "a4@example.org"


def test_the_table_itself_refuses_a_second_reminder_of_a_day(patient, today):
    wants(patient, today)
    send_due(at(today))
    Reach.objects.update(next_at=at(today))
    assert send_due(at(today)) == 0
    row = {"patient": patient, "day": today, "made_at": at(today), "next_at": at(today)}
    Mail.objects.bulk_create(
        [Mail(kind=MailKind.AGAIN, until=at(today), **row)], ignore_conflicts=True
    )
    assert Mail.objects.count() == 1


def test_a_clinic_without_e_mail_sends_nothing_and_still_calls(patient, today, settings):
    settings.EMAIL_IS_ON = False
    wants(patient, today)
    assert send_due(at(today)) == 0
    assert not Mail.objects.exists()
    assert patient.pk in calls_due([patient], at(today + timedelta(days=4)))


def test_a_minute_without_anything_due_costs_four_queries(
    patient, today, django_assert_num_queries
):
    wants(patient, today + timedelta(days=1))
    with django_assert_num_queries(5):  # two of them begin and end a transaction
        send_due(at(today))


def test_those_who_have_written_cost_nothing_each(clinician, today, django_assert_max_num_queries):
    people = User.objects.bulk_create(
        User(username=f"p{n}", role=Role.PATIENT, clinic=clinician.clinic) for n in range(60)
    )
    facts = {"born": "1980-01-01", "made_by": clinician, "clinic": clinician.clinic}
    patients = PatientRecord.objects.bulk_create(
        PatientRecord(name=one.username, user=one, **facts) for one in people
    )
    for one in patients:
        wants(one, today)
        writes(one, today)
    with django_assert_max_num_queries(14):
        assert send_due(at(today)) == 0
    assert Reach.objects.filter(next_at__gt=at(today)).count() == 60


def test_two_who_look_at_once_send_once(patient, today, monkeypatch):
    wants(patient, today)
    from respite.clinic.contact.reminders import sending_actions

    real = sending_actions._take
    taken = []

    def taken_by_another_first(key, now):
        taken.append(real(key, now))
        return real(key, now)

    monkeypatch.setattr(sending_actions, "_take", taken_by_another_first)
    assert send_due(at(today)) == 0
    assert taken[0] is not None
    assert not post.outbox


def test_somebody_whose_account_is_closed_gets_nothing(patient, today):
    wants(patient, today)
    User.objects.filter(pk=patient.user_id).update(is_active=False)
    assert send_due(at(today)) == 0
    assert made_user(patient.clinic, Role.NURSE, "nora")
