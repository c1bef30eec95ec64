"""The clinic's own numbers: counted right, said with what is missing, hidden where few."""

from __future__ import annotations

from datetime import timedelta
from types import SimpleNamespace

import pytest
from clinic_diaries import an_answer, gave_course, kept, wrote
from clinic_numbers import FIRST, IMMEDIATE, admin_of, researcher_of, treated
from clinic_people import made_patient, signed_in
from django.utils import timezone
from hypothesis import given
from hypothesis import strategies as st

from respite.clinic.audit.models import AuditEvent
from respite.clinic.numbers import actions, said, working_out
from respite.clinic.numbers.curve import pictures_of
from respite.clinic.numbers.models import ClinicNumbers
from respite.clinic.numbers.queries_streamed import followed_of, patients_of_clinic
from respite.clinic.numbers.said import hidden_of, share_of
from respite.clinic.numbers.working_out import digest_now, numbers_of
from respite.clinic.patients.models import Score

pytestmark = pytest.mark.django_db
NOW = FIRST + timedelta(days=120)


@pytest.fixture(autouse=True)
def few_draws(monkeypatch):
    monkeypatch.setattr(working_out, "MOST_DRAWS", 5)
    monkeypatch.setattr(working_out, "FEWEST_DRAWS", 5)


@pytest.fixture
def at_once(settings):
    settings.TASKS = IMMEDIATE


@pytest.fixture
def queued(monkeypatch):
    found = []
    monkeypatch.setattr(actions, "work_out_numbers", SimpleNamespace(enqueue=found.append))
    return found


def test_each_patient_counts_once_with_what_is_missing(clinician):
    treated(clinician, "relieved", [3] * 40)
    treated(clinician, "not relieved", [7] * 40)
    treated(clinician, "stopped writing", [3] * 5)
    made_patient(clinician, "never treated")
    told = numbers_of(clinician.clinic, NOW)
    assert (told["patients"], told["treated"], told["followed"]) == (4, 3, 3)
    month = told["windows"]["28"]
    assert (month["assessed"], month["missing"]) == (2, 1)
    assert (month["30%"], month["50%"], month["2points"]) == (1, 1, 1)
    assert told["doses"] == {"ketamine iv": 9}
    assert "1 of 3 have no score in the week up to day 28." in said.missing_sentences(told, 1)


def test_a_fall_of_exactly_thirty_percent_counts(clinician):
    treated(clinician, "exact", [4.9] * 40)
    assert numbers_of(clinician.clinic, NOW)["windows"]["28"]["30%"] == 1


def test_what_has_not_come_is_not_missing(clinician):
    treated(clinician, "new", [3] * 9)
    told = numbers_of(clinician.clinic, FIRST + timedelta(days=12))["windows"]
    assert told["7"]["assessed"] == 1
    assert told["28"] == {"not yet": 1}


def test_whoever_is_treated_again_is_neither_missing_nor_assessed(clinician):
    patient = treated(clinician, "again", [3] * 10)
    gave_again = patient.doses.first()
    gave_again.pk, gave_again.start = None, FIRST + timedelta(days=20)
    gave_again.save(force_insert=True)
    assert numbers_of(clinician.clinic, NOW)["windows"]["28"] == {"treated again": 1}


def test_a_withdrawn_dose_and_an_entry_that_was_replaced_do_not_count(clinician):
    patient = treated(clinician, "one", [3] * 12)
    patient.doses.update(is_withdrawn=True)
    assert numbers_of(clinician.clinic, NOW)["treated"] == 0
    patient.doses.update(is_withdrawn=False)
    first = patient.entries.order_by("-felt_at").first()
    wrote(patient, 9, day=first.day, felt_at=first.felt_at, replaces=first, written_by=clinician)
    (one,) = followed_of(patients_of_clinic(clinician.clinic))
    assert one.scores[-1] == 9
    assert len(one.scores) == 15


def test_the_peg_counts_from_before_to_after(clinician):
    fell = treated(clinician, "fell", [3] * 12)
    treated(clinician, "no form", [3] * 12)
    for days, total in ((-2, 6), (10, 5)):
        Score.objects.create(
            patient=fell, instrument="peg", total=total, written_by=clinician,
            on=(FIRST + timedelta(days=days)).date(),
        )  # fmt: skip
    told = numbers_of(clinician.clinic, NOW)
    assert told["peg"] == {"assessed": 1, "fell": 1, "missing": 1}
    assert "missing: 1" in said.peg_sentence(told, 1)


def test_time_to_pain_return_is_the_librarys_and_leaves_out_what_nobody_saw(clinician):
    treated(clinician, "lost", [3] * 14 + [8] * 16)
    treated(clinician, "held", [3] * 30)
    treated(clinician, "never", [8] * 30)
    treated(clinician, "silent", [])
    told = numbers_of(clinician.clinic, NOW)
    group = told["returns"]["answer"]["groups"][0]
    assert (group["courses"], group["lost_between_visits"], group["not_yet_lost"]) == (3, 1, 1)
    assert told["unseen"] == {"never": 1, "diary": 1}
    words = said.returns_said(told, 1)
    assert words["headline"] == told["returns"]["words"]["headline"]
    assert any("too little was written" in line for line in words["left"])


def test_an_effect_counts_once_a_session_and_silence_is_not_none(clinician):
    treated(clinician, "one", effects=("severe", "none", None))
    treated(clinician, "two", effects=("mild", None, None))
    told = numbers_of(clinician.clinic, NOW)["effects"]
    assert (told["sessions"], told["asked"]) == (6, 3)
    counts = {"any": 2, "people": 2, "severe": 1, "severe_people": 1}
    assert told["by"] == {"nausea": counts}
    assert "in 3 of 6 sessions" in said.effects_sentence({"effects": told}, 1)
    shown = said.effects_table({"effects": told}, 1)
    assert shown is not None
    (row,) = shown["rows"]
    assert row[:2] == ("nausea", "2")
    assert row[2].startswith("67 (")


def test_many_sessions_of_few_people_are_not_shown_to_researchers():
    few = {"any": 40, "people": 4, "severe": 9, "severe_people": 2}
    many = {"any": 40, "people": 20, "severe": 9, "severe_people": 2}
    told = {"effects": {"sessions": 60, "asked": 60, "by": {"nausea": many, "headache": few}}}
    shown = said.effects_table(told, 5)
    assert shown is not None
    (row,) = shown["rows"]
    assert (row[0], row[1], row[3]) == ("nausea", "40", "not shown")
    every = said.effects_table(told, 1)
    assert every is not None
    assert len(every["rows"]) == 2


def test_other_clinics_count_for_nothing(clinician, stranger):
    treated(stranger, "there", [3] * 20, effects=("mild",))
    told = numbers_of(clinician.clinic, NOW)
    assert (told["patients"], told["treated"], told["effects"]["sessions"]) == (0, 0, 0)
    assert told["returns"] == {}


@pytest.mark.thorough
def test_few_forecasts_that_came_true_are_said_to_be_few(patient, clinician):
    gave_course(patient)
    kept(patient, an_answer())
    for day in range(2, 10):
        wrote(patient, 4, day)
    record = numbers_of(clinician.clinic, timezone.now())["record"]
    assert (record["persons"], record["of_people"]) == (1, 1)
    assert "too few" in record["verdicts"][0]
    shown = said.record_said({"record": record}, 5)
    assert shown["tables"] == []
    assert "Fewer than 5" in shown["headline"][0]


def test_numbers_are_kept_until_something_changes(clinician):
    treated(clinician, "one", [3] * 12)
    first = actions.work_out(clinician.clinic_id)
    again = actions.work_out(clinician.clinic_id)
    assert again.made_at == first.made_at
    assert again.looked_at > first.looked_at
    before = digest_now(clinician.clinic, NOW)
    treated(clinician, "two", [3] * 12)
    assert digest_now(clinician.clinic, NOW) != before
    assert actions.work_out(clinician.clinic_id).numbers["treated"] == 2
    assert actions.work_out(0) is None


def test_the_worker_is_asked_once_and_once_a_night(clinician, queued):
    clinic = clinician.clinic
    assert actions.ask_numbers(clinic)
    assert not actions.ask_numbers(clinic)
    actions.work_out(clinic.pk)
    day = timezone.now().replace(hour=12)
    ClinicNumbers.objects.update(looked_at=day)
    assert actions.refresh_due(day) == 0
    assert actions.refresh_due(day + timedelta(hours=13)) == 0
    assert actions.refresh_due(day + timedelta(hours=17)) == 1
    assert queued == [clinic.pk, clinic.pk]


def test_the_page_asks_for_numbers_and_shows_them(clinician, at_once):
    treated(clinician, "<script>alert(1)</script>", [3] * 14 + [8] * 16, effects=("mild",))
    page = signed_in(clinician).get("/numbers/").content.decode()
    assert "at least 30% less pain" in page
    assert "1 of 1: 100%" in page
    assert "days after the last dose" in page
    assert "alert(1)" not in page


def test_the_page_says_that_it_waits_and_when_it_gave_up(clinician, queued):
    browser = signed_in(clinician)
    assert "being worked out" in browser.get("/numbers/").content.decode()
    assert queued == [clinician.clinic_id]
    assert "being worked out" in browser.get("/numbers/state/2/").content.decode()
    assert "may be away" in browser.get("/numbers/state/200/").content.decode()
    actions.work_out(clinician.clinic_id)
    assert browser.get("/numbers/state/3/").headers["HX-Redirect"] == "/numbers/"
    assert browser.post("/numbers/refresh/").status_code == 302
    assert len(queued) == 2


def test_researchers_see_no_count_of_fewer_than_five(clinician, at_once):
    for place in range(4):
        treated(clinician, f"P{place}", [3] * 40, effects=("severe",))
    page = signed_in(researcher_of(clinician.clinic)).get("/numbers/").content.decode()
    assert "fewer than 5" in page
    assert "4 of 4" not in page
    assert "<polygon" not in page
    assert "Half had lost" not in page
    own = signed_in(clinician).get("/numbers/").content.decode()
    assert "4 of 4: 100%" in own


def test_numbers_of_an_older_form_are_worked_out_anew(clinician, queued):
    ClinicNumbers.objects.create(
        clinic=clinician.clinic, numbers={"schema": "respite.clinic-numbers/0"},
        made_at=timezone.now(),
    )  # fmt: skip
    assert "being worked out" in signed_in(clinician).get("/numbers/").content.decode()
    assert queued == [clinician.clinic_id]


def test_administrators_and_patients_see_no_numbers(clinician, patient):
    for user in (admin_of(clinician.clinic), patient.user):
        assert signed_in(user).get("/numbers/").status_code == 403


def test_numbers_of_nobody_are_no_error(clinician, at_once):
    page = signed_in(clinician).get("/numbers/").content.decode()
    assert "No diary shows yet" in page
    assert "nobody assessed" in page
    assert AuditEvent.objects.filter(patient_id__isnull=False).count() == 0


@pytest.mark.thorough
@given(st.dictionaries(st.sampled_from("abcd"), st.integers(0, 12), min_size=2))
def test_no_hidden_count_can_be_worked_out_from_the_rest(parts):
    hidden = hidden_of(parts, 5)
    shown = {name: count for name, count in parts.items() if name not in hidden}
    assert all(count == 0 or count >= 5 for count in shown.values())
    filled = [name for name, count in parts.items() if count]
    assert len(hidden) != 1 or len(filled) == 1


@pytest.mark.thorough
@given(st.integers(0, 40), st.integers(0, 40))
def test_a_share_is_within_its_interval_or_not_shown(count, more):
    of = count + more
    words = share_of(count, of, 5)
    small = 0 < count < 5 or 0 < more < 5 or 0 < of < 5
    assert ("%" in words) == (of > 0 and not small)


def test_a_curve_falls_and_stays_in_its_picture():
    step = {"from_day": 3.0, "to_day": 5.0, "share": 0.4, "low": 0.2, "high": 0.7}
    for picture in pictures_of({"curve": [step], "known_to_day": 20.0}):
        points = " ".join((picture.band, *picture.known, *picture.unknown)).split()
        for point in points:
            x, y = map(float, point.split(","))
            assert picture.left <= x <= picture.right
            assert picture.top <= y <= picture.bottom
    assert pictures_of({"curve": [], "known_to_day": 4.0})[0].band == ""
