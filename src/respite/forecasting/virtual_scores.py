"""Scores as a virtual person writes them: for demonstrations, never for an answer."""

from __future__ import annotations

import numpy as np

from respite.domain import WORST_PAIN
from respite.population import Floats, Group


def write_scores(group: Group, left: Floats, hours: Floats, draw: np.random.Generator) -> Floats:
    """Write the scores of one person: expected pain, a slow drift, and what a day brings.

    Parameters
    ----------
    group
        The one person.
    left
        Share of pain that treatment leaves at each time.
    hours
        The times [h], in order.
    draw
        Where chance comes from.

    Returns
    -------
    Whole points from 0 to 10, one for each time.
    """
    numbers = {name: values[0] for name, values in group.needs.numbers.items()}
    gaps = np.diff(hours)
    day = _wander(numbers["between_days"], np.exp(-gaps / numbers["autocorrelation_time"]), draw)
    drift = _wander(numbers["drift_spread"], np.exp2(-gaps / numbers["drift_half_time"]), draw)
    latent = (group.needs.untreated[0] + drift - drift[0]) * left + day
    return np.asarray(np.round(np.clip(latent, 0, WORST_PAIN)) + 0, dtype=np.float64)


def _wander(spread: float, kept: Floats, draw: np.random.Generator) -> Floats:
    """Draw an Ornstein-Uhlenbeck process of which such shares are kept from time to time."""
    values = [spread * draw.standard_normal()]
    for share in kept:
        news = spread * np.sqrt(1 - share**2) * draw.standard_normal()
        values.append(share * values[-1] + news)
    return np.asarray(values)
