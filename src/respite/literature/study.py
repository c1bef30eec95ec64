"""A study: arms, what they were given, and what was seen."""

from __future__ import annotations

from typing import Literal

from msgspec import Struct

from respite.literature.number import NotReported, Quantity, Read, Status
from respite.literature.spread import Spread


class Outcome(Struct, frozen=True, forbid_unknown_fields=True):
    """One figure seen in one arm at one time.

    ``time`` counts from ``counted_from``. ``count`` and ``of`` carry responders where the figure
    is a share of people.
    """

    what: str
    value: float | NotReported
    unit: str
    status: Status
    read: Read
    time: Quantity | NotReported = "not_reported"
    counted_from: Literal["first_dose", "end_of_last_dose", "study_start"] = "first_dose"
    spread: Spread = Spread(kind="not_reported")
    count: int | None = None
    of: int | None = None
    source: str = ""
    at: str = ""
    because: str = ""
    note: str = ""


class Arm(Struct, frozen=True, forbid_unknown_fields=True):
    """One group of a study.

    ``regimen`` is in the regimen language; where it cannot be, ``regimen_not_writable`` says why.
    """

    name: str
    treatment: str
    n: int
    regimen: str = ""
    regimen_not_writable: str = ""
    regimen_status: Status = "published"
    because: str = ""
    note: str = ""
    outcomes: tuple[Outcome, ...] = ()


class Contrast(Struct, frozen=True, forbid_unknown_fields=True):
    """A comparison between two arms, as the study reports it."""

    what: str
    between: tuple[str, str]
    value: float | NotReported
    unit: str
    status: Status
    read: Read
    p_value: float | NotReported = "not_reported"
    spread: Spread = Spread(kind="not_reported")
    time: Quantity | NotReported = "not_reported"
    counted_from: Literal["first_dose", "end_of_last_dose", "study_start"] = "first_dose"
    source: str = ""
    at: str = ""
    because: str = ""
    note: str = ""


class Study(Struct, frozen=True, forbid_unknown_fields=True):
    """One file of ``library/studies``.

    ``people`` names the model of kind ``people`` that describes who took part, where there is one.
    """

    id: str
    title: str
    source: str
    read: Read
    design: str
    condition: str
    arms: tuple[Arm, ...]
    people: str = ""
    contrasts: tuple[Contrast, ...] = ()
    not_reported: tuple[str, ...] = ()
    known_problems: tuple[str, ...] = ()
