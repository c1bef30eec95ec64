"""What holds for any diary: replays change nothing, and days are those of the patient."""

from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from itertools import count
from uuid import UUID
from zoneinfo import ZoneInfo

import pytest
from clinic_people import made_clinic, made_patient, signed_in
from django.utils import timezone
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from respite.clinic.accounts.models import Clinic, Role, User
from respite.clinic.diaries import actions
from respite.clinic.diaries.actions import Told
from respite.clinic.diaries.days import day_at, evening_of, offset_for_day
from respite.clinic.diaries.queries import diary_of, entries_of, to_entry
from respite.clinic.patients.actions import Stale
from respite.domain import Diary, read_diary, write_diary

pytestmark = pytest.mark.django_db

ZONES = ("Europe/Amsterdam", "America/St_Johns", "Asia/Kathmandu", "Pacific/Auckland",
         "Pacific/Kiritimati", "America/Los_Angeles", "UTC")  # fmt: skip
QUIET = settings(
    derandomize=True,
    deadline=None,
    max_examples=60,
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)
FIRST, LAST = datetime(2024, 1, 1, tzinfo=UTC), datetime(2027, 12, 31, tzinfo=UTC)
MOMENTS = st.datetimes(
    FIRST.replace(tzinfo=None), LAST.replace(tzinfo=None), timezones=st.just(UTC)
)
SCORES = st.integers(0, 10).map(Decimal)

NUMBERS = count(1)


@pytest.fixture
def empty_diary(clinician):
    """Give patients with an empty diary, each time another."""

    def make():
        number = next(NUMBERS)
        user = User.objects.create(
            username=f"p{number}", role=Role.PATIENT, clinic=clinician.clinic
        )  # no password: hashing one takes longer than everything else
        return made_patient(clinician, f"P{number}", user=user)

    return make


STEPS = st.lists(
    st.tuples(
        st.sampled_from(("add", "late", "change", "remove")), st.integers(0, 5), SCORES
    ),
    max_size=8,
)  # fmt: skip


def do(patient, steps, replays):
    """Carry steps out, each of which may be sent again at any later time; give what stands."""
    made, sent = [], []

    def send(number, what, place, pain):
        who, number = patient.user, UUID(int=number + 1000 * patient.pk)
        if what == "add":
            return actions.add_entry(who, patient, Told(pain), client_id=number)
        if what == "late":
            day = timezone.localdate() - timedelta(days=place + 1)
            return actions.add_entry(who, patient, Told(pain), client_id=number, day=day)
        target = made[place % len(made)]
        try:
            if what == "change":
                return actions.change_entry(who, target, Told(pain), client_id=number)
            return actions.remove_entry(who, target, client_id=number)
        except Stale:
            return None

    for number, (what, place, pain) in enumerate(steps, start=1):
        if what in ("change", "remove") and not made:
            continue
        target = place if what in ("add", "late") else place % len(made)
        step = (number, what, target, pain)
        sent.append(step)
        done = send(*step)
        if done is not None:
            made.append(done)
        for again in replays.get(number, ()):
            send(*sent[again % len(sent)])
    return sorted((entry.day, entry.pain) for entry in entries_of(patient))


@pytest.mark.thorough
@QUIET
@given(
    steps=STEPS,
    replays=st.dictionaries(st.integers(1, 8), st.lists(st.integers(0, 7), max_size=4)),
)
def test_replays_at_any_later_time_leave_the_same_diary(empty_diary, steps, replays):
    assert do(empty_diary(), steps, replays) == do(empty_diary(), steps, {})


@pytest.mark.thorough
@QUIET
@given(
    told=st.lists(st.tuples(st.integers(1, 14), SCORES), min_size=1, max_size=6),
    order=st.randoms(use_true_random=False),
)
def test_late_entries_in_any_order_make_the_same_diary(empty_diary, told, order):
    def written(patient, rows):
        for number, (back, pain) in rows:
            day = timezone.localdate() - timedelta(days=back)
            actions.add_entry(
                patient.user, patient, Told(pain), client_id=UUID(int=number + 1000 * patient.pk),
                day=day,
            )  # fmt: skip
        return [(one.at.date(), one.pain) for one in diary_of(patient).entries]

    rows = list(enumerate(told, start=1))
    shuffled = order.sample(rows, len(rows))
    assert written(empty_diary(), rows) == written(empty_diary(), shuffled)


@QUIET
@given(moment=MOMENTS, zone=st.sampled_from(ZONES))
def test_now_is_the_day_that_the_clock_of_the_patient_shows(moment, zone):
    local = moment.astimezone(ZoneInfo(zone))
    assert day_at(moment, int(local.utcoffset().total_seconds() // 60)) == local.date()


@QUIET
@given(
    day=st.dates(date(2024, 1, 1), date(2027, 12, 31)),
    zone=st.sampled_from(ZONES),
    number=st.uuids(),
    late_by=st.timedeltas(timedelta(0), timedelta(days=14)),
)
def test_the_evening_of_a_day_is_on_that_day_in_every_zone_and_through_changes_of_the_clock(
    day, zone, number, late_by
):
    offset = offset_for_day(day, None, Clinic(time_zone=zone))
    felt = evening_of(day, offset, number)
    assert felt.astimezone(ZoneInfo(zone)).date() == day
    assert felt.astimezone(ZoneInfo(zone)).hour == 20
    at = felt.astimezone(UTC)
    told = to_entry(at, offset, Decimal(4), at + late_by)
    assert told.at == felt
    assert told.at.date() == day
    assert (told.lateness_h() > 0) == (felt + late_by >= told.at.replace(
        hour=0, minute=0, second=0, microsecond=0) + timedelta(days=1, microseconds=1))  # fmt: skip


@QUIET
@given(
    rows=st.lists(
        st.tuples(MOMENTS, st.integers(-720, 840), st.integers(0, 20)),
        min_size=1,
        max_size=8,
        unique_by=lambda row: row[0],
    )
)
def test_a_diary_survives_the_way_through_a_file(rows):
    entries = [to_entry(at, offset, Decimal(half) / 2, at) for at, offset, half in rows]
    diary = Diary(tuple(entries))
    again = read_diary(write_diary(diary))
    assert [(one.at, one.pain) for one in again.entries] == [
        (one.at, one.pain) for one in diary.entries
    ]


FIELDS = st.dictionaries(
    st.sampled_from(
        ["pain", "client_id", "offset_minutes", "day", "day_offset_minutes", "effects", "note",
         "bladder_blood", "bladder_hurry"]
    ),
    st.one_of(
        st.text(max_size=60),
        st.sampled_from(["5", "0", "10", "yes", "chest_pain", "2026-11-20", "0001-01-01",
                         "9999-12-31", "99999999999999999999", "-1", "\x00", "\ud800"]),
        st.uuids().map(str),
    ),
)  # fmt: skip


@pytest.mark.thorough
@QUIET
@given(
    sent=FIELDS,
    path=st.sampled_from(
        [
            "/diary/",
            "/diary/late/",
            "/diary/{n}/",
            "/diary/{n}/remove/",
            "/diary/99999999999999999999/",
        ]
    ),
)
def test_whatever_is_sent_is_answered_in_words(empty_diary, sent, path):
    patient = empty_diary()
    entry = actions.add_entry(
        patient.user, patient, Told(Decimal(5)), client_id=UUID(int=7 * patient.pk)
    )
    plain = {name: text.encode("utf-8", "replace").decode() for name, text in sent.items()}
    answer = signed_in(patient.user).post(path.format(n=entry.pk), plain)
    assert answer.status_code in (200, 302, 404, 409, 422)


def test_a_clinic_of_another_zone_needs_no_phone_that_tells(db):
    clinic = made_clinic("Far")
    clinic.time_zone = "Pacific/Auckland"
    assert offset_for_day(date(2026, 1, 15), None, clinic) == 13 * 60
    assert offset_for_day(date(2026, 7, 15), None, clinic) == 12 * 60
