"""Effects are curves on top of modes."""

from __future__ import annotations

from respite.engine.arrays import Array, namespace, running_maximum
from respite.engine.modes import Stage
from respite.engine.settings import TINY


def effect_site(ke0: Array) -> Stage:
    r"""Give the effect site as a step that plasma feeds.

    Parameters
    ----------
    ke0
        Equilibration rate [1/h], shape ``(people,)``.

    Returns
    -------
    A step that takes up too little drug to change plasma, and that sees the
    same total exposure as plasma.

    Notes
    -----
    :math:`dC_e/dt = k_{e0}(C - C_e)`.
    """
    return Stage(rates=ke0[:, None], heights=ke0[:, None])


def sigmoid(concentration: Array, ec50: Array, hill: Array) -> Array:
    r"""Give the share of the full effect at a concentration.

    Parameters
    ----------
    concentration
        At the effect site; any unit that ``ec50`` shares; zero is allowed.
    ec50
        Concentration of half the effect.
    hill
        Steepness.

    Returns
    -------
    Between zero and one.

    Notes
    -----
    :math:`E = C^\gamma / (C^\gamma + C_{50}^\gamma)`, written with logarithms
    so that no power overflows.
    """
    xp = namespace(concentration)
    half = hill / 2
    steps = half * xp.log(xp.clip(concentration, TINY, None)) - half * xp.log(ec50)
    # The hyperbolic tangent form of the logistic curve cannot overflow.
    return (1 + xp.tanh(steps)) / 2


def fading_maximum(values: Array, times_h: Array, fade_rate: Array) -> Array:
    r"""Hold each value at the highest reached so far, while that height fades.

    Parameters
    ----------
    values
        Shape ``(people, times)``; not negative.
    times_h
        Times [h] in rising order, shape ``(times,)``.
    fade_rate
        How fast a height fades [1/h], shape ``(people,)``.

    Returns
    -------
    :math:`\max_{s \le t} v(s)\, e^{-\lambda (t - s)}`, shape ``(people, times)``.
    """
    xp = namespace(values)
    risen = fade_rate[:, None] * (times_h - times_h[0])[None, :]
    logs = xp.log(xp.clip(values, TINY, None)) + risen
    return xp.exp(running_maximum(logs) - risen)
