"""A claim with where it comes from: the pieces that a topic is made of."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Literal

from respite.report.tables import Table

Face = Literal["patients", "clinicians"]
"""For whom a topic is told: in plain words, or with every number."""

FACES: tuple[Face, ...] = ("patients", "clinicians")


@dataclass(frozen=True, order=True)
class Origin:
    """Where a claim comes from.

    Attributes
    ----------
    kind
        ``source`` for what was read, ``model`` for what a model of the library works out, and
        ``mark`` where there is no source but a way in which it is known, such as ``recalled``.
    id
        Its key in the library, or the way.
    """

    kind: Literal["source", "model", "mark"]
    id: str

    @property
    def anchor(self) -> str:
        """The place on the page of sources."""
        return f"{self.kind}-{self.id}"


@dataclass(frozen=True, kw_only=True)
class Said:
    """A sentence or a few, with where they come from.

    Attributes
    ----------
    text
        What is said.
    origins
        Where it comes from; none where it claims nothing.
    status
        How it is known, where there is more to say than its origins do: that it is assumed, and
        why.
    """

    text: str
    origins: tuple[Origin, ...] = ()
    status: str = ""


@dataclass(frozen=True, kw_only=True)
class SourcedTable:
    """A table with where its rows come from.

    Attributes
    ----------
    table
        The table.
    origins
        Where all of it comes from.
    of_rows
        Where each row comes from; empty where all come from ``origins``.
    """

    table: Table
    origins: tuple[Origin, ...] = ()
    of_rows: tuple[tuple[Origin, ...], ...] = ()

    def rows(self) -> tuple[tuple[tuple[str, ...], tuple[Origin, ...]], ...]:
        """Give each row with where it comes from."""
        found = self.of_rows or ((),) * len(self.table.rows)
        return tuple(zip(self.table.rows, found, strict=True))


@dataclass(frozen=True, kw_only=True)
class Shown:
    """A figure of a topic: what a reader gets who cannot see it, and by which name it is drawn."""

    name: str
    title: str
    alt: str
    table: Table
    origins: tuple[Origin, ...]


@dataclass(frozen=True, kw_only=True)
class TopicPart:
    """One part of a topic: sentences, a list, figures and tables, in this order."""

    heading: str
    said: tuple[Said, ...] = ()
    points: tuple[Said, ...] = ()
    figures: tuple[Shown, ...] = ()
    tables: tuple[SourcedTable, ...] = ()

    @property
    def is_empty(self) -> bool:
        """Whether there is nothing to tell."""
        return not (self.said or self.points or self.figures or self.tables)


@dataclass(frozen=True, kw_only=True)
class Topic:
    """One topic, as it is told to one kind of reader.

    Attributes
    ----------
    name
        Its name in addresses and commands.
    title
        The question it answers.
    face
        For whom it is told.
    lead
        The answer in short.
    parts
        The answer at length.
    condition
        The kind of pain it is about, where one was chosen.
    """

    name: str
    title: str
    face: Face
    lead: tuple[Said, ...]
    parts: tuple[TopicPart, ...]
    condition: str | None = None

    def origins(self) -> tuple[Origin, ...]:
        """Give everything that it rests on, each once, in the order of reading."""
        return tuple(dict.fromkeys(_origins_of(self)))


def _origins_of(topic: Topic) -> Iterable[Origin]:
    for one in topic.lead:
        yield from one.origins
    for part in topic.parts:
        for said in (*part.said, *part.points):
            yield from said.origins
        for figure in part.figures:
            yield from figure.origins
        for table in part.tables:
            yield from table.origins
            for row in table.of_rows:
                yield from row


def read_in(*keys: str) -> tuple[Origin, ...]:
    """Name sources as origins, each once; empty keys are left out."""
    return tuple(dict.fromkeys(Origin("source", key) for key in keys if key))


def seen_in(key: str, read: str) -> tuple[Origin, ...]:
    """Name the source of a figure, or how it is known where it has none.

    Parameters
    ----------
    key
        The source; empty where there is none.
    read
        How the figure was seen.
    """
    return read_in(key) or (Origin("mark", read),)


def worked_out_by(*models: str) -> tuple[Origin, ...]:
    """Name models as origins, each once."""
    return tuple(dict.fromkeys(Origin("model", key) for key in models))


def all_said(
    texts: Iterable[str], origins: tuple[Origin, ...] = (), status: str = ""
) -> tuple[Said, ...]:
    """Say several sentences that come from the same place."""
    return tuple(Said(text=text, origins=origins, status=status) for text in texts if text)


def with_content(parts: Sequence[TopicPart]) -> tuple[TopicPart, ...]:
    """Give the parts that tell something."""
    return tuple(part for part in parts if not part.is_empty)
