"""Curves that textbooks print are found again.

Where each figure was printed stands with it. The page
``docs/explanation/seen-at-visits.md`` names the same sources.
"""

from __future__ import annotations

import numpy as np
import pytest

from respite.evidence.returns.bands import greenwood
from respite.evidence.returns.curve import Losses, most_likely, product_limit
from respite.evidence.returns.mean_count import mean_cumulative

COSMESIS = {
    "radiotherapy": """
        45 . 25 37 37 . 6 10 46 . 0 5 0 7 26 40 18 . 46 . 46 . 24 . 46 . 27 34 36 . 7 16 36 44
        5 11 17 . 46 . 19 35 7 14 36 48 17 25 37 44 37 . 24 . 0 8 40 . 32 . 4 11 17 25 33 .
        15 . 46 . 19 26 11 15 11 18 37 . 22 . 38 . 34 . 46 . 5 12 36 . 46 .
    """,
    "radiotherapy and chemotherapy": """
        8 12 0 5 30 34 0 22 5 8 13 . 24 31 12 20 10 17 17 27 11 . 8 21 17 23 33 40 4 9 24 30
        31 . 11 . 16 24 13 39 14 19 13 . 19 32 4 8 11 13 34 . 34 . 16 20 13 . 30 36 18 25
        16 24 18 24 17 26 35 . 16 60 32 . 15 22 35 39 23 . 11 17 21 . 44 48 22 32 11 20 14 17
        10 35 48 .
    """,
}
"""Months to breast retraction: last visit without, first with; a dot where not yet.

Finkelstein DM, Wolfe RA. Biometrics 1985;41:933-945; as in the example data of SAS/STAT,
procedure ICLIFETEST.
"""

PRINTED_MASSES = {
    "radiotherapy": {
        (4, 5): 0.0463, (6, 7): 0.0334, (7, 8): 0.0887, (11, 12): 0.0708, (24, 25): 0.0926,
        (33, 34): 0.0818, (38, 40): 0.1209, (46, 48): 0.4656,
    },
    "radiotherapy and chemotherapy": {
        (4, 5): 0.0433, (5, 8): 0.0433, (11, 12): 0.0692, (16, 17): 0.1454, (18, 19): 0.1411,
        (19, 20): 0.1157, (24, 25): 0.0999, (30, 31): 0.0709, (35, 36): 0.1608,
        (44, 48): 0.0552, (48, 60): 0.0552,
    },
}  # fmt: skip
"""Share that falls into each half-open interval of months.

Fay MP, Shaw PA. Exact and asymptotic weighted logrank tests for interval censored data: the
interval R package. J Stat Softw 2010;36(2).
"""

PRINTED_CURVE = [0.954, 0.920, 0.832, 0.761, 0.668, 0.586, 0.466, 0.0]
"""Radiotherapy alone, after each of the intervals above.

Klein JP, Moeschberger ML. Survival Analysis, section 5.2. It prints 0.467 for the last but one,
from an iteration that was stopped by the length of its steps.
"""


def cosmesis(arm: str) -> Losses:
    words = COSMESIS[arm].split()
    right = [np.inf if word == "." else float(word) for word in words[1::2]]
    return Losses(np.array(words[::2], float), np.array(right), np.ones(len(right)))


@pytest.mark.parametrize("arm", COSMESIS)
def test_the_breast_cosmesis_trial_has_the_masses_that_were_printed(arm):
    found = most_likely(cosmesis(arm))
    masses = -np.diff(np.concatenate([[1], found.curve.after]))
    steps = zip(found.curve.starts.tolist(), found.curve.ends.tolist(), strict=True)
    assert dict(zip(steps, masses.round(4).tolist(), strict=True)) == PRINTED_MASSES[arm]
    assert found.curve.known_to == np.inf


def test_the_breast_cosmesis_trial_has_the_curve_of_the_textbook():
    found = most_likely(cosmesis("radiotherapy"))
    assert found.curve.after.round(3).tolist() == PRINTED_CURVE


def test_intervals_taken_as_closed_would_give_another_answer():
    """Some programs let [0, 7] and [7, 14] meet on day 7; half-open intervals do not."""
    losses = cosmesis("radiotherapy")
    closed = Losses(np.maximum(losses.left - 1e-6, 0), losses.right, losses.weights)
    steps = most_likely(closed).curve
    assert (7.0, 8.0) not in set(zip(steps.starts.tolist(), steps.ends.tolist(), strict=True))


def test_turnbull_s_own_example_of_1974():
    """Turnbull BW. J Am Stat Assoc 1974;69:169-173: exact, late and early losses at four ages.

    The curve .538, .295, .210, .095 is also what the tests of the R package survival expect.
    """
    rows = [
        (left, right, weight)
        for age, exact, not_yet, before in zip(
            (1, 2, 3, 4), (12, 6, 2, 3), (3, 2, 0, 3), (2, 4, 2, 5), strict=True
        )
        for left, right, weight in ((age, age, exact), (age, np.inf, not_yet), (0, age, before))
        if weight
    ]
    left, right, weights = np.array(rows, float).T
    found = most_likely(Losses(left, right, weights)).curve
    assert found.ends.tolist() == [1, 2, 3, 4]
    assert found.after.round(3).tolist() == [0.538, 0.295, 0.210, 0.095]


WEEKS = [6, 6, 6, 6, 7, 9, 10, 10, 11, 13, 16, 17, 19, 20, 22, 23, 25, 32, 32, 34, 35]
RELAPSED = [1, 1, 1, 0, 1, 0, 1, 0, 0, 1, 1, 0, 0, 0, 1, 1, 0, 0, 0, 0, 0]
"""Weeks of remission under 6-mercaptopurine, and whether they ended.

Freireich EJ and others. Blood 1963;21:699-716; Klein and Moeschberger, section 1.2.
"""


def remission() -> Losses:
    weeks = np.array(WEEKS, float)
    return Losses(weeks, np.where(np.array(RELAPSED) == 1, weeks, np.inf), np.ones(len(weeks)))


PRINTED_REMISSION = [
    # week, share, Greenwood's standard error, 95 % limits by log(-log)
    (6, 0.857, 0.0764, 0.6197, 0.9516),
    (7, 0.807, 0.0869, 0.5631, 0.9228),
    (10, 0.753, 0.0963, 0.5032, 0.8894),
    (13, 0.690, 0.1068, 0.4316, 0.8491),
    (16, 0.627, 0.1141, 0.3675, 0.8049),
    (22, 0.538, 0.1282, 0.2678, 0.7468),
    (23, 0.448, 0.1346, 0.1881, 0.6801),
]
"""Klein and Moeschberger, table 4.1 (share, standard error); limits as Stata lists them."""


def test_remission_under_mercaptopurine_has_the_curve_and_limits_that_were_printed():
    curve = product_limit(remission())
    assert curve.ends.tolist() == [row[0] for row in PRINTED_REMISSION]
    assert curve.after.round(3).tolist() == [row[1] for row in PRINTED_REMISSION]
    low, high = greenwood(remission(), curve.ends)
    assert low.round(4).tolist() == [row[3] for row in PRINTED_REMISSION]
    assert high.round(4).tolist() == [row[4] for row in PRINTED_REMISSION]
    # Back from the limits to the standard error that they rest on.
    width = np.log(np.log(low) / np.log(high)) / 2 / 1.959964
    error = width * -np.log(curve.after) * curve.after
    assert error.round(4).tolist() == [row[2] for row in PRINTED_REMISSION]


def test_the_control_group_of_the_same_trial_has_the_limits_that_were_printed():
    """As listed for the data of Gehan by the Office of Population Research, Princeton."""
    weeks = [1, 1, 2, 2, 3, 4, 4, 5, 5, 8, 8, 8, 8, 11, 11, 12, 12, 15, 17, 22, 23]
    control = Losses(np.array(weeks, float), np.array(weeks, float), np.ones(21))
    low, high = greenwood(control, np.array([1.0, 2.0]))
    assert product_limit(control).after[:2].round(4).tolist() == [0.9048, 0.8095]
    assert low.round(4).tolist() == [0.6700, 0.5689]
    assert high.round(4).tolist() == [0.9753, 0.9239]


def test_repairs_of_five_systems_have_the_mean_that_was_printed():
    """ReliaSoft, Recurrent event data analysis, example of the mean cumulative function.

    Its limits rest on independent increments and are not those of Lawless and Nadeau.
    """
    repairs = [[5, 10, 15], [6, 13, 17], [12, 20, 25], [13, 15], [16, 22, 25]]
    found = mean_cumulative(repairs, [17, 19, 26, 24, 28])
    assert dict(zip(found.days.tolist(), found.mean.round(5).tolist(), strict=True)) == {
        5: 0.2, 6: 0.4, 10: 0.6, 12: 0.8, 13: 1.2, 15: 1.6, 16: 1.8, 17: 2.0,
        20: 2.33333, 22: 2.66667, 25: 3.66667,
    }  # fmt: skip
