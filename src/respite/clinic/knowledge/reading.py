"""What pages are told from: topics of the library, by the names that addresses have."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache

from django.urls import reverse

from respite.domain import VERSION, language
from respite.literature import load_library
from respite.report import (
    BY_CONDITION,
    Face,
    Said,
    Topic,
    in_short,
    known_conditions,
    plainly,
    tell_topic,
    topic_figure,
    topic_titles,
)

STAMP_LETTERS = 12
"""Letters of the fingerprint of the library that stand in the address of a figure; ours."""


@dataclass(frozen=True)
class Address:
    """A page that another leads to."""

    name: str
    title: str
    url: str


def topic_of(name: str, face: Face, condition: str | None) -> Topic | None:
    """Give a topic, or nothing where there is none of that name; told once by this process.

    Parameters
    ----------
    name, face
        Which topic, and for whom.
    condition
        A kind of pain that is known.
    """
    if name not in topic_titles():
        return None
    return _told(name, face, condition if name in BY_CONDITION else None, language())


@cache
def _told(name: str, face: Face, condition: str | None, _language: str) -> Topic:
    return tell_topic(name, face, condition)


def condition_asked(typed: str | None) -> tuple[str | None, bool]:
    """Read a kind of pain from an address: the kind, and whether what was asked is known."""
    if not typed:
        return None, True
    return (typed, True) if typed in known_conditions() else (None, False)


def kinds_of_pain() -> tuple[tuple[str, str], ...]:
    """Give every kind of pain that may be chosen, with its words."""
    return tuple((one, plainly(one)) for one in known_conditions())


def stamp() -> str:
    """Give what changes with the library or the release, for addresses that are kept for long."""
    return f"{load_library().digest()[:STAMP_LETTERS]}-{VERSION}"


def picture_of(topic: str, figure: str, condition: str | None) -> bytes | None:
    """Draw a figure, or nothing where there is none of that name."""
    if topic not in topic_titles() or (
        condition is not None and condition not in known_conditions()
    ):
        return None
    if condition is not None and topic not in BY_CONDITION:
        return None
    return topic_figure(topic, figure, condition)


def contents(face: Face) -> tuple[Address, ...]:
    """List the topics for a reader."""
    view = "knowledge:topic" if face == "patients" else "knowledge:clinicians"
    return tuple(
        Address(name, title, reverse(view, kwargs={"topic": name}))
        for name, title in topic_titles().items()
    )


def counts() -> tuple[tuple[str, int], ...]:
    """Count the files of the library by kind."""
    return tuple((folder.name.replace("_", " "), len(folder)) for folder in load_library().folders)


def answer_in_short() -> tuple[Said, ...]:
    """Give the first answer in plain words."""
    return in_short(None)
