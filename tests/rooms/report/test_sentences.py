"""What a forecast says, word for word, and what it may never say."""

from __future__ import annotations

import re

import pytest
import sample_answers as answers
from hypothesis import given, settings
from hypothesis import strategies as st

from respite.forecasting import NextDoseBy
from respite.report.basis import assumption_lines, scope_lines
from respite.report.forecast_text import forecast_text
from respite.report.layout import Page
from respite.report.levels import peak
from respite.report.sentences import gap_lines, headline, next_dose
from respite.report.simulation_text import simulation_text

CERTAIN = re.compile(
    r"\b(certain|certainly|guarantee\w*|definitely|surely|always|will have|cure[sd]?)\b|\b100%",
    re.I,
)


def shared_out(lasting: float, beyond: float = 0.0, **changes):
    return answers.times(
        p_no_response=1 - lasting,
        p_gone_before_last_dose=0.0,
        p_hours_only=0.0,
        p_returns=lasting - beyond,
        p_beyond_horizon=beyond,
        **changes,
    )


def test_the_answer_is_said_in_plain_words(forecast):
    assert headline(forecast) == (
        "Most people will not keep relief for a day: about 27 of 100 do (drug alone: about 19).",
        "Where it ends within 180 days, pain returns 24 days after the last dose, about 2026-04-04"
        " (median; 80% interval 6 to 71 days, 2026-03-17 to 2026-05-21). About 3 of 100 still have"
        " relief at day 180.",
        "About 40 of 100 never reach 30% relief; about 9 of 100 lose it before the last dose"
        " ends; about 24 of 100 keep it for hours only (median 6.2 hours).",
    )


@pytest.mark.parametrize(
    ("lasting", "words"),
    [
        (0.04, "Hardly anyone keeps relief for a day: about 4 of 100 do"),
        (0.30, "Most people will not keep relief for a day: about 30 of 100 do"),
        (0.50, "About half keep relief for a day or more: about 50 of 100"),
        (0.70, "Most people keep relief for a day or more: about 70 of 100"),
        (0.95, "Nearly all keep relief for a day or more: about 95 of 100"),
        (1.00, "Nearly all keep relief for a day or more: more than 99 of 100"),
    ],
)
def test_the_words_fit_the_number(lasting, words):
    answer = answers.forecast(time_to_pain_return=shared_out(lasting))
    assert headline(answer)[0].startswith(words)


def test_nobody_relieved_is_said_with_the_reason_that_no_length_exists():
    answer = answers.forecast(time_to_pain_return=answers.nothing(), drug_only=answers.nothing())
    first, second, third = headline(answer)
    assert first.endswith("fewer than 1 of 100 do (drug alone: fewer than 1).")
    assert second == (
        "No usual length of relief can be given:"
        " fewer than 20 draws lost relief after a day or more."
    )
    assert third == "More than 99 of 100 never reach 30% relief."


def test_an_interval_that_does_not_exist_gives_its_reason():
    times = shared_out(0.5, interval80_days=None, missing={"interval80_days": "only 12 draws."})
    assert (
        "(median; no 80% interval: only 12 draws)"
        in headline(answers.forecast(time_to_pain_return=times))[1]
    )


def test_points_are_said_as_points():
    answer = answers.forecast(threshold="2points")
    assert "never reach 2 points of relief" in headline(answer)[2]


def test_no_next_dose_gives_its_reason():
    answer = answers.forecast(
        next_dose_by=NextDoseBy(
            day_after_last_dose=None, chance_faded=0.2, because="too few have lasting relief"
        )
    )
    assert next_dose(answer) == "No day can be given: too few have lasting relief."


def test_gaps_say_how_often_relief_fades_in_them():
    gap = {"from_day": 9.0, "to_day": 37.0, "p_relief": 0.74, "p_faded": 0.61}
    assert gap_lines(answers.forecast(gaps=(gap,))) == (
        "Day 9 to 37: 74% have relief at some time, and 61% have lost it by the next dose.",
    )


def test_the_page_of_text_shows_relief_at_the_times_that_were_asked(forecast):
    lines = forecast_text(forecast, page=Page()).splitlines()
    start = lines.index("Relief at set times from the first dose")
    assert [line.split()[0] for line in lines[start + 2 : start + 4] if line] == ["0.25h"]


def test_what_lies_outside_comes_before_what_is_unknown(forecast):
    marks = [line.split(":")[0] for line in scope_lines(forecast.scope)]
    assert marks == ["Outside what was studied", "Not known"]


def test_assumed_numbers_are_counted_and_the_first_named(forecast):
    count, *named, more = assumption_lines(forecast.assumed)
    assert count == "It rests on 6 numbers that nobody published and that we assumed:"
    assert len(named) == 5
    assert more == "and 1 more."


def test_the_peak_is_said_in_words(simulation):
    assert peak(simulation) == (
        "Ketamine peaks near 188 ng/mL in venous plasma"
        " (mean; 90 of 100 people between 114 and 286), 40 minutes after the first dose starts."
    )


def test_low_certainty_stands_near_the_top(forecast):
    top = forecast_text(forecast, page=Page()).splitlines()[:8]
    assert any(line.startswith("Certainty: very low.") for line in top)


def test_lines_are_never_wider_than_the_page(forecast, simulation):
    for width in (50, 72, 88):
        page = Page(width=width)
        text = forecast_text(forecast, page=page) + simulation_text(simulation, page=page)
        assert max(map(len, text.splitlines())) <= max(width, 80)


def test_text_cannot_steer_a_terminal():
    text = forecast_text(answers.forecast(people="a person\x1b[2J\x07 of 45"), page=Page())
    assert "\x1b" not in text
    assert "\x07" not in text


def test_headings_are_bold_only_where_colour_is_wanted(forecast):
    assert "\x1b[1m" in forecast_text(forecast, page=Page(bold=True))
    assert "\x1b" not in forecast_text(forecast, page=Page())


chances = st.lists(st.floats(0, 1), min_size=5, max_size=5).filter(lambda s: sum(s) > 0)
maybe = st.none() | st.floats(0, 400)
intervals = st.none() | st.tuples(st.floats(0, 100), st.floats(100, 400))


@st.composite
def return_times(draw):
    raw = draw(chances)
    shares = [share / sum(raw) for share in raw]
    return answers.times(
        p_no_response=shares[0],
        p_gone_before_last_dose=shares[1],
        p_hours_only=shares[2],
        p_returns=shares[3],
        p_beyond_horizon=shares[4],
        hours_only_median_h=draw(maybe),
        median_days=draw(maybe),
        interval80_days=draw(intervals),
        survival=draw(st.just({}) | st.just({7: shares[4], 84: 0.0})),
        missing=draw(st.just({}) | st.just({"median_days": "too few draws"})),
    )


@settings(derandomize=True, deadline=None, max_examples=60)
@given(return_times(), return_times(), st.none() | st.integers(1, 90))
def test_any_forecast_prints_and_none_claims_certainty(counted, alone, day):
    answer = answers.forecast(
        time_to_pain_return=counted,
        drug_only=alone,
        next_dose_by=NextDoseBy(day_after_last_dose=day, chance_faded=0.2, because=None),
        relief_share={},
        assumed=(),
        scope=(),
        would_change=(),
    )
    text = forecast_text(answer, page=Page())
    assert "None" not in text
    assert "nan" not in text
    said = " ".join((*headline(answer), next_dose(answer)))
    assert not CERTAIN.search(said), said


def test_each_exposure_names_its_analyte_measure_and_unit(simulation):
    text = simulation_text(simulation, page=Page())
    assert "ketamine, peak (ng/mL)" in text
    assert "ketamine, AUC, to infinity (ng·h/mL)" in text
    assert "ketamine, level at 2 h (ng/mL)" in text
