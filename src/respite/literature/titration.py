"""How ketamine is begun, raised, capped and ended: one source, one drug and one route at a time.

What a source does not say stays a hole: ``not_reported`` names it, and nothing stands in for it.
"""

from __future__ import annotations

from typing import Literal

from msgspec import Struct

from respite.domain import Drug, Route
from respite.literature.number import Interval, NotReported, Read, Status
from respite.literature.surveillance import NumberIs

Per = Literal["dose", "hour", "day"]
"""What an amount is for: one dose, one hour of infusion, or one day."""

Act = Literal["free", "hold", "down", "stop"]
"""How far an effect limits the next dose: not at all, no higher, lower, or none."""


class Setpoint(Struct, frozen=True, forbid_unknown_fields=True):
    """An amount that a source states.

    Attributes
    ----------
    value, to
        The amount as printed; ``to`` where a range is printed.
    unit
        ``mg`` or ``mg/kg``.
    per
        For one dose, one hour of infusion, or one day.
    number_is, status, source, at, read, because
        Whose it is and where it was seen; ``source`` left out is that of the file.
    """

    value: float
    unit: Literal["mg", "mg/kg"]
    per: Per
    number_is: NumberIs
    status: Status
    to: float | None = None
    source: str = ""
    at: str = ""
    read: Read | None = None
    because: str = ""

    @property
    def printed(self) -> str:
        """The amount as the source prints it."""
        value = f"{self.value:g}" if self.to is None else f"{self.value:g}-{self.to:g}"
        return f"{value} {self.unit}"


class Told(Struct, frozen=True, forbid_unknown_fields=True):
    """What a source says in words: how long, how it is ended, when it is stopped."""

    words: str
    number_is: NumberIs
    status: Status
    source: str = ""
    at: str = ""
    read: Read | None = None
    because: str = ""


class Protocol(Struct, frozen=True, forbid_unknown_fields=True):
    """One file of ``library/titration``: what one source says of one drug by one route.

    Attributes
    ----------
    title
        Who gives it so, in a few words.
    drug, route
        Words of a regimen.
    setting
        Where it is given: ``clinic``, ``ward``, ``home``, ``palliative`` or ``not_reported``.
    infusion_h
        How long one infusion lasts in this protocol [h]; left out where nothing is infused.
    conditions
        Conditions of patients it belongs to; none named means any.
    start, step, ceilings
        The first dose, how much it is raised at a time, and what is never exceeded.
    stop, taper, duration
        In words.
    not_reported
        What the source does not say, or was not seen to say: ``start``, ``step``, ``ceilings``,
        ``stop``, ``taper`` or ``duration``.
    note
        What else is to be known of it.
    """

    id: str
    title: str
    drug: Drug
    route: Route
    source: str
    read: Read
    setting: Literal["clinic", "ward", "home", "palliative"] | NotReported = "not_reported"
    infusion_h: Interval | None = None
    conditions: tuple[str, ...] = ()
    start: Setpoint | None = None
    step: Setpoint | None = None
    ceilings: tuple[Setpoint, ...] = ()
    stop: Told | None = None
    taper: Told | None = None
    duration: Told | None = None
    not_reported: tuple[Literal["start", "step", "ceilings", "stop", "taper", "duration"], ...] = ()
    note: str = ""

    @property
    def sources(self) -> tuple[str, ...]:
        """Every source that is named in the file, each once."""
        parts = (self.start, self.step, *self.ceilings, self.stop, self.taper, self.duration)
        named = (self.source, *(part.source for part in parts if part is not None))
        return tuple(dict.fromkeys(key for key in named if key))


class SessionEffect(Struct, frozen=True, forbid_unknown_fields=True):
    """One file of ``library/session_effects``: an unwanted effect, and what it asks of a dose.

    Attributes
    ----------
    title
        The effect in a few words.
    names
        Every word it is recognised by, in lower case.
    mild, moderate, severe
        How far it limits the next dose; an effect whose grade is not said counts as moderate.
    action
        What else to do, in a sentence.
    number_is, status, source, at, read, because
        Whose the rule is, and where it was seen.
    """

    id: str
    title: str
    names: tuple[str, ...]
    mild: Act
    moderate: Act
    severe: Act
    action: str
    number_is: NumberIs
    status: Status
    source: str
    at: str = ""
    read: Read | None = None
    because: str = ""
