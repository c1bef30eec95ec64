"""Virtual people spread evenly, so that few of them stand for an arm."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from statistics import NormalDist

import numpy as np

from respite.population import Floats, People


@dataclass(frozen=True)
class LayeredPeople(People):
    """People of whom one lies in each of as many layers as there are people.

    Every draw keeps its rank among the people and moves to the middle of its
    layer (Latin hypercube sampling: McKay, Beckman & Conover 1979), so what
    adds up over people comes out almost without error of simulation. Nothing
    differs between studies but what is given.
    """

    def normals(self, name: str) -> Floats:
        """Draw one standard normal departure for each person, shape ``(count,)``."""
        if f"person {name}" in self.given:
            return self.given[f"person {name}"]
        return _layered_normals(self.seed, self.count, name)

    def uniforms(self, name: str) -> Floats:
        """Draw one number between zero and one for each person, shape ``(count,)``."""
        if f"person {name}" in self.given:
            return self.given[f"person {name}"]
        return (_ranks(super().uniforms(name)) + 0.5) / self.count

    def study_normals(self, name: str) -> Floats:
        """Give the departure of the study, shape ``(count,)``: none, unless it is given."""
        return self.given.get(f"study {name}", np.zeros(self.count))


@cache
def _layered_normals(seed: int, count: int, name: str) -> Floats:
    """Give draws that are the same at every point of the unknowns, and asked for at each."""
    return _normal_scores(count)[_ranks(People(seed, count).normals(name))]


def _ranks(draws: Floats) -> np.ndarray:
    return np.argsort(np.argsort(draws))


@cache
def _normal_scores(count: int) -> Floats:
    normal = NormalDist()
    return np.asarray([normal.inv_cdf((rank + 0.5) / count) for rank in range(count)])
