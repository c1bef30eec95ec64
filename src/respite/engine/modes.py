"""A body as modes: decays that every dose sets off, and what each output reads from them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from respite.engine.arrays import Array, namespace
from respite.engine.settings import CROWDED, TWIN_SPREAD


@dataclass(frozen=True)
class Output:
    """What one place in the body reads from the modes.

    Attributes
    ----------
    columns
        Which modes contribute.
    heights
        Value per milligram of an instant dose on each of those modes,
        shape ``(people, len(columns))``. Plasma and effect sites read mg/L.
    """

    columns: tuple[int, ...]
    heights: Array


@dataclass(frozen=True)
class Body:
    """The linear part of each person's body for one drug.

    After an instant dose of one milligram, output *o* is the sum over its
    modes of ``heights * exp(-rate * time)``. Everything the engine computes
    follows from that sum.

    Attributes
    ----------
    rates
        Decay rate of each mode [1/h], shape ``(people, modes)``; all positive.
    outputs
        The places that are read, by name.
    """

    rates: Array
    outputs: Mapping[str, Output]

    def of(self, rows: slice) -> Body:
        """Give the bodies of some of the people."""
        outputs = {
            name: Output(output.columns, output.heights[rows, :])
            for name, output in self.outputs.items()
        }
        return Body(self.rates[rows, :], outputs)

    def with_output(self, name: str, output: Output) -> Body:
        """Give the same body with one more place to read."""
        return replace(self, outputs={**self.outputs, name: output})


def twin(next_rates: Array, rates: Array) -> Array:
    """Stand two rates in for each next rate, one a little slower and one a little faster.

    Where a rate of the next stage nearly equals one that feeds it, the plain
    formula divides by their difference and loses its digits. Twins keep a
    safe distance from every feeding rate, and because they lie evenly about
    the rate they replace, their mean is right to second order.

    Parameters
    ----------
    next_rates
        Rates of the next stage [1/h], shape ``(people, next)``.
    rates
        Rates that feed it [1/h], shape ``(people, modes)``.

    Returns
    -------
    Rates [1/h] of shape ``(people, 2 * next)``: all slower twins, then all faster ones.
    """
    xp = namespace(rates)
    best_gap = xp.zeros_like(next_rates)
    slower, faster = next_rates, next_rates
    for step in (1, 2, 3):
        low = next_rates * (1 - step * TWIN_SPREAD)
        high = next_rates * (1 + step * TWIN_SPREAD)
        gap = xp.minimum(_nearest(low, rates), _nearest(high, rates))
        is_better = gap > best_gap
        slower = xp.where(is_better, low, slower)
        faster = xp.where(is_better, high, faster)
        best_gap = xp.where(is_better, gap, best_gap)
    return xp.concat([slower, faster], axis=1)


def is_crowded(next_rates: Array, rates: Array) -> bool:
    """Say whether any next rate nearly equals a rate that feeds it."""
    xp = namespace(rates)
    return bool(xp.any(_nearest(next_rates, rates) < CROWDED * next_rates))


def _nearest(next_rates: Array, rates: Array) -> Array:
    xp = namespace(rates)
    return xp.min(xp.abs(next_rates[:, :, None] - rates[:, None, :]), axis=2)


@dataclass(frozen=True)
class Stage:
    """A further linear step that is fed by an output of the body.

    Attributes
    ----------
    rates
        Decay rates of the step [1/h], shape ``(people, next)``.
    heights
        Value per unit of input on each rate, shape ``(people, next)``.
    """

    rates: Array
    heights: Array

    def with_gain(self, gain: Array) -> Stage:
        """Give the same step for an input that is worth ``gain``, shape ``(people,)``."""
        return Stage(self.rates, self.heights * gain[:, None])


def add_stage(
    body: Body, name: str, stage: Stage, *, fed_by: str, twins: bool | None = None
) -> Body:
    r"""Let one output of the body feed a further linear step, and read that step.

    Parameters
    ----------
    body
        The body so far.
    name
        Name of the new output.
    stage
        The step; its heights count per unit of the output that feeds it.
    fed_by
        Output that feeds the step.
    twins
        Whether twin rates replace the rates of the step; by default wherever
        a person's rates are nearly equal. Under tracing, where numbers are
        not yet known, it must be said.

    Returns
    -------
    The body with the new modes and the new output.

    Notes
    -----
    An exponential of rate :math:`d` feeding one of rate :math:`k` gives

    .. math::
        \int_0^t e^{-d(t-s)} e^{-k s}\,ds = \frac{e^{-d t} - e^{-k t}}{k - d},

    so the step adds its own rates to the body and re-weighs those that feed it.
    """
    xp = namespace(body.rates)
    source = body.outputs[fed_by]
    rates = xp.take(body.rates, xp.asarray(source.columns), axis=1)
    next_rates, heights = stage.rates, stage.heights
    if is_crowded(next_rates, rates) if twins is None else twins:
        next_rates = twin(next_rates, rates)
        heights = xp.concat([heights, heights], axis=1) / 2
    inflow = source.heights
    transfer = heights[:, :, None] / (next_rates[:, :, None] - rates[:, None, :])
    on_old = inflow * xp.sum(transfer, axis=1)
    on_new = -xp.sum(transfer * inflow[:, None, :], axis=2)
    first_new = body.rates.shape[1]
    columns = (*source.columns, *range(first_new, first_new + next_rates.shape[1]))
    widened = replace(body, rates=xp.concat([body.rates, next_rates], axis=1))
    return widened.with_output(name, Output(columns, xp.concat([on_old, on_new], axis=1)))


def columns_of(body: Body, names: Sequence[str]) -> tuple[int, ...]:
    """Give the modes that the named outputs read, each once, in order."""
    return tuple(sorted({column for name in names for column in body.outputs[name].columns}))
