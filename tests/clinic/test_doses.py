"""Earlier doses: all rows are right or none is written, and none counts twice."""

from __future__ import annotations

from datetime import timedelta
from decimal import Decimal

import pytest
from clinic_people import signed_in
from django.urls import reverse
from django.utils import timezone

from respite.clinic.audit.models import AuditEvent
from respite.clinic.patients.evaluation import history_of
from respite.clinic.treatments.doses.table import COLUMNS, rows_of
from respite.clinic.treatments.models import DoseRecord

pytestmark = pytest.mark.django_db

ROW = ("2026-03-02", "10:30", "ketamine", "35", "mg", "iv", "40", "7", "12.5")


def read(response):
    return response.content.decode()


@pytest.fixture
def page(patient):
    return reverse("treatments:doses", args=[patient.pk])


@pytest.fixture
def send(page, clinician):
    def keep(*rows):
        return signed_in(clinician).post(
            page, dict(zip(COLUMNS, zip(*rows, strict=True), strict=True))
        )

    return keep


@pytest.fixture
def paste(page, clinician):
    def show(block):
        return signed_in(clinician).post(page, {"block": block})

    return show


def but(**changed):
    return tuple(changed.get(name, cell) for name, cell in zip(COLUMNS, ROW, strict=True))


def test_a_dose_is_kept_by_the_clock_of_the_clinic(send, patient):
    assert send(ROW).status_code == 302
    dose = DoseRecord.objects.get()
    assert dose.start.isoformat() == "2026-03-02T09:30:00+00:00"
    assert (dose.amount, dose.unit, dose.route) == (Decimal(35), "mg", "iv")
    assert (dose.duration_min, dose.pain_before) == (40, 7)
    assert dose.relief_days == Decimal("12.5")
    assert history_of(patient).doses[0].start.hour == 10


def test_a_dose_without_a_time_is_one_of_the_morning(send):
    send(but(time="", pain="", relief=""))
    assert timezone.localtime(DoseRecord.objects.get().start).hour == 8


def test_rows_that_stay_empty_are_left_out(send):
    empty = ("",) * len(COLUMNS)
    assert send(empty, ROW, empty, but(day="2026-03-03"), empty).status_code == 302
    assert DoseRecord.objects.count() == 2
    assert AuditEvent.objects.filter(action="dose.added").count() == 2
    assert send(empty).status_code == 422


def test_doses_sent_twice_are_kept_once(send):
    for _turn in range(2):
        assert send(ROW, but(day="2026-03-03")).status_code == 302
    assert DoseRecord.objects.count() == 2


@pytest.mark.parametrize(
    ("changed", "said"),
    [
        ({"day": "02/03/2026"}, "not a date and time"),
        ({"day": ""}, "not a date and time"),
        ({"day": "2026-02-30"}, "not a date and time"),
        ({"day": "2026-03-29", "time": "02:30"}, "skipped this hour"),
        ({"time": "25:00"}, "not a date and time"),
        ({"drug": "ketamin"}, "ketamine"),
        ({"drug": "ketamine HCl"}, "without HCl"),
        ({"drug": "<script>"}, "&lt;script&gt;"),
        ({"amount": ""}, "amount above zero"),
        ({"amount": "0,5"}, "decimal point"),
        ({"amount": "-5"}, "without a sign"),
        ({"amount": "350000"}, "beyond what anyone is given"),
        ({"amount": "0.00001"}, "more digits than are kept"),
        ({"unit": "mL"}, "not a unit of dose"),
        ({"unit": "mg/h"}, "is a rate"),
        ({"route": "ivv"}, "not a route"),
        ({"minutes": ""}, "minutes"),
        ({"pain": "11"}, "Pain before"),
        ({"pain": "NaN"}, "Pain before"),
        ({"relief": "a week"}, "Days of relief"),
        ({"relief": "9" * 60}, "Days of relief"),
        ({"drug": "k" * 400}, "too long"),
        ({"route": "iv\x00"}, "nobody can read"),
    ],
)
def test_each_wrong_row_is_named_and_nothing_is_written_until_all_are_right(send, changed, said):
    response = send(ROW, but(day="2026-03-03"), but(**changed))
    shown = read(response)
    assert response.status_code == 422
    assert "Row 3" in shown
    assert said in shown
    assert 'value="2026-03-03"' in shown
    assert not DoseRecord.objects.exists()


def test_a_row_that_repeats_another_is_refused(send):
    assert "repeats row 1" in read(send(ROW, ROW))


def test_a_dose_in_the_future_is_refused(send):
    tomorrow = (timezone.localdate() + timedelta(days=2)).isoformat()
    assert "in the future" in read(send(but(day=tomorrow)))


BLOCKS = {
    "tabs": "2026-03-02 10:30\tketamine\t35\tmg\tiv\t40\t7\t12,5\r\n",
    "semicolons": "2026-03-02T10:30;ketamine;35;mg;iv;40;7;12,5\n",
    "commas": "2026-03-02 10:30,ketamine,35,mg,iv,40,7,12.5",
    "headings": "Date,Time,Route,Drug,Dose,Unit,Minutes,Pain before,Days of relief\n"
    "2026-03-02,10:30,iv,ketamine,35,mg,40,7,12.5\n",
    "seconds": '\n"2026-03-02 10:30:00";ketamine;35;mg;iv;40;7;12.5\n\n',
}


@pytest.mark.parametrize("block", BLOCKS.values(), ids=BLOCKS.keys())
def test_a_pasted_block_is_shown_as_a_grid_before_it_is_written(paste, block):
    shown = read(paste(block))
    assert "Is this right?" in shown
    for cell in ROW:
        assert f'value="{cell}"' in shown
    assert not DoseRecord.objects.exists()
    assert rows_of(block) == [dict(zip(COLUMNS, ROW, strict=True))]


@pytest.mark.parametrize(
    "block",
    [
        "hello", '"', "2026-03-02\tketamine", "\x00", "\t\t\t\n" * 300, "1;" * 900,
        "2026-03-02 10:30,ketamine,35,mg,iv,40,7,12,5,9,9", "=cmd|' /C calc'!A0\t1", "\u202e",
        "2026-03-02 10:30\tketamine\t35\tmg\tiv\t40\t7\t1\n" * 150,
    ],
)  # fmt: skip
def test_any_block_is_answered_in_words(paste, block):
    response = paste(block)
    assert response.status_code in (200, 422)
    assert not DoseRecord.objects.exists()


def test_a_wrong_dose_is_withdrawn_and_stays_on_record(send, page, patient, clinician, stranger):
    send(ROW)
    dose = DoseRecord.objects.get()
    withdraw = reverse("treatments:withdraw_dose", args=[dose.pk])
    assert signed_in(stranger).post(withdraw).status_code == 404
    assert signed_in(patient.user).post(withdraw).status_code == 403
    client = signed_in(clinician)
    for _turn in range(2):
        assert client.post(withdraw).status_code == 302
    assert "withdrawn" in read(client.get(page))
    assert history_of(patient) is None
    assert AuditEvent.objects.filter(action="dose.withdrawn").count() == 1
    assert send(ROW).status_code == 302
    assert DoseRecord.objects.filter(is_withdrawn=False).count() == 1


def test_doses_are_for_carers_of_the_clinic(page, patient, nurse, stranger):
    assert signed_in(nurse).get(page).status_code == 200
    assert signed_in(stranger).get(page).status_code == 404
    assert signed_in(patient.user).get(page).status_code == 403
    assert AuditEvent.objects.filter(action="patient.read", actor_id=nurse.pk).count() == 1
