"""Copies of a whole clinic: one file, from any engine to any engine, verified.

A copy is a gzipped text: a head, each row of each table on a line of its own, and an end with the
number of rows of each table and one digest over all lines. It is taken in one transaction, so
that it shows one moment while the clinic goes on.
"""

from __future__ import annotations

import contextlib
import gzip
import hashlib
import json
import os
import zlib
from collections import Counter
from collections.abc import Iterator
from itertools import islice
from pathlib import Path
from typing import IO, Any

from django.apps import apps
from django.contrib.sessions.models import Session
from django.core import serializers
from django.core.exceptions import FieldDoesNotExist, ValidationError
from django.core.management.color import no_style
from django.core.serializers.base import DeserializationError
from django.db import DatabaseError, connection, models, transaction

from respite.clinic.audit.queries import verify_chain
from respite.clinic.home import SECRET_FILE, SECRET_VARIABLE, clinic_home, secret
from respite.clinic.running.tables import make_tables
from respite.domain import VERSION, RespiteError, quoted
from respite.domain import translate as _

FORM = "respite.clinic-copy/1"

BATCH, FIRST_BATCH, HELD = 2000, 20, 4_000_000
"""What is held in memory at a time: rows at most, rows of a table of which nothing is known yet,
and characters. A forecast has two hundred thousand, an entry four hundred. Ours.
"""

PRESSED = 3
"""How hard a copy is pressed, of nine: harder takes eight times as long and saves a tenth. Ours."""

UNREADABLE = (DeserializationError, FieldDoesNotExist, ValidationError, DatabaseError)
"""What filling in raises where a row does not fit the tables of this release."""


_Line = tuple[int, dict[str, Any]]
"""How long a line of a copy is, and what it says."""


class CopyNotUnderstood(RespiteError):
    """A copy of a clinic that is damaged, or no copy at all, or has nowhere to go."""

    page = "copy-not-understood"


def backup(file: Path) -> str:
    """Write a copy, and read it back.

    Parameters
    ----------
    file
        Where it goes; an older one of that name is replaced once the new one is verified.

    Returns
    -------
    What was written, in words.
    """
    draft = file.with_name(f".{file.name}.draft")
    try:
        draft.touch(mode=0o600)
        with gzip.open(draft, "wt", PRESSED, "utf-8", newline="\n") as out, _one_moment():
            _write(out)
        counts = _verify(draft)
        draft.replace(file)
    except OSError as error:
        raise CopyNotUnderstood(
            _("{file} cannot be written: {reason}.").format(
                file=file, reason=error.strerror or str(error)
            ),
            _("a place that can be written to."),
            _("another folder."),
        ) from error
    finally:
        with contextlib.suppress(OSError):
            draft.unlink()
    return _("Written and read back: {file}, {rows} rows of {tables} tables.\n").format(
        file=file, rows=sum(counts.values()), tables=len(counts)
    )


def restore(file: Path) -> str:
    """Fill an empty clinic from a copy.

    Parameters
    ----------
    file
        A copy.

    Returns
    -------
    What was filled in, in words.

    Raises
    ------
    CopyNotUnderstood
        Where the copy is damaged, or the clinic is not empty; nothing is written.
    """
    counts = _verify(file)
    told = _head(file)
    _refuse_other_secret(told["secret"])
    make_tables()
    if any(model._default_manager.exists() for model in _tables()):
        raise CopyNotUnderstood(
            _("The clinic is not empty."),
            _("an empty clinic to fill; nothing is ever overwritten."),
            _("set RESPITE_CLINIC_HOME to a new folder, or DATABASE_URL to a new database."),
        )
    with transaction.atomic():
        try:
            _fill_in(file)
            connection.check_constraints()
        except UNREADABLE as error:
            raise _of_another_release(file, told["version"]) from error
        found = {model._meta.label: model._default_manager.count() for model in _tables()}
        if {name: n for name, n in found.items() if n} != counts:
            raise _of_another_release(file, told["version"])
        chain = verify_chain()
        if not chain.is_whole:
            raise CopyNotUnderstood(
                _("The trail in this copy is broken."),
                _("a chain that is whole."),
                _("another copy; keep this one for whoever looks into it."),
            )
    _keep_secret(told["secret"])
    return _(
        "Filled in: {rows} rows of {tables} tables; the trail of {lines} lines is whole.\n"
    ).format(rows=sum(counts.values()), tables=len(counts), lines=chain.count)


def _fill_in(file: Path) -> None:
    """Write every row of a copy as it was, in batches of one table."""
    for batch in _batches(_lines(file)):
        _insert([row.object for row in serializers.deserialize("python", batch)])
    _set_sequences()


def _batches(lines: Iterator[_Line]) -> Iterator[list[dict[str, Any]]]:
    """Give rows of one table at a time, and no more than are held at a time."""
    batch: list[dict[str, Any]] = []
    held = 0
    for length, row in lines:
        if "model" not in row:
            continue
        is_full = held + length > HELD or len(batch) == BATCH
        if batch and (is_full or row["model"] != batch[0]["model"]):
            yield batch
            batch, held = [], 0
        batch.append(row)
        held += length
    if batch:
        yield batch


def _insert(rows: list[models.Model]) -> None:
    """Insert rows of one table raw: times that Django would set stay as the copy has them."""
    table = type(rows[0])
    fields = [field for field in table._meta.local_concrete_fields if not field.generated]
    size = connection.ops.bulk_batch_size(fields, rows)
    for first in range(0, len(rows), size):
        table._base_manager._insert(rows[first : first + size], fields=fields, raw=True)


def _head(file: Path) -> dict[str, str]:
    """Give the release and the secret of a verified copy; both stand in its first lines."""
    version, secret_told = (told for _length, told in islice(_lines(file), 2))
    return {"version": str(version.get("version", "")), "secret": str(secret_told["secret"])}


def _refuse_other_secret(told: str) -> None:
    """Refuse where the environment sets a secret that the copy was not made with."""
    if os.environ.get(SECRET_VARIABLE) not in {None, "", told}:
        raise CopyNotUnderstood(
            _("{name} is not the secret that this copy was made with.").format(
                name=SECRET_VARIABLE
            ),
            _("the secret of the clinic that was copied: codes of second ways need it."),
            _("set it to that secret, or unset it to take the one in the copy."),
        )


def _of_another_release(file: Path, version: str) -> CopyNotUnderstood:
    return CopyNotUnderstood(
        _("{file} holds rows that this release cannot fill in; nothing is written.").format(
            file=file
        ),
        _("a copy of this release ({this}) or an earlier one; it is of {that}.").format(
            this=VERSION, that=quoted(version)
        ),
        _("the release that made the copy; if that is this one, tell us."),
    )


def _tables() -> list[type[models.Model]]:
    """List the tables that a copy holds: all but sign-ins, what waits, and what Django makes."""
    left_out = {"contenttypes", "django_tasks_db"}
    every = [
        model
        for config in apps.get_app_configs()
        if config.label not in left_out
        for model in config.get_models(include_auto_created=True)
        if model is not Session and model._meta.managed and model._meta.label != "auth.Permission"
    ]
    return [model for model in every if not model._meta.proxy]


def _one_moment() -> transaction.Atomic:
    """Begin a transaction that sees the tables as they are now, whatever others write."""
    if connection.vendor == "postgresql":
        connection.ensure_connection()
        with connection.cursor() as cursor:
            cursor.execute(
                "SET SESSION CHARACTERISTICS AS TRANSACTION ISOLATION LEVEL REPEATABLE READ"
            )
    return transaction.atomic()


def _write(out: IO[str]) -> None:
    digest, counts = hashlib.sha256(), Counter[str]()

    def put(line: dict[str, Any]) -> int:
        text = json.dumps(line, ensure_ascii=False, default=_plain) + "\n"
        digest.update(text.encode())
        return out.write(text)

    put({"form": FORM, "version": VERSION})
    put({"secret": secret()})
    for model in _tables():
        rows, size = model._default_manager.order_by("pk"), min(FIRST_BATCH, BATCH)
        rest = rows
        while batch := list(rest[:size]):
            length = sum(put(row) for row in serializers.serialize("python", batch))
            counts[model._meta.label] += len(batch)
            rest = rows.filter(pk__gt=batch[-1].pk)
            size = max(min(BATCH, HELD * len(batch) // length), 1)
    out.write(json.dumps({"end": dict(counts), "digest": digest.hexdigest()}) + "\n")


def _plain(value: Any) -> str:
    """Write a time to its last microsecond, and any other value as its words."""
    return value.isoformat() if hasattr(value, "isoformat") else str(value)


def _verify(file: Path) -> dict[str, int]:
    """Read a copy from end to end, and give the number of rows of each table."""
    digest, last = hashlib.sha256(), None
    counts = Counter[str]()
    try:
        with gzip.open(file, "rt", encoding="utf-8", newline="\n") as text:
            for number, line in enumerate(text):
                last = json.loads(line)
                if not isinstance(last, dict):
                    raise _damaged(file)
                if number == 0 and last.get("form") != FORM:
                    raise _damaged(file)
                if "end" in last:
                    break
                digest.update(line.encode())
                if "model" in last:
                    counts[apps.get_model(last["model"])._meta.label] += 1
    except (OSError, EOFError, ValueError, AttributeError, LookupError, zlib.error) as error:
        if isinstance(error, FileNotFoundError):
            raise CopyNotUnderstood(
                _("There is no file {file}.").format(file=file),
                _("a copy that `respite clinic backup` wrote."),
                _("check its name."),
            ) from error
        raise _damaged(file) from error
    if last is None or last.get("digest") != digest.hexdigest() or last.get("end") != counts:
        raise _damaged(file)
    return dict(counts)


def _damaged(file: Path) -> CopyNotUnderstood:
    return CopyNotUnderstood(
        _("{file} is no copy of a clinic, or it is damaged.").format(file=file),
        _("a copy that `respite clinic backup` wrote, whole."),
        _("another copy."),
    )


def _lines(file: Path) -> Iterator[_Line]:
    with gzip.open(file, "rt", encoding="utf-8", newline="\n") as text:
        for line in text:
            yield len(line), json.loads(line)


def _keep_secret(told: str) -> None:
    """Keep the secret that second ways of signing in were encrypted with."""
    if not os.environ.get(SECRET_VARIABLE):
        kept = clinic_home() / SECRET_FILE
        kept.touch(mode=0o600)
        kept.write_text(told, "ascii")


def _set_sequences() -> None:
    """Let new rows count on from the last that was filled in."""
    statements = connection.ops.sequence_reset_sql(no_style(), _tables())
    with connection.cursor() as cursor:
        for statement in statements:
            cursor.execute(statement)
