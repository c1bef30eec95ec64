"""Opens the files that people hand over, and says in words why one cannot be read."""

from __future__ import annotations

import os
from os import PathLike

from respite.domain.errors import FileNotUnderstood
from respite.domain.spelling import quoted
from respite.domain.words import translate as _

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
        reason = (
            error.strerror if isinstance(error, OSError) and error.strerror else _("no such name")
        )
        raise FileNotUnderstood(
            found=_("The file {name} cannot be opened: {reason}.").format(
                name=_named(name), reason=reason.lower()
            ),
            expected=_("a text file that may be read."),
            remedy=_("check the name and the folder."),
        ) from None
    # A pipe has no size, so that what was read counts too.
    if max(size, len(content)) > largest_bytes:
        raise FileNotUnderstood(
            found=_("The file {name} is larger than {most:,} bytes.").format(
                name=_named(name), most=largest_bytes
            ),
            expected=_("a short table or list of facts."),
            remedy=_("check that this is the file that was meant."),
        )
    try:
        return content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise FileNotUnderstood(
            found=_("The file {name} is not UTF-8 text (byte {byte}).").format(
                name=_named(name), byte=error.start + 1
            ),
            expected=_("text in UTF-8."),
            remedy=_('save it again as "CSV UTF-8" or as plain UTF-8 text.'),
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
        reason = str(error) if isinstance(error, ValueError) else _("it is nested too deeply")
        raise FileNotUnderstood(
            found=_("The file {name} is not TOML: {reason}.").format(
                name=_named(os.fspath(path)), reason=reason.rstrip(".")
            ),
            expected=_("lines such as weight = 70."),
            remedy=_("correct that line."),
        ) from None


def _named(path: str) -> str:
    """Quote the file without its folder, which may be longer than the sentence."""
    return quoted(os.path.basename(path) or path)
