"""Results of a laboratory: kept as typed, in their units, corrected, and told to the rules."""

from __future__ import annotations

import json
import uuid
from datetime import date

import pytest
from clinic_people import made_patient, signed_in
from clinic_results import TODAY, ago, grid, sent
from django.db import DatabaseError, connection, transaction
from django.urls import reverse

from respite.clinic.audit.models import AuditEvent
from respite.clinic.patients.evaluation import evaluate
from respite.clinic.patients.queries import facts_told, latest_answers
from respite.clinic.surveillance.models import LabResult
from respite.clinic.surveillance.table import number_of_item

pytestmark = pytest.mark.django_db


def test_a_result_is_kept_as_typed_and_in_the_unit_of_the_library(clara, patient):
    answer = sent(clara, patient, ("creatinine", "0,9", "mg/dL", "", "", "1"))
    assert answer.status_code == 302
    row = LabResult.objects.get()
    assert (row.typed, row.unit) == ("0,9", "mg/dL")
    assert round(float(row.value), 1) == 79.6
    page = clara.get(reverse("surveillance:table", args=[patient.pk])).text
    assert "0,9 mg/dL" in page
    assert "79.6 µmol/L" in page


def test_a_result_in_the_wrong_unit_is_refused_naming_both_and_nothing_is_lost(clara, patient):
    answer = sent(clara, patient, ("ALT", "0.5", "U/L", "", "", "1"), ("GGT", "30", "U/L"))
    assert answer.status_code == 422
    assert "ALT is 0.5 U/L, which is too low" in answer.text
    assert "0.5 is usual in µkat/L" in answer.text
    assert 'value="0.5"' in answer.text
    assert 'value="30"' in answer.text
    assert not LabResult.objects.exists()


def test_a_doubtful_unit_is_kept_only_when_somebody_looked_again(clara, patient):
    row = ("ALT", "40", "µkat/L", "", "", "1")
    answer = sent(clara, patient, row)
    assert answer.status_code == 422
    assert "40 is usual in U/L" in answer.text
    assert sent(clara, patient, row, sure=["ALT|41|µkat/L"]).status_code == 422
    assert sent(clara, patient, row, sure=["ALT|40|µkat/L"]).status_code == 302
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
def test_what_cannot_be_is_refused_in_a_sentence(clara, patient, row, said):
    answer = sent(clara, patient, row)
    assert answer.status_code == 422
    assert said in answer.text
    assert not LabResult.objects.exists()


def test_a_bound_is_kept_as_one(clara, patient):
    assert sent(clara, patient, ("GGT", "<5", "U/L", "", "60", "1")).status_code == 302
    row = LabResult.objects.get()
    assert (row.sign, row.value, row.typed) == ("<", 5, "<5")


def test_lines_are_shown_as_a_grid_before_anything_is_kept(clara, patient):
    block = f"ALT 34 U/L (10-40) {ago(3)}\nFerritin 80 ug/L\nurine blood ++ 1.2.2026 morning"
    answer = clara.post(reverse("surveillance:lab", args=[patient.pk]), {"block": block})
    assert answer.status_code == 200
    assert "There is no test" in answer.text
    for word in ("Ferritin", "ug/L", "2026", "morning", "++"):
        assert word in answer.text
    assert not LabResult.objects.exists()


def test_a_form_that_is_sent_twice_is_kept_once(clara, patient):
    told = grid(("ALT", "34", "U/L", "", "40", "1"), ("GGT", "30", "U/L", "", "", "1"))
    for _time in range(2):
        assert clara.post(reverse("surveillance:lab", args=[patient.pk]), told).status_code == 302
    assert LabResult.objects.count() == 2
    sent(clara, patient, ("ALT", "34", "U/L", "", "40", "1"))
    assert LabResult.objects.count() == 2


def test_a_number_of_a_form_of_another_patient_is_refused(clara, patient, clinician):
    other = made_patient(clinician, "Otto")
    told = grid(("ALT", "34", "U/L", "", "40", "1"))
    clara.post(reverse("surveillance:lab", args=[patient.pk]), told)
    assert clara.post(reverse("surveillance:lab", args=[other.pk]), told).status_code == 404


def test_a_correction_is_a_new_row_and_a_late_one_is_shown_the_other(clara, patient):
    sent(clara, patient, ("ALT", "340", "U/L", "", "40", "1"))
    old = LabResult.objects.get()
    address = reverse("surveillance:result", args=[old.pk])
    assert clara.post(address, grid(("ALT", "34", "U/L", "", "40", "1"))).status_code == 302
    late = clara.post(address, grid(("ALT", "35", "U/L", "", "40", "1")))
    assert late.status_code == 409
    assert "34 U/L" in late.text
    new = LabResult.objects.get(corrects=old)
    assert new.value == 34
    assert "corrected" in clara.get(address).text
    removal = reverse("surveillance:remove", args=[new.pk])
    assert clara.post(removal, {"client_id": str(uuid.uuid4())}).status_code == 302
    assert LabResult.objects.count() == 3
    assert not patient.labs.filter(is_removed=False, corrected_by=None).exists()


def test_the_database_refuses_to_change_a_result(clara, patient):
    sent(clara, patient, ("ALT", "34", "U/L", "", "40", "1"))
    with pytest.raises(DatabaseError), transaction.atomic():
        LabResult.objects.update(value=3)
    with connection.cursor() as cursor:
        cursor.execute("select count(*) from surveillance_labresult where value = 34")
        assert cursor.fetchone()[0] == 1


def test_results_answer_the_questions_of_the_rules(clara, patient):
    sent(
        clara, patient, ("ALT", "150", "U/L", "", "40", "2"), ("ALP", "90", "U/L", "", "", "2"),
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
    clara, patient
):
    sent(clara, patient, ("ALT", "150", "U/L", "", "40", "5"))
    sent(clara, patient, ("ALT", "20", "U/L", "", "40", "50"))
    assert facts_told(patient, TODAY).known["labs.alt_xuln"] == pytest.approx(3.75)
    sent(clara, patient, ("ALT", "30", "U/L", "", "", "1"))
    assert "labs.alt_xuln" not in facts_told(patient, TODAY).known


def test_a_correction_corrects_what_the_rules_were_told(clara, patient):
    sent(clara, patient, ("ALT", "150", "U/L", "", "40", "5"))
    old = LabResult.objects.get()
    address = reverse("surveillance:result", args=[old.pk])
    clara.post(address, grid(("ALT", "15", "U/L", "", "40", "9")))
    assert facts_told(patient, TODAY).known["labs.alt_xuln"] == pytest.approx(0.375)
    new = LabResult.objects.get(corrects=old)
    clara.post(
        reverse("surveillance:remove", args=[new.pk]),
        {"client_id": str(uuid.uuid4()), "tells_rules": "yes"},
    )
    assert "labs.alt_xuln" not in facts_told(patient, TODAY).known


def test_nothing_is_told_to_the_rules_where_nobody_ticked_it(clara, patient):
    sent(clara, patient, ("ALT", "150", "U/L", "", "40", "5"), tells_rules="")
    assert not latest_answers(patient)


def test_filtration_is_worked_out_and_put_into_the_record_only_when_asked(clara, patient):
    sent(clara, patient, ("creatinine", "106.1", "µmol/L", "", "", "1"))
    page = clara.get(reverse("surveillance:table", args=[patient.pk])).text
    patient.refresh_from_db()
    assert patient.egfr is None
    rate = page.split('name="rate" value="')[1].split('"')[0]
    address = reverse("surveillance:to_record", args=[patient.pk])
    assert clara.post(address, {"rate": "3", "version": "1"}).status_code == 302
    patient.refresh_from_db()
    assert patient.egfr is None
    clara.post(address, {"rate": rate, "version": patient.version})
    patient.refresh_from_db()
    assert str(patient.egfr) == rate
    assert clara.post(address, {"rate": rate, "version": "1"}).status_code == 302


def test_writes_are_on_the_trail_without_anything_clinical(clara, patient):
    sent(clara, patient, ("ALT", "150", "U/L", "", "40", "9"))
    lines = AuditEvent.objects.filter(action__startswith="result.")
    assert [one.action for one in lines] == ["result.added"]
    assert "150" not in json.dumps([one.note for one in lines])
    clara.get(reverse("surveillance:table", args=[patient.pk]))
    assert AuditEvent.objects.filter(action="patient.read", note={"page": "tests"}).exists()


def test_others_see_nothing_and_a_reader_elsewhere_writes_nothing(
    clara, patient, stranger, clinician
):
    sent(clara, patient, ("ALT", "34", "U/L", "", "40", "9"))
    row = LabResult.objects.get()
    away = signed_in(stranger)
    for name, number in (("table", patient.pk), ("lab", patient.pk), ("result", row.pk)):
        assert away.get(reverse(f"surveillance:{name}", args=[number])).status_code == 404
    assert away.post(reverse("surveillance:remove", args=[row.pk])).status_code == 404
    own = signed_in(patient.user)
    assert own.get(reverse("surveillance:table", args=[patient.pk])).status_code == 403


def test_the_grid_of_an_item_names_its_tests_in_the_units_used_before(clara, patient):
    sent(clara, patient, ("ALT", "0.5", "µkat/L", "", "", "9"))
    address = reverse("surveillance:lab_for", args=[patient.pk, number_of_item("liver")])
    page = clara.get(address).text
    assert 'name="test" value="Bilirubin"' in page
    assert 'name="unit" value="µkat/L"' in page
    assert clara.get(reverse("surveillance:lab_for", args=[patient.pk, 999])).status_code == 404


def test_a_nurse_may_enter_results(nurse, patient):
    assert sent(signed_in(nurse), patient, ("ALT", "34", "U/L", "", "", "1")).status_code == 302


def test_a_day_is_read_in_two_ways_and_no_third():
    from respite.clinic.surveillance.forms import day_of

    assert day_of("2026-3-9") == day_of("9.3.2026") == date(2026, 3, 9)
    assert day_of("3/9/2026") is None
    assert day_of("2026-02-30") is None
