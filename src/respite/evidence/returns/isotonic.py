"""The rising sequence that lies nearest to any other."""

from __future__ import annotations

import numpy as np

from respite.evidence.returns.innermost import Floats


def rising(values: Floats, weights: Floats) -> Floats:
    """Give the rising sequence nearest to some values, by weighted least squares.

    Neighbours that fall are pooled into their weighted mean until none falls
    (pool adjacent violators; Ayer and others 1955).

    Parameters
    ----------
    values, weights
        The sequence, and the weight of each value, above zero; shape ``(n,)``.

    Examples
    --------
    >>> rising(np.array([1.0, 3.0, 2.0]), np.ones(3)).tolist()
    [1.0, 2.5, 2.5]
    """
    means: list[float] = []
    masses: list[float] = []
    lengths: list[int] = []
    for value, weight in zip(values.tolist(), weights.tolist(), strict=True):
        mean, mass, length = value, weight, 1
        while means and means[-1] >= mean:
            mass += masses[-1]
            mean += (means.pop() - mean) * masses.pop() / mass
            length += lengths.pop()
        means.append(mean)
        masses.append(mass)
        lengths.append(length)
    return np.repeat(means, lengths)
