"""The walk over a record that most rules of the battery share."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from functools import cache
from typing import Any, TypeVar, cast

from msgspec import Struct
from msgspec.structs import fields

from respite.domain import LibraryFault
from respite.domain import translate as _
from respite.literature.library import Library
from respite.literature.model import Model

Part = TypeVar("Part", bound=Struct)


Check = Callable[[Library, Any], Iterator[str]]
"""A rule: it looks at one record of a library and gives a sentence for each fault."""


def parts(record: Struct, kind: type[Part]) -> Iterator[tuple[str, Part]]:
    """Go through every part of one type within a record, with its place in the file.

    Parameters
    ----------
    record
        A record of the library.
    kind
        The type of part that is looked for.
    """
    for place, part in _everything(record, ""):
        if isinstance(part, kind):
            yield place, part


def everything(record: Struct) -> Iterator[tuple[str, Struct]]:
    """Go through a record and every part within it, with its place in the file.

    Parameters
    ----------
    record
        A record of the library.
    """
    yield from _everything(record, "")


def whole_of(library: Library, model: Model) -> Model:
    """Give a model joined to its bases, or the model itself where one is wrong.

    Parameters
    ----------
    library
        The library that is checked.
    model
        A model of it.
    """
    try:
        bases = library.bases(model.id)
    except LibraryFault:
        return model
    return model.built_on(library.assembled(bases[0])) if bases else model


def _everything(value: object, place: str) -> Iterator[tuple[str, Struct]]:
    if isinstance(value, Struct):
        yield place or _("the top"), value
        for attribute, key in _names(type(value)):
            yield from _everything(getattr(value, attribute), _step(place, key))
    elif isinstance(value, dict):
        for key, inner in cast("dict[str, object]", value).items():
            yield from _everything(inner, _step(place, key))
    elif isinstance(value, tuple):
        for number, inner in enumerate(cast("tuple[object, ...]", value), start=1):
            yield from _everything(inner, _step(place, str(number)))


@cache
def _names(kind: type[Struct]) -> tuple[tuple[str, str], ...]:
    return tuple((field.name, field.encode_name) for field in fields(kind))


def _step(place: str, step: str) -> str:
    return f"{place}.{step}" if place else step
