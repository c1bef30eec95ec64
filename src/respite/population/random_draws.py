"""The same people for a seed, on any machine, in chunks of any size.

Every random number has an address: the seed, the name of what is drawn and
the number of the person. A counter-based generator turns the address into the
number, so nothing depends on the order in which people are drawn, and a new
parameter never moves the draws of an old one.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]
Places = NDArray[np.intp]

_WORDS_PER_BLOCK = 4
"""Sixty-four-bit words that one step of the Philox counter gives."""

_WORDS_PER_PERSON = 2
_PEOPLE_PER_BLOCK = _WORDS_PER_BLOCK // _WORDS_PER_PERSON


@dataclass(frozen=True)
class People:
    """Which people are drawn.

    Attributes
    ----------
    seed
        Seed of every draw.
    count
        How many people.
    first
        Number of the first of them.
    trial
        Number of a trial whose people share one study draw; without it every
        person comes from a study of their own.
    per_study
        Where given, the same so many people are drawn anew in each of several
        studies: what studies leave open then stands apart from how people differ.
    is_typical
        Whether everybody is the typical person: all departures are zero.
    given
        Draws that are not left to chance, each of shape ``(count,)``: by name,
        with ``person`` or ``study`` before the name of what is drawn.
    """

    seed: int
    count: int
    first: int = 0
    trial: int | None = None
    per_study: int | None = None
    is_typical: bool = False
    given: Mapping[str, Floats] = field(default_factory=dict[str, Floats])

    def chunks(self, size: int) -> Iterator[People]:
        """Split the people into chunks; who they are does not depend on the size."""
        for first in range(0, self.count, size):
            count = min(size, self.count - first)
            given = {name: draws[first : first + count] for name, draws in self.given.items()}
            yield replace(self, first=self.first + first, count=count, given=given)

    def normals(self, name: str) -> Floats:
        """Draw one standard normal departure for each person, shape ``(count,)``."""
        name = f"person {name}"
        if name in self.given:
            return self.given[name]
        if self.is_typical:
            return np.zeros(self.count)
        if self.per_study is not None:
            return _departures(self._evenly(name, self.per_study))
        return normals(self.seed, name, self.first, self.count)

    def study_normals(self, name: str) -> Floats:
        """Draw the departure of each person's study, shape ``(count,)``."""
        name = f"study {name}"
        if name in self.given:
            return self.given[name]
        if self.is_typical:
            return np.zeros(self.count)
        if self.trial is not None:
            return np.repeat(normals(self.seed, name, self.trial, 1), self.count)
        if self.per_study is not None:
            studies = self._places // self.per_study
            return normals(self.seed, name, 0, int(studies[-1]) + 1)[studies]
        return normals(self.seed, name, self.first, self.count)

    def uniforms(self, name: str) -> Floats:
        """Draw one number between zero and one for each person, shape ``(count,)``.

        Typical people get the middle, so they belong to a class whose chance is above a half.
        """
        name = f"person {name}"
        if name in self.given:
            return self.given[name]
        if self.is_typical:
            return np.full(self.count, 0.5)
        if self.per_study is not None:
            return self._evenly(name, self.per_study)
        return uniforms(self.seed, name, self.first, self.count)[:, 0]

    def _evenly(self, name: str, per_study: int) -> Floats:
        """Draw the people of every study anew, spread evenly: one in each of as many strips.

        A Latin hypercube over the names: few people then stand for many.
        """
        drawn = uniforms(self.seed, name, 0, per_study)
        strips = np.argsort(np.argsort(drawn[:, 0]))
        return ((strips + drawn[:, 1]) / per_study)[self._places % per_study]

    @property
    def _places(self) -> Places:
        """Give the number of each person over all studies."""
        return np.arange(self.first, self.first + self.count)


def _departures(shares: Floats) -> Floats:
    """Turn shares between zero and one into standard normal departures."""
    # Imported here, because few ask and the module is slow to load.
    from statistics import NormalDist

    found, back = np.unique(shares, return_inverse=True)
    quantile = NormalDist().inv_cdf
    return np.asarray([quantile(share) for share in found.tolist()])[back]


def uniforms(seed: int, name: str, first: int, count: int) -> Floats:
    """Draw two uniform numbers for each of ``count`` addresses, shape ``(count, 2)``."""
    word = hashlib.blake2b(f"{seed} {name}".encode(), digest_size=16).digest()
    block, skipped = divmod(first, _PEOPLE_PER_BLOCK)
    generator = np.random.Philox(key=int.from_bytes(word, "little"), counter=block)
    raw = generator.random_raw((skipped + count) * _WORDS_PER_PERSON)
    words = raw.reshape(-1, _WORDS_PER_PERSON)[skipped:]
    # The top 53 bits fill a double; the half keeps both ends open.
    return ((words >> np.uint64(11)).astype(np.float64) + 0.5) / 2**53


def normals(seed: int, name: str, first: int, count: int) -> Floats:
    """Draw one standard normal number for each of ``count`` addresses.

    The method of Box and Muller spends exactly two uniform numbers on each,
    which is what lets every number keep its address.
    """
    pair = uniforms(seed, name, first, count)
    return np.sqrt(-2 * np.log(pair[:, 0])) * np.cos(2 * np.pi * pair[:, 1])
