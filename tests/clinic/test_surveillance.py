"""What is watched in the long run: results in their units, due dates, findings, and who looked."""

from __future__ import annotations

import json
import uuid
from datetime import UTC, date, datetime, timedelta

import pytest
from clinic_people import made_patient, made_user, signed_in
from django.db import DatabaseError, connection, transaction
from django.urls import reverse
from django.utils import timezone

from respite.clinic.accounts.models import Role
from respite.clinic.audit.models import AuditEvent
from respite.clinic.diaries.models import Entry
from respite.clinic.patients.evaluation import evaluate
from respite.clinic.patients.models import Score
from respite.clinic.patients.queries import facts_told, latest_answers
from respite.clinic.surveillance.models import DoneElsewhere, LabResult, LookedAt
from respite.clinic.surveillance.queries import alarms_of, due_of
from respite.clinic.surveillance.table import number_of_item
from respite.clinic.treatments.models import DoseRecord

pytestmark = pytest.mark.django_db

TODAY = timezone.localdate()


def ago(days: int) -> str:
    return (TODAY - timedelta(days=days)).isoformat()


def grid(*rows: tuple[str, ...], **more) -> dict[str, object]:
    """Give rows as the page sends them: test, result, unit, lower and upper limit, days ago."""
    told: dict[str, list[str]] = {
        n: [] for n in ("test", "value", "unit", "low", "high", "day", "note", "line")
    }
    for row in rows:
        test, value, unit, low, high, days = (*row, "", "", "", "", "")[:6]
        cells = (test, value, unit, low, high, ago(int(days)) if days else "", "", "")
        for name, cell in zip(told, cells, strict=True):
            told[name].append(cell)
    return {**told, "client_id": str(uuid.uuid4()), "tells_rules": "yes", **more}


def sent(client, patient, *rows, **more):
    return client.post(reverse("surveillance:lab", args=[patient.pk]), grid(*rows, **more))


@pytest.fixture
def client(clinician):
    return signed_in(clinician)


@pytest.fixture
def treated(patient, clinician):
    """Give a patient with ten sessions, the last of them a month ago."""
    for day in range(10):
        DoseRecord.objects.create(
            patient=patient, start=datetime.now(UTC) - timedelta(days=30 + day), drug="ketamine",
            amount=35, unit="mg", route="iv", duration_min=40, written_by=clinician,
        )  # fmt: skip
    return patient


def test_a_result_is_kept_as_typed_and_in_the_unit_of_the_library(client, patient):
    answer = sent(client, patient, ("creatinine", "0,9", "mg/dL", "", "", "1"))
    assert answer.status_code == 302
    row = LabResult.objects.get()
    assert (row.typed, row.unit) == ("0,9", "mg/dL")
    assert round(float(row.value), 1) == 79.6
    page = client.get(reverse("surveillance:table", args=[patient.pk])).text
    assert "0,9 mg/dL" in page
    assert "79.6 µmol/L" in page


def test_a_result_in_the_wrong_unit_is_refused_naming_both_and_nothing_is_lost(client, patient):
    answer = sent(client, patient, ("ALT", "0.5", "U/L", "", "", "1"), ("GGT", "30", "U/L"))
    assert answer.status_code == 422
    assert "ALT is 0.5 U/L, which is too low" in answer.text
    assert "0.5 is usual in µkat/L" in answer.text
    assert 'value="0.5"' in answer.text
    assert 'value="30"' in answer.text
    assert not LabResult.objects.exists()


def test_a_doubtful_unit_is_kept_only_when_somebody_looked_again(client, patient):
    row = ("ALT", "40", "µkat/L", "", "", "1")
    answer = sent(client, patient, row)
    assert answer.status_code == 422
    assert "40 is usual in U/L" in answer.text
    assert sent(client, patient, row, sure=["ALT|41|µkat/L"]).status_code == 422
    assert sent(client, patient, row, sure=["ALT|40|µkat/L"]).status_code == 302
    assert LabResult.objects.get().value == 2400


@pytest.mark.parametrize(
    ("row", "said"),
    [
        (("ALT", "34", "mmol/L", "", "", "1"), "U/L, µkat/L and nkat/L"),
        (("ALT", "34", "", "", "", "1"), "has no unit"),
        (("Zink", "34", "U/L", "", "", "1"), "There is no test"),
        (("ALT", "many", "U/L", "", "", "1"), "is no number"),
        (("ALT", "1,234", "U/L", "", "", "1"), "1.234 or 1234"),
        (("ALT", "34", "U/L", "", "", "-1"), "yet to come"),
        (("ALT", "34", "U/L", "", "", "40000"), "before the patient was born"),
        (("ALT", "34", "U/L"), "Write the day"),
        (("ALT", "34", "U/L", "", "0.6", "1"), "The upper limit of ALT is 0.6 U/L"),
        (("ALT", "34", "U/L", "50", "40", "1"), "must lie above"),
        (("ALT", "9" * 400, "U/L", "", "", "1"), "too long"),
        (("ALT", "34\x00", "U/L", "", "", "1"), "nobody can read"),
        (("urine culture", "34", "", "", "", "1"), "no growth"),
    ],
)
def test_what_cannot_be_is_refused_in_a_sentence(client, patient, row, said):
    answer = sent(client, patient, row)
    assert answer.status_code == 422
    assert said in answer.text
    assert not LabResult.objects.exists()


def test_a_bound_is_kept_as_one(client, patient):
    assert sent(client, patient, ("GGT", "<5", "U/L", "", "60", "1")).status_code == 302
    row = LabResult.objects.get()
    assert (row.sign, row.value, row.typed) == ("<", 5, "<5")


def test_lines_are_shown_as_a_grid_before_anything_is_kept(client, patient):
    block = f"ALT 34 U/L (10-40) {ago(3)}\nFerritin 80 ug/L\nurine blood ++ 1.2.2026 morning"
    answer = client.post(reverse("surveillance:lab", args=[patient.pk]), {"block": block})
    assert answer.status_code == 200
    assert "There is no test" in answer.text
    for word in ("Ferritin", "ug/L", "2026", "morning", "++"):
        assert word in answer.text
    assert not LabResult.objects.exists()


def test_a_form_that_is_sent_twice_is_kept_once(client, patient):
    told = grid(("ALT", "34", "U/L", "", "40", "1"), ("GGT", "30", "U/L", "", "", "1"))
    for _time in range(2):
        assert client.post(reverse("surveillance:lab", args=[patient.pk]), told).status_code == 302
    assert LabResult.objects.count() == 2
    sent(client, patient, ("ALT", "34", "U/L", "", "40", "1"))
    assert LabResult.objects.count() == 2


def test_a_number_of_a_form_of_another_patient_is_refused(client, patient, clinician):
    other = made_patient(clinician, "Otto")
    told = grid(("ALT", "34", "U/L", "", "40", "1"))
    client.post(reverse("surveillance:lab", args=[patient.pk]), told)
    assert client.post(reverse("surveillance:lab", args=[other.pk]), told).status_code == 404


def test_a_correction_is_a_new_row_and_a_late_one_is_shown_the_other(client, patient):
    sent(client, patient, ("ALT", "340", "U/L", "", "40", "1"))
    old = LabResult.objects.get()
    address = reverse("surveillance:result", args=[old.pk])
    assert client.post(address, grid(("ALT", "34", "U/L", "", "40", "1"))).status_code == 302
    late = client.post(address, grid(("ALT", "35", "U/L", "", "40", "1")))
    assert late.status_code == 409
    assert "34 U/L" in late.text
    new = LabResult.objects.get(corrects=old)
    assert new.value == 34
    assert "corrected" in client.get(address).text
    removal = reverse("surveillance:remove", args=[new.pk])
    assert client.post(removal, {"client_id": str(uuid.uuid4())}).status_code == 302
    assert LabResult.objects.count() == 3
    assert not patient.labs.filter(is_removed=False, corrected_by=None).exists()


def test_the_database_refuses_to_change_a_result(client, patient):
    sent(client, patient, ("ALT", "34", "U/L", "", "40", "1"))
    with pytest.raises(DatabaseError), transaction.atomic():
        LabResult.objects.update(value=3)
    with connection.cursor() as cursor:
        cursor.execute("select count(*) from surveillance_labresult where value = 34")
        assert cursor.fetchone()[0] == 1


def test_results_answer_the_questions_of_the_rules(client, patient):
    sent(
        client, patient, ("ALT", "150", "U/L", "", "40", "2"), ("ALP", "90", "U/L", "", "", "2"),
        ("creatinine", "120", "umol/L", "", "", "2"),
        ("urine culture", "no growth", "", "", "", "2"),
    )  # fmt: skip
    known = facts_told(patient, TODAY).known
    assert known["labs.alt_xuln"] == pytest.approx(3.75)
    assert known["labs.alp_u_l"] == 90
    assert "labs.alp_xuln" not in known
    assert known["labs.creatinine_umol_l"] == 120
    assert known["labs.urine_culture_negative"] is True
    assert known["labs.lft_age_days"] == 2
    fired = {one.rule for one in evaluate(patient).safety.findings if one.fires}
    assert "ELIG-014" in fired


def test_an_older_result_hides_no_newer_answer_and_a_newer_one_without_limit_takes_it_back(
    client, patient
):
    sent(client, patient, ("ALT", "150", "U/L", "", "40", "5"))
    sent(client, patient, ("ALT", "20", "U/L", "", "40", "50"))
    assert facts_told(patient, TODAY).known["labs.alt_xuln"] == pytest.approx(3.75)
    sent(client, patient, ("ALT", "30", "U/L", "", "", "1"))
    assert "labs.alt_xuln" not in facts_told(patient, TODAY).known


def test_a_correction_corrects_what_the_rules_were_told(client, patient):
    sent(client, patient, ("ALT", "150", "U/L", "", "40", "5"))
    old = LabResult.objects.get()
    address = reverse("surveillance:result", args=[old.pk])
    client.post(address, grid(("ALT", "15", "U/L", "", "40", "9")))
    assert facts_told(patient, TODAY).known["labs.alt_xuln"] == pytest.approx(0.375)
    new = LabResult.objects.get(corrects=old)
    client.post(
        reverse("surveillance:remove", args=[new.pk]),
        {"client_id": str(uuid.uuid4()), "tells_rules": "yes"},
    )
    assert "labs.alt_xuln" not in facts_told(patient, TODAY).known


def test_nothing_is_told_to_the_rules_where_nobody_ticked_it(client, patient):
    sent(client, patient, ("ALT", "150", "U/L", "", "40", "5"), tells_rules="")
    assert not latest_answers(patient)


def test_filtration_is_worked_out_and_put_into_the_record_only_when_asked(client, patient):
    sent(client, patient, ("creatinine", "106.1", "µmol/L", "", "", "1"))
    page = client.get(reverse("surveillance:table", args=[patient.pk])).text
    patient.refresh_from_db()
    assert patient.egfr is None
    rate = page.split('name="rate" value="')[1].split('"')[0]
    address = reverse("surveillance:to_record", args=[patient.pk])
    assert client.post(address, {"rate": "3", "version": "1"}).status_code == 302
    patient.refresh_from_db()
    assert patient.egfr is None
    client.post(address, {"rate": rate, "version": patient.version})
    patient.refresh_from_db()
    assert str(patient.egfr) == rate
    assert client.post(address, {"rate": rate, "version": "1"}).status_code == 302


def test_what_was_never_done_is_due_now_and_what_was_done_is_due_by_the_interval(client, treated):
    due = {one.item: one for one in due_of(treated, TODAY)}
    assert due["liver"].due == TODAY
    assert not due["liver"].is_overdue
    sent(
        client, treated, ("ALT", "30", "U/L", "", "40", "190"), ("GGT", "30", "U/L", "", "", "190")
    )
    liver = {one.item: one for one in due_of(treated, TODAY)}["liver"]
    assert liver.is_overdue
    assert liver.due == TODAY - timedelta(days=8)
    assert "182 days" in liver.reason
    sent(client, treated, ("ALT", "30", "U/L", "", "40", "3"), ("GGT", "30", "U/L", "", "", "3"))
    assert "liver" not in {one.item for one in due_of(treated, TODAY)}


def test_a_part_of_the_liver_tests_does_not_count_as_done(client, treated):
    sent(client, treated, ("ALT", "30", "U/L", "", "40", "3"))
    assert "liver" in {one.item for one in due_of(treated, TODAY)}


def test_nothing_is_due_for_somebody_who_gets_no_ketamine(patient):
    assert due_of(patient, TODAY) == ()


def test_what_was_done_elsewhere_counts_until_it_is_taken_back(client, treated):
    number = number_of_item("liver")
    address = reverse("surveillance:done", args=[treated.pk, number])
    told = {"client_id": str(uuid.uuid4()), "day": ago(4), "told_by": "the GP", "note": ""}
    assert client.post(address, told | {"day": ago(-2)}).status_code == 422
    assert client.post(address, told | {"told_by": ""}).status_code == 422
    for _time in range(2):
        assert client.post(address, told).status_code == 302
    row = DoneElsewhere.objects.get()
    assert "liver" not in {one.item for one in due_of(treated, TODAY)}
    assert "told by the GP" in client.get(reverse("surveillance:table", args=[treated.pk])).text
    for _time in range(2):
        client.post(reverse("surveillance:take_back", args=[row.pk]), {})
    assert DoneElsewhere.objects.count() == 2
    assert "liver" in {one.item for one in due_of(treated, TODAY)}


def test_a_result_past_a_limit_is_an_alarm_that_says_whose_limit_it_is(client, patient):
    sent(client, patient, ("ALT", "150", "U/L", "", "", "2"))
    (alarm,) = alarms_of(patient, TODAY)
    row = LabResult.objects.get()
    assert alarm.key == f"liver.high:lab:{row.pk}"
    assert alarm.is_grave
    assert alarm.found_on == row.day
    assert "3.8 times the upper limit of 40 U/L (ours: the laboratory printed none)" in alarm.reason
    assert "Stop the course" in alarm.action


def test_a_finding_names_only_the_tests_that_show_it(client, patient):
    sent(client, patient, ("ALT", "70", "U/L", "", "40", "2"), ("GGT", "20", "U/L", "", "", "2"))
    (alarm,) = alarms_of(patient, TODAY)
    assert alarm.key.startswith("liver.raised:")
    assert "GGT" not in alarm.reason.partition("Why it is watched")[0]


def test_an_alarm_is_dealt_with_by_somebody_and_comes_back_with_a_later_finding(client, patient):
    sent(client, patient, ("ALT", "150", "U/L", "", "40", "9"))
    (alarm,) = alarms_of(patient, TODAY)
    address = reverse("surveillance:look", args=[patient.pk])
    told = {"client_id": str(uuid.uuid4()), "key": alarm.key, "decided": "<script>no</script>"}
    assert client.post(address, told | {"decided": " "}).status_code == 422
    assert client.post(address, told | {"key": "liver.high:lab:0"}).status_code == 422
    assert client.post(address, told).status_code == 302
    assert alarms_of(patient, TODAY) == ()
    page = client.get(reverse("surveillance:table", args=[patient.pk])).text
    assert "&lt;script&gt;no" in page
    assert "<script>no" not in page
    sent(client, patient, ("ALT", "160", "U/L", "", "40", "2"))
    (later,) = alarms_of(patient, TODAY)
    assert later.key != alarm.key
    assert LookedAt.objects.count() == 1


def test_a_finding_that_nobody_looked_at_stays_and_says_that_it_is_gone(client, patient):
    sent(client, patient, ("ALT", "150", "U/L", "", "40", "9"), ("ALT", "20", "U/L", "", "40", "2"))
    (alarm,) = alarms_of(patient, TODAY)
    assert "A later result shows it no longer" in alarm.reason


def test_a_liver_test_that_rises_three_times_is_a_trend(client, patient):
    rows = [("ALT", value, "U/L", "", "40", days) for value, days in
            (("25", "90"), ("38", "60"), ("52", "30"))]  # fmt: skip
    sent(client, patient, *rows[:2])
    assert alarms_of(patient, TODAY) == ()
    sent(client, patient, rows[2])
    (alarm,) = alarms_of(patient, TODAY)
    assert alarm.key.startswith("liver.trend:lab:")
    assert "up by 108 %" in alarm.reason
    assert "(number: ours)" in alarm.action


def test_a_fall_of_filtration_is_found_and_a_bound_is_none(client, patient):
    sent(
        client,
        patient,
        ("eGFR", "100", "mL/min", "", "", "90"),
        ("eGFR", ">60", "mL/min", "", "", "9"),
    )
    assert alarms_of(patient, TODAY) == ()
    sent(client, patient, ("eGFR", "70", "mL/min", "", "", "3"))
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


def test_symptoms_with_sterile_urine_are_grave(client, patient, clinician):
    now = timezone.now()
    Entry.objects.create(
        patient=patient, day=TODAY - timedelta(days=5), felt_at=now, written_at=now,
        bladder={"hurts": True}, written_by=clinician,
    )  # fmt: skip
    sent(client, patient, ("urine culture", "no growth", "", "", "", "1"))
    assert alarms_of(patient, TODAY)[0].key.startswith("bladder_symptoms.sterile:lab:")


def test_writes_are_on_the_trail_without_anything_clinical(client, patient):
    sent(client, patient, ("ALT", "150", "U/L", "", "40", "9"))
    lines = AuditEvent.objects.filter(action__startswith="result.")
    assert [one.action for one in lines] == ["result.added"]
    assert "150" not in json.dumps([one.note for one in lines])
    client.get(reverse("surveillance:table", args=[patient.pk]))
    assert AuditEvent.objects.filter(action="patient.read", note={"page": "tests"}).exists()


def test_others_see_nothing_and_a_reader_elsewhere_writes_nothing(
    client, patient, stranger, clinician
):
    sent(client, patient, ("ALT", "34", "U/L", "", "40", "9"))
    row = LabResult.objects.get()
    away = signed_in(stranger)
    for name, number in (("table", patient.pk), ("lab", patient.pk), ("result", row.pk)):
        assert away.get(reverse(f"surveillance:{name}", args=[number])).status_code == 404
    assert away.post(reverse("surveillance:remove", args=[row.pk])).status_code == 404
    own = signed_in(patient.user)
    assert own.get(reverse("surveillance:table", args=[patient.pk])).status_code == 403


def test_patients_read_what_is_due_in_plain_words_with_a_number_to_call(treated):
    page = signed_in(treated.user).get(reverse("surveillance:mine"))
    assert page.status_code == 200
    assert "A blood test of your liver" in page.text
    assert "You see blood in your urine." in page.text
    assert 'href="tel:0100999"' in page.text
    assert "xULN" not in page.text


def test_the_grid_of_an_item_names_its_tests_in_the_units_used_before(client, patient):
    sent(client, patient, ("ALT", "0.5", "µkat/L", "", "", "9"))
    address = reverse("surveillance:lab_for", args=[patient.pk, number_of_item("liver")])
    page = client.get(address).text
    assert 'name="test" value="Bilirubin"' in page
    assert 'name="unit" value="µkat/L"' in page
    assert client.get(reverse("surveillance:lab_for", args=[patient.pk, 999])).status_code == 404


def test_every_item_of_the_table_says_whose_interval_it_is(client, treated):
    page = client.get(reverse("surveillance:table", args=[treated.pk])).text
    for word in ("Bladder", "Kidneys", "Liver", "Mood and mind", "Misuse and alcohol"):
        assert f">{word}</h2>" in page
    assert "Number: ours." in page
    assert "due now" in page
    assert "ketamine in all (mg of base)" in page
    assert "350" in page


def test_a_nurse_may_enter_results(nurse, patient):
    assert sent(signed_in(nurse), patient, ("ALT", "34", "U/L", "", "", "1")).status_code == 302


def test_what_is_due_is_asked_with_few_queries(client, treated, django_assert_max_num_queries):
    sent(client, treated, ("ALT", "30", "U/L", "", "40", "3"))
    with django_assert_max_num_queries(14):
        due_of(treated, TODAY)
    with django_assert_max_num_queries(8):
        alarms_of(treated, TODAY)


def test_a_researcher_is_refused(clinic, patient):
    client = signed_in(made_user(clinic, Role.RESEARCHER, "remi"))
    assert client.get(reverse("surveillance:table", args=[patient.pk])).status_code == 403


def test_a_day_is_read_in_two_ways_and_no_third():
    from respite.clinic.surveillance.forms import day_of

    assert day_of("2026-3-9") == day_of("9.3.2026") == date(2026, 3, 9)
    assert day_of("3/9/2026") is None
    assert day_of("2026-02-30") is None
