"""The other road to a posterior: the same chances of a diary, and weighted samples summed up."""

from __future__ import annotations

import numpy as np
import pytest
from validation.calibration import agreement
from validation.calibration.nuts import CHAINS, CLASSES, Road, Sampled
from validation.calibration.virtual import SCORES_H, facts_of

from respite.forecasting import diary_chances
from respite.literature import load_library
from respite.population import People, draw_group, simulate_pain


@pytest.fixture(scope="module")
def road():
    library = load_library()
    return Road(library, facts_of(library, 1), SCORES_H[2:20:2])


def test_levels_followed_once_weigh_a_diary_as_people_followed_one_by_one_do(road):
    setting = road.setting(np.asarray([7.0, 8, 6, 3, 2, 2, 0, 3, 1]))
    z = np.random.default_rng(3).standard_normal((1, len(road.axes)))
    people = People(1, len(CLASSES), given=road.given(z))
    group = draw_group(
        road.library, road.patient, people, kinetics=setting.kinetics, condition="crps"
    )
    courses = simulate_pain(group, setting.given, setting.clock.times_h)
    found = diary_chances(
        group.needs, courses, setting.clock.places, setting.entries, setting.scores
    )
    drawn = np.stack([group.needs.placebo, group.needs.fast, group.needs.slow], axis=1)
    assert drawn.tolist() == [list(one[:3]) for one in CLASSES]
    weighed = road.weigh()(z[0], setting.scores.low, setting.scores.high)
    of_classes = weighed - found.log_chance.sum(axis=1)
    assert np.exp(of_classes).sum() == pytest.approx(1)
    numbers = group.needs.numbers
    last = numbers["placebo_chance"] * numbers["fast_response_chance"]
    last = last * numbers["response_chance"] * numbers["persistent_chance"]
    assert np.exp(of_classes[-1]) == pytest.approx(last[-1])


def test_axes_stand_for_study_and_person_together(road):
    for moved in road.axes:
        assert sum(share**2 for share in moved.values()) == pytest.approx(1)
    assert len({name for moved in road.axes for name in moved}) == len(road.names())


def test_weighted_shares_and_quantiles_are_those_of_repeated_draws():
    places = np.asarray([-2, -1, 0.5, 3, 10, 40, np.inf])
    counts = np.asarray([3, 1, 1, 2, 2, 2, 4])
    repeated = np.repeat(places, counts)
    even = np.ones(len(repeated))
    shares = agreement.shares_of(places, counts.astype(float))
    assert shares == pytest.approx(agreement.shares_of(repeated, even))
    assert shares.sum() == pytest.approx(1)
    many = np.random.default_rng(2).gamma(2, 20, 20_000) + 1
    found = agreement.quantiles_of(many, np.ones(len(many)))
    assert found == pytest.approx(np.quantile(many, agreement.QUANTILES), rel=1e-3)


def test_agreement_sets_aside_what_chance_does_to_nuts():
    draw = np.random.default_rng(5)
    rows, patients = 500, 30

    def one(number: int, scale: float) -> agreement.Compared:
        places = draw.gamma(2, 20, (CHAINS * rows, 1)) + 1
        weights = np.full(places.shape, 1 / len(places))
        sampled = Sampled(places, weights, np.repeat(np.arange(CHAINS), rows), 2)
        return agreement.compared(sampled, draw.gamma(2, scale, 24_000) + 1, number)

    for scale, agrees in ((20, True), (23, False)):
        found = agreement.agreement([one(number, scale) for number in range(patients)])
        assert found.shares_agree
        assert found.quantiles_agree == agrees
        assert (found.patients, found.with_quantiles) == (patients, patients)
        assert found.divergences == 2 * patients
