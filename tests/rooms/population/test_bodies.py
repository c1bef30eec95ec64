"""How facts about a person shift the numbers of a model."""

from __future__ import annotations

import numpy as np
import pytest

from respite.domain import Patient, Regimen
from respite.engine import Body, Train, area_under_curve
from respite.literature import load_library
from respite.population import CORE, Group, People, draw_group

TYPICAL = People(1, 1, is_typical=True)


def typical(model: str = CORE, **facts: float) -> Group:
    library = load_library()
    known = {"weight": 70, "age": 45} | facts
    return draw_group(
        library, Patient.from_mapping(known), TYPICAL, kinetics=library.assembled(model)
    )


def clearance(body: Body, place: str = "plasma") -> float:
    """Dose over the whole area; for a metabolite, its own clearance over the share formed."""
    dose = [Train(0, 1, 1, 0, np.ones(1))]
    return float(1 / area_under_curve(body, place, dose)[0])


def central_volume(body: Body) -> float:
    return float(1 / np.sum(body.response("plasma").heights))


def number(model: str, name: str) -> float:
    return load_library().assembled(model).parameters[name].value


@pytest.mark.parametrize("weight", [45, 70, 120])
def test_clearance_grows_with_weight_to_three_quarters_and_volume_with_weight(weight):
    body = typical(weight=weight).kinetics.bodies["s"]
    share = weight / 70
    assert clearance(body) == pytest.approx(number(CORE, "clearance") * share**0.75, rel=1e-12)
    assert central_volume(body) == pytest.approx(number(CORE, "central_volume") * share, rel=1e-12)
    # All that is cleared becomes metabolite, so its area is dose over its own clearance.
    metabolite = number(CORE, "metabolite_clearance") * share**0.75
    assert clearance(body, "metabolite") == pytest.approx(metabolite, rel=1e-9)


@pytest.mark.parametrize("model", ["ketamine_domino1982", "ketamine_clements1981"])
def test_numbers_per_kilogram_are_multiplied_by_weight(model):
    for weight in (50, 100):
        body = typical(model, weight=weight).kinetics.bodies["racemate"]
        volume = number(model, "central_volume") * weight
        assert central_volume(body) == pytest.approx(volume, rel=1e-12)
        cleared = number(model, "elimination_rate") * volume
        assert clearance(body) == pytest.approx(cleared, rel=1e-12)


def test_the_r_form_is_the_s_form_scaled_by_the_published_ratios():
    bodies = typical(weight=81).kinetics.bodies
    s, r = bodies["s"], bodies["r"]
    assert clearance(r) / clearance(s) == pytest.approx(number(CORE, "r_to_s_clearance"))
    assert central_volume(r) / central_volume(s) == pytest.approx(number(CORE, "r_to_s_volume"))
    assert clearance(r, "metabolite") == pytest.approx(clearance(s, "metabolite"), rel=1e-9)


def test_people_told_apart_by_ancestry_differ_as_the_model_says():
    """Japanese people are Asian too; a share of a dose stays a share for everybody."""
    library = load_library()
    model = library.assembled("esketamine_perezruixo2021")
    drawn = {
        ancestry: draw_group(
            library, Patient(weight=70, age=40, ancestry=ancestry), People(4, 500), kinetics=model
        ).kinetics.numbers["s"]
        for ancestry in ("not-asian", "asian", "japanese")
    }
    plain, asian, japanese = drawn.values()
    for other in (asian, japanese):
        ratio = other["liver_elimination_rate"] / plain["liver_elimination_rate"]
        np.testing.assert_allclose(ratio, 0.36, rtol=1e-12)
    np.testing.assert_array_equal(asian["intranasal_direct"], plain["intranasal_direct"])
    assert np.all(japanese["intranasal_direct"] > plain["intranasal_direct"])
    assert np.all(japanese["intranasal_direct"] < 1)


def test_the_liver_of_older_people_is_fed_less():
    """Blood flow of the liver falls above 60 years; clearance is flow times what is extracted."""
    model = "esketamine_perezruixo2021"
    out = number(model, "liver_elimination_rate") + number(model, "liver_metabolism_rate")
    for age, flow in ((30, 151), (60, 151), (80, 151 - 2.19 * 20)):
        body = typical(model, age=age).kinetics.bodies["s"]
        extracted = out / (out + flow / number(model, "liver_volume"))
        assert clearance(body) == pytest.approx(flow * extracted, rel=1e-9)


def test_weight_leaves_a_model_without_weight_alone():
    light, heavy = (
        typical("esketamine_perezruixo2021", weight=weight).kinetics.bodies["s"]
        for weight in (50, 100)
    )
    np.testing.assert_array_equal(light.rates, heavy.rates)


def test_known_facts_are_kept_and_unknown_ones_are_drawn_within_their_bounds():
    library = load_library()
    people = People(1, 5000)
    known = draw_group(library, Patient(weight=63), people).covariates
    assert np.all(known["weight"] == 63)
    assert np.ptp(known["age"]) > 0
    drawn = draw_group(library, Patient(), people).covariates
    assert set(drawn) == {"weight", "age"}
    for name, values in drawn.items():
        usable = library.model("people_crps2011").scope[name].usable
        assert usable is not None
        assert usable.from_ <= np.min(values) < np.max(values) <= usable.to


# ------------------------------------------------------------------ doses


def amounts(group: Group, regimen: str) -> dict[str, float]:
    """Give the milligrams that reach each form of the drug."""
    trains = group.dose(Regimen.parse(regimen).events()).trains
    return {
        form: float(sum(train.amount_mg[0] * train.count for train in each))
        for form, each in trains.items()
    }


def test_racemic_ketamine_is_half_of_each_form_and_esketamine_has_no_r_form():
    group = typical()
    assert amounts(group, "ketamine 50 mg iv daily x3") == {"s": 75, "r": 75}
    assert amounts(group, "esketamine 50 mg iv daily x3") == {"s": 150, "r": 0}


def test_placebo_leaves_no_levels_and_yet_is_a_session():
    group = typical()
    dosing = group.dose(Regimen.parse("placebo iv over 40 min daily x3").events())
    assert not any(dosing.trains.values())
    assert len(dosing.events) == 3
    assert group.levels(["plasma"], dosing, [0.0, 1.0]) == {}
    assert group.states(dosing, 3.0) == {}


def test_placebo_beside_a_drug_changes_no_level():
    group = typical()
    both, one = (
        group.levels(["plasma"], group.dose(Regimen.parse(text).events()), [0.5, 2.0, 30.0])
        for text in (
            "ketamine 40 mg iv over 40 min; placebo iv over 40 min daily x3",
            "ketamine 40 mg iv over 40 min",
        )
    )
    np.testing.assert_array_equal(both["s"]["plasma"], one["s"]["plasma"])


def test_hydrochloride_counts_by_the_base_in_it():
    group = typical()
    factor = load_library().constant("constants_ketamine.base_per_hydrochloride")
    salt = amounts(group, "esketamine HCl 100 mg iv")["s"]
    assert salt == pytest.approx(100 * factor)
    assert 0.8 < factor < 0.9


def test_a_dose_per_kilogram_is_the_dose_in_milligrams_at_that_weight():
    group = typical(weight=64)
    assert amounts(group, "ketamine 0.5 mg/kg iv over 40 min") == pytest.approx(
        amounts(group, "ketamine 32 mg iv over 40 min")
    )
    assert amounts(group, "esketamine 0.1 mg/kg/h iv for 10 h") == pytest.approx(
        amounts(group, "esketamine 6.4 mg/h iv for 10 h")
    )


def test_a_dose_per_kilogram_follows_the_weight_of_each_virtual_person():
    group = draw_group(load_library(), Patient(), People(2, 40))
    (train,) = group.dose(Regimen.parse("esketamine 0.5 mg/kg iv").events()).trains["s"]
    np.testing.assert_allclose(train.amount_mg, 0.5 * group.covariates["weight"])
