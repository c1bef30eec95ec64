"""Entries that a device kept: taken once, answered one by one, and nothing lost or believed."""

import json
from datetime import UTC, datetime, timedelta
from uuid import uuid4

import pytest
from clinic_diaries import tap
from clinic_people import made_patient, made_user, signed_in
from django.conf import settings as told_settings
from django.test import Client
from django.utils import timezone
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from respite.clinic.accounts.models import Role
from respite.clinic.audit.models import AuditEvent
from respite.clinic.diaries.models import Entry
from respite.clinic.diaries.outbox import owner_key
from respite.clinic.diaries.queries import diary_of, entries_of

pytestmark = pytest.mark.django_db

SCRIPT = "<script>alert(1)</script>"
MONTH = 31


@pytest.fixture
def other(clinician):
    user = made_user(clinician.clinic, Role.PATIENT, "omar")
    return made_patient(clinician, "Omar", user=user)


def written(days_back=0, **told):
    """Write an entry as a device sends it."""
    at = timezone.now() - timedelta(days=days_back)
    return {
        "client_id": str(uuid4()), "before": [], "day": at.date().isoformat(),
        "felt_at": at.timestamp() * 1000, "offset_minutes": 0, "pain": 4, "effects": [],
        "bladder": {}, "note": "",
    } | told  # fmt: skip


def send(browser, *entries, **told):
    body = {"entries": list(entries), "check": [], "open": ""} | told
    return browser.post("/diary/outbox/", json.dumps(body), content_type="application/json")


def states(answer):
    return [one["state"] for one in answer.json()["answers"]]


def one_entry(patient):
    (entry,) = entries_of(patient)
    return entry


def test_a_device_is_told_the_time_who_writes_and_whom_to_call(pia, patient):
    told = pia.get("/diary/outbox/").json()
    assert set(told) == {"now", "owner", "token", "phone", "dial"}
    assert abs(told["now"] / 1000 - timezone.now().timestamp()) < 5
    assert (told["phone"], told["dial"]) == ("0100 999", "0100999")
    assert told["owner"] == owner_key(patient.user)


def test_whose_entries_they_are_is_said_by_a_key_that_tells_nothing(patient, other):
    keys = {owner_key(patient.user), owner_key(other.user)}
    assert len(keys) == 2
    assert not any(user.username in key for key in keys for user in (patient.user, other.user))
    first = owner_key(patient.user)
    # A row that takes the number of one that was lost is still somebody else.
    patient.user.date_joined += timedelta(seconds=1)
    assert owner_key(patient.user) != first


def test_entries_of_a_week_arrive_on_their_days_and_as_late(pia, patient):
    answer = send(pia, *(written(back, pain=back) for back in range(7)))
    assert states(answer) == ["kept"] * 7
    today = timezone.now().date()
    kept = {entry.day: entry for entry in entries_of(patient)}
    assert {today - timedelta(days=back): back for back in range(7)} == {
        day: entry.pain for day, entry in kept.items()
    }
    old = kept[today - timedelta(days=3)]
    assert abs(old.felt_at - (timezone.now() - timedelta(days=3))) < timedelta(minutes=1)
    assert max(one.lateness_h() for one in diary_of(patient).entries) > 24
    assert AuditEvent.objects.filter(action="entry.added").count() == 7


def test_two_entries_of_one_day_both_count(pia, patient):
    at = timezone.now() - timedelta(days=2)
    same = {"felt_at": at.timestamp() * 1000, "day": at.date().isoformat()}
    assert states(send(pia, written(**same, pain=2), written(**same, pain=8))) == ["kept"] * 2
    first, second = entries_of(patient)
    assert first.felt_at != second.felt_at
    assert {first.pain, second.pain} == {2, 8}


def test_an_entry_that_is_sent_again_is_kept_once_and_answered_like_the_first(pia, patient):
    entry = written(1)
    answers = [send(pia, entry).json()["answers"] for _time in range(3)]
    assert answers[0] == answers[1] == answers[2]
    assert answers[0][0]["url"] == f"/diary/{one_entry(patient).pk}/"


def test_one_number_twice_in_a_batch_is_one_entry(pia, patient):
    entry = written()
    assert states(send(pia, entry, entry | {"pain": 9})) == ["kept", "kept"]
    assert one_entry(patient).pain == 4


def test_an_answer_that_was_lost_is_given_again_however_long_ago_it_was(pia, patient, monkeypatch):
    entry = written()
    send(pia, entry)
    later = timezone.now() + timedelta(days=40)
    monkeypatch.setattr(timezone, "now", lambda: later)
    client = signed_in(patient.user)
    assert states(send(client, entry)) == ["kept"]
    one_entry(patient)


def test_what_the_tap_of_the_page_kept_is_not_kept_again(pia, patient):
    number = uuid4()
    tap(pia, 4, client_id=number)
    assert states(send(pia, written(client_id=str(number)))) == ["kept"]
    one_entry(patient)


@pytest.mark.parametrize(
    ("sent", "about", "says"),
    [
        ({"pain": 11}, "pain", "0 to 10"),
        ({"pain": None}, "pain", "0 to 10"),
        ({"pain": True}, "pain", "0 to 10"),
        ({"pain": "4"}, "pain", "0 to 10"),
        ({"pain": 4.5}, "pain", "0 to 10"),
        ({"day": "2026-02-31"}, "day", "choose the day"),
        ({"day": 7}, "day", "choose the day"),
        ({"day": "9999-12-31"}, "day", "has not come yet"),
        ({"day": "0001-01-01"}, "day", "more than 14 days back"),
        ({"effects": ["flying"]}, "effects", "not on our list"),
        ({"effects": [["dizzy"]]}, "effects", "not on our list"),
        ({"note": "x" * 1001}, "note", "1001 letters"),
        ({"note": "a\x00b"}, "note", "cannot be kept"),
    ],
)  # fmt: skip
def test_what_cannot_be_kept_is_refused_with_a_sentence_and_stops_no_other(
    pia, patient, sent, about, says
):
    answer = send(pia, written(**sent), written(1))
    refused, kept = answer.json()["answers"]
    assert (refused["state"], refused["about"]) == ("refused", about)
    assert says in refused["why"]
    assert kept["state"] == "kept"
    one_entry(patient)


@pytest.mark.parametrize(
    "sent",
    [
        {"felt_at": None}, {"felt_at": "noon"}, {"felt_at": 1e300}, {"felt_at": -1e18},
        {"felt_at": True}, {"offset_minutes": 10**30}, {"offset_minutes": "far"},
        {"offset_minutes": None}, {"before": "all"}, {"before": [1, None, "x"]},
        {"bladder": []}, {"bladder": {"blood": "yes", "unknown": True}}, {"effects": None},
        {"note": None}, {"more": {"than": ["asked"]}},
    ],
)  # fmt: skip
def test_what_a_device_tells_wrongly_beside_the_score_troubles_nobody(pia, patient, sent):
    assert states(send(pia, written(2, **sent))) == ["kept"]
    entry = one_entry(patient)
    assert entry.day == timezone.now().date() - timedelta(days=2)
    assert entry.felt_at.date() == entry.day


def test_a_moment_that_is_not_on_the_day_is_not_believed(pia, patient):
    at = timezone.now() - timedelta(days=6)
    send(pia, written(2, felt_at=at.timestamp() * 1000))
    entry = one_entry(patient)
    assert entry.day == timezone.now().date() - timedelta(days=2)
    assert [one.at.hour for one in diary_of(patient).entries] == [20]


def test_the_day_is_that_of_the_clock_of_the_patient(pia, patient, monkeypatch):
    noon = datetime(2026, 6, 1, 12, tzinfo=UTC)
    monkeypatch.setattr(timezone, "now", lambda: noon)
    east = {"offset_minutes": 13 * 60, "felt_at": noon.timestamp() * 1000}
    assert states(send(pia, written(day="2026-06-02", **east))) == ["kept"]
    assert one_entry(patient).felt_at == noon
    west = {"offset_minutes": -11 * 60, "felt_at": noon.timestamp() * 1000}
    assert states(send(pia, written(day="2026-06-02", **west))) == ["refused"]


def test_half_a_sign_is_kept_as_a_sign_of_doubt(pia, patient):
    body = json.dumps({"entries": [written(note="walked")]}).replace("walked", "\\ud83d walked")
    answer = pia.post("/diary/outbox/", body, content_type="application/json")
    assert states(answer) == ["kept"]
    assert one_entry(patient).note == "\ufffd walked"


def test_an_urgent_answer_is_marked_and_on_record(pia, patient):
    send(pia, written(effects=["chest_pain"]), written(bladder={"blood": True, "often": False}))
    assert [entry.is_urgent for entry in entries_of(patient)] == [True, True]
    assert {"blood": True, "often": False} in [entry.bladder for entry in entries_of(patient)]


def test_a_stored_script_is_shown_as_text(pia):
    answer = send(pia, written(note=SCRIPT))
    page = pia.get(answer.json()["answers"][0]["url"]).content.decode()
    assert SCRIPT not in page
    assert "&lt;script&gt;alert(1)" in page


def test_a_mended_entry_takes_the_place_of_what_had_arrived_already(pia, patient):
    first = written(3, pain=4)
    send(pia, first)
    mended = first | {"client_id": str(uuid4()), "before": [first["client_id"]], "pain": 7}
    for _time in range(2):
        assert states(send(pia, mended)) == ["kept"]
    assert one_entry(patient).pain == 7
    assert patient.entries.count() == 2


def test_a_mended_day_moves_what_had_arrived_already(pia, patient):
    first = written(3)
    send(pia, first)
    day = (timezone.now() - timedelta(days=5)).date()
    mended = first | {"client_id": str(uuid4()), "before": [first["client_id"]],
                      "day": day.isoformat(), "felt_at": None}  # fmt: skip
    for _time in range(2):
        assert states(send(pia, mended)) == ["kept"]
    assert one_entry(patient).day == day


def test_a_mended_entry_never_takes_the_place_of_a_later_change(pia, patient):
    first = written()
    url = send(pia, first).json()["answers"][0]["url"]
    pia.post(url, {"pain": 2, "client_id": uuid4()})
    mended = first | {"client_id": str(uuid4()), "before": [first["client_id"]], "pain": 9}
    answer = send(pia, mended)
    assert states(answer) == ["refused"]
    assert "elsewhere" in answer.json()["answers"][0]["why"]
    assert one_entry(patient).pain == 2


def test_a_number_of_somebody_elses_entry_is_refused_and_tells_nothing(pia, patient, other):
    theirs = written()
    send(signed_in(other.user), theirs)
    answer = send(pia, theirs, written(before=[theirs["client_id"]]), check=[theirs["client_id"]])
    assert states(answer) == ["refused", "kept"]
    assert answer.json()["missing"] == [theirs["client_id"]]
    assert one_entry(patient).pain == 4
    assert entries_of(other).count() == 1


def test_a_device_learns_which_of_its_entries_a_restore_lost(pia, patient):
    kept, lost = written(), written(1)
    send(pia, kept)
    answer = send(pia, check=[kept["client_id"], lost["client_id"], "no number", 7, None])
    assert answer.json()["missing"] == [lost["client_id"]]
    assert states(send(pia, lost)) == ["kept"]
    assert entries_of(patient).count() == 2


def test_the_entry_that_is_looked_at_next_is_thanked_for(pia):
    entry = written()
    answer = send(pia, entry, open=entry["client_id"])
    page = pia.get(answer.json()["answers"][0]["url"]).content.decode()
    assert "Kept. That is all for today" in page


@pytest.mark.parametrize(
    "body",
    [b"{", b"[]", b"null", b"7", b'"text"', b"\xff\xfe", b"[" * 100_000,
     b'{"entries": {}}', b'{"entries": 7}', b'{"check": "all"}', b'{"a": ' + b"9" * 5000 + b"}",
     json.dumps({"entries": [{}] * 21}).encode(), json.dumps({"check": ["x"] * 501}).encode()],
)  # fmt: skip
def test_what_is_no_batch_is_refused_in_words_and_nothing_is_kept(pia, patient, body):
    answer = pia.post("/diary/outbox/", body, content_type="application/json")
    assert answer.status_code == 400
    assert "Nothing was kept" in answer.json()["why"]
    assert not patient.entries.exists()


def test_another_form_and_a_batch_that_is_too_large_are_refused(pia):
    assert pia.post("/diary/outbox/", {"entries": "[]"}).status_code == 415
    large = json.dumps({"entries": [], "more": "x" * 300_000})
    answer = pia.post("/diary/outbox/", large, content_type="application/json")
    assert answer.status_code == 413
    assert "Nothing was kept" in answer.json()["why"]


@pytest.mark.parametrize("entry", [None, 7, "text", [], {}, {"client_id": 7}, {"client_id": "x"}])
def test_an_entry_without_a_number_is_answered_and_not_kept(pia, patient, entry):
    assert states(send(pia, entry)) == ["refused"]
    assert not patient.entries.exists()


def test_an_outbox_of_a_month_goes_through(pia, patient):
    """Two entries a day for a month, of which the clinic takes those of a fortnight."""
    entries = [written(back, pain=back % 11) for back in range(MONTH) for _time in range(2)]
    said = []
    for first in range(0, len(entries), 20):
        answer = send(pia, *entries[first : first + 20])
        assert answer.status_code == 200
        said += states(answer)
    assert said == ["kept"] * 30 + ["refused"] * 32
    assert entries_of(patient).count() == 30


def test_a_flood_is_refused_in_words_and_what_was_kept_is_said(pia, patient, settings):
    settings.ENTRIES_AT_MOST = {"minute": 5, "day": 8}
    batch = [written() for _number in range(7)]
    answer = send(pia, *batch)
    assert answer.status_code == 429
    assert answer.headers["Retry-After"] == "60"
    assert states(answer) == ["kept"] * 5
    assert "wait a minute" in answer.json()["why"]
    # What was kept is acknowledged in a flood as well.
    assert states(send(pia, *batch[:5])) == ["kept"] * 5
    assert entries_of(patient).count() == 5


def test_a_flood_of_a_day_is_refused_as_well(pia, patient, settings):
    settings.ENTRIES_AT_MOST = {"minute": 50, "day": 3}
    answer = send(pia, *(written() for _number in range(4)))
    assert (answer.status_code, answer.headers["Retry-After"]) == (429, "3600")
    assert entries_of(patient).count() == 3


def test_a_flood_by_the_forms_of_the_page_is_refused_and_nothing_typed_is_lost(
    pia, patient, settings
):
    settings.ENTRIES_AT_MOST = {"minute": 1, "day": 50}
    tap(pia, 4)
    url = f"/diary/{one_entry(patient).pk}/"
    late = {"pain": 3, "day": timezone.localdate() - timedelta(days=1), "client_id": uuid4()}
    edit = {"pain": 3, "note": "my own words", "client_id": uuid4()}
    for answer in (tap(pia, 5), pia.post("/diary/late/", late), pia.post(url, edit),
                   pia.post(f"{url}remove/", {"client_id": uuid4()})):  # fmt: skip
        assert answer.status_code == 429
        assert "wait a minute" in answer.content.decode()
    assert "my own words" in pia.post(url, edit).content.decode()
    assert one_entry(patient).pain == 4


def test_a_flood_of_one_patient_leaves_others_alone(pia, other, settings):
    settings.ENTRIES_AT_MOST = {"minute": 1, "day": 50}
    assert send(pia, written(), written()).status_code == 429
    assert states(send(signed_in(other.user), written())) == ["kept"]


def test_the_outbox_is_for_patients_alone(clinician, nurse):
    for user in (clinician, nurse):
        assert signed_in(user).get("/diary/outbox/").status_code == 403
        assert send(signed_in(user), written()).status_code == 403
    assert send(Client(), written()).status_code == 302


def test_a_post_from_elsewhere_is_refused(patient):
    client = Client(enforce_csrf_checks=True)
    client.force_login(patient.user)
    assert send(client, written()).status_code == 403
    token = client.get("/diary/outbox/").json()["token"]
    answer = client.post(
        "/diary/outbox/", json.dumps({"entries": [written()]}), content_type="application/json",
        headers={"X-CSRFToken": token},
    )  # fmt: skip
    assert states(answer) == ["kept"]


ANYTHING = st.recursive(
    st.one_of(st.none(), st.booleans(), st.integers(), st.floats(), st.text(max_size=20),
              st.sampled_from(["2026-11-20", "chest_pain", "\x00", "yes", "1e999"])),
    lambda inner: st.one_of(st.lists(inner, max_size=3),
                            st.dictionaries(st.text(max_size=8), inner, max_size=3)),
    max_leaves=8,
)  # fmt: skip
FIELDS = ["client_id", "before", "day", "felt_at", "offset_minutes", "pain", "effects",
          "bladder", "note"]  # fmt: skip


@pytest.mark.thorough
@settings(derandomize=True, deadline=None, max_examples=300,
          suppress_health_check=[HealthCheck.function_scoped_fixture])  # fmt: skip
@given(wrong=st.dictionaries(st.sampled_from(FIELDS), ANYTHING), batch=ANYTHING)
def test_whatever_a_device_sends_is_answered_in_words(pia, patient, wrong, batch):
    told_settings.ENTRIES_AT_MOST = {"minute": 10**6, "day": 10**6}
    good = written()
    answer = send(pia, written() | wrong, batch, good)
    assert answer.status_code == 200
    assert states(answer)[-1] == "kept"
    assert all(one["why"] for one in answer.json()["answers"] if one["state"] == "refused")
    assert Entry.objects.filter(patient=patient, client_id=good["client_id"]).count() == 1
    whole = pia.post("/diary/outbox/", json.dumps(batch), content_type="application/json")
    assert whole.status_code in (200, 400)
