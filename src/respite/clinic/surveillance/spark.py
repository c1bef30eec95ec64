"""Small pictures of a course of results: where its marks lie."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from respite.clinic.surveillance.results import shown
from respite.domain import translate as _

WIDTH, HEIGHT = 180, 48
LEFT, RIGHT, TOP, BOTTOM = 6, 174, 8, 40
"""The picture and its edges, in units of the drawing."""

FEWEST = 2


@dataclass(frozen=True)
class Dot:
    """One result: where it lies, and whether it is beyond its limit, which makes it a square."""

    x: float
    y: float
    is_beyond: bool


@dataclass(frozen=True)
class Spark:
    """Everything that is drawn, with the same in words.

    Attributes
    ----------
    path
        The line through the results.
    dots
        The results.
    limit
        Height of the limit; ``None`` where there is none.
    words
        The picture in a sentence.
    """

    path: str
    dots: tuple[Dot, ...]
    limit: float | None
    words: str


def spark_of(
    points: Sequence[tuple[date, float, bool]], *, name: str, unit: str = "", limit: float | None
) -> Spark | None:
    """Draw results over their days; ``None`` for fewer than two.

    Parameters
    ----------
    points
        Day, value, and whether it is beyond its limit; the earliest first.
    name, unit
        What is drawn, and in which unit.
    limit
        The limit that is drawn across.
    """
    if len(points) < FEWEST:
        return None
    values = [value for _day, value, _beyond in points]
    known = [*values, *([] if limit is None else [limit])]
    lowest, highest = min(known), max(known)
    span = (highest - lowest) or 1
    first, last = points[0][0].toordinal(), points[-1][0].toordinal()
    days = (last - first) or 1

    def height(value: float) -> float:
        return round(BOTTOM - (BOTTOM - TOP) * (value - lowest) / span, 1)

    dots = tuple(
        Dot(
            round(LEFT + (RIGHT - LEFT) * (day.toordinal() - first) / days, 1),
            height(value), is_beyond,
        )
        for day, value, is_beyond in points
    )  # fmt: skip
    told = _("{name}: {count} results, from {first} on {since} to {last} {unit} on {until}")
    words = told.format(
        name=name, count=len(points), first=shown(values[0]), since=points[0][0].isoformat(),
        last=shown(values[-1]), unit=unit, until=points[-1][0].isoformat(),
    )  # fmt: skip
    if limit is not None:
        words = _("{words}; limit {limit}").format(words=words, limit=shown(limit))
    return Spark(
        path=" ".join(f"{dot.x},{dot.y}" for dot in dots), dots=dots,
        limit=None if limit is None else height(limit), words=words,
    )  # fmt: skip
