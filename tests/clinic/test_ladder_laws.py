"""The ladder of reminders, whatever happens: one e-mail a day, never after an entry, never in a
pause, and a person at its end."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

from hypothesis import given, settings
from hypothesis import strategies as st

from respite.clinic.contact.reminders.ladder import (
    Call,
    Facts,
    Step,
    call_day,
    next_step,
    silence_from,
)

QUIET = settings(derandomize=True, deadline=None, max_examples=300)
FIRST = date(2026, 3, 1)
MAILS = (Step.REMIND, Step.REMIND_AGAIN)


def day(number: int) -> date:
    return FIRST + timedelta(days=number)


DAYS = st.integers(-40, 40).map(day)
CALLS = st.lists(st.builds(Call, st.none() | DAYS, st.none() | DAYS), max_size=3).map(tuple)
FACTS = st.builds(
    Facts,
    expected_from=st.none() | DAYS,
    last_entry=st.none() | DAYS,
    paused_until=st.none() | DAYS,
    mail_days=st.frozensets(DAYS, max_size=6),
    calls=CALLS,
    can_mail=st.booleans(),
    silent_days=st.integers(0, 14),
)

HAPPENINGS = st.lists(
    st.sampled_from(
        ("", "", "", "", "entry", "late entry", "pause", "resume", "reached", "missed")
    ),
    min_size=1,
    max_size=60,
)
"""What happens on each day, before the hour of the reminder."""


@QUIET
@given(FACTS, DAYS)
def test_the_same_facts_give_the_same_step(facts, today):
    assert next_step(facts, today) is next_step(replace(facts), today)


@QUIET
@given(FACTS, DAYS)
def test_nothing_is_sent_on_a_day_with_an_entry_or_in_a_pause_or_twice(facts, today):
    step = next_step(facts, today)
    if facts.last_entry is not None and facts.last_entry >= today:
        assert step is Step.NOTHING
    if facts.paused_until is not None and facts.paused_until >= today:
        assert step is Step.NOTHING
    if today in facts.mail_days or not facts.can_mail:
        assert step not in MAILS


@QUIET
@given(FACTS)
def test_a_silence_always_ends_at_a_person_unless_one_has_been_there(facts):
    start, due = silence_from(facts), call_day(facts)
    if start is None or due is None:
        assert all(next_step(facts, day(n)) is Step.NOTHING for n in range(-50, 80))
        return
    answering = [one for one in facts.calls if one.silence_from == start]
    if answering and answering[-1].again_on is None:
        assert next_step(facts, due) is Step.NOTHING
    elif answering:
        assert next_step(facts, max(due, answering[-1].again_on)) is Step.CALL
    else:
        assert next_step(facts, due) is Step.CALL
        assert next_step(facts, due + timedelta(days=100)) is Step.CALL


@QUIET
@given(HAPPENINGS, st.integers(0, 7), st.booleans(), st.booleans())
def test_day_by_day_a_ladder_is_climbed_and_ends_at_a_person(happenings, silent, can_mail, loses):
    facts = Facts(expected_from=FIRST, can_mail=can_mail, silent_days=silent)
    row, last = 0, None
    for number, happened in enumerate(happenings):
        today = day(number)
        facts = _after(facts, happened, today)
        step = next_step(facts, today)
        start = silence_from(facts)
        if start != last:
            row, last = 0, start
        if step in MAILS:
            assert can_mail
            assert happened != "entry"
            row += 1
            # Never more in a row than the days of silence and one, and the last is told apart.
            assert row <= silent + 1
            assert (step is Step.REMIND_AGAIN) == ((today - start).days == silent + 1)
            if not loses:
                facts = replace(facts, mail_days=facts.mail_days | {today})
                assert next_step(facts, today) is Step.NOTHING
        if step is Step.CALL:
            assert (today - start).days >= silent + 2
    # From here on nobody writes and nobody rings: a person is due within the silence and a pause.
    end = day(len(happenings) + 40 + silent + 2)
    closed = [one for one in facts.calls if one.silence_from == silence_from(facts)]
    if not (closed and closed[-1].again_on is None):
        assert next_step(facts, end) is Step.CALL


def _after(facts: Facts, happened: str, today: date) -> Facts:
    match happened:
        case "entry":
            return replace(facts, last_entry=today)
        case "late entry":
            before = today - timedelta(days=1)
            return replace(facts, last_entry=max(before, facts.last_entry or before))
        case "pause":
            return replace(facts, paused_until=today + timedelta(days=6))
        case "resume":
            return replace(facts, paused_until=None, expected_from=today)
        case "reached" | "missed" if next_step(facts, today) is Step.CALL:
            again = today + timedelta(days=2) if happened == "missed" else None
            return replace(facts, calls=(*facts.calls, Call(silence_from(facts), again)))
        case _:
            return facts


def test_three_silent_days_are_three_reminders_a_last_one_and_a_call():
    facts = Facts(last_entry=day(0), silent_days=3)
    steps = [next_step(facts, day(n)) for n in range(7)]
    assert steps == [Step.NOTHING, *[Step.REMIND] * 3, Step.REMIND_AGAIN, Step.CALL, Step.CALL]


def test_who_gave_no_address_is_called_two_days_after_the_silent_days():
    facts = Facts(last_entry=day(0), silent_days=3, can_mail=False)
    steps = [next_step(facts, day(n)) for n in range(7)]
    assert steps == [Step.NOTHING] * 5 + [Step.CALL] * 2


def test_a_call_that_missed_is_due_again_on_its_day_and_one_that_reached_closes():
    facts = Facts(last_entry=day(0), silent_days=3, calls=(Call(day(0), day(9)),))
    assert next_step(facts, day(8)) is Step.NOTHING
    assert next_step(facts, day(9)) is Step.CALL
    reached = replace(facts, calls=(*facts.calls, Call(day(0), None)))
    assert next_step(reached, day(30)) is Step.NOTHING
    again = replace(reached, last_entry=day(31))
    assert next_step(again, day(32)) is Step.REMIND
