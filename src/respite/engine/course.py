"""The curves of a body with bends: followed step by step, once, as far as anybody asks."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise
from threading import Lock

from respite.engine.arrays import Array, namespace
from respite.engine.doses import (
    Train,
    change_times,
    falls_at,
    given_to_modes,
    input_rates,
    is_running,
)
from respite.engine.modes import Body, columns_of
from respite.engine.settings import (
    AT_ONCE,
    FINEST,
    FIRST_STEP,
    GONE,
    MOST_STEPS,
    NO_BETTER,
    NODES,
    SAME_TIME,
    STEP_ERROR,
    TINY,
)
from respite.engine.steps import (
    Bending,
    Start,
    StepTable,
    Taken,
    held_of_flows,
    polynomials,
    step_table,
    take_step,
)


@dataclass(frozen=True)
class Piece:
    """One step that was taken.

    Attributes
    ----------
    start_h, length_h
        When [h].
    start
        Where it starts.
    powers
        Flow of each bend by power of time over the length, shape ``(people, bends, powers)``.
    taken
        What each flow took before it [mg], shape ``(people, bends)``.
    is_spent
        Whether nothing is given any more and what is left adds nothing to an area.
    """

    start_h: float
    length_h: float
    start: Start
    powers: Array
    taken: Array
    is_spent: bool

    def taken_by(self, age_h: float) -> Array:
        """Give what each flow has taken up to a time within the piece [mg]."""
        total = self.taken
        for power in range(self.powers.shape[2]):
            reached = age_h * (age_h / self.length_h) ** power / (power + 1)
            total = total + self.powers[:, :, power] * reached
        return total


class Course:
    """The course of one body under its doses, with steps taken when they are asked for."""

    def __init__(self, body: Body, trains: Sequence[Train]) -> None:
        self.body = body
        self.trains = trains
        self.bending = Bending.of(body)
        self._pieces: list[Piece] = []
        self._steps = Lock()  # threads that share a course take its steps in turn
        self._coming = _pieces(self.bending, body, trains)

    def curves(self, names: Sequence[str], times_h: Sequence[float]) -> dict[str, Array]:
        """Give outputs at times in rising order, each of shape ``(people, times)``."""
        xp = namespace(self.body.rates)
        parts: dict[str, list[Array]] = {name: [] for name in names}
        for piece, ages in self._by_piece(times_h):
            for name, part in self._within(piece, names, ages).items():
                parts[name].append(part)
        none = xp.zeros((self.body.rates.shape[0], 0), dtype=self.body.rates.dtype)
        return {name: xp.concat([*its, none], axis=1) for name, its in parts.items()}

    def area(self, name: str, until_h: float | None) -> Array:
        r"""Give the area under an output's curve [mg·h/L], shape ``(people,)``.

        Notes
        -----
        As without bends, each mode has lost what it was given and no longer
        holds; what the flows took was not given to it.
        """
        xp = namespace(self.body.rates)
        lost = given_to_modes(self.body, self.trains, until_h)
        if until_h is None:
            last = self._until_spent()
            taken = last.taken_by(last.length_h)
        else:
            piece = self._piece_at(until_h)
            if piece is None:
                return xp.zeros_like(self.body.rates[:, 0])
            taken = piece.taken_by(max(until_h - piece.start_h, 0))
            age = xp.asarray([max(until_h - piece.start_h, 0)], dtype=lost.dtype)
            lost = lost - self._states(piece, range(lost.shape[1]), age)[:, :, 0]
        lost = lost - xp.sum(self.bending.weights * taken[:, :, None], axis=1)
        output = self.body.outputs[name]
        shares = xp.take(lost / self.body.rates, xp.asarray(output.columns), axis=1)
        return xp.sum(output.heights * shares, axis=1)

    def _by_piece(self, times_h: Sequence[float]) -> list[tuple[Piece | None, list[float]]]:
        grouped: list[tuple[Piece | None, list[float]]] = []
        for time in times_h:
            piece = self._piece_at(time)
            if not grouped or grouped[-1][0] is not piece:
                grouped.append((piece, []))
            grouped[-1][1].append(0 if piece is None else max(time - piece.start_h, 0))
        return grouped

    def _piece_at(self, time_h: float) -> Piece | None:
        """Find the piece that holds a time; ``None`` before the first dose."""
        with self._steps:
            while not self._pieces or _end(self._pieces[-1]) < time_h + SAME_TIME:
                self._pieces.append(next(self._coming))
        low, high = 0, len(self._pieces)
        while low < high:
            middle = (low + high) // 2
            is_later = self._pieces[middle].start_h > time_h + SAME_TIME
            low, high = (low, middle) if is_later else (middle + 1, high)
        return self._pieces[low - 1] if low else None

    def _until_spent(self) -> Piece:
        for piece in self._pieces:
            if piece.is_spent:
                return piece
        with self._steps:
            while not self._pieces or not self._pieces[-1].is_spent:
                if len(self._pieces) > MOST_STEPS:
                    raise ValueError("the curve is never spent, so its area has no end")
                self._pieces.append(next(self._coming))
            return self._pieces[-1]

    def _within(
        self, piece: Piece | None, names: Sequence[str], ages: list[float]
    ) -> dict[str, Array]:
        xp = namespace(self.body.rates)
        if piece is None:
            nothing = xp.zeros((self.body.rates.shape[0], len(ages)), dtype=self.body.rates.dtype)
            return dict.fromkeys(names, nothing)
        columns = columns_of(self.body, names)
        age = xp.asarray(ages, dtype=self.body.rates.dtype)
        states = self._states(piece, columns, age)
        read: dict[str, Array] = {}
        for name in names:
            output = self.body.outputs[name]
            places = xp.asarray([columns.index(column) for column in output.columns])
            held = xp.take(states, places, axis=1)
            read[name] = xp.matmul(output.heights[:, None, :], held)[:, 0, :]
        return read

    def _states(self, piece: Piece, columns: Sequence[int], age_h: Array) -> Array:
        """Give amplitudes of some modes within a piece, shape ``(people, modes, times)``."""
        xp = namespace(age_h)
        picked = xp.asarray(list(columns), dtype=xp.int64)
        rates = xp.take(self.body.rates, picked, axis=1)
        steady = xp.take(piece.start.steady, picked, axis=1)[:, :, None]
        start = xp.take(piece.start.state, picked, axis=1)[:, :, None]
        decay = xp.exp(-rates[:, :, None] * age_h[None, None, :])
        states = steady + (start - steady) * decay
        for number in range(len(self.bending.bends)):
            weights = xp.take(self.bending.weights[:, number, :], picked, axis=1)
            powers = piece.powers[:, number, :]
            held = held_of_flows(rates, powers, piece.length_h, age_h)
            states = states - weights[:, :, None] * held
        return states


def _end(piece: Piece) -> float:
    return piece.start_h + piece.length_h


def _pieces(bending: Bending, body: Body, trains: Sequence[Train]) -> Iterator[Piece]:
    """Take step after step, without end; every change of input starts a new stretch."""
    xp = namespace(body.rates)
    state = xp.zeros_like(body.rates)
    taken = xp.zeros_like(bending.weights[:, :, 0])
    highest = taken
    times = change_times(trains)
    tables: dict[float, StepTable] = {}
    for begin, end in pairwise([*times, None]):
        if begin is None:
            raise ValueError("only the end of the last stretch is open")
        state, lost = _with_instants(bending, body, trains, begin, state)
        taken = taken + lost
        running = input_rates(body, trains, begin)
        steady = xp.zeros_like(state) if running is None else running / body.rates
        given = _given(bending, trains, begin)
        stretch = _stretch(
            bending, tables, begin, end, Start(state, steady, begin - times[0], given), highest
        )
        for start_h, length, start, step in stretch:
            powers = xp.matmul(step.flows, polynomials(state).mT)
            highest = xp.maximum(highest, step.highest)
            is_spent = end is None and bool(
                xp.all(bending.touching(step.end) <= GONE * highest + TINY)
            )
            piece = Piece(start_h, length, start, powers, taken, is_spent)
            yield piece
            taken = piece.taken_by(length)
            state = step.end


def _with_instants(
    bending: Bending, body: Body, trains: Sequence[Train], time_h: float, state: Array
) -> tuple[Array, Array]:
    """Add the doses of one moment, each less what its entry loses; and say what is lost."""
    xp = namespace(state)
    levels = bending.levels(state)
    given = [train for train in trains if falls_at(train, time_h)]
    lost: list[Array] = []
    for number, bend in enumerate(bending.bends):
        total = xp.zeros_like(state[:, 0])
        for train in given:
            if bend.is_on_entry and train.entry == bend.enters:
                since = xp.zeros((1,), dtype=state.dtype)
                flow, _slope = bend.flow(levels[:, number][:, None], since, train.amount_mg)
                total = total + flow[:, 0]
        lost.append(total)
    for train in given:
        entry = body.entries[train.entry]
        state = state + bending.laid_out(entry) * train.amount_mg[:, None]
    away = xp.stack(lost, axis=1)
    return state - xp.sum(bending.weights * away[:, :, None], axis=1), away


def _given(bending: Bending, trains: Sequence[Train], time_h: float) -> Array:
    """Give what runs into the entry of each bend [mg/h], shape ``(people, bends)``."""
    xp = namespace(bending.rates)
    rates: list[Array] = []
    for bend in bending.bends:
        total = xp.zeros_like(bending.rates[:, 0])
        for train in trains:
            if train.entry == bend.enters and is_running(train, time_h):
                total = total + train.amount_mg / train.duration_h
        rates.append(total)
    return xp.stack(rates, axis=1)


def _stretch(  # noqa: PLR0913 - where it is, how long it is, and what is known so far
    bending: Bending,
    tables: dict[float, StepTable],
    begin_h: float,
    end_h: float | None,
    start: Start,
    highest: Array,
) -> Iterator[tuple[float, float, Start, Taken]]:
    """Take steps between two changes of input.

    Lengths are whole stretches halved again and again, so that steps end where
    the stretch does and tables serve many steps. After the last change the
    stretch has no end: lengths are hours doubled or halved.
    """
    xp = namespace(bending.rates)
    whole = 1 if end_h is None else end_h - begin_h
    unit, units = whole / 2**FINEST, None if end_h is None else 2**FINEST
    size = 1
    while 2 * size * unit <= FIRST_STEP and (units is None or size < units):
        size *= 2
    place, guess, before = 0, None, None
    since_first = start.since_h
    while units is None or place < units:
        length = size * unit
        if length not in tables:
            tables[length] = step_table(bending, length)
        if guess is None:
            guess = xp.zeros((*highest.shape, len(NODES)), dtype=highest.dtype)
        step = take_step(bending, tables[length], start, guess)
        worst = _worst(step, highest)
        is_last_hope = before is not None and worst > NO_BETTER * before
        if size > 1 and (step is None or (worst > 1 and not is_last_hope)):
            size, before, guess = size // 2, None if step is None else worst, None
            continue
        if step is None:
            raise ValueError("no step is short enough for what bends this body")
        yield begin_h + place * unit, length, start, step
        highest = xp.maximum(highest, step.highest)
        place, before = place + size, None
        since = since_first + place * unit
        start = Start(step.end, start.steady, since, start.given)
        guess = xp.broadcast_to(step.flows[:, :, -1:], step.flows.shape)
        # Doubling a step multiplies its error by about two for every node.
        may_double = place % (2 * size) == 0 and (units is None or place + 2 * size <= units)
        if may_double and worst * 2 ** len(NODES) < 1:
            size *= 2


def _worst(step: Taken | None, highest: Array) -> float:
    """Give the error of a step in units of what it may err."""
    if step is None:
        return 0
    xp = namespace(highest)
    allowed = STEP_ERROR * (xp.maximum(highest, step.highest) + TINY)
    return float(xp.max(step.error / allowed))


def courses(body: Body, trains: Sequence[Train]) -> list[Course]:
    """Give the courses of a body, some people each, as far as they have been followed.

    The latest are remembered with the body: whoever asks about the same doses
    again, by the same trains, finds the steps already taken.
    """
    latest = body.remembered.get("courses")
    if latest is None or latest[0] is not trains:
        people = body.rates.shape[0]
        rows = [slice(first, min(first + AT_ONCE, people)) for first in range(0, people, AT_ONCE)]
        followed = [Course(body.of(some), [train.of(some) for train in trains]) for some in rows]
        latest = (trains, followed)
        body.remembered["courses"] = latest
    return latest[1]


def bent_curves(
    body: Body, names: Sequence[str], trains: Sequence[Train], times_h: Sequence[float]
) -> Mapping[str, Array]:
    """Give outputs of a body with bends; see :func:`respite.engine.trajectory`."""
    xp = namespace(body.rates)
    found = [course.curves(names, times_h) for course in courses(body, trains)]
    return {name: xp.concat([each[name] for each in found], axis=0) for name in names}


def bent_area(body: Body, name: str, trains: Sequence[Train], until_h: float | None) -> Array:
    """Give areas of a body with bends; see :func:`respite.engine.area_under_curve`."""
    xp = namespace(body.rates)
    return xp.concat([each.area(name, until_h) for each in courses(body, trains)], axis=0)
