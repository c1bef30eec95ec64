"""Cases that a clinician would name, told as they would be told."""

from __future__ import annotations

from datetime import date

import pytest
from safety_strategies import LIBRARY

from respite.domain import Patient, Regimen, read_dosing_history
from respite.safety import FactsNotUnderstood, PhaseNotKnown, check, facts_of, read_facts

DAY = date(2026, 11, 23)
WOMAN = Patient(age=45, sex="female", weight=70)
SHORT = Regimen.parse("ketamine 0.5 mg/kg iv over 40 min")


def status(answer, rule: str) -> str:
    return next(one.status for one in answer.findings if one.rule == rule)


def ask(patient=WOMAN, regimen=SHORT, told=None, **more):
    facts = None if told is None else read_facts(told, on=DAY)
    plan = Regimen.parse(regimen) if isinstance(regimen, str) else regimen
    return check(patient, plan, facts=facts, at=DAY, **more)


@pytest.mark.parametrize(
    "regimen",
    [
        "esketamine 1 mg/kg iv over 40 min",
        "esketamine 0.5 mg/kg iv over 40 min daily x10",
        "esketamine 0.5 mg/kg iv",
        "esketamine 112 mg intranasal",
    ],
)
def test_esketamine_at_a_racemic_dose_is_stopped(regimen):
    answer = ask(regimen=regimen)
    assert answer.verdict == "stop"
    assert "OWN-002" in {one.rule for one in answer.rests_on}


@pytest.mark.parametrize(
    "regimen", ["esketamine 0.2 mg/kg iv over 40 min", "esketamine 84 mg intranasal"]
)
def test_esketamine_at_its_own_dose_is_not(regimen):
    assert status(ask(regimen=regimen), "OWN-002") == "clear"


def test_a_concentrated_nasal_spray_at_home_is_stopped_whoever_made_it():
    plan = {"setting": "home", "concentration_mg_per_ml": "150 mg/mL"}
    answer = ask(regimen="ketamine 50 mg intranasal daily x10", told={"plan": plan})
    assert answer.verdict == "stop"
    assert answer.rests_on[0].rule == "OWN-003"
    assert answer.rests_on[0].severity == "absolute"
    compounded = ask(
        regimen="ketamine 50 mg intranasal", told={"plan": {**plan, "compounded": True}}
    )
    assert {"OWN-003", "PLAN-016"} <= {one.rule for one in compounded.rests_on}


def test_again_16_days_after_a_course_of_several_days_brings_a_plan_for_the_liver():
    rows = [f"2026-11-{day:02}T09:00,ketamine,600,mg,iv,1440" for day in range(3, 8)]
    history = read_dosing_history("\n".join(["start,drug,amount,unit,route,duration_min", *rows]))
    answer = ask(regimen="ketamine 25 mg/h iv for 100 h", history=history)
    assert answer.facts.known["plan.days_since_last_multiday_course"] == 15
    told = ask(
        regimen="ketamine 25 mg/h iv for 100 h",
        told={"plan": {"days_since_last_multiday_course": "16 days"}},
    )
    for one in (answer, told):
        assert status(one, "PLAN-012") == "fires"
        assert status(one, "OWN-004") == "fires"
        assert one.verdict == "stop"
        assert any("liver" in f.action.lower() for f in one.of("fires"))
    short = ask(told={"plan": {"days_since_last_multiday_course": "16 days"}})
    assert status(short, "PLAN-012") == "clear"
    assert status(short, "OWN-004") == "fires"


def test_185_over_115_before_a_session_is_not_started():
    told = {"session": {"pre": {"sbp": "185 mmHg", "dbp": "115 mmHg"}}}
    answer = ask(told=told, phase="before")
    assert answer.verdict == "stop"
    assert [one.rule for one in answer.rests_on] == ["PRE-002"]
    assert "185 mmHg" in answer.rests_on[0].because


def test_where_nobody_knows_of_a_pregnancy_it_is_asked_first():
    answer = ask()
    assert status(answer, "ELIG-009") == "unknown"
    assert "patient.pregnant" in answer.ask[:10]
    assert answer.verdict == "caution"
    assert answer.ask_first
    man = ask(Patient(age=45, sex="male", weight=70))
    assert status(man, "ELIG-009") == "clear"
    pregnant = ask(told={"patient": {"pregnant": True}})
    assert (pregnant.verdict, pregnant.rests_on[0].rule) == ("stop", "ELIG-009")


def test_an_unknown_medicine_is_never_taken_for_harmless():
    known = ask(Patient(medicines=("paracetamol",)))
    unknown = ask(Patient(medicines=("paracetamol", "zorbexan")))
    assert unknown.not_recognised == ("zorbexan",)
    assert "patient.meds" in unknown.ask
    assert status(known, "DDI-010") == "clear"
    assert status(unknown, "DDI-010") == "unknown"
    assert status(unknown, "OWN-001") == "fires"
    # A list of medicines says nothing about drinking and about food.
    assert status(known, "DDI-005") == "unknown"


@pytest.mark.parametrize(
    ("medicine", "rule"),
    [
        ("tramadol", "DDI-005"),
        ("Tramadol 50 mg", "DDI-005"),
        ("oxycodone/naproxen", "DDI-005"),
        ("phenelzine", "DDI-008"),
        ("theophylline", "DDI-010"),
        ("memantine", "DDI-012"),
        ("clarithromycin", "DDI-001"),
        ("rifampin", "DDI-003"),
        ("clopidogrel", "DDI-002"),
        ("ramipril", "DDI-014"),
    ],
)
def test_medicines_are_known_by_their_class(medicine, rule):
    answer = ask(Patient(medicines=(medicine,)), regimen="ketamine 40 mg oral three times daily x9")
    assert answer.not_recognised == ()
    assert status(answer, rule) == "fires"


def test_a_tablet_of_a_known_and_an_unknown_medicine_is_unknown():
    answer = ask(Patient(medicines=("oxycodone/zorbexan", "tramadol zorbexan")))
    assert len(answer.not_recognised) == 2


def test_everything_told_and_nothing_against_it_is_to_proceed():
    patient = Patient(
        age=45, sex="male", weight=70, condition="crps", medicines=("paracetamol",),
        liver="normal", egfr=90, cyp2b6="*1/*1", depression=3,
    )  # fmt: skip
    asked = ask(patient).questions
    told: dict[str, object] = {
        "plan.setting": "clinic", "plan.first_exposure": True, "patient.conditions": [],
        "patient.meds": {"alcohol_heavy": False, "grapefruit_juice": False},
        "patient.consent.off_label_signed": True, "plan.defined_endpoint": True,
        "plan.staff.acls_on_site": True, "plan.staff.dedicated_observer": True,
        "plan.equipment_check_today": True, "plan.days_since_last_multiday_course": "never",
        "course.sessions_365d": 0, "course.sessions_completed": 0,
        "course.months_continuous": "0 months", "course.response_pct": "50 percent",
        "course.relief_days_last": "30 days", "plan.cv_risk_high": False,
    }  # fmt: skip
    for one in asked:
        kind = LIBRARY.vocabulary[one.fact]
        value = False if kind.type == "yes_no" else f"0 {kind.unit}".strip()
        value = 0 if kind.type == "number" and not kind.unit else value
        told.setdefault(one.fact, value)
    # A dotted name is a name too, as in a table at the top of a file.
    answer = ask(patient, told=told)
    assert answer.questions == ()
    assert answer.verdict == "proceed", [one.rule for one in answer.rests_on]


def test_a_plan_with_two_ways_fires_where_one_of_them_does():
    answer = ask(regimen="ketamine 0.3 mg/kg iv; ketamine 300 mg oral daily x5")
    assert status(answer, "PLAN-008") == "fires"
    assert status(answer, "PLAN-001") == "clear"
    assert "oral" in next(o.known["plan.route"] for o in answer.findings if o.rule == "PLAN-008")


def test_a_phase_that_does_not_exist_is_refused_with_the_nearest():
    with pytest.raises(PhaseNotKnown, match="discharge"):
        ask(phase="discharg")


def test_a_route_without_rules_says_so():
    assert status(ask(regimen="ketamine 50 mg rectal"), "OWN-005") == "fires"


@pytest.mark.parametrize(
    ("patient", "told", "words"),
    [
        (Patient(age=30), {"patient": {"born": 1950}}, ["30", "75 to 76"]),
        (Patient(age=30), {"patient": {"age_years": "31 years"}}, ["30 years", "31 years"]),
        (Patient(), {"labs": {"alt_xuln": 3.2}}, ["labs.alt_xuln", "unit"]),
        (Patient(), {"labs": {"alt": 120, "alt_limit": "40 U/L"}}, ["labs.alt", "unit"]),
        (Patient(), {"labs": {"alt": "120 U/L"}}, ["alt_limit"]),
        (Patient(), {"labs": {"lft_date": date(2027, 1, 1)}}, ["2027-01-01", "2026-11-23"]),
        (Patient(), {"patient": {"born": date(2027, 1, 1)}}, ["2027"]),
        (Patient(), {"plan": {"route": "oral"}}, ["Route", "by mouth", "into a vein"]),
        (Patient(), {"session": {"pre": {"sbp": "1850 mmHg"}}}, ["1850", "0 to 400"]),
        (Patient(), {"session": {"pre": {"sbp": "18 kPa"}}}, ["mmHg"]),
        (Patient(), {"patient": {"phq9": 10**400}}, ["digits"]),
        (Patient(), {"patient": {"phq9": 12.5}}, ["whole"]),
        (Patient(), {"patient": {"born": 10**400}}, ["year of birth"]),
        (Patient(), {"sesion": {"pre": {"sbp": "180 mmHg"}}}, ["session.pre.sbp"]),
        (Patient(sex="male"), {"patient": {"pregnant": True}}, ["Pregnancy"]),
        (Patient(), {"patient": {"conditions": ["osa"]}}, ["osa_untreated"]),
        (Patient(), {"session": {"pre": {"sbp": "80 mmHg", "dbp": "90 mmHg"}}}, ["systolic"]),
        (Patient(medicines=("tramadol",), daily_opioid_mg=0), {}, ["opioid"]),
        (Patient(medicines=("tramadol",)), {"patient": {"meds": []}}, ["opioid"]),
    ],
)
def test_what_cannot_be_true_or_understood_is_said_in_words(patient, told, words):
    with pytest.raises(FactsNotUnderstood) as refused:
        ask(patient, told=told)
    for word in words:
        assert word in str(refused.value), str(refused.value)


def test_what_may_stand_for_a_fact():
    facts = read_facts(
        {
            "patient": {"born": date(1980, 12, 1), "conditions": {"osa_untreated": True}},
            "labs": {"lft_date": date(2026, 11, 20), "alt": "120 U/L", "alt_limit": "40 U/L"},
            "plan": {"drug": "racemic", "last_multiday_course_end": "never"},
        },
        on=DAY,
    ).known
    assert facts["patient.age_years"] == 45
    assert (facts["labs.lft_age_days"], facts["labs.lft_age_hours"]) == (3, 72)
    assert facts["labs.alt_xuln"] == 3
    assert facts["plan.drug"] == "ketamine"
    assert facts["plan.days_since_last_multiday_course"] == float("inf")
    assert facts["patient.conditions"].has("osa_untreated")
    assert facts["patient.conditions"].has("raised_icp") is None


def test_a_year_of_birth_leaves_open_what_the_birthday_decides():
    young = ask(Patient(), told={"patient": {"born": 2008}})
    assert status(young, "ELIG-021") == "unknown"
    assert status(ask(Patient(), told={"patient": {"born": 2010}}), "ELIG-021") == "fires"
    assert status(ask(Patient(), told={"patient": {"born": 2000}}), "ELIG-021") == "clear"


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("ketamine 0.5 mg/kg iv over 40 min daily x10",
         {"plan.total_dose_mg": 35, "plan.infusion_mg_per_kg_h": 0.75, "plan.interval_days": 1,
          "plan.consecutive_days": 10, "plan.daily_dose_mg": 35, "plan.repeated_dosing": True}),
        ("ketamine 25 mg/h iv for 5 days",
         {"plan.total_dose_mg": 3000, "plan.daily_dose_mg": 600, "plan.infusion_hours": 120,
          "plan.infusion_hours_total": 120, "plan.consecutive_days": 5}),
        ("ketamine 0.3 mg/kg iv, 0.1 mg/kg/h iv for 4 h",
         {"plan.bolus_mg_per_kg": 0.3, "plan.infusion_mg_per_kg_h": 0.1, "plan.total_dose_mg": 49,
          "plan.interval_days": float("inf"), "plan.repeated_dosing": False}),
        ("ketamine 10 mg oral three times daily x30",
         {"plan.daily_dose_mg": 30, "plan.single_dose_mg": 10, "plan.bolus_mg_per_kg": 0}),
        ("ketamine 80 mg iv over 4 h weekly x26",
         {"plan.infusion_hours_total": 4, "plan.interval_days": 7, "plan.consecutive_days": 1}),
    ],
)  # fmt: skip
def test_facts_of_a_plan_are_those_a_person_would_count(text, expected):
    known = facts_of(LIBRARY, WOMAN, Regimen.parse(text), at=DAY).known
    assert {name: known[name] for name in expected} == pytest.approx(expected)


def test_without_a_weight_a_dose_per_kilogram_stays_unknown():
    known = facts_of(LIBRARY, Patient(), SHORT, at=DAY).known
    assert "plan.total_dose_mg" not in known
    assert known["plan.infusion_mg_per_kg_h"] == pytest.approx(0.75)
    fixed = facts_of(LIBRARY, Patient(), Regimen.parse("ketamine 35 mg iv over 40 min"), at=DAY)
    assert "plan.infusion_mg_per_kg_h" not in fixed.known


def test_a_history_tells_sessions_exposure_and_the_first_dose():
    rows = [f"2026-11-{day:02}T09:00,ketamine,35,mg,iv,40" for day in (2, 9, 16)]
    head = "start,drug,amount,unit,route,duration_min"
    history = read_dosing_history("\n".join([head, *rows]))
    known = facts_of(LIBRARY, WOMAN, SHORT, history=history, at=DAY).known
    assert known["course.sessions_365d"] == 3
    assert known["course.exposure_days_180"] == 3
    assert known["plan.first_exposure"] is False
    assert known["plan.days_since_last_multiday_course"] == float("inf")
    with pytest.raises(FactsNotUnderstood, match="2026-11-16"):
        facts_of(LIBRARY, WOMAN, SHORT, history=history, at=date(2026, 11, 10))
