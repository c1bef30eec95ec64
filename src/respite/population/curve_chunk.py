"""Whole curves of some people, and what each column of them is."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from respite.population.random_draws import Floats


@dataclass(frozen=True)
class CurveChunk:
    """Curves of some of the people.

    Attributes
    ----------
    first
        Number of the first of them; people are numbered from 1.
    times_h
        Times from the start of the first dose [h], shape ``(times,)``.
    columns
        What is followed, by name, each of shape ``(people, times)``.
    """

    first: int
    times_h: Floats
    columns: Mapping[str, Floats]

    @property
    def people(self) -> int:
        """How many people are in it."""
        return len(next(iter(self.columns.values())))


@dataclass(frozen=True, kw_only=True)
class CurveColumn:
    """What one column of a curve is.

    Attributes
    ----------
    name
        ``ketamine``, ``s_ketamine``, ``norketamine`` and what else the model
        has; ``pain``, ``relief`` and ``relief_by_drug``.
    words
        What it is, in the reader's language.
    unit
        ``ng/mL``; ``1`` for a score or a share.
    site
        Where the blood is drawn; ``None`` for pain and relief.
    sources
        Keys of the sources behind it.
    """

    name: str
    words: str
    unit: str
    site: str | None
    sources: tuple[str, ...]
