"""Sessions: start, rates, vital signs, stop, leaving; what is said twice is kept once."""

import uuid
from datetime import timedelta
from decimal import Decimal

import pytest
from clinic_people import PASSWORD, made_patient, made_user, signed_in
from django.utils import timezone
from session_tablet import (
    INFUSION,
    READY_TO_LEAVE,
    Tablet,
    opened,
    signatures,
    signed_plan,
)

from respite.clinic.accounts.models import Role
from respite.clinic.audit.models import AuditEvent
from respite.clinic.patients.queries import history_of
from respite.clinic.treatments.models import EntryKind, SessionEntry, SessionState
from respite.clinic.treatments.sessions.queries import record_of_sessions

pytestmark = [pytest.mark.django_db, pytest.mark.thorough]


def test_each_rate_is_a_dose_of_its_own_by_the_weight_of_the_day(running):
    assert running.send("rate", minutes_ago=40, way="ketamine iv", rate="0.6", unit="mg/kg/h")
    running.send("pause", minutes_ago=20)
    running.send("given", minutes_ago=15, way="ketamine iv", mg="5")
    running.send("rate", minutes_ago=10, way="ketamine iv", rate="30", unit="mg/h")
    assert running.doses() == []
    running.send("stop", minutes_ago=4)
    # 0.75 x 70 / 3; 0.6 x 70 / 3; a single dose; 30 / 10
    assert running.amounts() == [(17.5, 20), (14.0, 20), (5.0, 0), (3.0, 6)]
    kept = running.session.doses.first()
    assert (kept.unit, kept.route, kept.pain_before) == ("mg", "iv", Decimal(8))
    assert running.session.state == SessionState.WATCHED
    history = history_of(running.session.patient)
    assert round(sum(dose.amount for dose in history.doses), 1) == Decimal("39.5")


def test_a_corrected_rate_works_the_doses_out_afresh_and_stays_readable(running):
    running.send("rate", minutes_ago=40, way="ketamine iv", rate="60", unit="mg/h")
    running.send("stop")
    wrong = SessionEntry.objects.get(kind=EntryKind.RATE)
    answer = running.correct(wrong, way="ketamine iv", rate="6", unit="mg/h")
    assert answer.status_code == 302
    assert running.amounts() == [(17.5, 20), (4.0, 40)]
    assert running.session.doses.filter(is_withdrawn=True).count() == 1
    page = running.page
    assert "<del>Rate: ketamine iv at 60 mg/h</del>" in page
    assert "Rate: ketamine iv at 6 mg/h" in page
    assert running.correct(wrong, way="ketamine iv", rate="9", unit="mg/h").status_code == 302
    assert "was corrected before" in running.page
    assert running.amounts() == [(17.5, 20), (4.0, 40)]


def test_a_corrected_weight_works_the_doses_out_afresh(running):
    running.send("stop")
    entry = next(one for one in SessionEntry.objects.filter(kind=EntryKind.CHECK)
                 if one.data.get("fact") == "own.weight_kg")  # fmt: skip
    assert running.correct(entry, told="80").status_code == 302
    assert running.amounts() == [(60.0, 60)]
    assert running.session.weight_kg == 80


def test_a_stop_that_was_a_slip_is_taken_back(running):
    running.send("stop", minutes_ago=10)
    assert running.doses()
    entry = SessionEntry.objects.get(kind=EntryKind.STOP)
    assert running.correct(entry, "take_back", why="wrong button").status_code == 302
    assert running.session.state == SessionState.RUNNING
    assert running.doses() == []
    running.send("stop")
    assert running.amounts() == [(52.5, 60)]


@pytest.mark.parametrize("what", ["start", "stop"])
def test_two_devices_start_and_stop_once(tablet, clinician, what):
    tablet.check()
    other = Tablet(clinician, tablet.session)
    tablet.start(minutes_ago=5)
    if what == "stop":
        tablet.send("stop", minutes_ago=1)
    answer = other.start() if what == "start" else other.send("stop")
    assert answer.status_code == 302
    assert "It is kept once." in other.page
    assert SessionEntry.objects.filter(kind=what).count() == 1


def test_a_form_that_comes_again_is_kept_once_and_answered_like_the_first(running):
    key = uuid.uuid4()
    sent = {"systolic": 130, "diastolic": 80, "pulse": 70}
    answers = [running.send("vitals", key=key, **sent) for _n in range(3)]
    assert {one.status_code for one in answers} == {302}
    assert SessionEntry.objects.filter(kind=EntryKind.VITALS).count() == 1
    changed = running.send("vitals", key=key, **(sent | {"pulse": 90}))
    assert changed.status_code == 422
    assert "Open the page afresh" in changed.content.decode()


def test_a_form_of_another_session_is_not_taken_for_a_replay(running, clinician):
    other = made_patient(clinician, "Otto")
    theirs = Tablet(running.user, opened(running.user, signed_plan(clinician, other)))
    key = uuid.uuid4()
    assert running.send("note", key=key, text="one").status_code == 302
    assert theirs.send("note", key=key, text="one").status_code == 422


def test_a_line_that_was_sent_late_keeps_its_time(running):
    running.send("vitals", minutes_ago=7, systolic=130, diastolic=80)
    kept = SessionEntry.objects.get(kind=EntryKind.VITALS)
    assert abs(timezone.now() - kept.at - timedelta(minutes=7)) < timedelta(seconds=10)
    late = SessionEntry.objects.get(kind=EntryKind.START)
    running.send("stop")
    assert running.send("given", minutes_ago=30, way="ketamine iv", mg="5").status_code == 302
    assert len(running.doses()) == 2
    before_start = running.send("given", minutes_ago=90, way="ketamine iv", mg="5")
    assert before_start.status_code == 422
    assert late.at < kept.at


def test_values_beyond_a_limit_are_marked_by_sign_and_word_and_limits_that_are_not_set_said(
    running,
):
    running.send("vitals", systolic=191, diastolic=104, saturation=90, sedation=2)
    page = running.page
    assert "▲ 191" in page
    assert "above 180" in page
    assert "▼ 90" in page
    assert "below 92" in page
    assert "Measure again now, and tell the clinician." in page
    assert "Pulse (a minute): no limit set" in page
    assert "MON-006" in page
    assert "<svg" in page


def test_what_is_due_is_said_by_the_interval_of_the_rule(running):
    page = running.page
    assert "Blood pressure and pulse: overdue by 50 min." in page
    assert "MON-001" in page
    running.send("vitals", systolic=130, diastolic=80, sedation=0)
    page = running.page
    assert "Blood pressure and pulse: due in 9 min." in page
    assert "Sedation: due in 14 min." in page


@pytest.mark.parametrize(
    ("told", "says"),
    [
        ({}, "at least one value"),
        ({"systolic": 120}, "two numbers"),
        ({"systolic": 80, "diastolic": 120}, "must be above"),
        ({"systolic": 12000, "diastolic": 80}, "less than or equal"),
        ({"pulse": "1e9"}, "whole number"),
        ({"pulse": "\x00"}, "whole number"),
        ({"sedation": 9}, "valid choice"),
        ({"pulse": 70, "at": "25:99"}, "valid time"),
    ],
)
def test_vital_signs_that_cannot_be_are_answered_in_words(running, told, says):
    answer = running.send("vitals", **told)
    assert answer.status_code == 422
    assert says in answer.content.decode()
    assert not SessionEntry.objects.filter(kind=EntryKind.VITALS).exists()


def test_effects_are_asked_one_by_one_and_kept_at_their_worst(running):
    running.send("effect", about="nausea", effect="nausea", severity="mild")
    running.send("effect", about="nausea", effect="nausea", severity="severe")
    running.send("effect", about="headache", effect="headache", severity="none")
    missing = running.send("effect", about="other", effect="other", severity="mild")
    assert missing.status_code == 422
    running.send("effect", about="other", effect="other", severity="mild", words="Hiccups")
    told = record_of_sessions(running.session.plan)
    assert told.last.effects == ("severe nausea", "mild hiccups")


def test_amounts_must_add_up_and_two_people_sign(running, clinician):
    told = {"drug": "ketamine", "lot": "K-77", "drawn": "50", "given": "35", "password": PASSWORD}
    wrong = running.send("amounts", **signatures("clara", wasted="10", **told))
    assert wrong.status_code == 422
    assert "Given and wasted come to 45 mg, and 50 mg were drawn up." in wrong.content.decode()
    alone = running.send("amounts", **signatures("nils", wasted="15", **told))
    assert "must be that of another person" in alone.content.decode()
    bad = running.send("amounts", **signatures("clara", wasted="15", **(told | {"password": "x"})))
    assert bad.status_code == 422
    assert not SessionEntry.objects.filter(kind=EntryKind.AMOUNTS).exists()
    key = uuid.uuid4()
    for _n in range(2):
        sent = running.send("amounts", key=key, **signatures("clara", wasted="15", **told))
        assert sent.status_code == 302
    both = SessionEntry.objects.filter(kind__in=[EntryKind.AMOUNTS, EntryKind.WITNESS])
    assert [one.written_by.username for one in both.order_by("pk")] == ["nils", "clara"]
    assert AuditEvent.objects.filter(action="signature.refused").exists()
    assert PASSWORD not in str(list(both.values_list("data", flat=True)))


def test_going_home_waits_for_the_checklist_and_the_hour(running, clinician):
    running.send("stop", minutes_ago=10)
    assert running.send("end").status_code == 422
    for fact, told in READY_TO_LEAVE.items():
        assert running.answer(fact, told).status_code == 302, fact
    running.answer("plan.setting", "clinic")
    assert "DISC-002" in running.page
    assert running.send("end").status_code == 422
    assert running.send("overrule", **signatures("clara", reason="lives next door"))
    assert running.send("end").status_code == 302
    assert running.session.state == SessionState.ENDED
    assert running.send("end").status_code == 302
    assert "It is kept once." in running.page
    assert running.send("vitals", pulse=70).status_code == 422


def test_after_an_hour_the_patient_goes_home_without_a_signature(tablet):
    tablet.check()
    tablet.start(minutes_ago=130)
    tablet.send("stop", minutes_ago=90)
    for fact, told in READY_TO_LEAVE.items():
        tablet.answer(fact, told)
    tablet.answer("plan.setting", "clinic")
    assert "The patient may go home." in tablet.page
    assert tablet.send("end").status_code == 302
    page = tablet.client.get(f"{tablet.path}summary/").content.decode()
    assert "Given in all" in page
    assert "relief 75 %" in page


def test_a_session_is_called_off_with_a_reason_and_gives_nothing(tablet):
    assert tablet.send("call_off", reason="").status_code == 422
    assert tablet.send("call_off", reason="ate an hour ago").status_code == 302
    assert tablet.session.state == SessionState.CALLED_OFF
    assert tablet.start().status_code == 422
    assert "ate an hour ago" in tablet.page
    assert record_of_sessions(tablet.session.plan) is None


def test_relief_is_written_when_the_patient_tells(running):
    running.send("stop")
    bad = running.send("relief", relief_percent=0, relief_hours=40)
    assert bad.status_code == 422
    assert running.send("relief", relief_percent=60, relief_hours=40).status_code == 302
    told = record_of_sessions(running.session.plan).last
    assert (told.relief_percent, told.hours_of_relief) == (60, 40)


def test_the_next_session_follows_the_plan(running, clinician):
    running.send("stop")
    assert "today 35 mg ketamine iv over 40 min" in running.page


@pytest.mark.parametrize("mg", ["", "-1", "0", "1e400", "NaN", "99999", "7" * 400, "5,0", "<b>"])
def test_a_dose_that_nobody_could_mean_is_refused_in_words(running, mg):
    answer = running.send("given", way="ketamine iv", mg=mg)
    assert answer.status_code == 422
    assert not SessionEntry.objects.filter(kind=EntryKind.BOLUS).exists()


def test_what_is_written_is_shown_and_never_run(running):
    running.send("note", text="<script>alert(1)</script> \u202eright to left")
    page = running.page
    assert "<script>alert" not in page
    assert "&lt;script&gt;alert(1)" in page


def test_a_form_that_no_session_has_is_refused_in_words(running):
    assert running.send("nothing").status_code == 302
    assert "This form is not of this session." in running.page


def test_every_page_is_refused_to_others(running, stranger, patient):
    entry = SessionEntry.objects.first()
    pages = [
        f"/patients/{patient.pk}/sessions/", running.path, f"{running.path}live/running/",
        f"{running.path}lines/{entry.pk}/", f"{running.path}summary/",
        f"{running.path}observation/",
    ]  # fmt: skip
    researcher = made_user(running.user.clinic, Role.RESEARCHER, "rita")
    for page in pages:
        assert running.client.get(page).status_code == 200, page
        assert signed_in(stranger).get(page).status_code == 404, page
        assert signed_in(patient.user).get(page).status_code == 403, page
        assert signed_in(researcher).get(page).status_code == 403, page
    assert signed_in(stranger).post(running.path, {"what": "stop"}).status_code == 404
    assert signed_in(stranger).post(pages[3], {"what": "right"}).status_code == 404
    other = made_patient(stranger, "Else")
    theirs = opened(stranger, signed_plan(stranger, other))
    assert running.client.get(f"/sessions/{theirs.pk}/lines/{entry.pk}/").status_code == 404
    mine = signed_in(stranger).get(f"/sessions/{theirs.pk}/lines/{entry.pk}/")
    assert mine.status_code == 404


def test_reads_and_writes_are_on_the_trail_and_an_open_page_is_read_once_in_a_while(running):
    _page = running.page
    before = AuditEvent.objects.filter(action="patient.read").count()
    for _n in range(4):
        assert running.client.get(f"{running.path}live/running/").status_code == 200
    assert AuditEvent.objects.filter(action="patient.read").count() == before
    running.send("stop")
    actions = set(AuditEvent.objects.values_list("action", flat=True))
    assert {"session.opened", "session.written", "session.doses"} <= actions
    assert "0.75" not in str(list(AuditEvent.objects.values_list("note", flat=True)))


def test_the_part_that_is_fetched_again_says_when_the_session_moved_on(running):
    part = running.client.get(f"{running.path}live/checks/").content.decode()
    assert "Another device wrote in the meantime" in part
    assert "csrfmiddlewaretoken" not in part


def test_a_page_that_asks_by_itself_keeps_nobody_signed_in(running, settings):
    running.client.get(running.path)
    stored = running.client.session
    stored["last_seen"] -= 14 * 60
    stored.save()
    running.client.get(f"{running.path}live/running/")
    stored = running.client.session
    stored["last_seen"] -= 2 * 60
    stored.save()
    gone = running.client.get(f"{running.path}live/running/", headers={"HX-Request": "true"})
    assert gone["HX-Redirect"] == "/accounts/login/"


def test_nasal_esketamine_has_its_observation_form(nurse, clinician, patient):
    plan = signed_plan(clinician, patient, "esketamine 56 mg intranasal weekly x4")
    tablet = Tablet(nurse, opened(nurse, plan))
    tablet.check(**{"session.pre.hours_since_food": "3", "session.pre.minutes_since_fluid": "60"})
    assert tablet.send("start", minutes_ago=70).status_code == 302
    sent = tablet.send("given", minutes_ago=69, way="esketamine intranasal", mg="56")
    assert sent.status_code == 302
    assert "Blood pressure at 40 minutes: overdue by 30 min." in tablet.page
    tablet.send("vitals", minutes_ago=30, systolic=141, diastolic=88)
    assert "Blood pressure at 40 minutes" not in tablet.page
    tablet.send("stop", minutes_ago=20)
    tablet.send("vitals", systolic=131, diastolic=81)
    tablet.send("observed", sedation="mild", sedation_minutes=50, dissociation="none", serious="no")
    page = tablet.client.get(f"{tablet.path}observation/").content.decode()
    assert "shorter than 120 minutes" in page
    assert "141" in page
    assert "131" in page
    assert "128" in page
    assert tablet.doses() == [("esketamine", "56.000", "0.00")]


def test_the_plan_of_the_infusion_is_suggested_as_a_rate(tablet):
    tablet.check()
    page = tablet.page
    assert 'value="0.75"' in page
    assert INFUSION in page
