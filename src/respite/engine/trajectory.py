"""What each place in the body reads over time, and exactly how much it was exposed."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Mapping, Sequence

from respite.engine.arrays import Array, known, namespace
from respite.engine.doses import (
    Held,
    Train,
    amplitudes,
    change_times,
    given_to_modes,
    input_rates,
    last_change_h,
)
from respite.engine.modes import Body, columns_of
from respite.engine.settings import FEW, SAME_TIME, SPENT


def trajectory(
    body: Body, names: Sequence[str], trains: Sequence[Train], times_h: Sequence[float]
) -> Mapping[str, Array]:
    r"""Give outputs of the body at the times asked for.

    Parameters
    ----------
    body
        The modes of each person.
    names
        Outputs to read.
    trains
        The doses.
    times_h
        Times [h] in rising order, the same for everybody.

    Returns
    -------
    For each name an array of shape ``(people, times)``, in mg/L for plasma
    and effect sites. A time at which an instant dose falls reads the value
    just after it.

    Notes
    -----
    Between changes of input every mode obeys
    :math:`z(t) = z_0 + (e^{-d\tau} - 1)(z_0 - R/d)` with constant rate
    :math:`R`, so each stretch needs its starting state once. A body with
    bends is followed step by step instead, with the same promise of 1e-8 of
    each curve's maximum.
    """
    if body.is_bent:
        # Imported here and below, so that linear bodies do not pay for steps.
        from respite.engine.course import bent_curves

        return bent_curves(body, names, trains, times_h)
    xp = namespace(body.rates)
    pieces: dict[str, list[Array]] = {name: [] for name in names}
    held = Held(body, trains)
    for start, ages in _stretches(trains, times_h):
        for name, piece in _stretch(body, names, held, start, ages).items():
            pieces[name].append(piece)
    return {
        name: xp.concat(parts, axis=1) if parts else xp.zeros((body.rates.shape[0], 0))
        for name, parts in pieces.items()
    }


def _stretches(
    trains: Sequence[Train], times_h: Sequence[float]
) -> list[tuple[float, list[float]]]:
    """Group times by the latest change of input before them."""
    stretches: list[tuple[float, list[float]]] = []
    is_steady = any(train.is_steady for train in trains)
    edges = [] if is_steady else change_times(trains)
    for time in times_h:
        start = _latest_change(trains, time) if is_steady else _latest_edge(edges, time)
        if not stretches or stretches[-1][0] != start:
            stretches.append((start, []))
        stretches[-1][1].append(max(time - start, 0))
    return stretches


def _latest_edge(edges: Sequence[float], time_h: float) -> float:
    """Give the latest start or end of a dose up to one time, or the time itself before any."""
    place = bisect_right(edges, time_h + SAME_TIME)
    return edges[place - 1] if place else time_h


def _latest_change(trains: Sequence[Train], time_h: float) -> float:
    """Give the same where doses have been given for ever, and edges have no number."""
    changes = [last_change_h(train, time_h) for train in trains]
    return max((change for change in changes if change is not None), default=time_h)


def _stretch(
    body: Body, names: Sequence[str], held: Held, start_h: float, ages: list[float]
) -> dict[str, Array]:
    xp = namespace(body.rates)
    state = held.at(start_h)
    running = input_rates(body, held.trains, start_h)
    if running is None:
        return decay_from(body, names, state, xp.asarray(ages)[None, :])
    age = xp.asarray(ages)[None, :]
    totals: dict[str, Array] = {name: 0 for name in names}
    for column in columns_of(body, names):
        decay = body.rates[:, column]
        amplitude = state[:, column]
        change = xp.expm1(-decay[:, None] * age)
        curve = amplitude[:, None] + change * (amplitude - running[:, column] / decay)[:, None]
        for name in names:
            output = body.outputs[name]
            if column in output.columns:
                height = output.heights[:, output.columns.index(column)]
                totals[name] = totals[name] + height[:, None] * curve
    return totals


def decay_from(body: Body, names: Sequence[str], state: Array, age_h: Array) -> dict[str, Array]:
    """Give outputs while nothing is given, each person at times of their own.

    Parameters
    ----------
    body
        The modes of each person.
    names
        Outputs to read.
    state
        Amplitudes at age zero [mg], shape ``(people, modes)``.
    age_h
        Times since then [h] in rising order, shape ``(people, times)``, or
        ``(1, times)`` for everybody.

    Returns
    -------
    For each name an array of shape ``(people, times)``.
    """
    totals: dict[str, Array] = {name: 0 for name in names}
    for column in columns_of(body, names):
        curve = _decay(state[:, column], body.rates[:, column], age_h)
        for name in names:
            output = body.outputs[name]
            if column in output.columns:
                height = output.heights[:, output.columns.index(column)]
                totals[name] = totals[name] + height[:, None] * curve
    return totals


def _decay(amplitude: Array, rate: Array, age_h: Array) -> Array:
    """Let one mode decay; once it is spent in everybody, it is zero and costs nothing."""
    xp = namespace(rate)
    if age_h.shape[1] <= FEW:
        return amplitude[:, None] * xp.exp(-rate[:, None] * age_h)
    alive = known(xp.sum(xp.astype(xp.min(rate) * xp.min(age_h, axis=0) < SPENT, xp.int64)))
    alive = age_h.shape[1] if alive is None else alive
    age = age_h[:, :alive]
    curve = amplitude[:, None] * xp.exp(-rate[:, None] * age)
    if alive == age_h.shape[1]:
        return curve
    spent = xp.zeros((rate.shape[0], age_h.shape[1] - alive), dtype=rate.dtype)
    return xp.concat([curve, spent], axis=1)


def area_under_curve(
    body: Body, name: str, trains: Sequence[Train], until_h: float | None = None
) -> Array:
    r"""Give the exact area under an output's curve [mg·h/L], shape ``(people,)``.

    Parameters
    ----------
    body
        The modes of each person.
    name
        The output.
    trains
        The doses.
    until_h
        End of the area [h]; without it, all time to come.

    Returns
    -------
    Area from time zero.

    Notes
    -----
    Each mode loses exactly what it was given and no longer holds:
    :math:`\int_0^t z = (U(t) - z(t))/d`, with :math:`U` what doses brought into it.
    Nothing is integrated numerically, unless the body has bends: then what
    they took is, and is not counted as given.
    """
    if body.is_bent:
        from respite.engine.course import bent_area

        return bent_area(body, name, trains, until_h)
    xp = namespace(body.rates)
    output = body.outputs[name]
    lost = given_to_modes(body, trains, until_h)
    if until_h is not None:
        lost = lost - amplitudes(body, trains, until_h)
    columns = xp.asarray(output.columns)
    shares = xp.take(lost / body.rates, columns, axis=1)
    return xp.sum(output.heights * shares, axis=1)
