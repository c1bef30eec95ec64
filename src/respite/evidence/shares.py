"""How well a share is known that was counted among so many."""

from __future__ import annotations

import math
from statistics import NormalDist


def share_interval95(share: float, of: float) -> tuple[float, float]:
    r"""Give the 95 % interval of a share that was counted; the method of Wilson 1927.

    Parameters
    ----------
    share
        The share, from 0 to 1.
    of
        Among how many it was counted; above zero.

    Returns
    -------
    Its ends, within 0 and 1.

    Examples
    --------
    >>> low, high = share_interval95(0.3, 10)
    >>> round(low, 3), round(high, 3)
    (0.108, 0.603)
    """
    z = NormalDist().inv_cdf(1 - 1 / 40)
    middle = (share + z * z / (2 * of)) / (1 + z * z / of)
    half = z / (1 + z * z / of) * math.sqrt(share * (1 - share) / of + (z / (2 * of)) ** 2)
    return max(0.0, middle - half), min(1.0, middle + half)
