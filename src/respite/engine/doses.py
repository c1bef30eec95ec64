"""What doses do to a mode: each dose adds, everything decays."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from typing import Any

from respite.engine.arrays import Array, Rows, namespace
from respite.engine.modes import IV, Body, Entry
from respite.engine.settings import SAME_TIME


@dataclass(frozen=True)
class Train:
    """Equal doses at equal intervals.

    Attributes
    ----------
    start_h
        Start of the first dose [h].
    count
        Number of doses.
    interval_h
        Start to start [h]; at least ``duration_h``.
    duration_h
        Length of each infusion [h]; zero for an instant dose.
    amount_mg
        Amount of each dose [mg], shape ``(people,)``.
    entry
        The entry of the body that takes them.
    is_steady
        Whether the same doses have been given at the same interval for ever
        before the first; asked about from ``start_h`` minus one interval on.
    length_h
        ``duration_h`` once more, as an array of shape ``(people,)``, where a
        derivative by it is wanted; ``duration_h`` still says what runs when.
    """

    start_h: float
    count: int
    interval_h: float
    duration_h: float
    amount_mg: Array
    entry: str = IV
    is_steady: bool = False
    length_h: Array | None = None

    @property
    def end_h(self) -> float:
        """End of the last dose [h]."""
        return self.start_h + (self.count - 1) * self.interval_h + self.duration_h

    def of(self, rows: Rows) -> Train:
        """Give the doses of some of the people."""
        lengths = None if self.length_h is None else self.length_h[rows]
        return replace(self, amount_mg=self.amount_mg[rows], length_h=lengths)

    @property
    def rate_mg_per_h(self) -> Array:
        """How fast each dose runs in [mg/h], shape ``(people,)``."""
        return self.amount_mg / (self.duration_h if self.length_h is None else self.length_h)

    def __post_init__(self) -> None:
        """Refuse what is not a train of doses.

        Raises
        ------
        ValueError
            If doses overlap, or count or a length is negative.
        """
        if self.count < 1 or self.duration_h < 0:
            raise ValueError("a train has at least one dose, of no negative length")
        is_repeated = self.count > 1 or self.is_steady
        if is_repeated and not max(self.duration_h, SAME_TIME) <= self.interval_h:
            raise ValueError("doses of one train may not overlap; use several trains")


@dataclass(frozen=True)
class Ages:
    """How many doses of a train have started, which is the newest, how long ago it did.

    A train in steady state has infinitely many behind it.
    """

    started: float
    newest: int
    age_h: float


def ages_of(train: Train, time_h: float) -> Ages:
    """Say how far a train is at one time [h]."""
    since = time_h - train.start_h
    if since < -SAME_TIME and not train.is_steady:
        return Ages(0, 0, 0)
    is_one = train.count == 1 and not train.is_steady
    last = 0 if is_one else math.floor((since + SAME_TIME) / train.interval_h)
    last = min(last, train.count - 1)
    started = math.inf if train.is_steady else last + 1
    return Ages(started, last, max(since - last * train.interval_h, 0))


def amplitudes(body: Body, trains: Sequence[Train], time_h: float) -> Array:
    r"""Give what every mode holds at one time, just after any dose given then.

    Parameters
    ----------
    body
        The modes of each person.
    trains
        The doses.
    time_h
        The time [h].

    Returns
    -------
    Amplitudes [mg], shape ``(people, modes)``.

    Raises
    ------
    ValueError
        If the body is not linear.

    Notes
    -----
    One dose that has ended an age :math:`a` ago leaves
    :math:`D\,w\,q\,e^{-d a}` with :math:`w` the weight of its entry and
    :math:`q = (1 - e^{-d L})/(d L)` for an infusion of length :math:`L`. Equal
    doses at equal intervals add up as a geometric series, so a train costs the
    same for one dose as for hundreds, or for infinitely many.
    """
    if body.is_bent:
        raise ValueError("what bends a body has no amplitude at a time; ask for a trajectory")
    held: dict[int, Array] = {}
    for train in trains:
        ages = ages_of(train, time_h)
        if not ages.started:
            continue
        entry = body.entries[train.entry]
        per_milligram = _per_milligram(_rates_of(body, entry), train, ages)
        given = entry.weights * per_milligram * train.amount_mg[:, None]
        _add(held, entry, given)
    return _spread_out(held, body)


@dataclass
class Held:
    """What every mode holds at times that rise; trains that have ended are only carried on.

    Many courses over years are many trains, and all but the latest have ended:
    their sum decays, and is never added up again.

    Attributes
    ----------
    body
        The modes of each person.
    trains
        The doses; those that have ended are taken out.
    """

    body: Body
    trains: Sequence[Train]
    _carried: Array | None = field(default=None, init=False)
    _at_h: float = field(default=0, init=False)

    def at(self, time_h: float) -> Array:
        """Give the amplitudes at one time [mg]; see :func:`amplitudes`."""
        xp = namespace(self.body.rates)
        if self._carried is not None:
            decay = xp.exp(-self.body.rates * (time_h - self._at_h))
            self._carried = self._carried * decay
        ended = [train for train in self.trains if has_ended(train, time_h)]
        if ended:
            self.trains = [train for train in self.trains if not has_ended(train, time_h)]
            new = amplitudes(self.body, ended, time_h)
            self._carried = new if self._carried is None else self._carried + new
        self._at_h = time_h
        running = amplitudes(self.body, self.trains, time_h)
        return running if self._carried is None else self._carried + running


def has_ended(train: Train, time_h: float) -> bool:
    """Say whether every dose of a train has ended before some time."""
    ages = ages_of(train, time_h)
    all_given = not train.is_steady and ages.started == train.count
    return all_given and ages.age_h >= train.duration_h


def _rates_of(body: Body, entry: Entry) -> Array:
    if entry.columns == tuple(range(body.rates.shape[1])):
        return body.rates
    xp = namespace(body.rates)
    return xp.take(body.rates, xp.asarray(entry.columns, dtype=xp.int64), axis=1)


def _add(totals: dict[int, Array], entry: Entry, values: Array) -> None:
    """Add what an entry gives to each of its modes to what they have."""
    for place, column in enumerate(entry.columns):
        value = values[:, place]
        totals[column] = totals[column] + value if column in totals else value


def _spread_out(totals: dict[int, Array], body: Body) -> Array:
    """Lay values of some modes out over all modes."""
    xp = namespace(body.rates)
    nothing = xp.zeros_like(body.rates[:, 0])
    modes = range(body.rates.shape[1])
    return xp.stack([totals.get(column, nothing) for column in modes], axis=1)


def _per_milligram(rates: Array, train: Train, ages: Ages) -> Array:
    xp = namespace(rates)
    length = train.duration_h if train.length_h is None else train.length_h[:, None]
    age, earlier = ages.age_h, ages.started - 1
    is_instant = not train.duration_h
    whole = xp.ones_like(rates) if is_instant else -xp.expm1(-rates * length) / (rates * length)
    # Where rounding puts the end a hair too early, the whole dose still counts.
    if age < train.duration_h - SAME_TIME:
        newest = -xp.expm1(-rates * age) / (rates * length)
    else:
        newest = whole * xp.exp(-rates * (age - length))
    if not earlier:
        return newest
    all_earlier = 1 if earlier == math.inf else -xp.expm1(-rates * (earlier * train.interval_h))
    series = all_earlier / -xp.expm1(-rates * train.interval_h)
    return newest + whole * xp.exp(-rates * (age + train.interval_h - length)) * series


def last_change_h(train: Train, time_h: float) -> float | None:
    """Give when the input of a train last changed, up to one time; ``None`` before its start."""
    ages = ages_of(train, time_h)
    if not ages.started:
        return None
    newest = train.start_h + ages.newest * train.interval_h
    has_ended = ages.age_h >= train.duration_h - SAME_TIME
    return newest + train.duration_h if has_ended else newest


def change_times(trains: Sequence[Train]) -> list[float]:
    """List every time at which a dose starts or ends [h], in order, each once.

    Raises
    ------
    ValueError
        If the doses have been given for ever.
    """
    if any(train.is_steady for train in trains):
        raise ValueError("what has been given for ever has no first dose")
    edges = sorted(
        start + after
        for train in trains
        for start in (train.start_h + i * train.interval_h for i in range(train.count))
        for after in {0, train.duration_h}
    )
    return [edge for i, edge in enumerate(edges) if i == 0 or edge - edges[i - 1] > SAME_TIME]


def falls_at(train: Train, time_h: float) -> bool:
    """Say whether an instant dose of a train falls at one time."""
    ages = ages_of(train, time_h)
    return not train.duration_h and ages.started > 0 and ages.age_h <= SAME_TIME


def is_running(train: Train, time_h: float) -> bool:
    """Say whether a dose of a train is being given just after one time."""
    ages = ages_of(train, time_h)
    return ages.started > 0 and ages.age_h < train.duration_h - SAME_TIME


def input_rates(body: Body, trains: Sequence[Train], time_h: float) -> Array | None:
    """Give what runs into every mode just after one time [mg/h]; ``None`` where nothing runs."""
    running: dict[int, Array] = {}
    for train in trains:
        if is_running(train, time_h):
            entry = body.entries[train.entry]
            _add(running, entry, entry.weights * train.rate_mg_per_h[:, None])
    return _spread_out(running, body) if running else None


def given_mg(trains: Sequence[Train], time_h: float, like: Array) -> Array:
    """Give the amount given up to one time [mg], shape ``(people,)``."""
    xp: Any = namespace(like)
    total = xp.zeros_like(like)
    for train in trains:
        total = total + train.amount_mg * _doses_given(train, time_h)
    return total


def given_to_modes(body: Body, trains: Sequence[Train], until_h: float | None) -> Array:
    """Give what doses brought into every mode up to one time, or in all [mg]."""
    brought: dict[int, Array] = {}
    for train in trains:
        doses = train.count if until_h is None else _doses_given(train, until_h)
        entry = body.entries[train.entry]
        _add(brought, entry, entry.weights * (train.amount_mg * doses)[:, None])
    return _spread_out(brought, body)


def _doses_given(train: Train, time_h: float) -> Array | float:
    """Count doses given up to one time; of one that runs, the part that has run.

    Raises
    ------
    ValueError
        If the doses have been given for ever.
    """
    if train.is_steady:
        raise ValueError("what has been given for ever has no amount")
    ages = ages_of(train, time_h)
    if not ages.started:
        return 0
    if ages.age_h >= train.duration_h - SAME_TIME:
        return ages.started
    running = train.duration_h if train.length_h is None else train.length_h
    return ages.started - 1 + ages.age_h / running
