"""What rules may ask about: each fact with type, unit, meaning, and how a person is asked."""

from __future__ import annotations

from typing import Literal

from msgspec import Struct

from respite.literature.number import Read, Status

FactType = Literal["number", "yes_no", "code", "codes"]
"""A number with or without a unit, yes or no, one word of a list, or several words of a list."""


class FactKind(Struct, frozen=True, forbid_unknown_fields=True):
    """One fact that rules may ask about.

    Attributes
    ----------
    name
        Its name in conditions and in files of facts, such as ``patient.age_years``.
    type, unit
        What it is, and the unit of a number; a number without a unit counts something.
    words, ask
        What it is called, and the question by which it is asked.
    codes
        Every word it may be, with its meaning.
    also
        Other spellings of those words.
    flags
        By which flags of the command line it may be told, too.
    whole
        Whether it is a whole number.
    lowest, highest
        What is possible; the bounds are ours, and catch slips of the pen.
    never
        Whether ``"never"`` may stand for it: a time that has no end.
    date
        Name under which the date may be told from which it is counted.
    born
        Name under which a date or a year of birth may be told in its place.
    ratio
        Names of a result and of its upper limit, which may be told in its place.
    """

    name: str
    type: FactType
    words: str
    ask: str
    unit: str = ""
    codes: dict[str, str] = {}
    also: dict[str, str] = {}
    flags: tuple[str, ...] = ()
    whole: bool = False
    lowest: float | None = None
    highest: float | None = None
    never: bool = False
    date: str = ""
    born: str = ""
    ratio: tuple[str, ...] = ()

    @property
    def stand_ins(self) -> tuple[str, ...]:
        """Names under which something may be told in its place, other than facts themselves."""
        return tuple(name for name in (self.date, self.born, *self.ratio) if name)


class FactSet(Struct, frozen=True, forbid_unknown_fields=True):
    """One file of ``library/facts``: every fact whose name begins with its id."""

    id: str
    title: str
    facts: tuple[FactKind, ...]


class MedicineClass(Struct, frozen=True, forbid_unknown_fields=True):
    """Names of medicines that belong to one class of ``patient.meds``, or to none."""

    code: str
    names: tuple[str, ...]


class MedicineClasses(Struct, frozen=True, forbid_unknown_fields=True):
    """One file of ``library/medicines``: to which class of the rules a medicine belongs.

    Attributes
    ----------
    status, read, source, because
        How it is known, and what it is worth.
    classes
        Classes with names in lower case; those of no class are known, and named by no rule.
    beside
        Classes of what people drink or eat, about which a list of medicines says nothing.
    """

    id: str
    title: str
    status: Status
    read: Read
    source: str
    because: str
    classes: tuple[MedicineClass, ...]
    beside: tuple[str, ...] = ()
