"""What is said and drawn of acute effects."""

from __future__ import annotations

import pytest

from respite.domain import Patient, Regimen
from respite.literature import load_library
from respite.report import (
    acute_fit_picture,
    effect_sentences,
    effects_picture,
    felt_table,
    rising_table,
)
from respite.safety import acute_effects


@pytest.fixture(scope="module")
def course():
    plan = Regimen.parse("ketamine 35 mg iv over 40 min daily x5")
    return acute_effects(Patient(age=45), plan, people=100)


def test_every_effect_has_its_line(course):
    felt, rising = felt_table(course), rising_table(course)
    assert len(felt.rows) + len(rising.rows) == len(course)
    assert all(len(row) == len(felt.head) for row in felt.rows)
    assert all(len(row) == len(rising.head) for row in rising.rows)
    assert "in first" in felt.head


def test_one_session_has_no_first_and_last():
    once = acute_effects(Patient(), Regimen.parse("ketamine 35 mg iv over 40 min"), people=100)
    assert "in first" not in felt_table(once).head
    assert not any("weakens" in line for line in effect_sentences(once))


def test_a_course_says_that_pressure_does_not_weaken(course):
    lines = effect_sentences(course)
    assert any("pressure does not weaken" in line for line in lines)
    assert any("asked" in line for line in lines)
    assert all(line.endswith(".") for line in lines)


def test_what_was_not_studied_is_said_first():
    swallowed = acute_effects(Patient(), Regimen.parse("ketamine 100 mg oral"), people=50)
    assert "outside what was studied" in effect_sentences(swallowed)[0]


def test_what_holds_for_pressure_alone_is_said_apart():
    long = acute_effects(Patient(), Regimen.parse("ketamine 20 mg/h iv for 4 h"), people=50)
    first, second, *_rest = effect_sentences(long)
    assert "pressure and heart rate" in first
    assert "4 hours" in second


def test_nothing_is_said_of_nothing():
    assert effect_sentences(()) == ()
    assert felt_table(()) is None
    assert rising_table(()) is None


@pytest.mark.thorough
def test_the_pictures_have_words_and_numbers(course):
    for picture in (
        effects_picture(course),
        acute_fit_picture(load_library().acute_fits["acute_respite1"]),
    ):
        assert picture.png.startswith(b"\x89PNG")
        assert picture.alt
        assert picture.table.rows
