"""Why a patient needs somebody: each kind of reason, when it holds, when not, and its key."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import pytest
from clinic_diaries import an_answer, kept
from clinic_work import NOON, ZONE, dosed, found, held, planned, says, scored

from respite.clinic.audit.actions import Program, record
from respite.clinic.contact import queries as contact
from respite.clinic.contact.queries import CallDue, Waiting
from respite.clinic.diaries.words import effect_words
from respite.clinic.events import queries as events
from respite.clinic.events.queries import OpenEvent
from respite.clinic.forecasts.inputs import library_digest
from respite.clinic.forecasts.models import ForecastRecord, Release
from respite.clinic.patients.models import Score
from respite.clinic.surveillance import queries as surveillance
from respite.clinic.surveillance.queries import Alarm, DueTest
from respite.clinic.worklist.reasons import Kind, Need
from respite.clinic.worklist.reasons.fading import holding
from respite.clinic.worklist.reasons.mood import POSITIVE_FROM
from respite.clinic.worklist.words import sentence
from respite.domain import VERSION
from respite.literature import load_library

pytestmark = pytest.mark.django_db

TODAY = date(2026, 11, 20)


def days_ago(count):
    return TODAY - timedelta(days=count)


# Silent


@pytest.fixture
def nobody_to_be_called(monkeypatch):
    """Look at silence alone: a call that is due says the same and more."""
    monkeypatch.setattr(contact, "call_due", lambda _p: None)


@pytest.mark.usefixtures("nobody_to_be_called")
@pytest.mark.parametrize(("last", "is_silent"), [(0, False), (3, False), (4, True), (30, True)])
def test_silence_is_as_many_whole_days_without_an_entry_as_the_clinic_allows(
    patient, last, is_silent
):
    dosed(patient, 40)
    scored(patient, 5, last)
    reasons = found(patient, Kind.SILENT)
    assert bool(reasons) is is_silent
    if is_silent:
        assert reasons[0].values == {"day": days_ago(last).isoformat()}


@pytest.mark.usefixtures("nobody_to_be_called")
def test_a_long_silence_is_looked_at_today(patient):
    dosed(patient, 40)
    scored(patient, 5, 7)
    assert found(patient, Kind.SILENT)[0].need == Need.TODAY


@pytest.mark.usefixtures("nobody_to_be_called")
def test_who_never_wrote_is_silent_since_the_account_was_made(patient):
    dosed(patient)
    patient.user.date_joined = NOON - timedelta(days=9)
    patient.user.save()
    assert says(patient, Kind.SILENT) == ["never_wrote"]


@pytest.mark.usefixtures("nobody_to_be_called")
def test_nobody_is_silent_who_has_no_account_or_is_not_treated_or_is_to_be_called(
    patient, clinician, monkeypatch
):
    scored(patient, 5, 20)
    assert says(patient, Kind.SILENT) == []
    dosed(patient)
    assert says(patient, Kind.SILENT) == ["silent_since"]
    monkeypatch.setattr(contact, "call_due", lambda _p: CallDue(NOON, 3))
    assert says(patient, Kind.SILENT) == []
    assert says(patient, Kind.CALL) == ["call_due"]
    monkeypatch.setattr(contact, "call_due", lambda _p: None)
    patient.user.is_active = False
    patient.user.save()
    assert says(patient, Kind.SILENT) == []


@pytest.mark.usefixtures("nobody_to_be_called")
def test_a_treatment_long_past_without_a_plan_is_followed_no_more(patient):
    dosed(patient, patient.clinic.visit_days + 1)
    scored(patient, 5, 40)
    assert says(patient, Kind.SILENT) == []
    planned(patient, days_ago(100))
    assert says(patient, Kind.SILENT) == ["silent_since"]


# Fading


def diary_after(patient, pains):
    """Write one score a day from the day before the dose on."""
    dose = dosed(patient, len(pains) - 1)
    for day, pain in enumerate(pains):
        at = dose.start + timedelta(days=day - 1, hours=6)
        scored(patient, pain, felt_at=at, written_at=at, day=at.date())


def test_a_diary_in_which_relief_stayed_away_for_three_days_says_that_pain_has_returned(patient):
    diary_after(patient, [7, 2, 2, 2, 3, 2, 7, 7, 7, 7, 7])
    (reason,) = found(patient, Kind.FADING)
    assert (reason.says, reason.need) == ("pain_returned", Need.TODAY)
    assert reason.key == f"returned:{days_ago(10).isoformat()}"


@pytest.mark.parametrize(
    "pains", [[7, 2, 2, 2, 7, 2, 2, 2, 2, 2], [7, 7, 7, 7, 7, 7, 7], [7, 2, 2, 2, 2, 7, 7]]
)
def test_a_short_dip_no_relief_at_all_and_too_few_days_are_no_return(patient, pains):
    diary_after(patient, pains)
    assert says(patient, Kind.FADING) == []


def forecast_of(patient, ended, **returns):
    """Keep a forecast in which all have relief, and as many lose it as is told."""
    told = {
        "first_dose": ended.isoformat(),
        "last_dose_end_day": 0.0,
        "certainty": {"grade": "very low"},
        "time_to_pain_return": {
            "p_returns": 0.9, "p_beyond_horizon": 0.1, "median_days": 20.0,
            "interval80_days": [8.0, 60.0], "survival": {}, **returns,
        },
    }  # fmt: skip
    return kept(patient, an_answer(), answer=told)


@pytest.mark.parametrize(
    ("passed", "said"), [(5, []), (18, []), (20, ["fades_soon"]), (30, ["has_faded"])]
)
def test_relief_fades_where_the_forecast_finds_it_more_likely_gone_than_not(patient, passed, said):
    dosed(patient, passed)
    forecast_of(patient, NOON - timedelta(days=passed))
    assert says(patient, Kind.FADING) == said


def test_a_fading_keeps_its_key_and_says_how_likely_and_how_sure(patient):
    dosed(patient, 30)
    forecast_of(patient, NOON - timedelta(days=30))
    (late,) = found(patient, Kind.FADING)
    (soon,) = found(patient, Kind.FADING, NOON - timedelta(days=10))
    assert late.key == soon.key == f"fading:{days_ago(30).isoformat()}"
    assert late.since == soon.since
    assert soon.values["certainty"] == "very low"
    assert 50 < soon.values["percent"] < 100


def test_who_most_likely_never_had_relief_for_a_day_has_none_to_lose(patient):
    dosed(patient, 30)
    forecast_of(patient, NOON - timedelta(days=30), p_returns=0.3)
    assert says(patient, Kind.FADING) == []


def test_the_chance_that_relief_holds_never_rises_and_meets_what_the_forecast_says():
    told = an_answer().answer["time_to_pain_return"]
    held_at = holding(told)
    shares = [held_at(day) for day in range(1, 400)]
    assert shares == sorted(shares, reverse=True)
    for day, share in told["survival"].items():
        assert held_at(int(day)) == pytest.approx(share, abs=0.02)
    assert held_at(1) == pytest.approx(told["p_returns"] + told["p_beyond_horizon"])


# Urgent entries and moods


def test_every_effect_that_may_not_wait_is_in_the_list_at_once(patient):
    for place, effect in enumerate(effect_words()):
        is_urgent = effect in {
            "chest_pain",
            "hard_to_breathe",
            "self_harm",
            "seeing_things",
            "fainted",
        }
        scored(patient, 3, place / 100, effects=[effect], is_urgent=is_urgent)
    assert len(found(patient, Kind.URGENT)) == 5
    assert {one.need for one in found(patient, Kind.URGENT)} == {Need.NOW}


def test_an_edit_that_repeats_an_urgent_answer_is_no_news_and_one_that_adds_another_is(patient):
    first = scored(patient, 3, effects=["chest_pain"], is_urgent=True)
    again = scored(patient, 4, effects=["chest_pain"], is_urgent=True, replaces=first)
    assert [one.key for one in found(patient, Kind.URGENT)] == [f"entry:{first.pk}"]
    worse = scored(patient, 4, effects=["chest_pain", "self_harm"], is_urgent=True, replaces=again)
    keys = {one.key for one in found(patient, Kind.URGENT)}
    assert keys == {f"entry:{first.pk}", f"entry:{worse.pk}"}


def test_an_urgent_answer_that_was_taken_back_still_waits_for_a_person(patient):
    first = scored(patient, 3, effects=["chest_pain"], is_urgent=True)
    scored(patient, 3, replaces=first, is_removed=True)
    assert says(patient, Kind.URGENT) == ["urgent_entry"]


def phq9(patient, on, total, **answers):
    return Score.objects.create(
        patient=patient, instrument="phq9", answers=answers, total=total, on=on,
        written_by=patient.made_by,
    )  # fmt: skip


def test_question_nine_asks_for_a_talk_now_and_the_next_form_decides_anew(patient):
    first = phq9(patient, days_ago(9), 3, **{"9": 1})
    (reason,) = found(patient, Kind.MOOD)
    assert (reason.says, reason.need, reason.key) == ("score_urgent", Need.NOW, f"score:{first.pk}")
    phq9(patient, days_ago(1), 12, **{"9": 0})
    assert says(patient, Kind.MOOD) == ["mood_positive"]
    phq9(patient, TODAY, 4, **{"9": 0})
    assert says(patient, Kind.MOOD) == []


def test_what_surveillance_says_of_a_form_is_not_said_twice(patient, monkeypatch):
    phq9(patient, TODAY, 20, **{"9": 2})
    alarm = Alarm("phq9:4", "Mood", "It is low.", "Ask.", TODAY, is_grave=True)
    monkeypatch.setattr(surveillance, "alarms_of", lambda _p, _t: (alarm,))
    assert says(patient, Kind.MOOD) == []
    assert [one.need for one in found(patient, Kind.FINDING)] == [Need.NOW]


def test_the_positive_screen_is_that_of_the_library():
    sets = load_library().rules.values()
    (rule,) = (one for rules in sets for one in rules.rules if one.id == "ELIG-027")
    assert f"patient.phq9 >= {POSITIVE_FROM}" in str(rule.when)


# What other apps say


def test_a_message_is_overdue_once_the_promised_time_has_passed(patient, monkeypatch):
    promised = NOON + timedelta(days=2)
    waiting = Waiting(7, NOON - timedelta(hours=1), promised)
    monkeypatch.setattr(contact, "waiting_of", lambda _p: waiting)
    (early,) = found(patient, Kind.MESSAGE)
    (late,) = found(patient, Kind.MESSAGE, promised + timedelta(seconds=1))
    assert (early.says, early.need, early.due) == ("message_waits", Need.WEEK, promised)
    assert (late.says, late.need, late.key) == ("message_overdue", Need.TODAY, early.key)


def test_tests_that_are_due_are_one_row_and_those_overdue_another(patient, monkeypatch):
    soon = DueTest("liver", "Liver tests", TODAY + timedelta(days=3), False, "Every 3 months.")
    never = [DueTest(f"t{n}", f"Test {n}", TODAY, False, "Before.") for n in range(5)]
    late = DueTest("bladder", "Bladder check", days_ago(3), True, "Every month.", days_ago(40))

    def due(*tests):
        monkeypatch.setattr(surveillance, "due_of", lambda _p, _t: tests)
        return found(patient, Kind.TEST)

    overdue, others = due(late, soon, *never)
    assert (overdue.says, overdue.need) == ("test_overdue", Need.TODAY)
    assert (others.says, others.need) == ("tests_due", Need.WEEK)
    words = sentence(others.says, others.values)
    assert "6 tests are due" in words
    assert words.endswith("Liver tests; Test 0; Test 1; Test 2, and 2 more.")
    # What was never done is due today on every day: that is no news.
    tomorrow = [replace(one, due=TODAY + timedelta(days=1)) for one in never]
    assert due(*never)[0].key == due(*tomorrow)[0].key
    # A result that is entered, or a test that is due again, is.
    assert due(*never)[0].key != due(*never[1:])[0].key
    assert due(late)[0].key != due(replace(late, due=TODAY, last_done=days_ago(30)))[0].key


def test_events_and_findings_are_said_as_the_other_apps_say_them(patient, monkeypatch):
    event = OpenEvent(3, NOON, is_serious=True)
    monkeypatch.setattr(events, "open_events", lambda _p: (event,))
    assert [(one.says, one.need) for one in found(patient, Kind.EVENT)] == [
        ("serious_event", Need.NOW)
    ]


# Visits


def test_a_dose_of_the_plan_is_due_until_a_session_is_made_for_it(patient):
    plan = planned(patient, days_ago(0))
    (reason,) = found(patient, Kind.VISIT)
    assert (reason.says, reason.key) == ("dose_due", f"dose:{plan.pk}:2026-11-20")
    held(patient, plan, TODAY, state="checks")
    assert says(patient, Kind.VISIT) == []


def test_a_plan_that_begins_tomorrow_is_not_due(patient):
    planned(patient, TODAY + timedelta(days=1))
    assert says(patient, Kind.VISIT) == []


def test_the_next_dose_is_counted_from_the_last_that_was_given(patient):
    plan = planned(patient, days_ago(60), "ketamine 35 mg iv over 40 min every 4 weeks x3")
    held(patient, plan, days_ago(35))
    (reason,) = found(patient, Kind.VISIT)
    assert reason.values["day"] == days_ago(7).isoformat()
    held(patient, plan, days_ago(6))
    assert says(patient, Kind.VISIT) == []


def test_what_is_taken_at_home_makes_no_visit(patient):
    planned(patient, days_ago(3), "ketamine 25 mg sublingual every 8 h for 14 days")
    assert says(patient, Kind.VISIT) == []


def test_a_plan_that_is_done_is_seen_again_within_the_time_the_clinic_sets(patient):
    plan = planned(patient, days_ago(200), "ketamine 80 mg iv over 2 h")
    held(patient, plan, days_ago(91))
    (reason,) = found(patient, Kind.VISIT)
    assert (reason.says, reason.key) == ("visit_long_ago", f"last:{days_ago(91).isoformat()}")
    assert says(patient, Kind.VISIT, NOON - timedelta(days=1)) == []


def test_a_session_that_was_left_open_is_said_the_next_day(patient):
    plan = planned(patient, days_ago(1))
    session = held(patient, plan, days_ago(1), state="watched")
    assert f"open:{session.pk}" in {one.key for one in found(patient, Kind.VISIT)}
    assert "session_left_open" not in says(patient, Kind.VISIT, NOON - timedelta(days=1))


def test_a_draft_that_lies_about_is_said(patient):
    plan = planned(patient, TODAY, state="draft", signed_at=None)
    plan.__class__.objects.filter(pk=plan.pk).update(made_at=NOON - timedelta(days=2))
    assert says(patient, Kind.PLAN) == ["plan_unsigned"]
    assert says(patient, Kind.PLAN, NOON - timedelta(days=1)) == []


# Forecasts


def test_a_refused_forecast_is_said_in_the_words_of_the_library(patient):
    dosed(patient)
    kept(patient, an_answer(), answer={}, refusal={"found": "No.", "expected": "", "remedy": "So."})
    (reason,) = found(patient, Kind.FORECAST)
    assert reason.values == {"found": "No.", "remedy": "So."}


def test_a_forecast_that_no_patient_was_shown_is_said_until_one_is(patient, clinician):
    dosed(patient)
    one = kept(patient, an_answer())
    assert says(patient, Kind.FORECAST) == ["forecast_never_shown"]
    said = Release.objects.create(forecast=one, by=clinician)
    assert says(patient, Kind.FORECAST) == []
    later = said.at + timedelta(days=patient.clinic.visit_days + 1)
    planned(patient, TODAY)
    assert says(patient, Kind.FORECAST, later) == ["forecast_shown_long_ago"]


def test_a_forecast_that_does_not_come_is_said_after_an_hour(patient, clinician):
    dosed(patient)
    answered = an_answer()
    one = ForecastRecord.objects.create(
        patient=patient, inputs={}, digest="d" * 64, answer=answered.answer, words=answered.words,
        line=answered.line, library_digest=library_digest(), made_with=VERSION, seed=7,
    )  # fmt: skip
    Release.objects.create(forecast=one, by=clinician)
    record(Program(), "entry.added", patient, patient_id=patient.pk)
    now = one.made_at + timedelta(minutes=30)
    assert says(patient, Kind.FORECAST, now) == []
    assert says(patient, Kind.FORECAST, now + timedelta(hours=1)) == ["forecast_late"]


def test_days_are_those_of_the_clock_of_the_clinic(patient):
    dosed(patient, 40)
    scored(patient, 5, felt_at=NOON, written_at=datetime(2026, 11, 15, 23, 30, tzinfo=UTC))
    # In Amsterdam it was the 16th already, so that the 17th, 18th and 19th are without an entry.
    midnight = datetime(2026, 11, 20, 0, 0, 1, tzinfo=ZONE)
    assert says(patient, Kind.SILENT, midnight) == ["silent_since"]
    assert says(patient, Kind.SILENT, midnight - timedelta(seconds=2)) == []
