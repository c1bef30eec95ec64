"""Letters to the GP: written from the record, signed once, never changed, shared by choice."""

import re
import uuid
from datetime import UTC, datetime, timedelta

import pytest
from clinic_diaries import LAST_DOSE, gave_course, wrote
from clinic_people import PASSWORD, made_patient, made_user, signed_in
from django.core.exceptions import PermissionDenied
from django.db import DatabaseError, connection, transaction
from django.urls import reverse
from django.utils import timezone
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from respite.clinic.accounts.models import Role
from respite.clinic.audit.models import AuditEvent
from respite.clinic.events import actions as events
from respite.clinic.letters import actions
from respite.clinic.letters.models import LetterRecord
from respite.clinic.letters.queries import is_shared, shown_parts
from respite.clinic.letters.signature import verifies
from respite.clinic.letters.writing import letter_facts, letter_words
from respite.clinic.patients.models import Medicine, PatientRecord
from respite.clinic.treatments.models import (
    EntryKind,
    PlanRecord,
    PlanState,
    SessionEntry,
    SessionRecord,
    SessionState,
)
from respite.domain import RespiteError
from respite.literature import load_library
from respite.report import letter_to_gp

pytestmark = pytest.mark.django_db

SCRIPT = "<script>alert(1)</script>"
TODAY = datetime.now(UTC).date()
TO = {"to_name": "Dr Moor", "to_practice": "Canal", "to_address": "4 Quay", "next_visit": None,
      "remarks": "", "left_out": []}  # fmt: skip


@pytest.fixture
def treated(clinician, patient) -> PatientRecord:
    """Give a patient who had a course, wrote a diary of it, and has a plan."""
    gave_course(patient)
    for day in range(-12, 30):
        pain = 7 if day < -3 or day > 12 else 3
        wrote(patient, pain, days_after=day + 0.4)
    PlanRecord.objects.create(
        patient=patient, regimen="ketamine 0.5 mg/kg iv over 40 min every 4 weeks x3",
        starts=TODAY, made_by=clinician, state=PlanState.SIGNED, signed_by=clinician,
        signed_at=timezone.now(),
    )  # fmt: skip
    Medicine.objects.create(patient=patient, name="tramadol", written_by=clinician)
    return PatientRecord.objects.select_related("clinic").get(pk=patient.pk)


def drafted(by, patient, **told):
    return actions.draft(by, patient, TO | told, uuid.uuid4())


def signed(by, letter):
    return actions.sign(by, letter, version=letter.version, password=PASSWORD, meaning="sent")


def lines_of(letter, key):
    return next(one["lines"] for one in letter.words["parts"] if one["key"] == key)


def post(user, name, of, **told):
    return signed_in(user).post(reverse(f"letters:{name}", args=[of]), told)


def opened(user, name, of):
    return signed_in(user).get(reverse(f"letters:{name}", args=[of]))


def sheet(answer):
    """Give what of a page is the letter itself."""
    return answer.text.split("<article")[1].split("</article>")[0]


def numbers_in(text):
    return set(re.findall(r"\d+(?:\.\d+)?", re.sub(r"\d{4}-\d\d-\d\d", "", text)))


def test_every_number_of_a_letter_is_one_of_the_record(clinician, treated):
    letter = drafted(clinician, treated)
    given_line = lines_of(letter, "given")[0]
    first = LAST_DOSE - timedelta(days=4)
    assert f"5 doses from {first.date()} to {LAST_DOSE.date()}" in given_line
    assert "35 mg each, 175 mg in all (base)" in given_line
    assert numbers_in(given_line) == {"5", "35", "175"}
    assert numbers_in(lines_of(letter, "diagnosis")[0]) == {"7", "10"}
    did = " ".join(lines_of(letter, "did"))
    assert "30% relief was reached; pain returned between" in did
    low, high = map(float, re.findall(r"between ([\d.]+) and ([\d.]+) days", did)[0])
    assert low <= 13 <= high + 1
    plan = " ".join(lines_of(letter, "plan"))
    # 0.5 mg/kg at 70 kg, three times, every 4 weeks: the last dose ends on day 57.
    assert numbers_in(plan) == {"1", "57", "4", "3", "35", "0.5", "40"}
    assert f"{TODAY + timedelta(days=56)}" in plan
    days = set(re.findall(r"\d{4}-\d\d-\d\d", str(letter.words["parts"])))
    watched = {f"{one.due}" for one in letter_facts(treated, None, timezone.now()).due}
    known = {f"{first.date()}", f"{LAST_DOSE.date()}", f"{TODAY}", f"{TODAY + timedelta(days=56)}"}
    # What stands in a reason of a test is a day of the schedule of the library.
    reasons = {one.reason for one in letter_facts(treated, None, timezone.now()).due}
    assert days <= watched | known | set(re.findall(r"\d{4}-\d\d-\d\d", " ".join(reasons)))
    act = numbers_in(" ".join(lines_of(letter, "act")))
    items = load_library().surveillance.values()
    told = " ".join(f"{one.threshold} {one.action}" for item in items for one in item.triggers)
    assert act <= numbers_in(told)


def test_where_it_did_not_help_the_letter_says_so_first(clinician, patient):
    gave_course(patient)
    for day in range(-12, 30):
        wrote(patient, 7, days_after=day + 0.4)
    record = PatientRecord.objects.get(pk=patient.pk)
    letter = drafted(clinician, record)
    assert "It did not help" in lines_of(letter, "short")[1]
    assert lines_of(letter, "did")[0].startswith(
        "It did not help: the diary never shows 30% relief"
    )


def test_without_a_diary_nothing_is_claimed(clinician, patient):
    gave_course(patient)
    letter = drafted(clinician, PatientRecord.objects.get(pk=patient.pk))
    assert lines_of(letter, "did")[0] == "Whether it helped cannot be said: there is no diary."


def test_a_letter_is_read_in_this_order(clinician, treated):
    keys = [one["key"] for one in drafted(clinician, treated).words["parts"]]
    assert keys == [
        "short", "diagnosis", "given", "did", "plan", "effects", "medicines", "watch", "act",
        "refer", "reach",
    ]  # fmt: skip


def test_the_same_words_are_there_as_data(treated):
    now = timezone.now()
    told = letter_to_gp(letter_facts(treated, None, now)).to_dict()
    assert told["schema"] == "respite.gp-letter/1"
    shown = letter_words(treated, None, now)
    assert [list(one["lines"]) for one in told["parts"]] == [one["lines"] for one in shown["parts"]]


def test_unwanted_effects_and_interactions_are_in_the_letter(clinician, treated):
    events.begin(
        clinician, treated,
        {"terms": ["nausea"], "began": TODAY, "is_serious": False, "severity": "mild",
         "outcome": "recovered", "causality": "possible", "causality_why": "x"},
        client_id=uuid.uuid4(),
    )  # fmt: skip
    letter = drafted(clinician, treated)
    told = f"Nausea, {TODAY}: mild, not serious, recovered, from ketamine: possible."
    assert lines_of(letter, "effects") == [told]
    assert "CNS depressants" in " ".join(lines_of(letter, "medicines"))


def test_effects_of_sessions_and_of_the_diary_are_no_less_on_record(clinician, treated):
    plan = treated.plans.get()
    now = timezone.now()
    for _time in range(2):
        session = SessionRecord.objects.create(
            patient=treated, plan=plan, day=TODAY, state=SessionState.ENDED, made_by=clinician
        )
        SessionEntry.objects.create(
            session=session, kind=EntryKind.EFFECT, at=now, written_by=clinician,
            data={"effect": "nausea", "severity": "severe"},
        )  # fmt: skip
    wrote(treated, 3, days_after=2.5, effects=["dizzy"])
    assert lines_of(drafted(clinician, treated), "effects") == [
        "Seen in 2 sessions: severe nausea (2 times).", "Ticked in the diary: Dizzy (once).",
    ]  # fmt: skip


def test_a_signed_letter_stays_as_it_is_whatever_the_record_says_later(clinician, treated):
    letter = signed(clinician, drafted(clinician, treated))
    before = sheet(opened(clinician, "letter", letter.pk))
    treated.name, treated.usual_pain = "Somebody Else", 2
    treated.save()
    treated.clinic.phone = "999 999"
    treated.clinic.save()
    treated.doses.update(amount=70)
    clinician.full_name = "Clara Other"
    clinician.save()
    assert sheet(opened(clinician, "letter", letter.pk)) == before
    assert verifies(LetterRecord.objects.get(pk=letter.pk))
    for verb in (
        "UPDATE letters_letterrecord SET remarks = 'x'",
        "DELETE FROM letters_letterrecord",
    ):
        with pytest.raises(DatabaseError), transaction.atomic():
            connection.cursor().execute(verb)


def test_a_draft_whose_record_moved_is_written_afresh_and_not_signed(clinician, treated):
    letter = drafted(clinician, treated)
    treated.doses.update(amount=70)
    told = {"version": letter.version, "meaning": "sent", "password": PASSWORD}
    answer = signed_in(clinician).post(reverse("letters:sign", args=[letter.pk]), told, follow=True)
    assert "written afresh: read it again" in answer.text
    kept = LetterRecord.objects.get(pk=letter.pk)
    assert not kept.is_signed
    assert "70 mg each, 350 mg in all" in lines_of(kept, "given")[0]
    assert post(clinician, "sign", letter.pk, **told | {"version": kept.version}).status_code == 302
    assert LetterRecord.objects.get(pk=letter.pk).is_signed


def test_only_a_clinician_signs_and_only_with_the_password(clinician, nurse, patient):
    letter = drafted(nurse, PatientRecord.objects.get(pk=patient.pk))
    with pytest.raises(PermissionDenied):
        signed(nurse, letter)
    told = {"version": 1, "meaning": "sent", "password": "wrong"}
    answer = post(clinician, "sign", letter.pk, **told)
    assert answer.status_code == 422
    assert "This is not your password. Nothing was signed." in answer.text
    assert not LetterRecord.objects.get(pk=letter.pk).is_signed
    told["password"] = PASSWORD
    for _time in range(2):
        assert post(clinician, "sign", letter.pk, **told).status_code == 302
    assert AuditEvent.objects.filter(action="letter.signed").count() == 1


def test_remarks_are_the_clinicians_and_numbers_of_the_record_are_nobodys(clinician, patient):
    told = {"client_id": uuid.uuid4(), "to_name": "Dr Moor", "remarks": SCRIPT,
            "left_out": ["act", "refer"], "words": "{}", "parts": "x"}  # fmt: skip
    answer = post(clinician, "gp", patient.pk, **told)
    letter = LetterRecord.objects.get()
    assert answer.headers["Location"] == reverse("letters:letter", args=[letter.pk])
    assert letter.words["parts"]
    assert {"act", "refer"}.isdisjoint(one["key"] for one in shown_parts(letter))
    page = opened(clinician, "letter", letter.pk).text
    assert SCRIPT not in page
    assert "&lt;script&gt;" in page
    assert "Draft: this letter is not signed." in page
    assert post(clinician, "gp", patient.pk, **told).status_code == 302
    assert LetterRecord.objects.count() == 1


@pytest.mark.parametrize(
    ("told", "field"),
    [
        ({"to_name": ""}, "to_name"),
        ({"to_name": "a\x00"}, "to_name"),
        ({"remarks": "x" * 801}, "remarks"),
        ({"next_visit": f"{TODAY - timedelta(days=2)}"}, "next_visit"),
        ({"next_visit": "9999-12-31"}, "next_visit"),
        ({"left_out": ["short"]}, "left_out"),
    ],
)
def test_what_cannot_be_sent_is_said_beside_its_field(clinician, patient, told, field):
    sent = {"client_id": uuid.uuid4(), "to_name": "Dr Moor"} | told
    answer = post(clinician, "gp", patient.pk, **sent)
    assert answer.status_code == 422
    assert field in answer.context["form"].errors


def test_a_late_change_of_a_draft_is_refused(clinician, nurse, patient):
    letter = drafted(nurse, PatientRecord.objects.get(pk=patient.pk))
    told = {"client_id": letter.client_id, "version": 1, "to_name": "Dr Other"}
    assert post(nurse, "change", letter.pk, **told).status_code == 302
    late = post(clinician, "change", letter.pk, **told | {"to_name": "Dr Third"})
    assert late.status_code == 409
    assert "Dr Other" in late.text
    assert "Dr Third" in late.text


def test_a_patient_sees_a_letter_once_it_is_shared_and_no_longer_when_taken_back(
    clinician, nurse, patient
):
    letter = drafted(clinician, PatientRecord.objects.get(pk=patient.pk))
    assert actions.release(clinician, letter) is None
    signed(clinician, letter)
    own = reverse("letters:own", args=[letter.pk])
    assert signed_in(patient.user).get(own).status_code == 404
    assert post(nurse, "share", letter.pk).status_code == 403
    assert post(clinician, "share", letter.pk).status_code == 302
    assert "Dr Moor" in signed_in(patient.user).get(own).text
    assert own in signed_in(patient.user).get(reverse("letters:mine")).text
    paul = made_user(nurse.clinic, Role.PATIENT, "paul")
    made_patient(nurse, "Paul Stein", user=paul)
    assert signed_in(paul).get(own).status_code == 404
    post(clinician, "take-back", letter.pk)
    assert signed_in(patient.user).get(own).status_code == 404
    assert not is_shared(letter)
    trail = AuditEvent.objects.filter(action__startswith="letter.").values_list("action", flat=True)
    assert list(trail) == [
        "letter.drafted", "letter.signed", "letter.shared", "letter.taken_back",
    ]  # fmt: skip


def test_a_corrected_letter_names_the_one_that_it_replaces(clinician, patient):
    record = PatientRecord.objects.get(pk=patient.pk)
    old = signed(clinician, drafted(clinician, record))
    told = {"client_id": uuid.uuid4(), "to_name": "Dr Moor", "replaces": old.pk}
    post(clinician, "gp", patient.pk, **told)
    new = signed(clinician, LetterRecord.objects.exclude(pk=old.pk).get())
    assert new.replaces_id == old.pk
    assert f"takes the place of letter {old.pk}" in opened(clinician, "letter", new.pk).text
    assert "A later letter takes the place" in opened(clinician, "letter", old.pk).text
    other = made_patient(clinician, "Paul Stein")
    post(clinician, "gp", other.pk, **told | {"client_id": uuid.uuid4()})
    assert LetterRecord.objects.get(patient=other).replaces is None


def test_to_whom_was_written_is_proposed_next_time(clinician, patient):
    drafted(clinician, PatientRecord.objects.get(pk=patient.pk))
    form = opened(clinician, "gp", patient.pk).context["form"]
    assert form.initial["to_name"] == "Dr Moor"
    assert form.initial["to_address"] == "4 Quay"


def test_another_clinic_sees_no_letter(stranger, clinician, patient):
    letter = drafted(clinician, PatientRecord.objects.get(pk=patient.pk))
    for name in ("letter", "change", "pdf"):
        assert opened(stranger, name, letter.pk).status_code == 404
    assert post(stranger, "sign", letter.pk).status_code == 404


def test_without_the_library_that_lays_pages_out_a_sentence_says_so(
    clinician, patient, monkeypatch
):
    letter = signed(clinician, drafted(clinician, PatientRecord.objects.get(pk=patient.pk)))

    def refused(_page):
        raise RespiteError("The library that lays it out is not installed.", "it.", "install it.")

    monkeypatch.setattr("respite.clinic.letters.paper.pdf_of", refused)
    answer = signed_in(clinician).get(reverse("letters:pdf", args=[letter.pk]), follow=True)
    assert "The library that lays it out is not installed. Print it" in answer.text


VALUES = st.one_of(
    st.text(max_size=40),
    st.sampled_from(["1", "-1", "9" * 30, "2027-11-01", "act", "short", "sent", PASSWORD, "\x00"]),
)
NAMES = (
    "to_name", "to_practice", "to_address", "next_visit", "remarks", "left_out", "client_id",
    "version", "meaning", "password", "replaces",
)  # fmt: skip


@pytest.mark.thorough
@settings(
    max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(told=st.dictionaries(st.sampled_from(NAMES), VALUES, max_size=8))
def test_nothing_that_is_sent_makes_a_page_fail(clinician, patient, told):
    letter = drafted(clinician, PatientRecord.objects.get(pk=patient.pk))
    for name, of in (("gp", patient.pk), ("change", letter.pk), ("sign", letter.pk)):
        assert post(clinician, name, of, **told).status_code in {302, 403, 409, 422}
