"""Numerical settings of the engine, each with its reason. None of them is a published number."""

from __future__ import annotations

SPREAD = 5e-4
"""Relative distance of the nearest of four rates from the rate they stand for.

Their weighed mean errs by about ``SPREAD ** 4`` (6e-14) times the fourth
derivative. Two rates that far apart lose ``eps / SPREAD`` (4e-13) to
cancellation, and three in a row ``eps / SPREAD ** 2`` (9e-10); all lie under
the 1e-8 the engine promises.
"""

WEIGHTS = (-1 / 6, 2 / 3, 2 / 3, -1 / 6)
"""Weights of values at -2, -1, 1 and 2 steps whose sum is the value in the middle.

They add up to one, and the second moments cancel: ``2 * (2/3) * 1 = 2 * (1/6) * 4``.
"""

CROWDED = 1e-5
"""Relative distance under which two rates in a row count as nearly equal.

Outside it, cancellation costs less than ``eps / CROWDED`` (2e-11), so plain
modes are exact enough.
"""

TINY = 1e-300
"""Stands for zero where a logarithm must stay finite; far below any concentration."""

SAME_TIME = 1e-9
"""Times [h] closer than this are one time: four microseconds, above rounding over years."""

SPENT = 50
"""A mode that has decayed by ``exp(-SPENT)``, 2e-22, no longer changes a sum of doubles."""

FEW = 8
"""Up to so many times it costs less to compute a spent mode than to look whether it is spent."""

SMALLEST_BLOCK = 16
"""Fewest times in a block of a grid: each block has exponentials of its own."""

LARGEST_BLOCK = 256
"""Most times in a block of a grid: each time within it has exponentials of its own."""

NODES = (
    0.03980985705146878,
    0.19801341787360816,
    0.43797481024738616,
    0.695464273353636,
    0.9014649142011736,
    1.0,
)
"""Where in a step what bends a body is matched: the six points of Radau's quadrature.

The last is the end of the step, so a term however stiff dies away as it should.
Their inverse Vandermonde matrix has no entry above 500, so a polynomial through
them loses under 1e-13 to rounding.
"""

STEP_ERROR = 1e-9
"""What one step may err, as a share of the highest level so far.

A curve takes some dozen steps between changes of input, and errors of earlier
steps decay: together they stay under the 1e-8 the engine promises.
"""

FIRST_STEP = 1 / 64
"""First step [h] that is tried after a change of input; halved or doubled as errors allow."""

FINEST = 40
"""A stretch is halved at most so often: below that, steps are shorter than rounding."""

NO_BETTER = 0.9
"""Where halving a step leaves more than this share of its error, rounding is all there is."""

SETTLED = 1e-13
"""A change of a flow this small, against its largest, is rounding."""

NEARLY_SETTLED = 1e-8
"""Below this, a flow that a further round of Newton's method does not improve is settled."""

MOST_ROUNDS = 25
"""Newton's method settles in a handful of rounds; where it does not, the step is halved."""

GONE = 1e-12
"""A level that has fallen to this share of its highest adds nothing to an area."""

MOST_STEPS = 100_000
"""A curve that is not spent after so many steps never will be."""

SERIES = 30
"""Terms of a series in a number up to two: the last is under ``2 ** 30 / 30!``, 4e-24."""

AT_ONCE = 500
"""People whose steps are chosen together: their tables fit the cache of one core."""

PADE = 6
"""Degree of the fraction that stands for the exponential of a matrix of norm a half.

It errs by about 2e-17.
"""

FAR_OUT = 9
"""Standard deviations beyond which the area of a normal curve is zero or one: 1e-19 is left."""

NODES_PER_SD = 256
"""Nodes at which the area of the normal curve is tabled, to each standard deviation.

Half the distance to the next, 2e-3, to the fourth power is 1.5e-11, and the fourth term of the
series divides it by 24 and multiplies it by less than 0.6.
"""

BARELY = 1e-12
"""Least chance of a score that is divided by: chances are exact to about as much."""
