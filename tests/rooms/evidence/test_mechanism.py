"""What a regimen takes hold of: against levels found another way, and what cannot be asked."""

from __future__ import annotations

import numpy as np
import pytest

from respite.domain import Patient, Regimen, RespiteError
from respite.evidence import mechanism_of
from respite.literature import load_library
from respite.population import simulate_curves

INFUSION = Regimen.parse("ketamine 0.5 mg/kg iv over 40 min")
PATIENT = Patient.from_mapping({"weight": 70, "age": 45})


@pytest.fixture(scope="module")
def answer():
    return mechanism_of(PATIENT, INFUSION, patients=80, seed=3)


def at(answer, hour: float) -> int:
    return int(np.abs(np.asarray(answer.time_h) - hour).argmin())


def test_occupancy_is_that_of_levels_simulated_another_way(answer):
    library = load_library()
    mass = library.constant("constants_ketamine.molar_mass_ketamine")
    (chunk,) = simulate_curves(PATIENT, INFUSION, patients=80, every="40min", until="4h", seed=3)
    serotonin = answer.taken("serotonin_transporter")
    (seen,) = serotonin.target.affinities
    constant = 162 / 1000 * mass
    assert seen.value == 162
    place = at(answer, 2 / 3)
    levels = chunk.columns["ketamine"][:, 1] / 1000 * answer.free_share[0]
    expected = np.percentile(levels / constant / (1 + levels / constant), [5, 50, 95])
    told = serotonin.occupancy
    assert [told.q05[place], told.q50[place], told.q95[place]] == pytest.approx(list(expected))


def test_both_forms_and_norketamine_compete_for_the_nmda_receptor(answer):
    library = load_library()
    parent = library.constant("constants_ketamine.molar_mass_ketamine") / 1000
    metabolite = library.constant("constants_ketamine.molar_mass_norketamine") / 1000
    (chunk,) = simulate_curves(PATIENT, INFUSION, patients=80, every="40min", until="4h", seed=3)
    free = {name: chunk.columns[name][:, 1] / 1000 * answer.free_share[0] for name in chunk.columns}
    both = free["ketamine"]
    parents = [
        free["s_ketamine"] / (0.3 * parent) + free["r_ketamine"] / (1.4 * parent),
        *(both / (value * parent) for value in (0.119, 0.5, 3.1)),
        both / ((0.25 * 0.66) ** 0.5 * parent),
        both / ((1 * 2.5) ** 0.5 * parent),
    ]
    metabolites = [
        free["s_norketamine"] / (1.7 * metabolite) + free["r_norketamine"] / (13 * metabolite),
        free["norketamine"] / (0.97 * metabolite),
    ]
    ratio = np.exp(np.mean(np.log(parents), axis=0)) + np.exp(np.mean(np.log(metabolites), axis=0))
    told = answer.taken("nmda").occupancy
    assert told.q50[at(answer, 2 / 3)] == pytest.approx(float(np.median(ratio / (1 + ratio))))


def test_every_share_is_a_share_and_bands_are_in_order(answer):
    for one in answer.targets:
        if one.occupancy is None:
            continue
        low, middle, high, least, most = (
            np.asarray(getattr(one.occupancy, name))
            for name in ("q05", "q50", "q95", "least", "most")
        )
        for band in (low, middle, high, least, most):
            assert band.min() >= 0
            assert band.max() <= 1
        assert (low <= middle).all()
        assert (middle <= high).all()
        assert (least <= middle + 1e-12).all()
        assert (middle <= most + 1e-12).all()


def test_receptors_are_free_long_before_the_slow_clock_has_run_down(answer):
    nmda, clock = answer.taken("nmda").occupancy, answer.slow_clock
    week = at(answer, 7 * 24)
    assert nmda.q50[week] < 0.001 * max(nmda.q50)
    assert clock.exposure_q50[week] > max(clock.exposure_q50) / 3
    low, middle, high = clock.half_time_days
    typical = load_library().model("pain_respite1").parameters["slow_half_time"].value / 24
    assert low < typical < high
    assert middle == pytest.approx(typical, rel=0.3)


def test_a_target_without_an_affinity_is_listed_and_not_predicted(answer):
    sigma = answer.taken("sigma1")
    assert sigma.occupancy is None
    assert sigma.target.not_reported
    assert sigma.to_dict()["occupancy"] is None


def test_twice_the_dose_takes_more_but_less_than_twice(answer):
    double = mechanism_of(
        PATIENT, Regimen.parse("ketamine 1 mg/kg iv over 40 min"), patients=80, seed=3
    )
    for one in answer.targets:
        if one.occupancy is not None:
            twice = max(double.taken(one.target.id).occupancy.q50)
            assert max(one.occupancy.q50) < twice <= 2 * max(one.occupancy.q50)


def test_esketamine_alone_and_a_long_course_are_answered():
    for text in ("esketamine 84 mg intranasal twice weekly for 4 weeks", "ketamine 25 mg im"):
        answer = mechanism_of(PATIENT, Regimen.parse(text), patients=20)
        assert 0 < max(answer.taken("nmda").occupancy.q50) < 1


def test_the_same_seed_gives_the_same_answer(answer):
    again = mechanism_of(PATIENT, INFUSION, patients=80, seed=3)
    assert again.to_dict() == answer.to_dict()


@pytest.mark.parametrize(
    ("regimen", "patients", "word"),
    [
        ("placebo iv over 40 min", 100, "no ketamine"),
        ("ketamine 0.5 mg/kg iv over 40 min", 0, "--patients"),
        ("ketamine 0.5 mg/kg iv over 40 min", 10**6, "--patients"),
        ("ketamine 25 mg oral every 6 h for 365 days", 100, "doses"),
    ],
)
def test_what_cannot_be_asked_is_refused_in_words(regimen, patients, word):
    with pytest.raises(RespiteError) as refused:
        mechanism_of(PATIENT, Regimen.parse(regimen), patients=patients)
    assert word in refused.value.found
    assert refused.value.remedy
