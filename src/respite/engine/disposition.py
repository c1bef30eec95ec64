"""Distribution and elimination of one drug: a centre with spaces around it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType

from respite.engine.arrays import Array, Rows, namespace
from respite.engine.modes import IV, Body, Entry, Output, Stage


@dataclass(frozen=True)
class Compartments:
    """A centre that exchanges with spaces around it; each may lose drug.

    Attributes
    ----------
    central_volume
        Volume of the centre [L], shape ``(people,)``.
    clearance
        Elimination from the centre [L/h], shape ``(people,)``.
    flows
        Exchange between the centre and each space [L/h], shape ``(people, spaces)``.
    volumes
        Volume of each space [L], shape ``(people, spaces)``.
    losses
        Elimination rate from each space [1/h], shape ``(people, spaces)``.
    """

    central_volume: Array
    clearance: Array
    flows: Array
    volumes: Array
    losses: Array

    def of(self, rows: Rows) -> Compartments:
        """Give the compartments of some of the people."""
        return Compartments(
            self.central_volume[rows],
            self.clearance[rows],
            self.flows[rows, :],
            self.volumes[rows, :],
            self.losses[rows, :],
        )


def single(volume: Array, clearance: Array) -> Compartments:
    """Give a single compartment: its volume [L] and what it loses [L/h], both ``(people,)``."""
    xp = namespace(volume)
    none = xp.zeros((volume.shape[0], 0), dtype=volume.dtype)
    return Compartments(volume, clearance, none, none, none)


@dataclass(frozen=True)
class Disposition:
    """The modes of a drug's own disposition.

    Attributes
    ----------
    rates
        Decay rates [1/h], shape ``(people, 1 + spaces)``, slowest first.
    central
        Concentration in the centre per milligram given there [1/L], same shape.
    vectors
        Share of each place (the centre, then the spaces) in each mode, shape
        ``(people, 1 + spaces, 1 + spaces)``; the columns are orthonormal.
    volumes
        Volume of each place [L], shape ``(people, 1 + spaces)``.
    """

    rates: Array
    central: Array
    vectors: Array
    volumes: Array

    @property
    def stage(self) -> Stage:
        """The disposition as a step that something else feeds."""
        return Stage(self.rates, self.central)

    def body(self, plasma: str, spaces: Mapping[str, int] = MappingProxyType({})) -> Body:
        r"""Give the disposition as a body that doses enter at its centre.

        Parameters
        ----------
        plasma
            Name under which the centre is read [mg/L].
        spaces
            Spaces that are read too [mg], and dosed, by name.

        Returns
        -------
        A body with one entry for the centre and one for each named space.

        Notes
        -----
        With orthonormal vectors :math:`v`, a milligram put into place *j*
        reads :math:`\sqrt{V_i/V_j}\sum_k v_{ik} v_{jk} e^{-d_k t}` milligrams
        in place *i*: each mode is an entry's share times an output's.
        """
        xp = namespace(self.rates)
        columns = tuple(range(self.rates.shape[1]))
        root = xp.sqrt(self.volumes)
        outputs = {plasma: Output(columns, self.vectors[:, 0, :] / root[:, :1])}
        entries = {IV: Entry(columns, self.vectors[:, 0, :] / root[:, :1])}
        for name, space in spaces.items():
            share = self.vectors[:, 1 + space, :]
            outputs[name] = Output(columns, share * root[:, 1 + space, None])
            entries[name] = Entry(columns, share / root[:, 1 + space, None])
        return Body(self.rates, outputs, entries)


def disposition_modes(body: Compartments) -> Disposition:
    r"""Find the modes of a centre with spaces around it.

    Parameters
    ----------
    body
        Volumes, flows and eliminations of each person.

    Returns
    -------
    Rates and heights; the heights of the centre are never negative and add up
    to one over the central volume, however close two rates lie.

    Notes
    -----
    Amounts divided by the square root of their volume obey a *symmetric*
    arrow matrix, with :math:`(CL + \sum Q_i)/V_1` and :math:`Q_i/V_i + l_i` on
    the diagonal and :math:`-Q_i/\sqrt{V_1 V_i}` beside it. Its eigenvalues are
    the decay rates, and the height of each mode in the centre is the square of
    the first entry of its eigenvector. That is why no difference of nearly
    equal rates is ever divided by. Source: standard linear compartment theory;
    the symmetric form is the spectral theorem applied to it.
    """
    xp = namespace(body.clearance)
    spaces = body.flows.shape[1]
    centre = (body.clearance + xp.sum(body.flows, axis=1)) / body.central_volume
    around = body.flows / body.volumes + body.losses
    beside = -body.flows / xp.sqrt(body.central_volume[:, None] * body.volumes)
    top = xp.concat([centre[:, None], beside], axis=1)
    eye = xp.eye(spaces, dtype=centre.dtype)
    below = xp.concat([beside[:, :, None], around[:, :, None] * eye[None, :, :]], axis=2)
    rates, vectors = xp.linalg.eigh(xp.concat([top[:, None, :], below], axis=1))
    first = vectors[:, 0, :]
    return Disposition(
        rates=rates,
        central=first * first / body.central_volume[:, None],
        vectors=vectors,
        volumes=xp.concat([body.central_volume[:, None], body.volumes], axis=1),
    )
