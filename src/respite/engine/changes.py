"""Levels in a body that changes on the way: amounts carry over, everything else may differ."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from respite.engine.arrays import Array, namespace
from respite.engine.doses import Train, change_times, falls_at, is_running
from respite.engine.exponential import exponential
from respite.engine.network import Network, network_of
from respite.engine.scheme import Scheme
from respite.engine.settings import SAME_TIME


@dataclass(frozen=True)
class Changed:
    """A body from one moment on.

    Attributes
    ----------
    at_h
        When it begins to hold [h].
    scheme
        The same compartments, with other numbers.
    """

    at_h: float
    scheme: Scheme


def levels_through(
    schemes: Sequence[Changed],
    names: Sequence[str],
    trains: Sequence[Train],
    times_h: Sequence[float],
) -> Mapping[str, Array]:
    r"""Give outputs of a body that changes at given times.

    Parameters
    ----------
    schemes
        The body over time, in order; the first holds from the beginning,
        whatever its time. All have the same compartments.
    names
        Outputs to read.
    trains
        The doses; what is on its way when the body changes stays on its way.
    times_h
        Times [h] in rising order, each once.

    Returns
    -------
    For each name an array of shape ``(people, times)``, as :func:`trajectory`
    gives it. A time at which the body changes reads the new body.

    Raises
    ------
    ValueError
        If a scheme is not linear, or the schemes differ in their compartments.

    Notes
    -----
    Between changes :math:`x(t + \tau) = e^{A \tau} x(t) + \int_0^\tau e^{A s} ds\,u`,
    from one exponential of a matrix with one row and column more. Nothing is approximated.
    """
    networks = [network_of(changed.scheme) for changed in schemes]
    if len({network.matrix.shape for network in networks}) > 1:
        raise ValueError("a body that changes keeps its compartments")
    starts = [-1 / SAME_TIME, *(changed.at_h for changed in schemes[1:])]
    edges = change_times(trains)
    begin = min([*edges[:1], *times_h[:1]], default=0)
    moments = sorted({*edges, *times_h, *(start for start in starts if start > begin)})
    walk = _Walk(networks, starts, trains)
    asked = set(times_h)
    pieces: dict[str, list[Array]] = {name: [] for name in names}
    for moment in moments:
        walk.to(moment)
        if moment in asked:
            network = networks[walk.current]
            for name in names:
                pieces[name].append(_read(network, name, walk.state))
    xp = namespace(networks[0].matrix)
    none = xp.zeros((networks[0].matrix.shape[0], 0), dtype=networks[0].matrix.dtype)
    return {name: xp.concat([*parts, none], axis=1) for name, parts in pieces.items()}


def _read(network: Network, name: str, state: Array) -> Array:
    xp = namespace(state)
    return xp.sum(network.outputs[name] * state, axis=1)[:, None]


class _Walk:
    """Amounts in every place, from moment to moment."""

    def __init__(
        self, networks: Sequence[Network], starts: Sequence[float], trains: Sequence[Train]
    ) -> None:
        xp = namespace(networks[0].matrix)
        self.networks, self.starts, self.trains = networks, starts, trains
        self.state = xp.zeros_like(networks[0].matrix[:, :, 0])
        self.time: float | None = None
        self.current = 0
        self._known: tuple[object, float, Array] | None = None

    def to(self, moment: float) -> None:
        """Go on to a later moment, and give the doses that fall then."""
        if self.time is not None and moment - self.time > 0:
            self._flow(self.time, moment)
        began = [i for i, start in enumerate(self.starts) if start <= moment + SAME_TIME]
        self.current = began[-1]
        last = self.time
        self.time = moment
        for train in self.trains:
            is_new = last is None or moment - last > SAME_TIME
            if is_new and falls_at(train, moment):
                weights = self.networks[self.current].entries[train.entry]
                self.state = self.state + weights * train.amount_mg[:, None]

    def _flow(self, time: float, moment: float) -> None:
        running = tuple(i for i, train in enumerate(self.trains) if is_running(train, time))
        key, length = (self.current, running), moment - time
        known = self._known
        if known is None or known[0] != key or abs(known[1] - length) > SAME_TIME**2:
            known = (key, length, exponential(self._matrix(running) * length))
            self._known = known
        xp = namespace(self.state)
        places = self.state.shape[1]
        moved = xp.matmul(known[2][:, :places, :places], self.state[:, :, None])[:, :, 0]
        self.state = moved + known[2][:, :places, places]

    def _matrix(self, running: tuple[int, ...]) -> Array:
        """Give the equations with a last column for what runs in."""
        network = self.networks[self.current]
        xp = namespace(network.matrix)
        inflow = xp.zeros_like(self.state)
        for number in running:
            train = self.trains[number]
            rate = train.amount_mg / train.duration_h
            inflow = inflow + network.entries[train.entry] * rate[:, None]
        wide = xp.concat([network.matrix, inflow[:, :, None]], axis=2)
        return xp.concat([wide, xp.zeros_like(wide[:, :1, :])], axis=1)
