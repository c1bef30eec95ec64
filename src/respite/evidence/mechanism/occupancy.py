"""How much of a target is taken at a free concentration."""

from __future__ import annotations

from collections.abc import Iterable

from respite.population import Floats


def occupied_share(ratio: Floats) -> Floats:
    r"""Give the share of sites that is taken.

    Parameters
    ----------
    ratio
        Free concentration over the one that takes half of the sites; for several substances that
        compete for the same site, the sum of their ratios.

    Returns
    -------
    The share, from zero to below one.

    Notes
    -----
    .. math::
        \theta = \frac{\sum_i C_i / K_i}{1 + \sum_i C_i / K_i}

    The law of mass action at equilibrium, for substances that exclude each other from one site.
    """
    return ratio / (1 + ratio)


def summed_ratio(levels: Iterable[Floats], constants: Iterable[float]) -> Floats:
    """Add up concentrations, each over the one that takes half of the sites.

    Parameters
    ----------
    levels
        Free concentrations of substances that compete, all of one shape [mg/L].
    constants
        The concentration of each that takes half of the sites [mg/L].
    """
    total = None
    for level, constant in zip(levels, constants, strict=True):
        part = level / constant
        total = part if total is None else total + part
    if total is None:
        raise ValueError("no substance was given")
    return total
