"""Questionnaires: which there are, whose items may be shown, and how each is scored.

What they ask stands in ``instruments.toml``.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date
from decimal import ROUND_HALF_UP, Decimal
from functools import cache
from pathlib import Path
from threading import Lock
from typing import Any, Literal

import msgspec
from msgspec import Struct, field

from respite.domain import translate as _

FILE = Path(__file__).with_name("instruments.toml")

Scoring = Literal["sum", "mean", "count", "budapest", "total"]

CENTS = Decimal("0.01")


class Choice(Struct, frozen=True, forbid_unknown_fields=True):
    """One answer of a scale, and the points it gives."""

    words: str
    points: int


class Scale(Struct, frozen=True, forbid_unknown_fields=True):
    """The answers to one item, of which each gives one point more."""

    words: tuple[str, ...]


class FactsOf(Struct, frozen=True, forbid_unknown_fields=True):
    """Facts of the rules that follow from a questionnaire.

    Attributes
    ----------
    total
        The fact that is the total.
    items
        Facts that are one item, by its number.
    any
        The fact that is a yes to any item.
    day
        The name under which the day is told.
    """

    total: str = ""
    items: dict[str, str] = {}
    any: str = ""
    day: str = ""


class Instrument(Struct, frozen=True, forbid_unknown_fields=True):
    """One questionnaire.

    Attributes
    ----------
    id, title
        Its name, and what people call it.
    embed
        Whether its items may be shown: the licence allows it, or the words are ours.
    licence, attribution
        Under what it is shown, and what must be said.
    scoring
        How the answers become a total; ``total`` where only a total is kept.
    lowest, highest, whole
        What a total may be.
    lead, items, extra
        What is asked.
    numbers, scale, scales
        The answers: numbers from and to, one scale for every item, or one for each.
    urgent
        Numbers of the items to which any answer but none asks for a call.
    skip_when_first_is_zero
        Whether the others may be left out where the first gives no point.
    facts
        What follows for the rules of safety.
    """

    id: str
    title: str
    embed: Literal["yes", "no"]
    licence: str
    attribution: str
    scoring: Scoring
    lowest: int
    highest: int
    whole: bool = False
    lead: str = ""
    items: tuple[str, ...] = ()
    extra: str = ""
    numbers: tuple[int, ...] = ()
    scale: tuple[Choice, ...] = ()
    scales: tuple[Scale, ...] = ()
    urgent: tuple[int, ...] = ()
    skip_when_first_is_zero: bool = False
    facts: FactsOf = field(default_factory=FactsOf)

    @property
    def number(self) -> int:
        """The number by which addresses name it."""
        return number_of(self.id)

    @property
    def may_be_shown(self) -> bool:
        """Whether its items may stand on a page."""
        return self.embed == "yes"

    @property
    def is_marked_by_number(self) -> bool:
        """Whether items are answered with a number."""
        return bool(self.numbers)

    def choices_of(self, item: int) -> list[tuple[str, str]]:
        """Give the answers to an item, by their points.

        Parameters
        ----------
        item
            Number of the item, counted from 1.
        """
        if self.numbers:
            return [(str(n), str(n)) for n in range(self.numbers[0], self.numbers[1] + 1)]
        if self.scales:
            return [(str(n), words) for n, words in enumerate(self.scales[item - 1].words)]
        return [(str(one.points), one.words) for one in self.scale]

    def total_of(self, answers: Mapping[int, int]) -> Decimal:
        """Give the total of answers, by number of item."""
        points = [answers.get(n, 0) for n in range(1, len(self.items) + 1)]
        if self.scoring == "mean":
            mean = Decimal(sum(points)) / len(points)
            return mean.quantize(CENTS, ROUND_HALF_UP)
        if self.scoring == "budapest":
            return Decimal(sum(points[1:9]))
        return Decimal(sum(points))

    def facts_told(self, answers: Mapping[int, int], total: Decimal, on: date) -> dict[str, Any]:
        """Give the answers to questions of the rules that follow from a filled-in form."""
        return dict(self._facts_told(answers, total, on))

    def _facts_told(
        self, answers: Mapping[int, int], total: Decimal, on: date
    ) -> Iterator[tuple[str, Any]]:
        if self.facts.total:
            yield self.facts.total, int(total)
        is_yes_no = {one.points for one in self.scale} == {0, 1}
        for item, fact in self.facts.items.items():
            points = answers[int(item)]
            yield fact, bool(points) if is_yes_no else points
        if self.facts.any:
            yield self.facts.any, any(answers.values())
        if self.facts.day:
            yield self.facts.day, on.isoformat()

    def urgent_answers(self, answers: Mapping[int, int]) -> tuple[int, ...]:
        """Give the numbers of the items whose answer asks for a call today."""
        return tuple(item for item in self.urgent if answers.get(item, 0) > 0)


class _File(Struct, frozen=True, forbid_unknown_fields=True):
    instruments: tuple[Instrument, ...]


_ONE_AT_A_TIME = Lock()
"""A kind of record that two threads learn at once brings a process down: see how files are read."""


@cache
def instruments() -> Mapping[str, Instrument]:
    """Give every questionnaire by its name."""
    with _ONE_AT_A_TIME:
        read = msgspec.toml.decode(FILE.read_bytes(), type=_File)
    return {one.id: one for one in read.instruments}


def number_of(name: str) -> int:
    """Give the number by which addresses name a questionnaire: they say nothing of a person."""
    return list(instruments()).index(name) + 1


def numbered(number: int) -> Instrument | None:
    """Give the questionnaire of a number; ``None`` where there is none."""
    every = list(instruments().values())
    return every[number - 1] if 0 < number <= len(every) else None


def result_words(instrument: Instrument, answers: Mapping[int, int], total: Decimal) -> str:
    """Say what a filled-in form comes to."""
    shown = f"{total.normalize():f}"
    if instrument.scoring == "budapest":
        return _budapest_words(answers)
    return _("{total} (from {lowest} to {highest})").format(
        total=shown, lowest=instrument.lowest, highest=instrument.highest
    )


def _budapest_words(answers: Mapping[int, int]) -> str:
    told = sum(answers.get(n, 0) for n in range(2, 6))
    seen = sum(answers.get(n, 0) for n in range(6, 10))
    is_met = bool(answers.get(1)) and bool(answers.get(10)) and told >= 3 and seen >= 2
    words = (
        _("criteria met: {told} of 4 told, {seen} of 4 seen")
        if is_met
        else _("criteria not met: {told} of 4 told, {seen} of 4 seen")
    )
    return words.format(told=told, seen=seen)
