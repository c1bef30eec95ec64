"""One fingerprint for the whole library, kept with every answer."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from hashlib import sha256
from pathlib import Path

from msgspec import Struct, json

SHOWN = 16
"""Characters of the fingerprint that are kept: enough that no two libraries will share one."""


def digest_of(
    folder: Path,
    changed: Iterable[Struct] = (),
    kinds: Collection[str] = ("*",),
    aside: Collection[str] = (),
) -> str:
    """Give one short SHA-256 over every file of a library.

    It does not depend on where the folder lies, on the order in which the system lists it, or on
    how lines end.

    Parameters
    ----------
    folder
        The library.
    changed
        Records that stand in place of files.
    kinds
        Names of the folders within it that count; by default all.
    aside
        Files that do not count all the same.
    """
    every = (file for kind in kinds for file in folder.glob(f"{kind}/*.toml"))
    files = (file for file in every if file.relative_to(folder).as_posix() not in aside)
    prints = sorted(_print_of(file, folder) for file in files)
    prints += sorted(sha256(json.encode(record)).hexdigest() for record in changed)
    return sha256("\n".join(prints).encode()).hexdigest()[:SHOWN]


def _print_of(file: Path, folder: Path) -> str:
    text = file.read_bytes().replace(b"\r\n", b"\n").replace(b"\r", b"\n")
    name = file.relative_to(folder).as_posix().encode()
    return sha256(name + b"\0" + text).hexdigest()
