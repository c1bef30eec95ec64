"""What a forecast says that a diary shaped, word for word."""

from __future__ import annotations

import pytest
import sample_answers as answers
import sample_diaries as diaries
from hypothesis import given, settings
from hypothesis import strategies as st
from test_sentences import CERTAIN

from respite.forecasting import (
    AnotherWeek,
    BeatsPlacebo,
    CourseRelief,
    Courses,
    Headline,
    Learnt,
    Moved,
    MovingEntry,
    NextDoseBy,
)
from respite.report.diary_sentences import cautions, diary_in_short, has_learnt
from respite.report.forecast_text import forecast_text
from respite.report.html import forecast_page
from respite.report.layout import Page
from respite.report.learnt_sentences import learnt_lines
from respite.report.learnt_tables import changed_table, courses_table, entries_table
from respite.report.sentences import gap_lines, headline, next_dose, question


def lasting(share: float):
    return answers.times(
        p_no_response=1 - share,
        p_gone_before_last_dose=0.0,
        p_hours_only=0.0,
        p_returns=share,
        p_beyond_horizon=0.0,
    )


def test_the_answer_speaks_of_one_person_and_gives_dates():
    assert headline(diaries.forecast())[:3] == (
        "Given this diary, relief for a day or more is unlikely: about 27 of 100 who could have"
        " written it keep it so long (drug alone: about 19).",
        "Where it ends within 180 days, pain returns 24 days after the last dose, about 2026-04-11"
        " (median; 80% interval 6 to 71 days, 2026-03-24 to 2026-05-28). About 3 of 100 still"
        " have relief at day 180.",
        "At the last score, 15 days after the last dose, relief still holds in about 65 of 100."
        " There it goes on for 6.3 days more (median; 80% interval 1 to 16 days).",
    )


@pytest.mark.parametrize(
    ("share", "words"),
    [
        (0.04, "is very unlikely: about 4 of 100"),
        (0.30, "is unlikely: about 30 of 100"),
        (0.50, "is as likely as not: about 50 of 100"),
        (0.70, "is likely: about 70 of 100"),
        (1.00, "is very likely: more than 99 of 100"),
    ],
)
def test_the_words_fit_the_number(share, words):
    answer = diaries.forecast(time_to_pain_return=lasting(share))
    assert words in headline(answer)[0]


def test_a_diary_is_summed_up_in_one_line():
    answer = diaries.forecast()
    assert diary_in_short(answer, answer.diary) == (
        "87 scores from 2026-01-05 to 2026-04-01; 4 lines without a score; 2 written late, which"
        " count for less; PHQ-9 from 14 to 8, not used in the forecast"
    )
    assert dict(question(answer))["Given"] == "20 doses from 2026-01-12 to 2026-03-18"


def test_one_of_each_is_said_as_one():
    answer = diaries.forecast()
    one = diaries.diary(0) | {
        "scores": 1, "blank": 1, "late": 1, "day": [1.5], "pain": [4.0],
        "phq9": {"n": 1, "first": 9, "last": 9},
    }  # fmt: skip
    assert diary_in_short(answer, one) == (
        "1 score, 2026-01-13; 1 line without a score; 1 written late, which counts for less;"
        " PHQ-9 9 once, not used in the forecast"
    )


def test_days_stand_where_nothing_has_a_date():
    answer = diaries.forecast(first_dose=None)
    assert diary_in_short(answer, answer.diary).startswith("87 scores from day -6.5 to day 79")
    assert "2026" not in " ".join(headline(answer))
    assert "Since day 54," in learnt_lines(answer)[0]


def test_a_diary_without_a_score_is_said_and_changes_no_other_sentence():
    without = answers.forecast()
    answer = answers.forecast(diary=diaries.no_scores())
    assert not has_learnt(answer)
    assert headline(answer) == headline(without)
    assert (
        "it holds no score, so this is the forecast without a diary"
        in dict(question(answer))["Diary"]
    )
    page = Page(width=500)
    lines = forecast_text(answer, page=page).splitlines()
    assert [line for line in lines if not line.startswith("Diary ")] == forecast_text(
        without, page=page
    ).splitlines()


def test_what_was_learnt_is_said_in_order():
    assert learnt_lines(diaries.forecast()) == (
        "Since 2026-03-06, 6 new scores moved the chance of relief for a day or more from about 88"
        " to about 92 of 100, and its median length from 20 to 18 days.",
        "What moved it most: pain 6 on 2026-03-08 (chance -3 of 100, median -1.2 days); pain 2 on"
        " 2026-03-11 (chance +5 of 100).",
        "Another week of diary should bring the 80% interval from 31 to 25 days.",
        "Mean relief over the two weeks after each course, of untreated pain: course 1: 38% (30%"
        " to 46%); course 2: 38% (30% to 46%).",
        "That relief shrinks from course to course has a chance of about 70 of 100: each doubling"
        " of their number changes the exposure that is needed by +12% (80% interval -5% to +30%).",
    )


def test_what_cannot_be_said_gives_its_reason():
    nothing = diaries.learnt(
        moved=Moved(
            since_day=1.0,
            scores=0,
            before=None,
            after=Headline(chance_lasting=0.2, median_days=None, interval80_days=None),
            entries=(),
            because="no score is new",
        ),
        another_week=AnotherWeek(
            width80_now_days=None, width80_expected_days=None, because="too few draws"
        ),
        courses=Courses(courses=(), tolerance=None, because="there is one course only"),
    )
    assert learnt_lines(diaries.forecast(learnt=nothing)) == (
        "What moved lately cannot be said: no score is new.",
        "What another week of diary would bring cannot be said: too few draws.",
        "Whether relief shrinks from course to course cannot be said: there is one course only.",
    )


def test_ketamine_against_placebo_is_said_with_the_caveat_that_diaries_are_not_blinded():
    weak = diaries.beats_placebo(because="no course of placebo, only courses of other doses")
    *_rest, said, caveat = learnt_lines(diaries.forecast(learnt=diaries.learnt(beats_placebo=weak)))
    assert said == (
        "Ketamine relieves this person more than the same sessions with placebo would, by 10% of"
        " untreated pain or more: about 90 of 100 (before the diary about 60). Difference in mean"
        " relief +22% (80% interval +5% to +40%). No course of placebo, only courses of other"
        " doses."
    )
    assert "unless somebody blinded the sessions" in caveat


def test_of_many_courses_the_latest_are_named():
    learnt = diaries.learnt(
        courses=Courses(
            courses=tuple(
                CourseRelief(course=n, from_day=42.0 * n, to_day=42.0 * n + 4, relief=(0, 0.1, 0.2))
                for n in range(1, 26)
            ),
            tolerance=None,
            because="the drug gives no lasting relief",
        )
    )
    text = " ".join(learnt_lines(diaries.forecast(learnt=learnt)))
    assert "course 23: 10% (<1% to 20%); course 24" in text
    assert "course 22" not in text
    assert len(courses_table(learnt).rows) == 25


def test_a_day_to_plan_for_that_has_passed_is_said_to_have_passed():
    passed = NextDoseBy(day_after_last_dose=13, chance_faded=0.2, because=None, has_passed=True)
    assert next_dose(diaries.forecast(next_dose_by=passed)).endswith("That day has passed.")
    ahead = NextDoseBy(day_after_last_dose=16, chance_faded=0.2, because=None)
    assert "has passed" not in next_dose(diaries.forecast(next_dose_by=ahead))


def test_of_many_gaps_the_text_names_the_latest_and_counts_the_others():
    gap = {"from_day": 9.0, "to_day": 37.0, "p_relief": 0.74, "p_faded": 0.61}
    answer = answers.forecast(gaps=(gap,) * 24)
    assert len(gap_lines(answer)) == 24
    assert gap_lines(answer, latest=3)[-1] == "and 21 earlier gaps."
    assert "and 21 earlier gaps." in forecast_text(answer, page=Page())
    assert forecast_page(answer).count("lost it by the next dose") == 24


@pytest.mark.parametrize(
    ("changes", "words"),
    [
        ({}, None),
        ({"pareto_k": 0.83}, "Pareto k 0.83 (above 0.7 is poor)"),
        ({"ess": 20.4}, "worth 20 independent draws"),
        ({"method": "bank"}, "unlike what the model expects"),
        ({"pareto_k": None}, None),
    ],
)
def test_draws_that_were_hard_to_find_are_warned_of_beside_the_certainty(changes, words):
    usual = diaries.forecast().diagnostics
    answer = diaries.forecast(diagnostics={**usual, **changes})
    text = " ".join(forecast_text(answer, page=Page()).split())
    if words is None:
        assert cautions(answer) == ()
    else:
        assert words in text.partition("For Woman")[0]
        assert words in forecast_page(answer)
    assert "pareto k" in text.lower()


def test_a_forecast_without_records_is_not_warned_of():
    assert cautions(answers.forecast()) == ()


def test_the_tables_show_before_and_after():
    answer = diaries.forecast()
    assert changed_table(answer.learnt).rows == (
        ("responds to placebo", "24%", "2%"),
        ("responds for weeks", "57%", "97%"),
        ("half-time of the slow part (days)", "11 (6.2 to 21)", "12 (8.1 to 17)"),
    )
    assert entries_table(answer, answer.learnt).rows == (
        ("2026-03-08", "6", "-3", "-1.2"),
        ("2026-03-11", "2", "+5", "-"),
    )


def test_text_with_a_diary_is_less_than_twice_as_long():
    long = forecast_text(diaries.forecast(), page=Page())
    assert len(long.splitlines()) < 2 * len(
        forecast_text(answers.forecast(), page=Page()).splitlines()
    )


shares = st.floats(0, 1)
lengths = st.none() | st.floats(0, 4000)
differences = st.floats(-0.9, 0.9)
threes = st.tuples(differences, differences, differences).map(lambda three: tuple(sorted(three)))
reasons = st.none() | st.just("a reason")
headlines = st.builds(
    Headline, chance_lasting=shares, median_days=lengths, interval80_days=st.none()
)
entries = st.builds(
    MovingEntry,
    day=st.floats(-400, 4000),
    pain=st.floats(0, 10),
    chance_by=st.floats(-1, 1),
    median_days_by=st.none() | st.floats(-400, 400),
)
anything_learnt = st.builds(
    Learnt,
    classes=st.just(diaries.learnt().classes),
    numbers=st.just(diaries.learnt().numbers),
    moved=st.builds(
        Moved,
        since_day=st.floats(-400, 4000),
        scores=st.integers(0, 900),
        before=st.none() | headlines,
        after=headlines,
        entries=st.lists(entries, max_size=4).map(tuple),
        because=reasons,
    ),
    another_week=st.builds(
        AnotherWeek, width80_now_days=lengths, width80_expected_days=lengths, because=reasons
    ),
    courses=st.builds(
        Courses,
        courses=st.just(()) | st.just(diaries.learnt().courses.courses),
        tolerance=st.none() | st.just(diaries.learnt().courses.tolerance),
        because=reasons,
    ),
    beats_placebo=st.none()
    | st.builds(
        BeatsPlacebo,
        chance=shares,
        before=shares,
        margin=shares,
        difference=threes,
        placebo_courses=st.integers(0, 9),
        because=reasons,
    ),
)


@settings(derandomize=True, deadline=None, max_examples=80)
@given(anything_learnt, st.sampled_from([diaries.FIRST_DOSE, None, "2026-01-12T09:00:00+01:00"]))
def test_whatever_was_learnt_can_be_said(learnt, first_dose):
    answer = diaries.forecast(learnt=learnt, first_dose=first_dose)
    text = forecast_text(answer, page=Page())
    for missing in ("None", "nan", "inf "):
        assert missing not in text
    assert all(line[0].isupper() and line.endswith((".", ":")) for line in learnt_lines(answer))
    assert not CERTAIN.search(" ".join((*headline(answer), *learnt_lines(answer))))
