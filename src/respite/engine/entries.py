"""Ways into a body: shares of a dose reach other entries, late."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace

from respite.engine.arrays import Array, Rows, namespace
from respite.engine.modes import Body, Entry, Output, Stage, extended, pick


@dataclass(frozen=True)
class Depot:
    """Where a dose waits before it enters the body.

    Attributes
    ----------
    into
        What share of the dose goes to each entry of the body, each of shape
        ``(people,)``; shares may add up to less than one, the rest is lost.
    rates
        Rates [1/h] of the compartments it passes on the way, in order, each of
        shape ``(people,)``; each passes on all that enters.
    """

    into: Mapping[str, Array]
    rates: tuple[Array, ...] = ()

    def of(self, rows: Rows) -> Depot:
        """Give the depots of some of the people."""
        into = {name: share[rows] for name, share in self.into.items()}
        return Depot(into, tuple(rate[rows] for rate in self.rates))


def add_entry(body: Body, name: str, depot: Depot, *, twins: bool | None = None) -> Body:
    r"""Add a way in: shares of a dose reach other entries, late.

    Parameters
    ----------
    body
        The body so far.
    name
        Name of the new entry.
    depot
        Where the dose waits, and where it goes.
    twins
        As in :func:`add_stage`.

    Returns
    -------
    The body with the new entry, and with one more mode for each rate of the depot.

    Notes
    -----
    A mode of rate :math:`d` and weight :math:`w` behind a step of rates
    :math:`a_m` and heights :math:`h_m` obeys the same integral as in
    :func:`add_stage`: its weight becomes :math:`w \sum_m h_m/(a_m-d)`, and the
    mode of the step is read by every output with the negative of what it adds.
    """
    entry = _shared_out(body, depot.into)
    for rate in depot.rates:
        body, entry = _behind(body, entry, first_order(rate), twins)
    return body.with_entry(name, entry)


def _shared_out(body: Body, into: Mapping[str, Array]) -> Entry:
    """Add up entries, each with its share."""
    totals: dict[int, Array] = {}
    for name, share in into.items():
        entry = body.entries[name]
        for place, column in enumerate(entry.columns):
            weight = entry.weights[:, place] * share
            totals[column] = totals[column] + weight if column in totals else weight
    columns = tuple(sorted(totals))
    xp = namespace(body.rates)
    return Entry(columns, xp.stack([totals[column] for column in columns], axis=1))


def first_order(rate: Array) -> Stage:
    """Give a compartment that passes on all that enters, at one rate [1/h]."""
    return Stage(rate[:, None], rate[:, None])


def _behind(body: Body, entry: Entry, stage: Stage, twins: bool | None) -> tuple[Body, Entry]:
    """Put a step before an entry."""
    xp = namespace(body.rates)
    rates = pick(body.rates, entry.columns)
    stage = stage.apart_from(rates, twins)
    links = stage.heights[:, :, None] / (stage.rates[:, :, None] - rates[:, None, :])
    first_new = body.rates.shape[1]
    new = tuple(range(first_new, first_new + stage.rates.shape[1]))
    outputs = {name: _reading(output, entry, links, new) for name, output in body.outputs.items()}
    weights = xp.concat([entry.weights * xp.sum(links, axis=1), xp.ones_like(stage.rates)], axis=1)
    widened = replace(body, rates=xp.concat([body.rates, stage.rates], axis=1), outputs=outputs)
    return widened, Entry((*entry.columns, *new), weights)


def _reading(output: Output, entry: Entry, links: Array, new: tuple[int, ...]) -> Output:
    """Let an output read the modes of a step that lies before an entry."""
    linked, own = (entry.columns, entry.weights), (output.columns, output.heights)
    return Output(*extended(own, linked, links, new))
