"""Whatever is sent to a session, in whatever order, is kept well or refused in words."""

import uuid
from datetime import timedelta
from zoneinfo import ZoneInfo

import pytest
from clinic_people import made_patient
from django.utils import timezone
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st
from session_tablet import INFUSION, Tablet, opened, signed_plan

from respite.clinic.treatments.models import SessionEntry, SessionRecord
from respite.clinic.treatments.sessions.doings import KINDS

pytestmark = [pytest.mark.django_db, pytest.mark.thorough]

quick = settings(
    max_examples=6,
    phases=[Phase.generate],
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)

words = st.one_of(
    st.text(max_size=40),
    st.sampled_from(
        ["", "\x00", "-1", "0", "1e999", "NaN", "٣", "9" * 300, "ketamine iv", "mg/h", "yes",
         "<script>alert(1)</script>", "12:30", "\u202eabc", "a\tb\tc\n1\t2\t3", "0.5", "140"]
    ),
)  # fmt: skip

fields = (
    "told", "about", "rule", "reason", "signer", "signer_password", "password", "way", "rate",
    "unit", "mg", "at", "seconds_ago", "systolic", "diastolic", "pulse", "saturation", "breaths",
    "sedation", "dissociation", "nausea", "effect", "severity", "words", "text", "drug", "lot",
    "drawn", "given", "wasted", "serious", "serious_words", "relief_percent", "relief_hours",
    "client_id", "why",
)  # fmt: skip

forms = st.fixed_dictionaries(
    {"what": st.sampled_from([*KINDS, "answer", "tick", "overrule", "end", "relief", "?"])},
    optional=dict.fromkeys(fields, words),
)


@pytest.fixture
def tablet(nurse, clinician, patient):
    return Tablet(nurse, opened(nurse, signed_plan(clinician, patient)))


@pytest.mark.parametrize("state", ["checks", "running", "watched"])
def test_no_form_of_a_session_fails(tablet, state):
    tablet.check()
    if state != "checks":
        tablet.start(minutes_ago=50)
        tablet.send("vitals", minutes_ago=40, systolic=120, diastolic=80)
    if state == "watched":
        tablet.send("stop", minutes_ago=10)
    line = tablet.session.entries.last()

    @quick
    @given(forms)
    def send(told):
        told = {"client_id": str(uuid.uuid4())} | told
        for path in (tablet.path, f"{tablet.path}lines/{line.pk}/"):
            answer = tablet.client.post(path, told)
            assert answer.status_code in (302, 422)
            assert b"<script>alert" not in answer.content
        assert tablet.client.get(tablet.path).status_code == 200

    send()


def test_lines_in_any_order_and_twice_come_to_the_same_doses(nurse, clinician):
    now = timezone.localtime(timezone=ZoneInfo("Europe/Amsterdam"))

    def clock(minutes_ago):
        return f"{now - timedelta(minutes=minutes_ago):%H:%M}"

    way = {"way": "ketamine iv", "unit": "mg/h"}
    lines = [
        ("rate", {**way, "rate": "60", "at": clock(40)}),
        ("rate", {**way, "rate": "0", "at": clock(30)}),
        ("rate", {**way, "rate": "24", "at": clock(25)}),
        ("given", {"way": "ketamine iv", "mg": "5", "at": clock(28)}),
        ("vitals", {"pulse": "70", "at": clock(27)}),
        ("stop", {"at": clock(20)}),
    ]
    found = []

    @quick
    @given(
        st.permutations(range(len(lines))), st.lists(st.sampled_from(range(len(lines))), max_size=3)
    )
    def send(order, again):
        patient = made_patient(clinician, "Again")
        tablet = Tablet(nurse, opened(nurse, signed_plan(clinician, patient, INFUSION)))
        tablet.check()
        assert tablet.start(at=clock(50), unit="mg/h", rate="30").status_code == 302
        keys = [uuid.uuid4() for _line in lines]
        for number in [*order, *again]:
            what, told = lines[number]
            assert tablet.send(what, key=keys[number], **told).status_code == 302
        found.append(tablet.doses())
        assert SessionEntry.objects.filter(session=tablet.session, kind="rate").count() == 3

    send()
    assert found[0] == [
        ("ketamine", "5.000", "10.00"),
        ("ketamine", "10.000", "10.00"),
        ("ketamine", "5.000", "0.00"),
        ("ketamine", "2.000", "5.00"),
    ]
    assert all(one == found[0] for one in found)
    assert SessionRecord.objects.count() == len(found)
