"""Opens the files that people hand over, and says in words why one cannot be read."""

from __future__ import annotations

import os
from os import PathLike

from respite.domain.errors import FileNotUnderstood
from respite.domain.spelling import quoted

LARGEST_FACTS_BYTES = 1_000_000
"""A file of facts about one patient fits on a page."""


def read_text(path: str | PathLike[str], largest_bytes: int) -> str:
    """Read a whole UTF-8 file, with or without a byte order mark.

    Raises
    ------
    FileNotUnderstood
        Where it is missing, too large, or not UTF-8.
    """
    name = os.fspath(path)
    try:
        size = os.stat(name).st_size
        with open(name, "rb") as file:
            content = b"" if size > largest_bytes else file.read(largest_bytes + 1)
    except (OSError, ValueError) as error:
        reason = error.strerror if isinstance(error, OSError) and error.strerror else "no such name"
        raise FileNotUnderstood(
            found=f"The file {_named(name)} cannot be opened: {reason.lower()}.",
            expected="a text file that may be read.",
            remedy="check the name and the folder.",
        ) from None
    # A pipe has no size, so that what was read counts too.
    if max(size, len(content)) > largest_bytes:
        raise FileNotUnderstood(
            found=f"The file {_named(name)} is larger than {largest_bytes:,} bytes.",
            expected="a short table or list of facts.",
            remedy="check that this is the file that was meant.",
        )
    try:
        return content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise FileNotUnderstood(
            found=f"The file {_named(name)} is not UTF-8 text (byte {error.start + 1}).",
            expected="text in UTF-8.",
            remedy='save it again as "CSV UTF-8" or as plain UTF-8 text.',
        ) from None


def read_toml(path: str | PathLike[str]) -> dict[str, object]:
    """Read a TOML file of facts.

    Raises
    ------
    FileNotUnderstood
        Where it cannot be read, or is not TOML.
    """
    import tomllib

    text = read_text(path, LARGEST_FACTS_BYTES)
    try:
        return tomllib.loads(text)
    except (ValueError, RecursionError) as error:
        # TOMLDecodeError is a ValueError; dates and numbers beyond reason raise others.
        reason = str(error) if isinstance(error, ValueError) else "it is nested too deeply"
        raise FileNotUnderstood(
            found=f"The file {_named(os.fspath(path))} is not TOML: {reason.rstrip('.')}.",
            expected="lines such as weight = 70.",
            remedy="correct that line.",
        ) from None


def _named(path: str) -> str:
    """Quote the file without its folder, which may be longer than the sentence."""
    return quoted(os.path.basename(path) or path)
