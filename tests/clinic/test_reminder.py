"""The reminder for a patient's own calendar."""

import pytest
from clinic_people import signed_in

pytestmark = pytest.mark.django_db


def test_a_reminder_is_a_calendar_of_one_event_a_day_without_anything_clinical(patient):
    answer = signed_in(patient.user).post("/reminders/calendar/", {"hour": "21"})
    assert answer.headers["Content-Type"].startswith("text/calendar")
    lines = answer.content.decode("ascii").split("\r\n")
    assert lines[0] == "BEGIN:VCALENDAR"
    assert (lines.count("BEGIN:VEVENT"), lines.count("END:VEVENT")) == (1, 1)
    assert "RRULE:FREQ=DAILY" in lines
    assert any(line.startswith("DTSTART:") and line.endswith("T210000") for line in lines)
    text = answer.content.decode().lower()
    for word in ("pain", "ketamine", "clinic", "diary", "pia"):
        assert word not in text


@pytest.mark.parametrize("hour", ["", "3", "25", "noon", "<script>"])
def test_an_hour_that_is_none_is_said(patient, hour):
    assert signed_in(patient.user).post("/reminders/calendar/", {"hour": hour}).status_code == 422
