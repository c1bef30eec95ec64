"""What a body does that is no sum of decays: clearance that grows or saturates, and the like.

Each term takes up, or gives back, a flow that depends on a level and on time.
The linear part of the body does the rest.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Protocol

from respite.engine.arrays import Array, Rows, namespace
from respite.engine.effect import sigmoid
from respite.engine.settings import TINY

if TYPE_CHECKING:
    from respite.engine.scheme import Scheme

Law = Callable[..., tuple[Array, Array]]
"""From level, hours since the first dose, what is given, and numbers: a flow and its slope."""


@dataclass(frozen=True)
class Bend:
    """One term of a body, ready to be followed.

    Attributes
    ----------
    reads
        Output whose level decides.
    enters
        Entry from which the flow is taken.
    touches
        Output by which the error of a step is judged.
    law
        Gives the flow [mg/h] and how it changes with the level.
    numbers
        What the law needs of each person, each of shape ``(people,)``.
    is_on_entry
        Whether the flow is a share of what is given by the entry, instant doses included.
    """

    reads: str
    enters: str
    touches: str
    law: Law
    numbers: tuple[Array, ...]
    is_on_entry: bool = False

    def of(self, rows: Rows) -> Bend:
        """Give the term of some of the people."""
        return replace(self, numbers=tuple(values[rows] for values in self.numbers))

    def flow(self, level: Array, since_h: Array, given: Array) -> tuple[Array, Array]:
        """Give the flow and its slope.

        Parameters
        ----------
        level
            Level that is read, shape ``(people, times)``.
        since_h
            Time since the first dose [h], shape ``(times,)``.
        given
            What is given by the entry, [mg/h] or [mg], shape ``(people,)``.
        """
        numbers = (values[:, None] for values in self.numbers)
        return self.law(level, since_h[None, :], given[:, None], *numbers)


class Term(Protocol):
    """A term as it is drawn on paper."""

    def of(self, rows: Rows) -> Term:
        """Give the term of some of the people."""
        ...

    def linear_part(self, scheme: Scheme) -> Scheme:
        """Give the scheme with what of the term is linear, and with the way in that it needs."""
        ...

    def bend(self, scheme: Scheme) -> Bend:
        """Give what remains, ready to be followed."""
        ...


@dataclass(frozen=True)
class Growing:
    r"""Elimination from one place that grows with time since the first dose.

    Attributes
    ----------
    place
        Plasma or a step.
    rate_per_h
        Growth of its clearance [1/h], shape ``(people,)``.

    Notes
    -----
    :math:`CL(t) = CL_0 (1 + r t)`. What the place feeds is not changed by it.
    """

    place: str
    rate_per_h: Array

    def of(self, rows: Rows) -> Growing:
        """Give the term of some of the people."""
        return replace(self, rate_per_h=self.rate_per_h[rows])

    def linear_part(self, scheme: Scheme) -> Scheme:
        """Give the scheme, open at the place."""
        return scheme.opened_at(self.place)

    def bend(self, scheme: Scheme) -> Bend:
        """Give the growth alone."""
        growth = scheme.at(self.place).clearance * self.rate_per_h
        return Bend(self.place, scheme.way_to(self.place), self.place, _growing, (growth,))


@dataclass(frozen=True)
class Saturable:
    r"""Elimination from one place that saturates, beside what it has of linear one.

    Attributes
    ----------
    place
        Plasma or a step.
    vmax
        Highest rate of elimination [mg/h], shape ``(people,)``.
    km
        Level of half that rate [mg/L], shape ``(people,)``.

    Notes
    -----
    :math:`V_{max} C / (K_m + C)`, by Michaelis and Menten. Its linear part,
    :math:`V_{max}/K_m`, joins the clearance; what is followed is how far it
    falls short of that, so a place without any other clearance is no special case.
    """

    place: str
    vmax: Array
    km: Array

    def of(self, rows: Rows) -> Saturable:
        """Give the term of some of the people."""
        return replace(self, vmax=self.vmax[rows], km=self.km[rows])

    def linear_part(self, scheme: Scheme) -> Scheme:
        """Give the scheme with the clearance of low levels, open at the place."""
        return scheme.with_clearance(self.place, self.vmax / self.km).opened_at(self.place)

    def bend(self, scheme: Scheme) -> Bend:
        """Give by how much elimination falls short of its linear part."""
        return Bend(
            self.place, scheme.way_to(self.place), self.place, _saturating, (self.vmax, self.km)
        )


@dataclass(frozen=True)
class FadingAvailability:
    r"""What is given by an entry is lost in part, the more the higher a level is at that moment.

    Attributes
    ----------
    entry
        The way in.
    c50
        Level at which half is lost [mg/L], shape ``(people,)``.
    hill
        Steepness, shape ``(people,)``.
    read_at
        Output whose level decides.

    Notes
    -----
    A share :math:`1 - C^g / (C_{50}^g + C^g)` gets through, with *C* the level
    when the drug is given, not when it arrives from a depot.
    """

    entry: str
    c50: Array
    hill: Array
    read_at: str

    def of(self, rows: Rows) -> FadingAvailability:
        """Give the term of some of the people."""
        return replace(self, c50=self.c50[rows], hill=self.hill[rows])

    def linear_part(self, scheme: Scheme) -> Scheme:
        """Give the scheme as it is."""
        return scheme

    def bend(self, scheme: Scheme) -> Bend:
        """Give what is lost."""
        numbers = (self.c50, self.hill)
        return Bend(self.read_at, self.entry, self.read_at, _fading, numbers, is_on_entry=True)


@dataclass(frozen=True)
class FedByEffect:
    r"""A site that an effect feeds, such as tolerance that builds up while the effect lasts.

    Attributes
    ----------
    site
        A step of one compartment that nothing else feeds: its gain is zero.
    ec50
        Level of half the effect [mg/L], shape ``(people,)``.
    hill
        Steepness, shape ``(people,)``.
    rate_per_h
        How fast it builds up [1/h], shape ``(people,)``.
    read_at
        Output whose level has the effect.

    Notes
    -----
    With a site of rate *k*: :math:`dT/dt = k_{in} E(C) - k T`. What it counteracts is
    worked out from its level.
    """

    site: str
    ec50: Array
    hill: Array
    rate_per_h: Array
    read_at: str

    def of(self, rows: Rows) -> FedByEffect:
        """Give the term of some of the people."""
        return replace(
            self, ec50=self.ec50[rows], hill=self.hill[rows], rate_per_h=self.rate_per_h[rows]
        )

    def linear_part(self, scheme: Scheme) -> Scheme:
        """Give the scheme, open at the site."""
        return scheme.opened_at(self.site)

    def bend(self, scheme: Scheme) -> Bend:
        """Give what feeds the site, as a flow that is taken with the sign reversed."""
        numbers = (self.ec50, self.hill, self.rate_per_h)
        return Bend(self.read_at, scheme.way_to(self.site), self.site, _feeding, numbers)


def _growing(level: Array, since_h: Array, _given: Array, growth: Array) -> tuple[Array, Array]:
    xp = namespace(level)
    slope = growth * since_h
    return slope * level, slope + xp.zeros_like(level)


def _saturating(
    level: Array, _since_h: Array, _given: Array, vmax: Array, km: Array
) -> tuple[Array, Array]:
    xp = namespace(level)
    level = xp.clip(level, 0, None)
    # Per km twice, and each time as a ratio: no square of a large km overflows.
    share = level / (km + level)
    return -vmax * share * (level / km), -(vmax / km) * share * (1 + km / (km + level))


def _fading(
    level: Array, _since_h: Array, given: Array, c50: Array, hill: Array
) -> tuple[Array, Array]:
    lost, slope = _share_and_slope(level, c50, hill)
    return given * lost, given * slope


def _feeding(
    level: Array, _since_h: Array, _given: Array, ec50: Array, hill: Array, rate: Array
) -> tuple[Array, Array]:
    share, slope = _share_and_slope(level, ec50, hill)
    return -rate * share, -rate * slope


def _share_and_slope(level: Array, half: Array, hill: Array) -> tuple[Array, Array]:
    xp = namespace(level)
    share = sigmoid(level, half + xp.zeros_like(level), hill)
    return share, hill * share * (1 - share) / xp.clip(level, TINY, None)
