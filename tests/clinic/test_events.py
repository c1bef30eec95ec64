"""Unwanted effects: from a session, a diary, or the patient; judged, changed, reported."""

import uuid
from datetime import UTC, datetime, timedelta

import pytest
from clinic_diaries import gave, wrote
from clinic_people import made_patient, made_user, signed_in
from django.db import DatabaseError, connection, transaction
from django.urls import reverse
from django.utils import timezone
from furnished import REGIMEN
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from respite.clinic.accounts.models import Role
from respite.clinic.audit.models import AuditEvent
from respite.clinic.events import actions, words
from respite.clinic.events.models import EventRecord, EventVersion
from respite.clinic.events.queries import latest_version, open_events, standing
from respite.clinic.events.report import initials_of, report_of
from respite.clinic.events.report_file import file_of
from respite.clinic.treatments.models import (
    EntryKind,
    PlanRecord,
    PlanState,
    SessionEntry,
    SessionRecord,
)

pytestmark = pytest.mark.django_db

SCRIPT = "<script>alert(1)</script>"
TODAY = datetime.now(UTC).date()
JUDGED = {
    "is_serious": True, "criteria": ["hospital"], "causality": "possible",
    "causality_why": "the time fits",
}  # fmt: skip


def begun(by, patient, **told):
    facts = {"words": "Felt sick.", "reporter": "staff"}
    return actions.begin(by, patient, facts | told, client_id=uuid.uuid4())


def sent(**told):
    facts = {"client_id": uuid.uuid4(), "words": "Felt sick.", "reporter": "staff"}
    return facts | told


def post(user, name, of, **told):
    return signed_in(user).post(reverse(f"events:{name}", args=[of]), told)


def opened(user, name, number):
    return signed_in(user).get(reverse(f"events:{name}", args=[number]))


def test_an_effect_is_recorded_judged_reported_and_then_closed(clinician, nurse, patient):
    answer = post(nurse, "new", patient.pk, **sent(terms=["nausea"], began=f"{TODAY}"))
    event = EventRecord.objects.get()
    assert answer.headers["Location"] == reverse("events:event", args=[event.pk])
    assert [(one.event_id, one.is_serious) for one in open_events(patient)] == [(event.pk, False)]
    told = sent(number=1, serious="yes", criteria=["hospital"], causality="possible",
                causality_why="the time fits", why="assessed")  # fmt: skip
    assert post(clinician, "change", event.pk, **told).status_code == 302
    assert [one.is_serious for one in open_events(patient)] == [True]
    reported = {"client_id": uuid.uuid4(), "number": 2, "to": "the agency", "on": f"{TODAY}",
                "reference": "A-1"}  # fmt: skip
    assert post(nurse, "reported", event.pk, **reported).status_code == 302
    assert open_events(patient) == ()
    page = opened(nurse, "event", event.pk).text
    assert "A-1" in page
    assert f"Judged by</dt><dd>{clinician}" in page
    trail = AuditEvent.objects.filter(patient_id=patient.pk, action__startswith="event.")
    assert [one.action for one in trail] == ["event.added", "event.changed", "event.reported"]
    assert "sick" not in str([one.note for one in trail])


def test_a_nurse_cannot_judge_causality_and_does_not_undo_a_judgement(clinician, nurse, patient):
    event = begun(nurse, patient, **JUDGED)
    assert latest_version(event).causality == ""
    actions.change(clinician, event, JUDGED, number=1, client_id=uuid.uuid4())
    assert "causality" not in opened(nurse, "change", event.pk).context["form"].fields
    told = sent(number=2, words="Felt very sick.", serious="yes", criteria=["hospital"])
    post(nurse, "change", event.pk, **told | {"causality": "unlikely", "causality_why": "x"})
    now = latest_version(event)
    assert (now.number, now.causality, now.assessed_by) == (3, "possible", clinician)


def test_a_change_is_a_new_version_and_a_late_one_is_refused(clinician, nurse, patient):
    event = begun(nurse, patient)
    first = sent(number=1, words="Felt sick for an hour.")
    assert post(nurse, "change", event.pk, **first).status_code == 302
    late = post(clinician, "change", event.pk, **sent(number=1, words="Felt sick for a day."))
    assert late.status_code == 409
    assert "for an hour" in late.text
    assert "for a day" in late.text
    assert [one.words for one in event.versions.all()] == ["Felt sick.", "Felt sick for an hour."]
    assert "<del><bdi>Felt sick.</bdi></del>" in opened(nurse, "event", event.pk).text


def test_what_is_sent_twice_is_kept_once(nurse, patient):
    told = sent()
    first, again = (post(nurse, "new", patient.pk, **told) for _time in range(2))
    assert first.headers["Location"] == again.headers["Location"]
    event = EventRecord.objects.get()
    change = sent(number=1, words="Felt worse.")
    for _time in range(2):
        assert post(nurse, "change", event.pk, **change).status_code == 302
    assert event.versions.count() == 2
    reported = {"client_id": uuid.uuid4(), "number": 2, "to": "x", "on": f"{TODAY}"}
    for _time in range(2):
        assert post(nurse, "reported", event.pk, **reported).status_code == 302
    assert event.reports.count() == 1


def test_the_database_keeps_every_version(nurse, patient):
    event = begun(nurse, patient)
    for table in ("events_eventversion", "events_eventrecord"):
        for verb in (f"UPDATE {table} SET client_id = ''", f"DELETE FROM {table}"):
            with pytest.raises(DatabaseError), transaction.atomic():
                connection.cursor().execute(verb)
    assert event.versions.count() == 1


@pytest.mark.parametrize(
    ("told", "field"),
    [
        ({"words": ""}, "words"),
        ({"began": f"{TODAY + timedelta(days=2)}"}, "began"),
        ({"began": "1900-01-01"}, "began"),
        ({"began": f"{TODAY}", "ended": f"{TODAY - timedelta(days=1)}"}, "ended"),
        ({"serious": "yes"}, "criteria"),
        ({"criteria": ["hospital"]}, "serious"),
        ({"outcome": "fatal"}, "criteria"),
        ({"serious": "yes", "criteria": ["death"]}, "outcome"),
        ({"course": "ongoing", "outcome": "recovered"}, "outcome"),
        ({"causality": "possible"}, "causality_why"),
        ({"followed": "dose999999"}, "followed"),
        ({"terms": ["no such effect"]}, "terms"),
        ({"words": "a\x00b"}, "words"),
        ({"words": "long " * 500}, "words"),
    ],
)  # fmt: skip
def test_what_cannot_be_true_is_said_beside_its_field(clinician, patient, told, field):
    answer = post(clinician, "new", patient.pk, **sent(**told))
    assert answer.status_code == 422
    assert field in answer.context["form"].errors
    assert not EventRecord.objects.exists()


def test_a_dose_of_somebody_else_cannot_be_chosen(clinician, patient):
    other = made_patient(clinician, "Paul Stein")
    theirs = gave(other)
    answer = post(clinician, "new", patient.pk, **sent(followed=f"dose{theirs.pk}"))
    assert "followed" in answer.context["form"].errors


def test_a_line_of_a_session_begins_an_effect(nurse, patient):
    plan = PlanRecord.objects.create(
        patient=patient, regimen=REGIMEN, made_by=nurse, state=PlanState.SIGNED
    )
    session = SessionRecord.objects.create(patient=patient, plan=plan, day=TODAY, made_by=nurse)
    line = SessionEntry.objects.create(
        session=session, kind=EntryKind.EFFECT, at=timezone.now(), written_by=nurse,
        data={"effect": "anxiety", "severity": "severe"},
    )  # fmt: skip
    address = reverse("events:new", args=[patient.pk])
    page = signed_in(nurse).get(address, {"line": line.pk})
    begins = page.context["form"].initial
    assert (begins["terms"], begins["severity"]) == (["distress"], "severe")
    assert begins["followed"] == f"session{session.pk}"
    told = sent(line=line.pk, followed=begins["followed"], severity="severe")
    post(nurse, "new", patient.pk, **told)
    event = EventRecord.objects.get()
    assert (event.line, latest_version(event).session) == (line, session)
    shown = signed_in(nurse).get(reverse("treatments:session", args=[session.pk])).text
    assert f"{address}?line={line.pk}" in shown


def test_an_entry_of_the_diary_begins_an_effect(nurse, patient):
    entry = wrote(patient, 6, effects=["sick", "chest_pain"], note="after supper")
    address = reverse("events:new", args=[patient.pk])
    page = signed_in(nurse).get(address, {"entry": entry.pk})
    begins = page.context["form"].initial
    assert begins["terms"] == ["nausea", "chest_pain"]
    assert "after supper" in begins["words"]
    other = made_patient(nurse, "Paul Stein")
    page = signed_in(nurse).get(reverse("events:new", args=[other.pk]), {"entry": entry.pk})
    assert "terms" not in page.context["form"].initial


def test_every_effect_that_can_be_ticked_is_one_of_the_library():
    assert set(words.TERMS_OF_DIARY.values()) <= set(words.terms())


def test_a_patient_reports_an_urgent_sign_and_sees_the_number_at_once(patient, nurse):
    browser = signed_in(patient.user)
    told = {"client_id": uuid.uuid4(), "effects": ["chest_pain"], "words": SCRIPT,
            "course": "ongoing", "care": "hospital"}  # fmt: skip
    answer = browser.post(reverse("events:mine"), told, follow=True)
    assert "Please call us now" in answer.text
    assert "tel:0100999" in answer.text
    assert "within 48 hours" in answer.text
    assert SCRIPT not in answer.text
    browser.post(reverse("events:mine"), told)
    event = EventRecord.objects.get()
    assert [(one.event_id, one.is_serious) for one in open_events(patient)] == [(event.pk, True)]
    page = opened(nurse, "event", event.pk).text
    assert "should not wait" in page
    assert "I was in hospital" in page
    assert SCRIPT not in page
    assert AuditEvent.objects.get(action="event.added").note == {"urgent": True}


def test_a_report_without_a_word_is_not_sent(patient):
    answer = signed_in(patient.user).post(reverse("events:mine"), {"client_id": uuid.uuid4()})
    assert answer.status_code == 422
    assert "tick what you felt" in answer.text


def test_patients_see_what_they_reported_and_not_what_staff_wrote(patient, nurse):
    begun(nurse, patient, words="Words of the nurse")
    begun(patient.user, patient, words="My own words")
    page = signed_in(patient.user).get(reverse("events:mine")).text
    assert "My own words" in page
    assert "Words of the nurse" not in page


def test_another_clinic_and_another_patient_see_nothing(stranger, patient, nurse):
    event = begun(nurse, patient)
    for name in ("event", "change", "report", "file"):
        assert opened(stranger, name, event.pk).status_code == 404
    paul = made_user(nurse.clinic, Role.PATIENT, "paul")
    made_patient(nurse, "Paul Stein", user=paul)
    assert opened(paul, "event", event.pk).status_code == 403
    assert "Felt sick" not in signed_in(paul).get(reverse("events:mine")).text


def test_written_in_error_it_stays_on_record_and_is_open_no_more(nurse, patient):
    event = begun(nurse, patient)
    told = sent(number=1, is_withdrawn="on")
    assert post(nurse, "change", event.pk, **told).status_code == 422
    told = sent(number=1, is_withdrawn="on", why="another patient was meant")
    assert post(nurse, "change", event.pk, **told).status_code == 302
    assert open_events(patient) == ()
    assert "another patient was meant" in opened(nurse, "event", event.pk).text


def test_the_report_holds_what_is_on_record_and_names_what_is_missing(clinician, patient):
    dose = gave(patient)
    event = begun(clinician, patient, began=dose.start.date(), dose=dose, terms=["nausea"],
                  reporter="")  # fmt: skip
    report = report_of(patient, standing(event), TODAY)
    assert report.missing == ("who told of it",)
    assert "how it ended" in report.lacking
    assert (report.initials, report.sex, report.weight) == ("P. B.", "female", "70")
    assert report.last_dose is not None
    assert (report.last_dose.drug, report.last_dose.amount) == ("ketamine (racemic)", "35")
    assert report.last_dose.salt == "base"
    page = opened(clinician, "report", event.pk).text
    assert "Pia" not in page.split("<article")[1].split("</article>")[0]
    assert "Without this nobody takes a report" in page
    actions.change(clinician, event, JUDGED | {"reporter": "patient"}, number=1,
                   client_id=uuid.uuid4())  # fmt: skip
    told = file_of(report_of(patient, standing(event), TODAY))
    assert told["missing"] == []
    reaction = told["E.i_reactions"][0]
    assert reaction["E.i.3.2_serious"]["E.i.3.2c_hospital"] is True
    assert reaction["E.i.3.2_serious"]["E.i.3.2a_death"] is False
    given = [one for one in told["G.k_drugs"] if one["G.k.2.2_name"] == "ketamine (racemic)"]
    assert given[0]["G.k.4.r_given"]["total_mg"] == 35
    assert "not a submission format" in told["note"]
    assert "Pia" not in str(told)
    answer = opened(clinician, "file", event.pk)
    assert answer.json()["C.1.1_case"].endswith(f"-{event.pk}-2")


def test_doses_after_the_effect_are_not_suspected(clinician, patient):
    first = gave(patient)
    gave(patient, first.start + timedelta(days=3))
    event = begun(clinician, patient, began=first.start.date())
    report = report_of(patient, standing(event), TODAY)
    assert [one.count for one in report.course] == [1]


def test_initials_are_of_any_script():
    assert initials_of("Pia van den Berg") == "P. B."
    assert initials_of("ליאת כהן") == "ל. כ."
    assert initials_of("  ") == ""


VALUES = st.one_of(
    st.text(max_size=40),
    st.sampled_from(["yes", "no", "1", "-1", "9" * 30, "2026-11-01", "dose1", "session0", "\x00"]),
)
NAMES = (
    "words", "terms", "began", "began_time", "ended", "course", "serious", "criteria", "severity",
    "outcome", "followed", "action_taken", "causality", "causality_why", "client_id", "number",
    "to", "on", "effects", "bladder", "care", "line", "entry",
)  # fmt: skip


@pytest.mark.thorough
@settings(
    max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(told=st.dictionaries(st.sampled_from(NAMES), VALUES, max_size=8))
def test_nothing_that_is_sent_makes_a_page_fail(clinician, patient, told):
    event = begun(clinician, patient)
    for name, number in (("new", patient.pk), ("change", event.pk), ("reported", event.pk)):
        assert post(clinician, name, number, **told).status_code in {302, 404, 409, 422}
    own = signed_in(patient.user).post(reverse("events:mine"), told)
    assert own.status_code in {302, 404, 422}
    assert EventVersion.objects.filter(event=event, number=1).exists()
