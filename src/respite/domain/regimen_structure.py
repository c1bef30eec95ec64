"""The pieces of a written regimen, kept as written, each of which prints itself.

A regimen is parts joined by ``;``; a part is courses joined by ``then``; a
course is steps joined by ``,`` and perhaps a schedule. What a writer left out
(drug, route and form, or the whole dose) is left out here too, so that printing gives
back the text.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from decimal import Decimal
from enum import StrEnum
from itertools import count, islice, takewhile
from typing import Literal

from respite.domain.dosing import Drug, Form, Route, Salt, route_in_words
from respite.domain.numerals import plain_text

Timing = Literal["over", "for"]
"""The word before the duration of an infusion."""


class TimeUnit(StrEnum):
    """A unit of time of the language. Months are not of one length, and so not here."""

    SECOND = "s"
    MINUTE = "min"
    HOUR = "h"
    DAY = "day"
    WEEK = "week"

    @property
    def seconds(self) -> int:
        """Seconds in one of this unit."""
        return _SECONDS[self]


class MassUnit(StrEnum):
    """A unit of mass of the language."""

    MICROGRAM = "ug"
    MILLIGRAM = "mg"
    GRAM = "g"

    @property
    def micrograms(self) -> int:
        """Micrograms in one of this unit."""
        return _MICROGRAMS[self]


_SECONDS = {
    TimeUnit.SECOND: 1,
    TimeUnit.MINUTE: 60,
    TimeUnit.HOUR: 3_600,
    TimeUnit.DAY: 86_400,
    TimeUnit.WEEK: 604_800,
}
_MICROGRAMS = {MassUnit.MICROGRAM: 1, MassUnit.MILLIGRAM: 1_000, MassUnit.GRAM: 1_000_000}


@dataclass(frozen=True)
class Span:
    """A length of time, such as ``40 min``."""

    value: Decimal
    unit: TimeUnit

    @property
    def seconds(self) -> Decimal:
        """Length in seconds, exactly."""
        return self.value * self.unit.seconds

    def __str__(self) -> str:
        """Print the span as the language writes it."""
        is_counted = self.unit in (TimeUnit.DAY, TimeUnit.WEEK)
        plural = "s" if is_counted and self.value != 1 else ""
        return f"{plain_text(self.value)} {self.unit}{plural}"


@dataclass(frozen=True)
class Amount:
    """A dose or, where ``per`` is a time, a rate: ``0.5 mg/kg``, ``5 mg/h``."""

    value: Decimal
    mass: MassUnit
    is_per_kg: bool
    per: TimeUnit | None = None

    def milligrams(self, duration: Span | None) -> Decimal:
        """Milligrams (or mg/kg) in all; a rate is multiplied by how long it runs."""
        micrograms = self.value * self.mass.micrograms
        if self.per is not None and duration is not None:
            micrograms = micrograms * duration.seconds / self.per.seconds
        return micrograms / 1_000

    def __str__(self) -> str:
        """Print the amount as the language writes it."""
        unit = self.mass + ("/kg" if self.is_per_kg else "")
        return f"{plain_text(self.value)} {unit}" + (f"/{self.per}" if self.per else "")


@dataclass(frozen=True)
class Step:
    """One dose as written. ``None`` stands for what was left out.

    A ``form`` is said with a route or not at all: a route named without one
    does not say how the dose is made.
    ``timing`` is the word before the duration; a rate may have either.
    ``column`` is where it stands in the text, for messages; it takes no part
    in comparison.
    """

    drug: Drug | None
    salt: Salt
    amount: Amount | None
    route: Route | None
    duration: Span | None
    timing: Timing = "over"
    form: Form = Form.PLAIN
    column: int = field(default=1, compare=False, repr=False)

    @property
    def is_rate(self) -> bool:
        """Whether the amount is a rate."""
        return self.amount is not None and self.amount.per is not None

    def after(self, before: Step | None) -> Step:
        """Fill in the drug, and the route with its form, left out here from the step before."""
        if before is None:
            return self
        is_named = self.drug is not None
        return replace(
            self,
            drug=self.drug if is_named else before.drug,
            salt=self.salt if is_named else before.salt,
            route=self.route or before.route,
            form=self.form if self.route else before.form,
        )

    def as_placebo(self) -> Step:
        """Give a placebo in place of the drug; a placebo has no amount."""
        return replace(self, drug=Drug.PLACEBO, salt=Salt.BASE, amount=None, timing="over")

    def __str__(self) -> str:
        """Print the step as the language writes it."""
        hcl = "HCl" if self.salt is Salt.HYDROCHLORIDE and self.drug else None
        timing = f"{self.timing} {self.duration}" if self.duration else None
        pieces = (self.drug, hcl, self.amount, route_in_words(self.route, self.form), timing)
        return " ".join(str(piece) for piece in pieces if piece)


@dataclass(frozen=True)
class Frequency:
    """How often: offsets of the doses within a period that repeats.

    ``twice weekly`` is offsets of 0 and 3 days in a period of 7.
    """

    words: str
    offsets_s: tuple[int, ...]
    period_s: Decimal

    @property
    def gap_before_s(self) -> Decimal:
        """Seconds between the last dose of one period and the first of the next.

        This is the interval that ``then`` waits, so that cutting a schedule of
        whole periods in two with ``then`` changes nothing.
        """
        return self.period_s - self.offsets_s[-1]

    def starts_s(self) -> Iterator[Decimal]:
        """Start of each dose in seconds, without end."""
        return (cycle * self.period_s + offset for cycle in count() for offset in self.offsets_s)


@dataclass(frozen=True)
class Schedule:
    """How often and how long: exactly one of ``times`` and ``span`` is given."""

    frequency: Frequency
    times: int | None
    span: Span | None
    column: int = field(default=1, compare=False, repr=False)

    def starts_s(self) -> Iterator[Decimal]:
        """Start of each dose in seconds; a span keeps the starts before its end."""
        starts = self.frequency.starts_s()
        if self.span is None:
            return islice(starts, self.times)
        end = self.span.seconds
        return takewhile(lambda start: start < end, starts)

    def __str__(self) -> str:
        """Print the schedule as the language writes it."""
        bound = f"for {self.span}" if self.span else f"x{self.times}"
        return f"{self.frequency.words} {bound}"


@dataclass(frozen=True)
class Course:
    """Steps that follow each other at once, and how often that is repeated.

    No steps at all, after ``then``, means the same as before.
    """

    steps: tuple[Step, ...]
    schedule: Schedule | None
    column: int = field(default=1, compare=False, repr=False)

    def as_placebo(self) -> Course:
        """Give the same course with a placebo in place of every drug."""
        return replace(self, steps=tuple(step.as_placebo() for step in self.steps))

    def __str__(self) -> str:
        """Print the course as the language writes it."""
        steps = ", ".join(map(str, self.steps))
        return " ".join(piece for piece in (steps, str(self.schedule or "")) if piece)


@dataclass(frozen=True)
class Part:
    """Courses that follow each other, the first of them at time zero."""

    courses: tuple[Course, ...]

    def as_placebo(self) -> Part:
        """Give the same part with a placebo in place of every drug."""
        return Part(tuple(course.as_placebo() for course in self.courses))

    def __str__(self) -> str:
        """Print the part as the language writes it."""
        return " then ".join(map(str, self.courses))
