"""Plans in plain words: doses read back, consent, and answers as data that can be kept."""

import json
from datetime import date

import pytest

from respite import report
from respite.domain import Patient, Regimen

PERSON = {"age": 46, "sex": "female", "weight": 70, "condition": "crps", "baseline_pain": 7}
TEN = "ketamine 0.5 mg/kg iv over 40 min daily x10"


@pytest.mark.parametrize(
    ("text", "lines"),
    [
        (
            "ketamine 0.5 mg/kg iv over 40 min daily x10 then 0.5 mg/kg iv over 40 min every 4"
            " weeks x3",
            [
                "Days 1 to 10, every day, 10 doses: ketamine 35 mg (0.5 mg/kg) into a vein over"
                " 40 minutes",
                "Days 38 to 94, every 4 weeks, 3 doses: ketamine 35 mg (0.5 mg/kg) into a vein"
                " over 40 minutes",
            ],
        ),
        (
            "esketamine 5 mg/h iv for 24 h, 10 mg/h for 52 h",
            [
                "Day 1: esketamine 120 mg into a vein over 24 hours, 5 mg an hour",
                "Day 2: esketamine 520 mg into a vein over 2.167 days (52 hours), 10 mg an hour",
            ],
        ),
        (
            "esketamine 84 mg intranasal twice weekly for 2 weeks",
            ["Days 1, 4, 8 and 11, 4 doses: esketamine 84 mg into the nose"],
        ),
        (
            "ketamine 25 mg sublingual every 8 h for 14 days",
            ["Days 1 to 14, every 8 hours, 42 doses: ketamine 25 mg under the tongue"],
        ),
        ("placebo iv over 40 min", ["Day 1: placebo into a vein over 40 minutes"]),
        (
            "ketamine HCl 0.2 mg/kg iv",
            ["Day 1: ketamine 14 mg of hydrochloride (0.2 mg/kg) into a vein"],
        ),
    ],
)
def test_a_regimen_is_read_back_in_plain_words(text, lines):
    assert list(report.doses_told(Regimen.parse(text), weight_kg=70).lines) == lines


def test_without_weight_no_mg_is_made_up():
    told = report.doses_told(Regimen.parse(TEN))
    assert told.dose_mg is None
    assert "0.5 mg/kg (mg not known: no weight)" in told.lines[0]
    assert told.totals == ("ketamine: mg not known: no weight, in 10 doses",)


def test_the_last_day_is_told_by_the_calendar_where_the_first_is_known():
    told = report.doses_told(Regimen.parse(TEN), weight_kg=70, start=date(2026, 12, 1))
    assert told.ends == "The last dose ends on day 10, 2026-12-10."
    far = report.doses_told(Regimen.parse(TEN), weight_kg=70, start=date.max)
    assert far.ends.endswith("after every calendar.")


@pytest.mark.parametrize("text", [TEN, "ketamine 10 mg oral every 1 h x5000"])
def test_all_doses_are_counted_once(text):
    regimen = Regimen.parse(text)
    told = report.doses_told(regimen, weight_kg=70)
    assert told.dose_mg == pytest.approx(sum(one.amount_mg(70) for one in regimen.events()))


def test_old_and_new_doses_stand_line_by_line():
    new = Regimen.parse("ketamine 0.5 mg/kg iv over 40 min daily x10 then weekly x3")
    rows = report.doses_changed(Regimen.parse(TEN), new, weight_kg=70)
    assert [differs for _old, _new, differs in rows] == [False, True]
    assert report.doses_changed(new, new, weight_kg=70)[0][2] is False


@pytest.fixture(scope="module")
def safety():
    return report.check(PERSON, TEN)


def test_consent_and_leaflet_say_risk_benefit_and_the_way_out(safety):
    told = report.doses_told(Regimen.parse(TEN), weight_kg=70)
    outlook = report.forecast(PERSON, TEN, draws=400, with_levels=False)
    consent = json.dumps(report.words_told(report.consent_words(told, outlook, safety)))
    for words in ("of 100 people still have relief", "Feeling sick: about", "You may stop",
                  "How sure this is: very low.", "go without ketamine"):  # fmt: skip
        assert words in consent, words
    leaflet = json.dumps(report.words_told(report.chosen_leaflet(told, None, safety)))
    assert "Nobody can put a number" in leaflet
    assert "When to call us" in leaflet


def test_a_check_in_words_can_be_kept(safety):
    told = json.loads(json.dumps(report.check_told(safety)))
    assert told["verdict"] == "caution"
    assert told["headline"][0] == "Caution: too little is known to go on."
    assert {one["rule"] for one in told["fired"]} == {"PLAN-006"}
    assert told["unasked"] > 0


def test_the_basis_says_what_is_missing_and_with_what_it_was_made():
    outlook = report.forecast(PERSON, TEN, draws=400, with_levels=False)
    told = report.basis_told(Patient.from_mapping(PERSON), outlook)
    assert "height" in told["missing"]
    assert "weight" not in told["missing"]
    assert told["certainty"] == "Certainty: very low."
    assert told["seed"] == 1
    assert len(told["library_digest"]) > 12
    assert any(line.startswith("Outside what was studied") for line in told["scope"])
