"""Distribution and elimination of one drug: a centre with spaces around it."""

from __future__ import annotations

from dataclasses import dataclass

from respite.engine.arrays import Array, namespace
from respite.engine.modes import Stage


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


@dataclass(frozen=True)
class Disposition:
    """The modes of a drug's own disposition.

    Attributes
    ----------
    rates
        Decay rates [1/h], shape ``(people, 1 + spaces)``, slowest first.
    central
        Concentration in the centre per milligram given there [1/L], same shape.
    spaces
        Amount in each space per milligram given into the centre, shape
        ``(people, spaces, 1 + spaces)``.
    """

    rates: Array
    central: Array
    spaces: Array

    @property
    def stage(self) -> Stage:
        """The disposition as a step that something else feeds."""
        return Stage(self.rates, self.central)


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
    scale = xp.sqrt(body.volumes / body.central_volume[:, None])
    return Disposition(
        rates=rates,
        central=first * first / body.central_volume[:, None],
        spaces=scale[:, :, None] * vectors[:, 1:, :] * first[:, None, :],
    )
