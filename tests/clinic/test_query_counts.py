"""Pages ask the tables a bounded number of times, however long a diary is."""

from datetime import timedelta

import pytest
from clinic_diaries import LAST_DOSE, an_answer, gave_course, kept, tap
from clinic_people import made_patient, made_user, signed_in
from django.db import connection
from django.test.utils import CaptureQueriesContext

from respite.clinic.accounts.models import Role
from respite.clinic.diaries.models import Entry
from respite.clinic.forecasts.actions import release

pytestmark = [pytest.mark.django_db, pytest.mark.thorough]


def wrote_many(patient, count):
    moments = [LAST_DOSE + timedelta(hours=8 * n - 8 * count) for n in range(count)]
    Entry.objects.bulk_create(
        Entry(
            patient=patient, pain=n % 11, day=at.date(), felt_at=at, written_at=at,
            written_by=patient.user,
        )
        for n, at in enumerate(moments)
    )  # fmt: skip


@pytest.fixture
def two(clinician):
    found = []
    for name, count in (("short", 10), ("long", 400)):
        user = made_user(clinician.clinic, Role.PATIENT, name)
        patient = made_patient(clinician, name.title(), user=user)
        gave_course(patient)
        wrote_many(patient, count)
        release(clinician, kept(patient, an_answer()))
        found.append(patient)
    return found


def counted(browser, ask):
    ask(browser)  # what is noted once in a while is noted now
    with CaptureQueriesContext(connection) as asked:
        answer = ask(browser)
    assert answer.status_code in (200, 302)
    return [one["sql"] for one in asked.captured_queries]


STAFF = {
    "list": ("/patients/", 8),
    "overview": ("/patients/{}/", 20),
    "forecast": ("/patients/{}/forecast/", 24),
}
"""Pages, and how often each may ask the tables."""


@pytest.mark.parametrize("page", STAFF)
def test_pages_of_staff(two, clinician, page):
    address, most = STAFF[page]
    browser = signed_in(clinician)
    short, long = (counted(browser, lambda it, p=one: it.get(address.format(p.pk))) for one in two)
    assert len(short) == len(long) <= most, long


def test_the_page_of_the_diary(two):
    short, long = (counted(signed_in(one.user), lambda it: it.get("/diary/")) for one in two)
    assert len(short) == len(long) <= 9, long


def test_a_post_of_the_diary(two):
    short, long = (counted(signed_in(one.user), lambda it: tap(it, 5)) for one in two)
    assert len(short) == len(long) <= 12, long


def test_a_post_of_the_diary_writes_its_entry_and_its_line_and_nothing_else(two):
    said = counted(signed_in(two[1].user), lambda it: tap(it, 5))
    wrote = [one for one in said if one.startswith(("INSERT", "UPDATE", "DELETE"))]
    assert [one.split('"')[1] for one in wrote] == [
        "diaries_entry", "audit_auditevent", "audit_audithead",
    ]  # fmt: skip


def test_a_post_of_the_diary_reads_no_other_entry_but_counts_those_of_a_day(two):
    said = counted(signed_in(two[1].user), lambda it: tap(it, 5))
    others = [one for one in said if 'FROM "diaries_entry"' in one and "client_id" not in one]
    assert len(others) == 1
    assert others[0].startswith("SELECT COUNT")
    assert '"written_at" >' in others[0].split("WHERE")[-1]
