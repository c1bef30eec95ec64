"""Simulated arms against other ways to the same number.

The expected means and shares come from few people, evenly spread, and from
classes that are averaged over. Here thousands of people are drawn one by one,
with their classes and their written scores, by the code of forecasts.
"""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest
from scipy import stats

from respite.domain import Condition, Patient, Regimen
from respite.evidence.model_based.expected import arms_of
from respite.evidence.model_based.likelihood import covariance, likelihood_of
from respite.evidence.model_based.reading import seen_trials
from respite.evidence.model_based.structures import SHIPPED
from respite.evidence.model_based.unknowns import PRIOR, Unknowns, unknowns_of
from respite.evidence.trials.rows import trial_rows
from respite.literature import load_library
from respite.population import People, array_library, draw_group, draw_responders, simulate_pain

LIBRARY = load_library()
TRIALS, _SKIPPED = seen_trials(trial_rows(LIBRARY), ("calibration",))
ARMS = arms_of(LIBRARY, TRIALS, SHIPPED, seed=3)
UNKNOWNS = unknowns_of(LIBRARY, TRIALS, ARMS.atlas.people)
TYPICAL = UNKNOWNS.at(np.zeros(len(UNKNOWNS.names)))
PEOPLE = 20_000


class NobodyElse(People):
    """People of the typical study."""

    def study_normals(self, name: str):
        return np.zeros(self.count)


def drawn(study: str, arm: str):
    """Draw people one by one through an arm: pain before it, and at the times of its rows."""
    (trial,) = (one for one in TRIALS if one.study == study)
    (place,) = (at for at, one in enumerate(trial.arms) if one.name == arm)
    seen = trial.arms[place]
    patient = Patient(condition=Condition(trial.condition))
    people = NobodyElse(17, PEOPLE)
    group = draw_group(LIBRARY, patient, people)
    pain = LIBRARY.assembled(PRIOR)
    group = group.responding(
        draw_responders(pain, pain.in_condition(trial.condition), patient, people)
    )
    if seen.baseline is not None:
        untreated = group.needs.untreated
        moved = np.clip(untreated + seen.baseline - untreated.mean(), 0, 10)
        group = replace(group, responders=replace(group.needs, untreated=moved))
    ends = [event.end_h for event in seen.events]
    rows = [row for row in trial.rows if row.arm == place and row.against is None]
    last = max(row.time_h for row in rows)
    grid = [time for time in np.arange(0, last, 6) if time < last]
    times = sorted(
        {0.0, *grid, *(row.time_h for row in rows), *(end for end in ends if end < last)}
    )
    courses = simulate_pain(group, Regimen.parse(seen.regimen).events(), times)
    return group, rows, times, courses.pain()


@pytest.mark.thorough
@pytest.mark.parametrize(
    ("study", "arm"),
    [
        ("sigtermans2009", "ketamine"),
        ("sigtermans2009", "placebo"),
        ("sigtermans2010", "ketamine"),
        ("noppers2011", "ketamine"),
        ("noppers2011", "midazolam"),
        ("hardy2012", "ketamine"),
    ],
)
def test_an_arm_is_what_thousands_drawn_one_by_one_make_of_it(study, arm):
    group, rows, times, pain = drawn(study, arm)
    expected = ARMS.expect(TYPICAL)
    random = np.random.default_rng(5)
    untreated = group.needs.untreated
    writing = ARMS.writing
    for (trial, row), value in zip(ARMS.rows, expected, strict=True):
        if ARMS.trials[trial].study != study or row not in rows:
            continue
        now = pain[:, times.index(row.time_h)]
        if row.kind == "mean_pain":
            assert value == pytest.approx(np.mean(now), abs=0.06)
            continue
        drifted = 1 - 2 ** (-2 * row.time_h / writing.drift_half_time_h)
        later = np.sqrt(writing.day**2 + writing.drift**2 * drifted)
        before = untreated + writing.day * random.standard_normal(PEOPLE)
        after = now + later * random.standard_normal(PEOPLE)
        fallen = before - after >= row.threshold
        if not row.in_points:
            fallen = after <= np.maximum((1 - row.threshold) * before, 0.5)
        assert value == pytest.approx(np.mean(fallen), abs=0.02)


def test_the_likelihood_is_that_of_scipy():
    likelihood = likelihood_of(ARMS, TYPICAL)
    expected = ARMS.expect(TYPICAL)
    by_trial = likelihood.of(expected)
    total = np.zeros(len(TRIALS))
    means: dict[tuple[int, int, int | None], list[int]] = {}
    for place, (trial, row) in enumerate(ARMS.rows):
        if row.kind == "responders":
            total[trial] += stats.binom.logpmf(row.count, row.of, expected[place])
        elif row.kind == "conclusion":
            z = expected[place] / likelihood.errors[place]
            edge = stats.norm.ppf(0.975)
            less, more = stats.norm.cdf(-z - edge), stats.norm.sf(edge - z)
            chance = {"less": less, "more": more, "no_difference": 1 - less - more}[row.found]
            total[trial] += np.log(chance)
        else:
            means.setdefault((trial, row.arm, row.against), []).append(place)
    responses = ARMS.respond(TYPICAL)
    for (trial, _arm, _other), places in means.items():
        spread = covariance(responses, [ARMS.column(*ARMS.rows[place]) for place in places], ARMS)
        sd = np.sqrt(np.diag(spread))
        errors = likelihood.errors[places]
        together = spread / np.outer(sd, sd) * np.outer(errors, errors)
        seen = [ARMS.rows[place][1].value for place in places]
        total[trial] += stats.multivariate_normal(expected[places], together).logpdf(seen)
    assert by_trial == pytest.approx(total, rel=1e-6)


def test_the_score_of_data_made_by_the_model_is_zero_on_average():
    """Data drawn at a point pull nowhere from it: the mean of the score is zero.

    Four directions, 400 data sets: a mean beyond four standard errors has a
    chance of less than 1 in 3,000 for the four together, and the seed is fixed.
    """
    likelihood = likelihood_of(ARMS, TYPICAL)
    random = np.random.default_rng(11)
    names = ("slow_ec50", "placebo_chance", "response_chance mean", "fast_ec50")
    step = 1e-4
    expected = ARMS.expect(TYPICAL)
    shifted = {
        name: ARMS.expect(UNKNOWNS.at(step * (np.asarray(UNKNOWNS.names) == name)))
        for name in names
    }
    scores: dict[str, list[float]] = {name: [] for name in names}
    for _data in range(400):
        rows = []
        for place, (_trial, row) in enumerate(ARMS.rows):
            if row.kind == "responders":
                count = int(random.binomial(int(row.of or 0), float(expected[place])))
                row = replace(row, count=count, value=count / row.of)
            elif row.kind == "conclusion":
                seen = expected[place] / likelihood.errors[place] + random.standard_normal()
                edge = stats.norm.ppf(0.975)
                found = "less" if seen < -edge else "more" if seen > edge else "no_difference"
                row = replace(row, found=found)
            else:
                row = replace(row, value=float(expected[place]))
            rows.append(row)
        trials, at = [], 0
        for trial in TRIALS:
            trials.append(replace(trial, rows=tuple(rows[at : at + len(trial.rows)])))
            at += len(trial.rows)
        other = replace(likelihood, arms=replace(ARMS, trials=tuple(trials)))
        here = other.of(expected).sum()
        for name in names:
            scores[name].append((other.of(shifted[name]).sum() - here) / step)
    for name, found in scores.items():
        error = np.std(found) / np.sqrt(len(found))
        assert abs(np.mean(found)) < 4 * error + step, name


@pytest.mark.thorough
def test_gradients_by_jax_are_differences():
    jnp = array_library("jax")
    import jax

    likelihood = likelihood_of(ARMS, TYPICAL)

    def total(unknowns: Unknowns, z):
        return likelihood.by_trial(unknowns.at(z)).sum()

    z = np.random.default_rng(2).standard_normal(len(UNKNOWNS.names)) / 2
    gradient = np.asarray(jax.jit(jax.grad(lambda at: total(UNKNOWNS, at)))(jnp.asarray(z)))
    for place in range(0, len(z), 6):
        step = np.zeros(len(z))
        step[place] = 1e-5
        near = (total(UNKNOWNS, z + step) - total(UNKNOWNS, z - step)) / 2e-5
        assert gradient[place] == pytest.approx(near, rel=1e-3, abs=1e-4), UNKNOWNS.names[place]
