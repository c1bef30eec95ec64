"""A chain of lines: each ends with its own fingerprint and begins with that of the line before.

A line that was changed no longer fits its own fingerprint, and one that was removed, added or
moved no longer fits the next. Only the end of the chain has nothing behind it: who keeps the last
fingerprint elsewhere can tell whether lines are missing there.
"""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from dataclasses import dataclass
from hashlib import sha256
from math import isfinite
from typing import Any, cast

from respite.domain import RespiteError
from respite.domain import translate as _

SCHEMA = "respite.log/1"
_HEAD = re.compile(rb'\{"schema":"([ -!#-\[\]-~]{1,40})","previous":(?:null|"([0-9a-f]{64})"),"')
_TAIL = re.compile(rb',"digest":"([0-9a-f]{64})"\}\Z')
_TAIL_BYTES = len(b',"digest":""}') + 64


class LogNotUnderstood(RespiteError):
    """A log of forecasts that cannot be read, or that was changed after it was written."""

    page = "log-not-understood"


@dataclass(frozen=True)
class ChainEnd:
    """How many lines a chain has, and the fingerprint of its last one."""

    lines: int
    digest: str | None


def sealed(body: Mapping[str, Any], previous: str | None) -> bytes:
    """Write one line of a log, with its newline.

    Parameters
    ----------
    body
        What the line says. Numbers that do not exist become null.
    previous
        Fingerprint of the line before; ``None`` for the first.

    Returns
    -------
    One line of JSON. Its last key, ``digest``, is the SHA-256 of every byte before that key.
    """
    whole = {"schema": SCHEMA, "previous": previous, **_plain(body)}
    text = json.dumps(whole, ensure_ascii=False, allow_nan=False, separators=(",", ":"))
    head = text.encode()[:-1]
    return head + b',"digest":"' + sha256(head).hexdigest().encode() + b'"}\n'


def followed(content: bytes) -> ChainEnd:
    """Follow a chain from its first line to its last.

    Parameters
    ----------
    content
        The whole log.

    Raises
    ------
    LogNotUnderstood
        Where a line was changed, removed, added, moved or cut; with its number.
    """
    previous: str | None = None
    lines = lines_of(content)
    for number, line in enumerate(lines, start=1):
        head, tail = _HEAD.match(line), _TAIL.search(line)
        if head is None or tail is None:
            raise _not_a_line(number)
        if head[1].decode() != SCHEMA:
            raise _other_schema(number, head[1].decode())
        digest = tail[1].decode()
        if sha256(line[:-_TAIL_BYTES]).hexdigest() != digest:
            raise _changed(number)
        said = head[2].decode() if head[2] else None
        if said != previous:
            raise _out_of_chain(number)
        previous = digest
    return ChainEnd(len(lines), previous)


def lines_of(content: bytes) -> list[bytes]:
    """Split a log into its lines, without their newlines.

    Raises
    ------
    LogNotUnderstood
        Where the last line has no end.
    """
    *lines, rest = content.split(b"\n")
    if rest:
        raise LogNotUnderstood(
            _("Line {line} of the log is cut short.").format(line=len(lines) + 1),
            _("a newline at the end of every line."),
            _("remove what stands after the last whole line; nothing whole is lost by it."),
        )
    return lines


def _plain(value: Any) -> Any:
    """Make plain data that JSON can hold."""
    if isinstance(value, float):
        return value if isfinite(value) else None
    if isinstance(value, str):
        return value.encode("utf-8", "replace").decode("utf-8")
    if isinstance(value, Mapping):
        entries = cast("Mapping[str, Any]", value)
        return {key: _plain(inner) for key, inner in entries.items()}
    if isinstance(value, list | tuple):
        return [_plain(inner) for inner in cast("list[Any]", value)]
    return value


def _not_a_line(number: int) -> LogNotUnderstood:
    return LogNotUnderstood(
        _("Line {line} is not a line of a log of forecasts.").format(line=number),
        _("lines as respite forecast --log writes them, unchanged."),
        _("take the log from a copy, or begin a new one; editors and mail may change line ends."),
    )


def _other_schema(number: int, schema: str) -> LogNotUnderstood:
    return LogNotUnderstood(
        _("Line {line} is of the form {schema}.").format(line=number, schema=schema),
        _("{schema}.").format(schema=SCHEMA),
        _("a newer Respite, or a new log."),
    )


def _changed(number: int) -> LogNotUnderstood:
    return LogNotUnderstood(
        _("Line {line} of the log was changed after it was written.").format(line=number),
        _("every byte as it was written."),
        _("take the log from a copy, or begin a new one."),
    )


def _out_of_chain(number: int) -> LogNotUnderstood:
    return LogNotUnderstood(
        _("Line {line} of the log does not follow from the line before it.").format(line=number),
        _("every line that was written, in its order."),
        _("look for a line that was removed, added or moved; take the log from a copy."),
    )
