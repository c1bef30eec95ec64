"""A way of giving that clinics or trials use: the plans that are tried when one is proposed."""

from __future__ import annotations

from typing import Literal

from msgspec import Struct

from respite.domain import convert
from respite.literature.number import Read, Status

Setting = Literal["clinic", "ward", "home"]
"""Where it is given: a clinic by the hour, a ward by day and night, or at home."""


class Length(Struct, frozen=True, forbid_unknown_fields=True):
    """A length of time as it is written."""

    value: float
    unit: Literal["min", "h", "days"]

    @property
    def hours(self) -> float:
        """The same in hours."""
        return convert(self.value, self.unit, "h")


class Practice(Struct, frozen=True, forbid_unknown_fields=True):
    """One file of ``library/practices``.

    Attributes
    ----------
    words
        The way of giving in a few words.
    setting
        Where it is given.
    regimens
        Plans of this kind, in the regimen language.
    goes_on
        What may follow the ten-day course of the kind as maintenance, written as it would
        follow ``then``; tried with every plan in ``is_followed``.
    is_followed
        Which of the plans maintenance may follow.
    watched
        How long a patient is kept after each session.
    conditions
        Conditions it is for; none named means all.
    watched_because
        Why so long.
    status, source, read, at, because
        Whether the plans were published or put together by us, and where.
    """

    id: str
    words: str
    setting: Setting
    regimens: tuple[str, ...]
    watched: Length
    watched_because: str
    status: Status
    source: str
    read: Read
    goes_on: tuple[str, ...] = ()
    is_followed: tuple[str, ...] = ()
    conditions: tuple[str, ...] = ()
    at: str = ""
    because: str = ""
