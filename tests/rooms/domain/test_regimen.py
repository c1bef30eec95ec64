"""What is read from each written form, and what each mistake is told."""

import subprocess
import sys

import pytest

from respite.domain import DoseEvent, Drug, Form, Regimen, RegimenNotUnderstood, Route, Salt

DAY = 24.0


def times_in_days(text: str) -> list[float]:
    return [event.time_h / DAY for event in Regimen.parse(text).events()]


EXAMPLES = {
    "ketamine 0.5 mg/kg iv over 40 min daily x10": (10, 5.0, 9 * DAY + 40 / 60),
    "ketamine 0.5 mg/kg iv over 40 min daily x10 then 0.5 mg/kg iv over 40 min every 4 weeks x3": (
        13,
        6.5,
        (9 + 84) * DAY + 40 / 60,
    ),
    "esketamine 5 mg/h iv for 24 h, 10 mg/h for 24 h, 20 mg/h for 52 h": (3, 1400.0, 100.0),
    "ketamine 25 mg/h iv for 5 days": (1, 3000.0, 120.0),
    "ketamine 80 mg iv over 2 h": (1, 80.0, 2.0),
    "esketamine 84 mg intranasal twice weekly for 4 weeks then weekly for 4 weeks": (
        12,
        12 * 84.0,
        52 * DAY,
    ),
    "ketamine 0.5 mg/kg im": (1, 0.5, 0.0),
    "ketamine 25 mg sublingual every 8 h for 14 days": (42, 1050.0, 328.0),
    "ketamine 0.35 mg/kg/h iv over 4 h daily x10": (10, 14.0, 220.0),
    "ketamine 0.2 mg/kg iv; ketamine 10 mg/h iv for 8 h": (2, 80.2, 8.0),
    "placebo iv over 40 min daily x10": (10, 0.0, 9 * DAY + 40 / 60),
    "ketamine HCl 50 mg iv": (1, 50.0, 0.0),
    "ketamine 40 mg oral controlled-release twice daily x10": (10, 400.0, 108.0),
    "ketamine 25 mg oral solution every 8 h for 14 days": (42, 1050.0, 328.0),
    "ketamine 25 mg oral tablet": (1, 25.0, 0.0),
}


@pytest.mark.parametrize("text", EXAMPLES)
def test_each_example_prints_as_written_and_gives_its_doses(text: str) -> None:
    doses, amount, end_h = EXAMPLES[text]
    regimen = Regimen.parse(text)
    assert str(regimen) == text
    assert len(regimen.events()) == doses
    assert sum(event.amount for event in regimen.events()) == pytest.approx(amount, rel=1e-12)
    assert regimen.last_dose_end_h == pytest.approx(end_h, rel=1e-12)


def test_an_escalating_infusion_is_three_events_end_to_end() -> None:
    regimen = Regimen.parse("esketamine 5 mg/h iv for 24 h, 10 mg/h for 24 h, 20 mg/h for 52 h")
    events = [(e.time_h, e.duration_h, e.amount, e.drug, e.route) for e in regimen.events()]
    same = (Drug.ESKETAMINE, Route.IV)
    assert events == [(0, 24, 120, *same), (24, 24, 240, *same), (48, 52, 1040, *same)]


def test_a_bolus_beside_an_infusion_starts_with_it() -> None:
    bolus, infusion = Regimen.parse("ketamine 0.2 mg/kg iv; ketamine 10 mg/h iv for 8 h").events()
    assert (bolus.time_h, bolus.duration_h, bolus.is_per_kg, bolus.amount_mg(70)) == (
        0,
        0,
        True,
        14,
    )
    assert (infusion.time_h, infusion.duration_h, infusion.amount_mg()) == (0, 8, 80)


@pytest.mark.parametrize(
    ("often", "days"),
    [
        ("daily x3", [0, 1, 2]),
        ("twice daily x3", [0, 0.5, 1]),
        ("three times daily x4", [0, 1 / 3, 2 / 3, 1]),
        ("every other day x3", [0, 2, 4]),
        ("weekly for 4 weeks", [0, 7, 14, 21]),
        ("twice weekly x5", [0, 3, 7, 10, 14]),
        ("twice weekly for 4 weeks", [0, 3, 7, 10, 14, 17, 21, 24]),
        ("three times weekly x5", [0, 2, 4, 7, 9]),
        ("every 36 h x3", [0, 1.5, 3]),
        ("daily x2 then weekly x2", [0, 1, 8, 15]),
        ("twice weekly for 4 weeks then weekly x2", [0, 3, 7, 10, 14, 17, 21, 24, 31, 38]),
        ("weekly x2 then twice weekly x3", [0, 7, 11, 14, 18]),
        ("daily x2 then 5 mg iv every 4 weeks x2", [0, 1, 29, 57]),
    ],
)
def test_schedules_fall_on_these_days(often: str, days: list[float]) -> None:
    assert times_in_days(f"ketamine 10 mg im {often}") == pytest.approx(days)


def test_a_dose_without_schedule_may_be_followed_by_a_course() -> None:
    text = "ketamine 0.5 mg/kg iv over 40 min then 0.5 mg/kg iv over 40 min weekly x2"
    assert times_in_days(text) == [0, 7, 14]


def test_the_whole_chain_is_repeated_when_only_a_schedule_follows_then() -> None:
    text = "ketamine 0.2 mg/kg iv, 10 mg/h for 8 h daily x2 then weekly x1"
    events = Regimen.parse(text).events()
    assert [event.time_h for event in events] == [0, 0, 24, 24, 192, 192]
    assert [event.duration_h for event in events] == [0, 8] * 3


def test_hydrochloride_is_kept_with_the_drug_it_was_written_for() -> None:
    regimen = Regimen.parse("ketamine 50 mg HCl iv daily x1 then 20 mg daily x1")
    assert str(regimen) == "ketamine HCl 50 mg iv daily x1 then 20 mg daily x1"
    assert {event.salt for event in regimen.events()} == {Salt.HYDROCHLORIDE}
    named = Regimen.parse("ketamine HCl 50 mg iv daily x1 then ketamine 20 mg daily x1")
    assert [event.salt for event in named.events()] == [Salt.HYDROCHLORIDE, Salt.BASE]


@pytest.mark.parametrize(
    ("form", "words"),
    [
        (Form.PLAIN, ["", " over 40 min"]),
        (Form.SOLUTION, ["solution", "Liquid", "syrup"]),
        (Form.TABLET, ["tablet", "TABLETS", "capsule", "immediate release tablets"]),
        (Form.CONTROLLED_RELEASE, ["controlled-release", "controlled  release", "CR", "er", "xr"]),
        (Form.CONTROLLED_RELEASE, ["prolonged-release", "Extended Release", "sustained release"]),
        (Form.CONTROLLED_RELEASE, ["slow-release", "sr", "cr tablet", "slow release capsules"]),
    ],
)
def test_each_spelling_of_a_form_is_read(form: Form, words: list[str]) -> None:
    for spelling in words:
        (event,) = Regimen.parse(f"ketamine 25 mg oral {spelling}").events()
        assert event.form is form


def test_a_form_goes_with_its_route() -> None:
    text = "ketamine 40 mg oral tablet daily x1 then 20 mg daily x1 then 10 mg oral daily x1"
    assert str(Regimen.parse(text)) == text
    told = [event.form for event in Regimen.parse(text).events()]
    assert told == [Form.TABLET, Form.TABLET, Form.PLAIN]


@pytest.mark.parametrize("route", [route for route in Route if route is not Route.ORAL])
def test_only_an_oral_dose_has_a_form(route: Route) -> None:
    with pytest.raises(RegimenNotUnderstood, match=f"form tablet and the route {route}"):
        DoseEvent(time_h=0, drug=Drug.KETAMINE, route=route, amount=10, form=Form.TABLET)
    with pytest.raises(RegimenNotUnderstood, match='does not follow "oral"'):
        Regimen.parse(f"ketamine 10 mg {route} tablet")


def test_drugs_and_routes_are_told_once_in_order_of_use() -> None:
    regimen = Regimen.parse("ketamine 1 mg iv weekly x2 then esketamine 28 mg intranasal weekly x2")
    assert regimen.drugs == (Drug.KETAMINE, Drug.ESKETAMINE)
    assert regimen.routes == (Route.IV, Route.INTRANASAL)


REFUSED = [
    ("", "empty", "a drug"),
    ("   \n", "empty", "a drug"),
    ("ketamin 5 mg iv", 'column 1, "ketamin"', 'write "ketamine"'),
    ("esketamin 5 mg iv", 'column 1, "esketamin"', 'write "esketamine"'),
    ("morphine 5 mg iv", 'column 1, "morphine"', "ketamine, esketamine or placebo"),
    ("arketamine 5 mg iv", 'column 1, "arketamine"', "ketamine, esketamine or placebo"),
    ("ketamine 5 mg iv.", 'column 15, "iv."', 'write "iv"'),
    ("ketamine 5 mg intranasaly", 'column 15, "intranasaly"', "intranasal"),
    ("ketamine 5 mgg iv", 'column 12, "mgg"', 'write "mg"'),
    ("ketamine 5 mg/day iv for 3 days", '"mg/day"', "write a rate per h, or a dose"),
    ("ketamine 500 ng iv", 'column 14, "ng"', "follow the pattern"),
    ("ketamine 5 iv", 'column 12, "iv"', "a unit of dose"),
    ("ketamine iv 5 mg", 'column 10, "iv"', "write the amount first"),
    ("iv ketamine 5 mg", 'column 1, "iv"', "a drug"),
    ("5 mg ketamine iv", 'column 1, "5"', "a drug"),
    ("ketamine 0.5 mg/kg over 40 min", 'column 20, "over"', "a route"),
    ("ketamine 0.5 mg/kg", 'ends after "mg/kg"', "a route"),
    ("ketamine 5 mg iv;", 'ends after ";"', "a drug"),
    ("ketamine 5 mg iv daily x3 then", 'ends after "then"', "how often"),
    ("ketamine 5 mg iv ketamine 5 mg im", 'column 18, "ketamine"', "a semicolon"),
    ("ketamine 5 mg iv over 40 daily x3", 'column 26, "daily"', "a unit of time"),
    ("ketamine 5 mg iv ovr 40 min", 'column 18, "ovr"', 'write "over"'),
    ("ketamine 5 mg iv dayly x3", 'column 18, "dayly"', 'write "daily"'),
    ("ketamine 5 mg iv monthly x3", '"monthly"', "every 4 weeks"),
    ("ketamine 5 mg iv every 2 months x3", '"months"', "every 4 weeks"),
    ("ketamine 40 to 80 mg iv", 'column 13, "to"', "a unit of dose"),
    ("ketamine 0,5 mg iv", 'column 10, "0,5"', "write 0.5"),
    ("ketamine 1,000 mg iv", 'column 10, "1,000"', "write 1000"),
    ("ketamine -5 mg iv", 'column 10, "-5"', "without a sign"),
    ("ketamine .5 mg iv", 'column 10, ".5"', "write 0.5"),
    ("ketamine 5. mg iv", 'column 10, "5."', "write 5"),
    ("ketamine 1e3 mg iv", 'column 10, "1e3"', "without an exponent"),
    ("ketamine 1.2.3 mg iv", 'column 10, "1.2.3"', "a plain number"),
    ("ketamine 12345678901234567 mg iv", "column 10", "15 digits"),
    ("ketamine nan mg iv", 'column 10, "nan"', "an amount"),
    ("ketamine inf mg iv", 'column 10, "inf"', "an amount"),
    ("ketamine 0 mg iv", 'column 10, the amount is "0 mg"', "placebo"),
    ("ketamine 5 mg iv daily", 'column 18, "daily"', 'write "daily x10" or "daily for 4 weeks"'),
    ("ketamine 5 mg iv daily x10 for 4 weeks", 'column 18, "daily"', 'one of "x10"'),
    ("ketamine 5 mg iv x3", 'column 18, "x3"', "how often"),
    ("ketamine 5 mg iv daily x0", 'column 24, "x0"', "from x1"),
    ("ketamine 5 mg iv daily x99999", 'column 24, "x99999"', "x5000"),
    ("ketamine 5 mg iv daily x1.5", 'column 24, "x1.5"', "a whole number"),
    ("ketamine 5 mg/h iv", '"5 mg/h" has no duration', 'such as "for 24 h"'),
    ("ketamine 5 mg/h iv daily x3", '"5 mg/h" has no duration', 'such as "for 24 h"'),
    ("ketamine 5 mg iv for 2 h", 'column 18, "for 2 h"', 'write "over 2 h"'),
    ("ketamine 25 mg sublingual for 14 days", '"for 14 days"', "daily for 14 days"),
    ("ketamine 5 mg iv over 0 min", 'column 23, a time of "0 min"', "above zero"),
    ("ketamine 5 mg/h oral for 4 h", "cannot be given oral", "only for iv and sc"),
    ("ketamine 5 mg iv, 5 mg iv", 'column 19, "5 mg iv"', 'use ";"'),
    ("ketamine 5 mg iv over 30 h daily x3", '"30 h" overlap', "a longer interval"),
    ("ketamine 5 mg/h iv for 3 days then twice daily x2", '"3 days" overlap', "a shorter infusion"),
    ("ketamine 5 mg iv daily x3 then 5 mg iv", 'column 32, "5 mg iv"', "weekly x1"),
    (
        "ketamine 5 mg iv over 40 min daily x3 then 3 mg weekly x4",
        'column 44, "3 mg" follows an infusion',
        'write "3 mg iv" for a bolus',
    ),
    ("placebo iv weekly x2 then 10 mg weekly x2", 'column 27, "10 mg"', "ketamine 10 mg"),
    ("ketamine 5 mg iv tablet", 'column 18, "tablet"', 'right after "oral"'),
    ("ketamine 5 mg tablet", 'column 15, "tablet"', "Expected: a route"),
    ("ketamine 5 mg oral daily x3 tablet", 'column 29, "tablet"', 'right after "oral"'),
    ("ketamine 5 mg oral tabet", 'column 20, "tabet"', 'write "tablet"'),
    ("ketamine 5 mg oral controled-release", '"controled-release"', 'write "controlled-release"'),
    ("ketamine 5 mg oral controlled daily x3", '"controlled"', 'write "controlled-release"'),
    ("ketamine 5 mg oral controlled relese", 'column 31, "relese"', 'write "release"'),
    ("ketamine 5 mg oral spray", 'column 20, "spray"', "(solution, tablet, controlled-release)"),
    (
        "ketamine 5 mg oral tablet over 40 min then 3 mg weekly x2",
        'column 44, "3 mg" follows an infusion',
        'write "3 mg oral tablet" for a bolus',
    ),
    ("ketamine 500 mg/kg iv", "500 mg/kg", "at most 30 mg/kg"),
    ("ketamine 20 g iv over 2 h", "20 g", "at most 2000 mg within an hour"),
    ("ketamine 1500 mg/h iv for 24 h", "1500 mg/h", "within a day"),
    ("ketamine 1 mg/h iv for 100 days", "100 days", "at most 60 days"),
    ("ketamine 1 mg iv every 10 s x3", "every 10 s", "1 min"),
    ("ketamine 1 mg iv every 200 weeks x3", "every 200 weeks", "731 days"),
    ("ketamine 1 mg iv every 52 weeks x20", "ten years", "3653 days"),
    ("; ".join(["ketamine 1 mg iv daily x3000"] * 2), "5000 doses", "at most 5000"),
    ("x" * 5000, "column 1", "a drug"),
    ("ketamine 5 mg iv daily \N{PILE OF POO}", "column 24", "x10"),
]


@pytest.mark.parametrize(("text", "found", "told"), REFUSED, ids=range(len(REFUSED)))
def test_each_mistake_is_told_with_its_place_and_a_way_out(
    text: str, found: str, told: str
) -> None:
    with pytest.raises(RegimenNotUnderstood) as refusal:
        Regimen.parse(text)
    assert found in refusal.value.found
    assert told in str(refusal.value)
    assert len(str(refusal.value)) < 600


def test_a_suggestion_never_leads_from_another_drug_to_ours() -> None:
    for word in ("arketamine", "norketamine", "R-ketamine"):
        with pytest.raises(RegimenNotUnderstood) as refusal:
            Regimen.parse(f"{word} 5 mg iv")
        assert 'write "ketamine"' not in refusal.value.remedy


@pytest.mark.parametrize(
    "words", ["delayed-release", "delayd-release", "modified release", "immediate-release"]
)
def test_a_suggestion_never_leads_from_another_form_to_ours(words: str) -> None:
    with pytest.raises(RegimenNotUnderstood) as refusal:
        Regimen.parse(f"ketamine 5 mg oral {words}")
    assert "-release" not in refusal.value.remedy
    assert "controlled-release" in refusal.value.expected


def test_ten_megabytes_are_refused_in_one_sentence() -> None:
    with pytest.raises(RegimenNotUnderstood, match="characters long"):
        Regimen.parse("ketamine 5 mg iv; " * 600_000)


def test_a_light_import_loads_neither_parser_nor_arrays() -> None:
    script = (
        "import sys, respite.domain;"
        "sys.exit(any(name in sys.modules for name in ('lark', 'numpy', 'csv', 'tomllib')))"
    )
    assert subprocess.run([sys.executable, "-c", script], check=False).returncode == 0
