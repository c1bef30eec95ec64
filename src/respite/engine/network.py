"""A body as the equations of its compartments, for what modes cannot carry across a change."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from respite.engine.arrays import Array, namespace
from respite.engine.disposition import Compartments
from respite.engine.modes import IV
from respite.engine.scheme import Scheme


@dataclass(frozen=True)
class Network:
    r"""The amounts in every compartment of each person, and what moves them.

    Attributes
    ----------
    matrix
        What flows from each place to each other [1/h], shape ``(people, places, places)``.
    outputs
        What each output reads per milligram in each place, shape ``(people, places)``.
    entries
        Where a milligram goes that enters, shape ``(people, places)``.

    Notes
    -----
    :math:`dx/dt = A x + u`. Places of an effect site hold its level and not an
    amount; the equations are the same.
    """

    matrix: Array
    outputs: Mapping[str, Array]
    entries: Mapping[str, Array]


def network_of(scheme: Scheme) -> Network:
    """Write a scheme down as equations: the same outputs and entries that its modes have.

    Parameters
    ----------
    scheme
        The compartments of each person.

    Raises
    ------
    ValueError
        If the scheme has terms that are not linear.
    """
    if scheme.terms:
        raise ValueError("a body with terms has no matrix")
    return _Drawing(scheme).network()


class _Drawing:
    """A network while it is drawn: cells of the matrix by row and column."""

    def __init__(self, scheme: Scheme) -> None:
        self.nothing = 0 * scheme.drug.clearance
        self.places = 0
        self.cells: dict[tuple[int, int], Array] = {}
        self.outputs: dict[str, dict[int, Array]] = {}
        self.entries: dict[str, dict[int, Array]] = {}
        self._draw_drug(scheme)
        for name, step in scheme.steps.items():
            centre = self._draw(step.compartments)
            for place, reading in self.outputs[step.fed_by].items():
                self._flow(centre, place, step.gain * reading)
            self.outputs[name] = {centre: 1 / step.compartments.central_volume}
            if step.is_dosed:
                self.entries[name] = {centre: self.nothing + 1}
        for name, depot in scheme.depots.items():
            self._draw_depot(name, depot.into, depot.rates)

    def network(self) -> Network:
        """Give what was drawn as arrays."""
        xp = namespace(self.nothing)
        rows = [self._row(self._in_row(i)) for i in range(self.places)]
        return Network(
            xp.stack(rows, axis=1),
            {name: self._row(values) for name, values in self.outputs.items()},
            {name: self._row(values) for name, values in self.entries.items()},
        )

    def _in_row(self, row: int) -> dict[int, Array]:
        return {column: value for (at, column), value in self.cells.items() if at == row}

    def _row(self, values: Mapping[int, Array]) -> Array:
        xp = namespace(self.nothing)
        return xp.stack([values.get(i, self.nothing) for i in range(self.places)], axis=1)

    def _flow(self, to: int, place: int, rate: Array) -> None:
        self.cells[to, place] = self.cells.get((to, place), self.nothing) + rate

    def _draw_drug(self, scheme: Scheme) -> None:
        centre = self._draw(scheme.drug)
        self.outputs[scheme.plasma] = {centre: 1 / scheme.drug.central_volume}
        self.entries[IV] = {centre: self.nothing + 1}
        for name, space in scheme.spaces.items():
            self.outputs[name] = {centre + 1 + space: self.nothing + 1}
            self.entries[name] = {centre + 1 + space: self.nothing + 1}

    def _draw(self, body: Compartments) -> int:
        """Draw a centre and the spaces around it; give the place of the centre."""
        centre = self.places
        self.places += 1 + body.flows.shape[1]
        self._flow(centre, centre, -body.clearance / body.central_volume)
        for space, at in enumerate(range(centre + 1, self.places)):
            flow, volume = body.flows[:, space], body.volumes[:, space]
            self._flow(centre, centre, -flow / body.central_volume)
            self._flow(at, centre, flow / body.central_volume)
            self._flow(centre, at, flow / volume)
            self._flow(at, at, -flow / volume - body.losses[:, space])
        return centre

    def _draw_depot(self, name: str, into: Mapping[str, Array], rates: Sequence[Array]) -> None:
        """Draw a chain of compartments, each of which passes on all that enters."""
        reached = dict(self._shared_out(into))
        for rate in reversed(rates):
            link = self.places
            self.places += 1
            self._flow(link, link, -rate)
            for place, share in reached.items():
                self._flow(place, link, rate * share)
            reached = {link: self.nothing + 1}
        self.entries[name] = reached

    def _shared_out(self, into: Mapping[str, Array]) -> Iterator[tuple[int, Array]]:
        totals: dict[int, Array] = {}
        for entry, share in into.items():
            for place, weight in self.entries[entry].items():
                totals[place] = totals.get(place, self.nothing) + weight * share
        yield from totals.items()
