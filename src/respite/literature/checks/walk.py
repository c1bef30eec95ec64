"""The walk over a record that most rules of the battery share."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
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


_HOLDERS = (Struct, dict, tuple)
"""What may hold further parts; most values are plain, and asked for no more."""


def _everything(value: object, place: str) -> Iterator[tuple[str, Struct]]:
    if isinstance(value, Struct):
        yield place or _("the top"), value
    for step, inner in _within(value):
        if isinstance(inner, _HOLDERS):
            yield from _everything(cast("object", inner), _step(place, step))


def _within(value: object) -> Iterable[tuple[str, object]]:
    if isinstance(value, Struct):
        return ((key, getattr(value, name)) for name, key in _names(type(value)))
    if isinstance(value, dict):
        return cast("dict[str, object]", value).items()
    numbered = enumerate(cast("tuple[object, ...]", value), start=1)
    return ((str(number), inner) for number, inner in numbered)


@cache
def _names(kind: type[Struct]) -> tuple[tuple[str, str], ...]:
    return tuple((field.name, field.encode_name) for field in fields(kind))


def _step(place: str, step: str) -> str:
    return f"{place}.{step}" if place else step
