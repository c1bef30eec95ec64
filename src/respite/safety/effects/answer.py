"""What is said of one acute effect of a plan."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, cast


@dataclass(frozen=True, kw_only=True)
class AcuteEffect:
    """One acute effect of one plan in people like one patient.

    Attributes
    ----------
    effect, words
        Which effect: its key, and what people call it.
    unit
        ``1`` for a chance, ``mmHg``, or ``1/min``.
    probability
        Chance of the effect at least once over the plan, where people are asked at each session;
        ``None`` for a reading that rises.
    in_first_session, in_last_session
        The same in the first session alone, and in the last.
    without_drug
        The same chance with placebo in place of the drug.
    size
        Mean rise at the highest level of the plan; ``None`` for an effect that is felt.
    interval90
        Of a chance: how far it may be off, since studies differ. Of a rise: where that of one
        person lies in nine of ten.
    if_only_told
        Chance that somebody tells of it who is not asked; ``None`` for what is measured.
    sessions, sessions_before
        How many sessions the plan has, and how many went before.
    peak_h
        When it is highest, from the start of the session that is shown [h].
    times_h, over_time, over_time_interval90
        The session with the highest levels over time: chance, or mean rise, with intervals.
    sources
        Keys of the studies' sources and of the model.
    basis
        What it rests on, in one sentence.
    is_outside, outside_because
        Whether the plan is outside what was studied, and in which respects.
    """

    effect: str
    words: str
    unit: str
    probability: float | None
    in_first_session: float | None
    in_last_session: float | None
    without_drug: float | None
    size: float | None
    interval90: tuple[float, float]
    if_only_told: float | None
    sessions: int
    sessions_before: int
    peak_h: float
    times_h: tuple[float, ...]
    over_time: tuple[float, ...]
    over_time_interval90: tuple[tuple[float, float], ...]
    sources: tuple[str, ...]
    basis: str
    is_outside: bool
    outside_because: tuple[str, ...]

    def to_dict(self) -> dict[str, Any]:
        """Give the record as plain data, as the page on JSON says."""
        plain = {name: _plain(value) for name, value in vars(self).items()}
        return plain | {"source": ", ".join(self.sources)}


def _plain(value: object) -> object:
    if not isinstance(value, tuple):
        return value
    return [_plain(one) for one in cast("tuple[object, ...]", value)]
