"""What is watched in the long run: due dates, findings, and who looked."""

from __future__ import annotations

import uuid
from datetime import UTC, datetime, timedelta

import pytest
from clinic_people import made_user, signed_in
from clinic_results import TODAY, ago, sent
from django.urls import reverse
from django.utils import timezone

from respite.clinic.accounts.models import Role
from respite.clinic.diaries.models import Entry
from respite.clinic.patients.models import Score
from respite.clinic.surveillance.models import DoneElsewhere, LabResult, LookedAt
from respite.clinic.surveillance.queries import alarms_of, due_of
from respite.clinic.surveillance.table import number_of_item
from respite.clinic.treatments.models import DoseRecord

pytestmark = pytest.mark.django_db


@pytest.fixture
def treated(patient, clinician):
    """Give a patient with ten sessions, the last of them a month ago."""
    for day in range(10):
        DoseRecord.objects.create(
            patient=patient, start=datetime.now(UTC) - timedelta(days=30 + day), drug="ketamine",
            amount=35, unit="mg", route="iv", duration_min=40, written_by=clinician,
        )  # fmt: skip
    return patient


def test_what_was_never_done_is_due_now_and_what_was_done_is_due_by_the_interval(clara, treated):
    due = {one.item: one for one in due_of(treated, TODAY)}
    assert due["liver"].due == TODAY
    assert not due["liver"].is_overdue
    sent(clara, treated, ("ALT", "30", "U/L", "", "40", "190"), ("GGT", "30", "U/L", "", "", "190"))
    liver = {one.item: one for one in due_of(treated, TODAY)}["liver"]
    assert liver.is_overdue
    assert liver.due == TODAY - timedelta(days=8)
    assert "182 days" in liver.reason
    sent(clara, treated, ("ALT", "30", "U/L", "", "40", "3"), ("GGT", "30", "U/L", "", "", "3"))
    assert "liver" not in {one.item for one in due_of(treated, TODAY)}


def test_a_part_of_the_liver_tests_does_not_count_as_done(clara, treated):
    sent(clara, treated, ("ALT", "30", "U/L", "", "40", "3"))
    assert "liver" in {one.item for one in due_of(treated, TODAY)}


def test_nothing_is_due_for_somebody_who_gets_no_ketamine(patient):
    assert due_of(patient, TODAY) == ()


def test_what_was_done_elsewhere_counts_until_it_is_taken_back(clara, treated):
    number = number_of_item("liver")
    address = reverse("surveillance:done", args=[treated.pk, number])
    told = {"client_id": str(uuid.uuid4()), "day": ago(4), "told_by": "the GP", "note": ""}
    assert clara.post(address, told | {"day": ago(-2)}).status_code == 422
    assert clara.post(address, told | {"told_by": ""}).status_code == 422
    for _time in range(2):
        assert clara.post(address, told).status_code == 302
    row = DoneElsewhere.objects.get()
    assert "liver" not in {one.item for one in due_of(treated, TODAY)}
    assert "told by the GP" in clara.get(reverse("surveillance:table", args=[treated.pk])).text
    for _time in range(2):
        clara.post(reverse("surveillance:take_back", args=[row.pk]), {})
    assert DoneElsewhere.objects.count() == 2
    assert "liver" in {one.item for one in due_of(treated, TODAY)}


def test_a_result_past_a_limit_is_an_alarm_that_says_whose_limit_it_is(clara, patient):
    sent(clara, patient, ("ALT", "150", "U/L", "", "", "2"))
    (alarm,) = alarms_of(patient, TODAY)
    row = LabResult.objects.get()
    assert alarm.key == f"liver.high:lab:{row.pk}"
    assert alarm.is_grave
    assert alarm.found_on == row.day
    assert "3.8 times the upper limit of 40 U/L (ours: the laboratory printed none)" in alarm.reason
    assert "Stop the course" in alarm.action


def test_a_finding_names_only_the_tests_that_show_it(clara, patient):
    sent(clara, patient, ("ALT", "70", "U/L", "", "40", "2"), ("GGT", "20", "U/L", "", "", "2"))
    (alarm,) = alarms_of(patient, TODAY)
    assert alarm.key.startswith("liver.raised:")
    assert "GGT" not in alarm.reason.partition("Why it is watched")[0]


def test_an_alarm_is_dealt_with_by_somebody_and_comes_back_with_a_later_finding(clara, patient):
    sent(clara, patient, ("ALT", "150", "U/L", "", "40", "9"))
    (alarm,) = alarms_of(patient, TODAY)
    address = reverse("surveillance:look", args=[patient.pk])
    told = {"client_id": str(uuid.uuid4()), "key": alarm.key, "decided": "<script>no</script>"}
    assert clara.post(address, told | {"decided": " "}).status_code == 422
    assert clara.post(address, told | {"key": "liver.high:lab:0"}).status_code == 422
    assert clara.post(address, told).status_code == 302
    assert alarms_of(patient, TODAY) == ()
    page = clara.get(reverse("surveillance:table", args=[patient.pk])).text
    assert "&lt;script&gt;no" in page
    assert "<script>no" not in page
    sent(clara, patient, ("ALT", "160", "U/L", "", "40", "2"))
    (later,) = alarms_of(patient, TODAY)
    assert later.key != alarm.key
    assert LookedAt.objects.count() == 1


def test_a_finding_that_nobody_looked_at_stays_and_says_that_it_is_gone(clara, patient):
    sent(clara, patient, ("ALT", "150", "U/L", "", "40", "9"), ("ALT", "20", "U/L", "", "40", "2"))
    (alarm,) = alarms_of(patient, TODAY)
    assert "A later result shows it no longer" in alarm.reason


def test_a_liver_test_that_rises_three_times_is_a_trend(clara, patient):
    rows = [("ALT", value, "U/L", "", "40", days) for value, days in
            (("25", "90"), ("38", "60"), ("52", "30"))]  # fmt: skip
    sent(clara, patient, *rows[:2])
    assert alarms_of(patient, TODAY) == ()
    sent(clara, patient, rows[2])
    (alarm,) = alarms_of(patient, TODAY)
    assert alarm.key.startswith("liver.trend:lab:")
    assert "up by 108 %" in alarm.reason
    assert "(number: ours)" in alarm.action


def test_a_fall_of_filtration_is_found_and_a_bound_is_none(clara, patient):
    sent(
        clara,
        patient,
        ("eGFR", "100", "mL/min", "", "", "90"),
        ("eGFR", ">60", "mL/min", "", "", "9"),
    )
    assert alarms_of(patient, TODAY) == ()
    sent(clara, patient, ("eGFR", "70", "mL/min", "", "", "3"))
    assert [one.key.split(":")[0] for one in alarms_of(patient, TODAY)] == ["kidney.fall"]


def test_scores_and_the_diary_are_found_too(patient, clinician):
    Score.objects.create(
        patient=patient, instrument="phq9", total=4, answers={"9": 1, "1": 3}, on=TODAY,
        written_by=clinician,
    )  # fmt: skip
    now = timezone.now()
    for back, told in ((9, {"often": True}), (5, {"often": True}), (1, {"often": True})):
        Entry.objects.create(
            patient=patient, day=TODAY - timedelta(days=back), felt_at=now, written_at=now,
            bladder=told, written_by=clinician,
        )  # fmt: skip
    found = {one.key.split(":")[0]: one for one in alarms_of(patient, TODAY)}
    assert set(found) == {"mood.item9", "bladder_symptoms.new"}
    assert found["mood.item9"].is_grave
    assert found["bladder_symptoms.new"].found_on == TODAY - timedelta(days=9)


def test_blood_in_the_urine_is_a_finding_each_time(patient, clinician):
    now = timezone.now()
    for back in (5, 1):
        Entry.objects.create(
            patient=patient, day=TODAY - timedelta(days=back), felt_at=now, written_at=now,
            bladder={"blood": True}, written_by=clinician,
        )  # fmt: skip
    found = {one.key.split(":")[0]: one for one in alarms_of(patient, TODAY)}
    assert found["urinalysis.visible"].found_on == TODAY - timedelta(days=1)


def test_symptoms_with_sterile_urine_are_grave(clara, patient, clinician):
    now = timezone.now()
    Entry.objects.create(
        patient=patient, day=TODAY - timedelta(days=5), felt_at=now, written_at=now,
        bladder={"hurts": True}, written_by=clinician,
    )  # fmt: skip
    sent(clara, patient, ("urine culture", "no growth", "", "", "", "1"))
    assert alarms_of(patient, TODAY)[0].key.startswith("bladder_symptoms.sterile:lab:")


def test_patients_read_what_is_due_in_plain_words_with_a_number_to_call(treated):
    page = signed_in(treated.user).get(reverse("surveillance:mine"))
    assert page.status_code == 200
    assert "A blood test of your liver" in page.text
    assert "You see blood in your urine." in page.text
    assert 'href="tel:0100999"' in page.text
    assert "xULN" not in page.text


def test_every_item_of_the_table_says_whose_interval_it_is(clara, treated):
    page = clara.get(reverse("surveillance:table", args=[treated.pk])).text
    for word in ("Bladder", "Kidneys", "Liver", "Mood and mind", "Misuse and alcohol"):
        assert f">{word}</h2>" in page
    assert "Number: ours." in page
    assert "due now" in page
    assert "ketamine in all (mg of base)" in page
    assert "350" in page


def test_what_is_due_is_asked_with_few_queries(clara, treated, django_assert_max_num_queries):
    sent(clara, treated, ("ALT", "30", "U/L", "", "40", "3"))
    with django_assert_max_num_queries(14):
        due_of(treated, TODAY)
    with django_assert_max_num_queries(8):
        alarms_of(treated, TODAY)


def test_a_researcher_is_refused(clinic, patient):
    client = signed_in(made_user(clinic, Role.RESEARCHER, "remi"))
    assert client.get(reverse("surveillance:table", args=[patient.pk])).status_code == 403
