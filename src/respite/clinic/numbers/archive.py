"""An archive that is written file by file, with tables that a spreadsheet opens as they are."""

from __future__ import annotations

import csv
import json
from collections.abc import Generator, Iterable, Sequence
from contextlib import contextmanager
from io import TextIOWrapper
from typing import IO, Any
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

from django.db import connection, transaction

BYTE_ORDER_MARK = "\ufeff"
FORMULA = ("=", "+", "-", "@", "\t", "\r")
"""What a cell must not begin with: a spreadsheet would take it for a formula."""

STILL = (1980, 1, 1, 0, 0, 0)
"""The date of every file in an archive: the earliest there is, and nobody's."""


class Archive:
    """A zip archive that is written file by file.

    Parameters
    ----------
    file
        Where it goes.
    """

    def __init__(self, file: IO[bytes]) -> None:
        self._zip = ZipFile(file, "w", ZIP_DEFLATED)

    @contextmanager
    def text(self, name: str) -> Generator[TextIOWrapper]:
        """Write one file of text."""
        told = ZipInfo(name, STILL)
        told.compress_type = ZIP_DEFLATED
        told.external_attr = 0o600 << 16
        with self._zip.open(told, "w", force_zip64=True) as raw:
            out = TextIOWrapper(raw, "utf-8", newline="", errors="surrogatepass")
            yield out
            out.flush()
            out.detach()

    def put(self, name: str, text: str) -> None:
        """Write one short file."""
        with self.text(name) as out:
            out.write(text)

    def close(self) -> None:
        """End the archive."""
        self._zip.close()


@contextmanager
def one_moment() -> Generator[None]:
    """Read everything as it is now, whatever others write meanwhile; nobody waits for it."""
    if connection.in_atomic_block:
        yield
        return
    mode = getattr(connection, "transaction_mode", None)
    if connection.vendor == "sqlite":
        # Otherwise the first read would take the lock that every writer waits for.
        connection.transaction_mode = "DEFERRED"  # pyright: ignore[reportAttributeAccessIssue]
    try:
        with transaction.atomic():
            if connection.vendor == "postgresql":
                with connection.cursor() as cursor:
                    cursor.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ, READ ONLY")
            yield
    finally:
        if connection.vendor == "sqlite":
            connection.transaction_mode = mode  # pyright: ignore[reportAttributeAccessIssue]


def write_csv(out: TextIOWrapper, head: Sequence[str], rows: Iterable[Iterable[Any]]) -> None:
    """Write a table with its head, marked as UTF-8 for spreadsheets.

    Parameters
    ----------
    out
        Where it goes.
    head, rows
        Names of the columns, and the values of each row.
    """
    out.write(BYTE_ORDER_MARK)
    writer = csv.writer(out)
    writer.writerow(head)
    writer.writerows([cell(one) for one in row] for row in rows)


def cell(value: Any) -> str:
    """Write a value into a cell; text that a spreadsheet would take for a formula is quoted.

    Examples
    --------
    >>> cell("=1+1"), cell(-2), cell(None), cell(True), cell({"a": 1})
    ("'=1+1", '-2', '', 'true', '{"a": 1}')
    """
    if value is None:
        return ""
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, dict | list):
        return json.dumps(value, ensure_ascii=False)
    text = str(value)
    return f"'{text}" if isinstance(value, str) and text.startswith(FORMULA) else text
