"""The diary of a patient: one tap, more for those who wish, and nothing ever lost."""

import re
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from uuid import uuid4

import pytest
from clinic_diaries import tap
from clinic_people import made_patient, made_user, signed_in
from django.conf import settings
from django.utils import timezone

from respite.clinic.accounts.models import Role
from respite.clinic.audit.models import AuditEvent
from respite.clinic.diaries.models import Entry
from respite.clinic.diaries.queries import diary_of, entries_of

pytestmark = pytest.mark.django_db

LARGEST_PAGE = 60 * 1024
CLINIC = Path(settings.STATICFILES_DIRS[0]) / "clinic"
SCRIPT = "<script>alert(1)</script>"


@pytest.fixture
def other(clinician):
    """Give another patient of the same clinic, who can sign in."""
    user = made_user(clinician.clinic, Role.PATIENT, "omar")
    return made_patient(clinician, "Omar", user=user)


def actions_on_record():
    return list(AuditEvent.objects.values_list("action", flat=True))


def one_entry(patient):
    (entry,) = entries_of(patient)
    return entry


def test_one_tap_is_one_entry_and_leads_to_more_for_those_who_wish(pia, patient):
    answer = tap(pia, 6)
    entry = one_entry(patient)
    assert answer.status_code == 302
    assert answer.url == f"/diary/{entry.pk}/"
    assert (entry.pain, entry.effects, entry.bladder, entry.note) == (6, [], {}, "")
    assert "entry.added" in actions_on_record()


def test_a_page_asks_with_eleven_numbers_and_none_is_chosen(pia):
    page = pia.get("/diary/").content.decode()
    assert page.count('name="pain"') == 11
    assert "checked" not in page
    assert "Nobody reads this live" in page
    assert 'href="tel:0100999"' in page


def all_loaded(named):
    """Give the files that a page names, but icons of the home screen, and what these import."""
    loaded, waiting = set(), [name for name in named if not name.endswith(".png")]
    while waiting:
        name = waiting.pop()
        if name not in loaded:
            loaded.add(name)
            text = (CLINIC / name).read_text("utf-8")
            waiting += re.findall(r'^import [^;]*"\./([^"]+)";', text, re.MULTILINE)
    return loaded


def test_a_page_with_all_it_loads_is_small(pia, patient):
    for back in range(14):
        at = timezone.now() - timedelta(days=back)
        Entry.objects.create(
            patient=patient, day=at.date(), felt_at=at, pain=5, written_by=patient.user,
            written_at=at, note="x" * 1000,
        )  # fmt: skip
    page = pia.get("/diary/").text
    loaded = all_loaded(re.findall(r'(?:src|href)="/static/clinic/([^"]+)"', page))
    assert {"clinic.css", "diary.js", "writing.js", "store.js"} <= loaded
    assert "htmx" not in page
    size = len(page.encode()) + sum((CLINIC / name).stat().st_size for name in loaded)
    assert size < LARGEST_PAGE, size


@pytest.mark.parametrize("pain", ["", "11", "-1", "five", "6,5", "\x00", "9" * 400])
def test_what_is_no_score_is_refused_in_words_and_nothing_is_kept(pia, patient, pain):
    answer = tap(pia, pain)
    assert answer.status_code == 422
    assert "nothing was kept" in answer.content.decode()
    assert not patient.entries.exists()


def test_a_post_that_is_replayed_is_kept_once_and_answered_like_the_first(pia, patient):
    sent = {"pain": 4, "client_id": uuid4()}
    answers = [pia.post("/diary/", sent) for _time in range(3)]
    assert {answer.url for answer in answers} == {f"/diary/{one_entry(patient).pk}/"}
    assert actions_on_record().count("entry.added") == 1


def test_a_second_tap_from_the_same_page_changes_nothing_and_says_so(pia, patient):
    number = uuid4()
    pia.post("/diary/", {"pain": 4, "client_id": number})
    answer = pia.post("/diary/", {"pain": 9, "client_id": number}, follow=True)
    assert one_entry(patient).pain == 4
    assert "Your first tap was kept" in answer.content.decode()


def test_a_number_of_somebody_elses_entry_is_refused(pia, other):
    number = uuid4()
    tap(signed_in(other.user), 3, client_id=number)
    assert tap(pia, 4, client_id=number).status_code == 404


def test_an_edit_is_a_new_entry_in_the_place_of_the_old_one(pia, patient):
    tap(pia, 6)
    first = one_entry(patient)
    sent = {"pain": 5, "effects": ["dizzy", "sick"], "bladder_hurry": "no", "note": "long walk",
            "client_id": uuid4()}  # fmt: skip
    answer = pia.post(f"/diary/{first.pk}/", sent)
    now = one_entry(patient)
    assert answer.url == f"/diary/{now.pk}/"
    assert now.replaces == first
    assert (now.day, now.felt_at) == (first.day, first.felt_at)
    assert (now.pain, now.effects, now.bladder) == (5, ["dizzy", "sick"], {"hurry": False})
    first.refresh_from_db()
    assert (first.pain, first.note) == (6, "")
    assert pia.get(f"/diary/{first.pk}/").url == f"/diary/{now.pk}/"


def test_a_stale_edit_shows_both_and_overwrites_nothing(pia, patient):
    tap(pia, 6)
    first = one_entry(patient)
    pia.post(f"/diary/{first.pk}/", {"pain": 5, "note": "phone", "client_id": uuid4()})
    answer = pia.post(f"/diary/{first.pk}/", {"pain": 2, "note": "tablet", "client_id": uuid4()})
    page = answer.content.decode()
    assert answer.status_code == 409
    assert "phone" in page
    assert "tablet" in page
    assert one_entry(patient).pain == 5


def test_an_entry_is_taken_out_and_stays_on_record(pia, patient):
    tap(pia, 6)
    first = one_entry(patient)
    number = uuid4()
    for _time in range(2):
        answer = pia.post(f"/diary/{first.pk}/remove/", {"client_id": number})
        assert answer.url == "/diary/"
    assert not entries_of(patient).exists()
    assert diary_of(patient) is None
    assert patient.entries.count() == 2
    assert actions_on_record().count("entry.removed") == 1
    assert pia.get(f"/diary/{first.pk}/").url == "/diary/"


def test_days_without_an_entry_are_shown_as_gaps(pia, patient):
    for back in (4, 0):
        at = timezone.now() - timedelta(days=back)
        Entry.objects.create(
            patient=patient, day=timezone.localdate(at), felt_at=at, pain=5,
            written_by=patient.user, written_at=at,
        )  # fmt: skip
    assert pia.get("/diary/").content.decode().count("nothing written") == 3


@pytest.mark.parametrize(
    "sent",
    [
        {"effects": ["chest_pain"]},
        {"effects": ["self_harm"]},
        {"effects": ["seeing_things"]},
        {"bladder_blood": "yes"},
        {"bladder_cannot_pass": "yes"},
    ],
)
def test_urgent_answers_show_the_number_at_once_and_are_marked(pia, patient, sent):
    tap(pia, 6)
    url = f"/diary/{one_entry(patient).pk}/"
    answer = pia.post(url, {"pain": 6, "client_id": uuid4(), **sent}, follow=True)
    page = answer.content.decode()
    assert "Please call us now" in page
    assert page.index('href="tel:0100999"') < page.index("<form method", page.index("<main"))
    assert one_entry(patient).is_urgent
    assert AuditEvent.objects.filter(action="entry.changed", note={"urgent": True}).exists()


def test_a_no_to_an_urgent_question_is_not_urgent(pia, patient):
    tap(pia, 6)
    url = f"/diary/{one_entry(patient).pk}/"
    sent = {"pain": 6, "client_id": uuid4(), "bladder_blood": "no", "effects": ["dizzy"]}
    assert "note stop urgent" not in pia.post(url, sent, follow=True).content.decode()
    assert not one_entry(patient).is_urgent


@pytest.mark.parametrize(
    ("sent", "says"),
    [
        ({"note": "x" * 1001}, "1001 letters"),
        ({"note": "a\x00b"}, "cannot be kept"),
        ({"effects": ["flying"]}, "not on our list"),
        ({"bladder_blood": "perhaps"}, "yes or no"),
        ({"pain": "12"}, "0 to 10"),
    ],
)
def test_what_cannot_be_kept_is_said_beside_it_and_nothing_typed_is_lost(pia, patient, sent, says):
    tap(pia, 6)
    url = f"/diary/{one_entry(patient).pk}/"
    answer = pia.post(url, {"pain": 6, "note": "my words", "client_id": uuid4()} | sent)
    page = answer.content.decode()
    assert answer.status_code == 422
    assert says in page
    assert "note" in sent or "my words" in page
    assert one_entry(patient).note == ""


def test_a_stored_script_is_shown_as_text(pia, patient, clinician):
    tap(pia, 6)
    url = f"/diary/{one_entry(patient).pk}/"
    page = pia.post(url, {"pain": 6, "note": SCRIPT, "client_id": uuid4()}, follow=True)
    staff = signed_in(clinician).get(f"/patients/{patient.pk}/forecast/")
    for answer in (page, staff):
        assert SCRIPT not in answer.content.decode()
        assert "&lt;script&gt;alert(1)" in answer.content.decode()


def late(pia, day, **told):
    return pia.post("/diary/late/", {"day": day, "pain": 3, "client_id": uuid4(), **told})


def test_an_entry_for_an_earlier_day_stands_for_its_evening(pia, patient):
    day = timezone.localdate() - timedelta(days=3)
    assert late(pia, day).status_code == 302
    entry = one_entry(patient)
    assert entry.day == day
    (told,) = diary_of(patient).entries
    assert (told.at.date(), told.at.hour) == (day, 20)
    assert told.lateness_h() > 24


@pytest.mark.parametrize(
    ("days", "says"), [(2, "has not come yet"), (-16, "more than 14 days back")]
)
def test_days_to_come_and_days_long_gone_are_refused_in_words(pia, patient, days, says):
    answer = late(pia, timezone.localdate() + timedelta(days=days))
    assert answer.status_code == 422
    assert says in answer.content.decode()
    assert not patient.entries.exists()


@pytest.mark.parametrize("day", ["", "tomorrow", "2026-02-31", "9999-99-99", "1\t2\t3\n4\t5"])
def test_what_is_no_day_is_refused_in_words(pia, patient, day):
    answer = late(pia, day)
    assert answer.status_code == 422
    assert "field-error" in answer.content.decode()


@pytest.mark.parametrize(
    ("offset", "today"), [(13 * 60, date(2026, 6, 2)), (-11 * 60, date(2026, 6, 1))]
)
def test_today_is_the_day_of_the_patient_and_not_of_the_clinic(
    pia, patient, monkeypatch, offset, today
):
    noon = datetime(2026, 6, 1, 12, tzinfo=UTC)
    monkeypatch.setattr(timezone, "now", lambda: noon)
    assert late(pia, today + timedelta(days=1), offset_minutes=offset).status_code == 422
    assert late(pia, today, offset_minutes=offset).status_code == 302
    entry = one_entry(patient)
    assert (entry.day, entry.felt_at, entry.offset_minutes) == (today, noon, offset)


@pytest.mark.parametrize("told", ["", "nonsense", "99999", "-99999", "1e9"])
def test_a_phone_that_tells_no_clock_is_on_that_of_the_clinic(pia, patient, told):
    tap(pia, 5, offset_minutes=told)
    zone = patient.clinic.time_zone
    assert zone == "Europe/Amsterdam"
    assert one_entry(patient).offset_minutes in (60, 120)


@pytest.mark.parametrize("path", ["/diary/", "/diary/late/", "/diary/1/"])
def test_the_diary_is_for_patients_alone(clinician, nurse, path):
    for user in (clinician, nurse):
        assert signed_in(user).get(path).status_code == 403


def test_nobody_opens_an_entry_of_somebody_else(pia, patient, other):
    tap(pia, 6)
    entry = one_entry(patient)
    theirs = signed_in(other.user)
    assert theirs.get(f"/diary/{entry.pk}/").status_code == 404
    sent = {"pain": 1, "client_id": uuid4()}
    assert theirs.post(f"/diary/{entry.pk}/", sent).status_code == 404
    assert theirs.post(f"/diary/{entry.pk}/remove/", sent).status_code == 404
    assert one_entry(patient) == entry


def test_reads_are_on_record(pia):
    pia.get("/diary/")
    assert AuditEvent.objects.filter(action="patient.read", note={"page": "diary"}).exists()
