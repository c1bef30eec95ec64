"""One file to one typed record, or a sentence that says where the file is wrong."""

from __future__ import annotations

import difflib
import tomllib
from pathlib import Path
from threading import Lock
from types import UnionType
from typing import Any, Literal, TypeVar, Union, cast, get_args, get_origin, get_type_hints

import msgspec
from msgspec import Struct
from msgspec.structs import fields

from respite.domain import LibraryFault
from respite.domain import translate as _

NEW_LINE = b"\n"

Record = TypeVar("Record", bound=Struct)


class UnknownKey(LibraryFault):
    """A file of the library with a key that the schema does not have."""


def read_record(path: Path, kind: type[Record], name: str = "") -> Record:
    """Read one file of the library.

    Parameters
    ----------
    path
        The file.
    kind
        The record it holds.
    name
        How the file is called in an error; its own name by default.

    Returns
    -------
    The record, with nothing filled in that the file or the schema does not say.

    Raises
    ------
    LibraryFault
        Where the file cannot be parsed, lacks a key, has one too many, or has a wrong type.
    """
    called = name or path.name
    text = path.read_bytes().replace(b"\r\n", b"\n")
    try:
        data = tomllib.loads(text.decode("utf-8"))
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        last = _("line {number}, the end of the file").format(number=text.count(NEW_LINE) + 1)
        where = str(error).replace("end of document", last)
        raise LibraryFault(
            _("{called} is not valid TOML: {where}.").format(
                called=called, where=_lower_first(where)
            ),
            _("a file that TOML can read."),
            _("look at that line and the one before it."),
        ) from error
    try:
        return _converted(data, kind)
    except msgspec.ValidationError as error:
        raise _explained(called, data, kind, str(error)) from error


_ONE_AT_A_TIME = Lock()
"""The parser learns a kind of record when it first meets it. A second thread that uses the kind
before it is learnt to its end would bring the process down: servers answer in several threads."""


def _converted(data: object, kind: object) -> Any:
    with _ONE_AT_A_TIME:
        return msgspec.convert(data, cast("Any", kind))


def _explained(called: str, data: object, kind: object, otherwise: str) -> LibraryFault:
    unknown = _unknown_key(data, kind, "")
    if unknown is not None:
        place, key, known = unknown
        near = difflib.get_close_matches(key, known, n=1)
        advice = (
            _("did you mean '{near}'?").format(near=near[0])
            if near
            else _("leave it out, or add it to the schema.")
        )
        return UnknownKey(
            _("{called} has the unknown key '{key}' at {place}.").format(
                called=called, key=key, place=place or _("the top")
            ),
            _("one of {names}.").format(names=", ".join(sorted(known))),
            advice,
        )
    place, words = _deepest_fault(data, kind, "") or ("", otherwise)
    return LibraryFault(
        _("{called} is wrong at {place}: {fault}.").format(
            called=called,
            place=place or _("the top"),
            fault=_lower_first(words.split(" - at ")[0]),
        ),
        _("what the schema of this kind of file says."),
        _("compare with another file of the same folder."),
    )


def _unknown_key(data: object, kind: object, place: str) -> tuple[str, str, list[str]] | None:
    record = _record_of(kind)
    if record is not None and isinstance(data, dict):
        known = [field.encode_name for field in fields(record)]
        for key in cast("dict[str, object]", data):
            if key not in known:
                return place, key, known
    for step, inner, inner_kind in _inside(cast("object", data), kind):
        found = _unknown_key(inner, inner_kind, _joined(place, step))
        if found is not None:
            return found
    return None


def _deepest_fault(data: object, kind: object, place: str) -> tuple[str, str] | None:
    for step, inner, inner_kind in _inside(data, kind):
        found = _deepest_fault(inner, inner_kind, _joined(place, step))
        if found is not None:
            return found
    try:
        _converted(data, kind)
    except msgspec.ValidationError as error:
        return place, _with_nearest_word(str(error), data, kind)
    return None


def _inside(data: object, kind: object) -> list[tuple[str, object, object]]:
    """List what lies one step inside a value, with its key and the type the schema gives it."""
    record = _record_of(kind)
    if record is not None and isinstance(data, dict):
        table = cast("dict[str, object]", data)
        hints = get_type_hints(record)
        return [
            (field.encode_name, table[field.encode_name], hints[field.name])
            for field in fields(record)
            if field.encode_name in table
        ]
    if get_origin(kind) is dict and isinstance(data, dict):
        inner = get_args(kind)[1]
        return [(key, entry, inner) for key, entry in cast("dict[str, object]", data).items()]
    if get_origin(kind) is tuple and isinstance(data, list):
        inner = get_args(kind)[0]
        listed = cast("list[object]", data)
        return [(str(number), entry, inner) for number, entry in enumerate(listed, start=1)]
    return []


def _record_of(kind: object) -> type[Struct] | None:
    choices = get_args(kind) if get_origin(kind) in (Union, UnionType) else (kind,)
    for choice in choices:
        if isinstance(choice, type) and issubclass(choice, Struct):
            return choice
    return None


def _with_nearest_word(fault: str, data: object, kind: object) -> str:
    words = [word for word in _words(kind) if isinstance(word, str)]
    near = difflib.get_close_matches(data, words, n=1) if isinstance(data, str) else []
    if not near:
        return fault
    return _("{fault}; did you mean '{near}'?").format(fault=fault, near=near[0])


def _words(kind: object) -> list[object]:
    if get_origin(kind) is Literal:
        return list(get_args(kind))
    if get_origin(kind) in (Union, UnionType):
        return [word for choice in get_args(kind) for word in _words(choice)]
    return []


def _joined(place: str, step: str) -> str:
    return f"{place}.{step}" if place else step


def _lower_first(sentence: str) -> str:
    return sentence[:1].lower() + sentence[1:].rstrip(".")
