"""Pooling against published worked examples, to the digits that were printed."""

import math

import numpy as np
import pytest
from scipy import integrate, optimize, stats

from respite.evidence.pooling.binary import ExactCounts, pooled_counts
from respite.evidence.pooling.counts import Counts, log_odds_ratio, mantel_haenszel, peto
from respite.evidence.pooling.likelihood import restricted_log_likelihood
from respite.evidence.pooling.normal_normal import half_normal, pooled_normally
from respite.evidence.pooling.restricted import (
    hartung_knapp_factor,
    pooled_by_restricted_likelihood,
    variance_between,
)
from respite.evidence.pooling.student import student_quantile

# Colditz et al. 1994, JAMA 271:698-702: thirteen trials of BCG, positive and negative in the
# vaccinated and in the others.
BCG = np.array(
    [
        (4, 119, 11, 128), (6, 300, 29, 274), (3, 228, 11, 209), (62, 13536, 248, 12619),
        (33, 5036, 47, 5761), (180, 1361, 372, 1079), (8, 2537, 10, 619),
        (505, 87886, 499, 87892), (29, 7470, 45, 7232), (17, 1699, 65, 1600),
        (186, 50448, 141, 27197), (5, 2493, 3, 2338), (27, 16886, 29, 17825),
    ],
    dtype=float,
)  # fmt: skip

# Raudenbush 1984, ten of the trials of teachers' expectancy, as the manual of Stata's meta
# command uses them: standardised difference and its standard error.
EXPECTANCY = (
    [0.03, 0.12, -0.14, 1.18, 0.26, -0.06, -0.02, -0.32, 0.27, 0.80],
    [0.125, 0.147, 0.167, 0.373, 0.369, 0.103, 0.103, 0.220, 0.164, 0.251],
)

# Niel-Weise et al. 2007, Intensive Care Medicine 33:2058-2068: infections with a treated catheter
# and with a standard one, each with how many had one. Six trials have an empty cell.
CATHETERS = [
    (0, 116, 3, 117), (1, 44, 3, 35), (2, 208, 9, 195), (0, 130, 7, 136), (5, 151, 6, 157),
    (1, 98, 4, 139), (1, 174, 3, 177), (1, 74, 2, 39), (1, 97, 19, 103), (1, 113, 2, 122),
    (0, 66, 7, 64), (0, 70, 1, 58), (3, 188, 5, 175), (6, 187, 11, 180), (0, 118, 0, 105),
    (0, 252, 1, 262), (1, 345, 3, 362), (4, 64, 1, 69),
]  # fmt: skip

# Snedecor and Cochran 1967, Statistical Methods, example 10.18.1: means and their variances.
BULLS = ([41.2, 64.5, 56.3, 39.6, 67.1, 53.2], [35.14, 30.25, 18.99, 101.06, 38.64, 27.72])


def _bcg():
    a, b, c, d = BCG.T
    effects = np.log(a / (a + b) / (c / (c + d)))
    return effects, np.sqrt(1 / a - 1 / (a + b) + 1 / c - 1 / (c + d))


def _catheters():
    return [Counts(treated=a, treated_of=n, control=c, control_of=m) for a, n, c, m in CATHETERS]


def test_restricted_likelihood_gives_what_metafor_prints_for_bcg():
    # Viechtbauer, metafor: log risk ratio by REML -0.7145, SE 0.1798, tau2 0.3132, Q 152.2330;
    # I2 by Higgins and Thompson 92.12 %.
    effects, errors = _bcg()
    found = pooled_by_restricted_likelihood(effects, errors)
    assert round(found.estimate, 4) == -0.7145
    assert round(found.standard_error, 4) == 0.1798
    assert round(found.tau2, 4) == 0.3132
    assert round(found.q, 3) == 152.233
    assert round(100 * found.i2, 2) == 92.12


def test_hartung_and_knapp_give_what_is_printed_for_bcg():
    # The same page, with the variance of DerSimonian and Laird (0.3088): SE 0.1807.
    effects, errors = _bcg()
    weights = errors**-2
    excess = pooled_by_restricted_likelihood(effects, errors).q - (len(effects) - 1)
    variance = excess / (weights.sum() - (weights**2).sum() / weights.sum())
    assert round(variance, 4) == 0.3088
    plain = math.sqrt(1 / (1 / (errors**2 + variance)).sum())
    factor = hartung_knapp_factor(effects, errors**2, variance)
    assert round(plain, 4) == 0.1787
    assert round(plain * math.sqrt(factor), 4) == 0.1807


def test_expectancy_gives_what_the_manual_of_stata_prints():
    # Stata, meta summarize: theta 0.13353, SE 0.10616, tau2 0.0754; by Hartung and Knapp SE
    # 0.12151 and -0.14134 to 0.40840; 90 % prediction interval -0.414 to 0.681.
    found = pooled_by_restricted_likelihood(*EXPECTANCY)
    assert round(found.estimate, 5) == 0.13353
    assert round(found.standard_error, 5) == 0.10616
    assert round(found.tau2, 4) == 0.0754
    factor = hartung_knapp_factor(np.array(EXPECTANCY[0]), np.array(EXPECTANCY[1]) ** 2, found.tau2)
    assert factor > 1
    assert found.standard_error * math.sqrt(factor) == pytest.approx(0.12151, abs=6e-6)
    assert found.interval95 == pytest.approx((-0.14134, 0.40840), abs=6e-6)
    reach = student_quantile(0.95, 8) * math.hypot(found.standard_error, math.sqrt(found.tau2))
    assert (round(found.estimate - reach, 3), round(found.estimate + reach, 3)) == (-0.414, 0.681)
    wide = student_quantile(0.975, 8) * math.hypot(found.standard_error, math.sqrt(found.tau2))
    assert found.prediction95 == pytest.approx((found.estimate - wide, found.estimate + wide))


def test_exact_counts_give_what_stijnen_prints_for_catheters():
    # Stijnen, Hamza and Ozdemir 2010, table III, conditional logistic model with exact
    # likelihood: log odds ratio -1.353, SE 0.351, tau 0.83.
    exact = ExactCounts(_catheters())

    def misfit(at):
        mean, variance = at
        return -exact.log_likelihood(np.array([mean]), np.array([math.sqrt(abs(variance))]))[0, 0]

    best = optimize.minimize(misfit, [-1, 0.5], method="Nelder-Mead", options={"xatol": 1e-7})
    assert round(best.x[0], 3) == -1.353
    assert round(math.sqrt(best.x[1]), 2) == 0.83
    assert round(math.sqrt(np.linalg.inv(_curvature(misfit, best.x))[0, 0]), 3) == 0.351


def test_corrected_counts_give_what_metafor_prints_for_catheters():
    # Half a person added to trials with an empty cell, the double-zero trial left out, REML:
    # -0.980, SE 0.243, tau 0.19 (metafor; the paper prints 0.244).
    told = [log_odds_ratio(one) for one in _catheters() if not one.says_nothing]
    found = pooled_by_restricted_likelihood(*zip(*told, strict=True))
    assert len(told) == 17
    assert round(found.estimate, 3) == -0.980
    assert round(found.standard_error, 3) == 0.243
    assert round(math.sqrt(found.tau2), 2) == 0.19


def test_a_flat_prior_gives_the_modes_that_bayesmeta_prints_for_bulls():
    # bayesmeta, Röver 2020, Journal of Statistical Software 93(6), uniform prior: the joint
    # mode is tau 7.1649 and mu 54.796; the marginal mode of tau is 8.5341. A half-normal so wide
    # that it is flat must find the same.
    effects, variances = map(np.array, BULLS)

    def joint(at):
        spread = variances + at[0] ** 2
        return (np.log(spread) + (effects - at[1]) ** 2 / spread).sum() / 2

    best = optimize.minimize(joint, [5, 50], method="Nelder-Mead", options={"xatol": 1e-8})
    assert best.x == pytest.approx((7.1649, 54.796), abs=1e-3)
    top = optimize.minimize_scalar(
        lambda tau: -restricted_log_likelihood(effects, variances, np.array([tau]))[0],
        bounds=(1, 30), method="bounded", options={"xatol": 1e-8},
    )  # fmt: skip
    assert top.x == pytest.approx(8.53407, abs=1e-4)
    assert math.sqrt(variance_between(effects, variances)) == pytest.approx(8.53407, abs=1e-4)


def test_a_prior_of_jeffreys_gives_what_bayesmeta_prints_for_three_measurements():
    # A worked page of bayesmeta with the effects 11, 13 and 16, errors 1, 1 and 2: median tau
    # 2.3549, mean mu 12.980 and median 12.856; shrunken effects 11.431, 12.930 and 14.439.
    errors = np.array([1.0, 1.0, 2.0])

    def jeffreys(tau):
        terms = (np.maximum(tau, 1e-100)[:, None] / (errors**2 + tau[:, None] ** 2)) ** 2
        return np.log(terms.sum(axis=1)) / 2

    found = pooled_normally([11, 13, 16], errors, jeffreys)
    assert found.tau == pytest.approx(2.3549, abs=1e-4)
    assert found.mean == pytest.approx(12.980, abs=1e-3)
    assert found.estimate == pytest.approx(12.856, abs=1e-3)
    assert [one.estimate for one in found.trials] == pytest.approx(
        [11.431, 12.930, 14.439], abs=1.5e-3
    )


@pytest.mark.thorough
def test_a_half_normal_prior_agrees_with_adaptive_quadrature():
    effects, variances = map(np.array, (EXPECTANCY[0], np.array(EXPECTANCY[1]) ** 2))
    found = pooled_normally(*EXPECTANCY, half_normal(0.5))

    def density(tau, mean=None):
        spread = variances + tau**2
        precision = (1 / spread).sum()
        centre = (effects / spread).sum() / precision
        misfit = ((effects - centre) ** 2 / spread).sum()
        weight = math.exp(-(np.log(spread).sum() + misfit) / 2) / math.sqrt(precision)
        weight *= stats.halfnorm.pdf(tau, scale=0.5)
        return weight if mean is None else weight * stats.norm.cdf(mean, centre, precision**-0.5)

    whole = integrate.quad(density, 0, 5, epsabs=0)[0]
    for share, value in zip((0.025, 0.5, 0.975), (found.interval95[0], found.estimate,
                            found.interval95[1]), strict=True):  # fmt: skip
        area = integrate.quad(density, 0, 5, args=(value,), epsabs=0)[0]
        assert area / whole == pytest.approx(share, abs=1e-7)
    for share, value in zip((0.025, 0.5, 0.975), (found.tau_interval95[0], found.tau,
                            found.tau_interval95[1]), strict=True):  # fmt: skip
        assert integrate.quad(density, 0, value, epsabs=0)[0] / whole == pytest.approx(
            share, abs=1e-5
        )


@pytest.mark.thorough
def test_the_chances_of_exact_counts_agree_with_adaptive_quadrature():
    trials = _catheters()[:4]

    def chance(one, mean, tau):
        people, responders = one.treated_of + one.control_of, one.treated + one.control
        return integrate.quad(
            lambda effect: stats.nchypergeom_fisher.pmf(
                one.treated, people, responders, one.treated_of, math.exp(effect)
            ) * stats.norm.pdf(effect, mean, tau),
            mean - 9 * tau, mean + 9 * tau, epsabs=1e-12,
        )[0]  # fmt: skip

    for mean, tau in ((-1.353, 0.83), (0.0, 0.3), (-3.0, 1.5)):
        expected = sum(math.log(chance(one, mean, tau)) for one in trials)
        found = ExactCounts(trials).log_likelihood(np.array([mean]), np.array([tau]))[0, 0]
        assert found == pytest.approx(expected, abs=1e-5)


def test_the_quantile_of_student_agrees_with_scipy():
    for freedom in (1, 2, 3, 4, 7, 8, 30, 199):
        for share in (0.6, 0.9, 0.975, 0.999):
            assert student_quantile(share, freedom) == pytest.approx(
                stats.t.ppf(share, freedom), rel=1e-10
            )


def test_ratios_without_correction_agree_with_their_stratified_formulas():
    trials = [one for one in _catheters() if not one.says_nothing]
    over = sum(one.treated * one.control_of / (one.treated_of + one.control_of) for one in trials)
    under = sum(one.control * one.treated_of / (one.treated_of + one.control_of) for one in trials)
    ratio = mantel_haenszel(trials)
    assert ratio is not None
    assert ratio[0] == pytest.approx(math.log(over / under))
    drawn = [
        stats.hypergeom(one.treated_of + one.control_of, one.treated + one.control, one.treated_of)
        for one in trials
    ]
    expected = math.fsum(float(one.mean()) for one in drawn)
    spread = math.fsum(float(one.var()) for one in drawn)
    seen = sum(one.treated for one in trials)
    assert peto(trials) == pytest.approx(((seen - expected) / spread, spread**-0.5))


@pytest.mark.thorough
def test_pooled_counts_move_little_from_the_likelihood_where_there_is_much_of_it():
    many = [Counts(treated=300, treated_of=1000, control=200, control_of=1000)] * 5
    found = pooled_counts(many, half_normal(0.05), 2.82)
    assert found.estimate == pytest.approx(log_odds_ratio(many[0])[0], abs=1e-3)


def _curvature(function, at, step=1e-3):
    unit = np.eye(len(at)) * step
    return np.array(
        [
            [
                (function(at + a + b) - function(at + a - b) - function(at - a + b)
                 + function(at - a - b)) / (4 * step * step)
                for b in unit
            ]
            for a in unit
        ]
    )  # fmt: skip
