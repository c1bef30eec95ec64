"""The battery of checks, as other rooms call it; its rules load when they are run."""

from __future__ import annotations

from pathlib import Path

from msgspec import Struct

from respite.literature.library import Library


class Finding(Struct, frozen=True):
    """One file that breaks one rule of the library.

    Attributes
    ----------
    file
        Folder and file, such as ``models/s_ketamine_otto2021.toml``.
    rule
        Name of the rule, as the battery lists it.
    message
        What is wrong and where in the file, as a sentence.
    """

    file: str
    rule: str
    message: str


def check_library(library: Library | Path) -> tuple[Finding, ...]:
    """Hold every file of a library against every rule.

    Parameters
    ----------
    library
        A library, or the folder of one.

    Returns
    -------
    What breaks a rule, file by file; empty for a sound library.
    """
    # Imported here, so that those who only read numbers do not pay for the rules.
    from respite.literature.checks import findings_of

    return tuple(findings_of(Library(library) if isinstance(library, Path) else library))
