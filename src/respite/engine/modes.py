"""A body as modes: decays that doses set off, and what each place reads from them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, Any

from respite.engine.arrays import Array, Rows, known, namespace
from respite.engine.settings import CROWDED, WEIGHTS
from respite.engine.twins import nearest, spread_apart

if TYPE_CHECKING:
    from respite.engine.terms import Bend

IV = "iv"
"""The entry of a dose that goes straight into the centre."""


@dataclass(frozen=True)
class Output:
    """What one place in the body reads from the modes.

    Attributes
    ----------
    columns
        Which modes contribute.
    heights
        Value per milligram that a mode holds, shape ``(people, len(columns))``.
        Plasma and effect sites read mg/L.
    """

    columns: tuple[int, ...]
    heights: Array


@dataclass(frozen=True)
class Entry:
    """How a dose reaches the modes.

    Attributes
    ----------
    columns
        Which modes it sets off.
    weights
        What each of those modes holds per milligram of an instant dose, shape
        ``(people, len(columns))``.
    """

    columns: tuple[int, ...]
    weights: Array


@dataclass(frozen=True)
class Body:
    """Each person's body for one drug: its linear part, and what bends it.

    An instant dose of one milligram by entry *e* sets mode *k* to
    ``weights[e, k]``; every mode decays on its own; output *o* is the sum over
    its modes of ``heights[o, k]`` times what they hold. Everything the engine
    computes follows from that.

    Attributes
    ----------
    rates
        Decay rate of each mode [1/h], shape ``(people, modes)``; all positive.
    outputs
        The places that are read, by name.
    entries
        The ways in, by name.
    bends
        What the body does beyond that; without any, everything is exact.
    remembered
        The latest curves of a body with bends, so that each is followed once.
    """

    rates: Array
    outputs: Mapping[str, Output]
    entries: Mapping[str, Entry]
    bends: tuple[Bend, ...] = ()
    remembered: dict[str, Any] = field(default_factory=dict, init=False, repr=False, compare=False)

    def of(self, rows: Rows) -> Body:
        """Give the bodies of some of the people."""
        outputs = {
            name: Output(output.columns, output.heights[rows, :])
            for name, output in self.outputs.items()
        }
        entries = {
            name: Entry(entry.columns, entry.weights[rows, :])
            for name, entry in self.entries.items()
        }
        bends = tuple(bend.of(rows) for bend in self.bends)
        return Body(self.rates[rows, :], outputs, entries, bends)

    def with_output(self, name: str, output: Output) -> Body:
        """Give the same body with one more place to read."""
        return replace(self, outputs={**self.outputs, name: output})

    def with_entry(self, name: str, entry: Entry) -> Body:
        """Give the same body with one more way in."""
        return replace(self, entries={**self.entries, name: entry})

    @property
    def is_bent(self) -> bool:
        """Whether the body does anything that is no sum of decays, by an entry that it has."""
        return any(bend.enters in self.entries for bend in self.bends)

    def with_bends(self, bends: tuple[Bend, ...]) -> Body:
        """Give the same body with more bends."""
        return replace(self, bends=(*self.bends, *bends)) if bends else self

    def response(self, name: str, entry: str = IV) -> Output:
        """Give what an output reads per milligram of an instant dose by one entry."""
        xp = namespace(self.rates)
        output, way = self.outputs[name], self.entries[entry]
        shared = tuple(column for column in output.columns if column in way.columns)
        heights = pick(output.heights, [output.columns.index(column) for column in shared])
        weights = pick(way.weights, [way.columns.index(column) for column in shared])
        return Output(shared, xp.asarray(heights * weights))


def pick(array: Array, places: Sequence[int]) -> Array:
    """Give some columns of an array of shape ``(people, columns)``."""
    xp = namespace(array)
    return xp.take(array, xp.asarray(places, dtype=xp.int64), axis=1)


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

    def apart_from(self, rates: Array, twins: bool | None) -> Stage:
        """Give the same step with four rates in place of each that nearly equals one given.

        Whoever has no nearly equal rates keeps the plain ones: their four are
        that one, of which three weigh nothing.
        """
        xp = namespace(rates)
        is_near = nearest(self.rates, rates) < CROWDED * self.rates
        if twins is None:
            # Under tracing nobody's rates are known, so there is room for everybody's four.
            twins = known(xp.sum(xp.astype(is_near, xp.int64))) != 0
        if not twins:
            return self
        is_near = is_near[:, :, None]
        apart = xp.where(is_near, spread_apart(self.rates, rates), self.rates[:, :, None])
        weights = xp.asarray(WEIGHTS, dtype=rates.dtype)
        plain = xp.asarray((1, 0, 0, 0), dtype=rates.dtype)
        heights = self.heights[:, :, None] * xp.where(is_near, weights, plain)
        people = self.rates.shape[0]
        return Stage(xp.reshape(apart, (people, -1)), xp.reshape(heights, (people, -1)))


def add_stage(  # noqa: PLR0913 - each says one thing about the step
    body: Body,
    name: str,
    stage: Stage,
    *,
    fed_by: str,
    gain: Array | None = None,
    is_dosed: bool = False,
    twins: bool | None = None,
) -> Body:
    r"""Let one output of the body feed a further linear step, and read that step.

    Parameters
    ----------
    body
        The body so far.
    name
        Name of the new output.
    stage
        The step; its heights count per unit of what flows into it.
    fed_by
        Output that feeds the step.
    gain
        What flows in per unit of that output, shape ``(people,)``; one by default.
    is_dosed
        Whether doses may also go straight into the step, by an entry of its name.
    twins
        Whether there is room for four rates in place of each; by default only
        if anybody's rates are nearly equal, and under tracing, where rates
        are not yet known. It changes no number.

    Returns
    -------
    The body with the new modes and the new output. Every entry reaches the
    new modes as far as it reaches the output that feeds them.

    Notes
    -----
    An exponential of rate :math:`d` feeding one of rate :math:`k` gives

    .. math::
        \int_0^t e^{-d(t-s)} e^{-k s}\,ds = \frac{e^{-d t} - e^{-k t}}{k - d},

    so the new output reads the modes that feed it, each times
    :math:`\sum_k h_k/(k-d)`, and every entry sets off the new modes with the
    negative of what it gives the old ones, so that the step starts empty.
    """
    xp = namespace(body.rates)
    source = body.outputs[fed_by]
    if gain is not None:
        source = Output(source.columns, source.heights * gain[:, None])
    rates = pick(body.rates, source.columns)
    stage = stage.apart_from(rates, twins)
    links = 1 / (stage.rates[:, :, None] - rates[:, None, :])
    on_old = source.heights * xp.sum(stage.heights[:, :, None] * links, axis=1)
    first_new = body.rates.shape[1]
    new = tuple(range(first_new, first_new + stage.rates.shape[1]))
    entries = {way: _reaching(entry, source, links, new) for way, entry in body.entries.items()}
    if is_dosed:
        entries[name] = Entry(new, xp.ones_like(stage.rates))
    widened = replace(body, rates=xp.concat([body.rates, stage.rates], axis=1), entries=entries)
    heights = xp.concat([on_old, stage.heights], axis=1)
    return widened.with_output(name, Output((*source.columns, *new), heights))


def _reaching(entry: Entry, source: Output, links: Array, new: tuple[int, ...]) -> Entry:
    """Extend an entry to the modes of a step that an output feeds."""
    linked, own = (source.columns, source.heights), (entry.columns, entry.weights)
    return Entry(*extended(own, linked, links, new))


def extended(
    own: tuple[tuple[int, ...], Array],
    linked: tuple[tuple[int, ...], Array],
    links: Array,
    new: tuple[int, ...],
) -> tuple[tuple[int, ...], Array]:
    """Extend an entry or an output to new modes, over the modes it shares with the other.

    Parameters
    ----------
    own
        Columns and values of what is extended.
    linked
        Columns and values of the other: each column has a place in ``links``.
    links
        What links each new mode to each of those columns, shape ``(people, new, columns)``.
    new
        Columns of the new modes.
    """
    (columns, values), (others, other_values) = own, linked
    shared = [column for column in others if column in columns]
    if not shared:
        return own
    xp = namespace(links)
    places = [others.index(column) for column in shared]
    through = pick(other_values, places) * pick(
        values, [columns.index(column) for column in shared]
    )
    picked = xp.take(links, xp.asarray(places, dtype=xp.int64), axis=2)
    added = -xp.sum(picked * through[:, None, :], axis=2)
    return (*columns, *new), xp.concat([values, added], axis=1)


def columns_of(body: Body, names: Sequence[str]) -> tuple[int, ...]:
    """Give the modes that the named outputs read, each once, in order."""
    return tuple(sorted({column for name in names for column in body.outputs[name].columns}))
