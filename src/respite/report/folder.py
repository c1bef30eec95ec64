"""Files written whole or not at all."""

from __future__ import annotations

import shutil
import uuid
from collections.abc import Mapping
from contextlib import suppress
from pathlib import Path

from respite.domain import translate as _


def write_folder(folder: Path, files: Mapping[str, bytes]) -> None:
    """Write files into a folder, all of them or none.

    A new folder appears at once with everything in it. In an existing one,
    files of the same names are replaced and others are left alone.

    Parameters
    ----------
    folder
        Where the files go; made where it does not exist.
    files
        Contents by file name.

    Raises
    ------
    FileNotUnderstood
        Where the folder cannot be written to.
    """
    from respite.domain import FileNotUnderstood

    try:
        _write(folder, files)
    except OSError as error:
        raise FileNotUnderstood(
            _("Nothing can be written to {folder}: {reason}.").format(
                folder=folder, reason=error.strerror or str(error)
            ),
            _("a folder that exists or can be made, and that you may write to."),
            _("another folder, such as --report forecast-report."),
        ) from error


def write_file(path: Path, text: str) -> None:
    """Write one file, whole or not at all; a file of that name is replaced.

    Parameters
    ----------
    path
        The file; its folder must exist.
    text
        What goes into it, in UTF-8.

    Raises
    ------
    FileNotUnderstood
        Where it cannot be written.
    """
    from respite.domain import FileNotUnderstood

    draft = path.parent / f".{uuid.uuid4().hex}"
    try:
        if path.is_dir():
            raise IsADirectoryError(None, _("it is a folder"))
        draft.write_bytes(text.encode())
        draft.replace(path)
    except (OSError, ValueError) as error:
        reason = error.strerror if isinstance(error, OSError) else None
        raise FileNotUnderstood(
            _("The file {path} cannot be written: {reason}.").format(
                path=path, reason=reason or str(error)
            ),
            _("a name in a folder that exists, and that you may write to."),
            _("another name."),
        ) from error
    finally:
        with suppress(OSError, ValueError):
            draft.unlink(missing_ok=True)


def _write(folder: Path, files: Mapping[str, bytes]) -> None:
    _refuse_what_cannot_be_replaced(folder, files)
    made = _missing_parents(folder)
    draft = folder.parent / f".{folder.name}-{uuid.uuid4().hex}"
    try:
        folder.parent.mkdir(parents=True, exist_ok=True)
        draft.mkdir()
        for name, content in files.items():
            (draft / name).write_bytes(content)
        if folder.exists():
            for name in files:
                (draft / name).replace(folder / name)
        else:
            draft.rename(folder)
    except BaseException:
        shutil.rmtree(draft, ignore_errors=True)
        for parent in made:
            if parent.is_dir() and not any(parent.iterdir()):
                parent.rmdir()
        raise
    shutil.rmtree(draft, ignore_errors=True)


def _refuse_what_cannot_be_replaced(folder: Path, files: Mapping[str, bytes]) -> None:
    if folder.exists() and not folder.is_dir():
        raise NotADirectoryError(None, _("it is a file"))
    for name in files:
        if (folder / name).is_dir():
            raise IsADirectoryError(None, _("{name} in it is a folder").format(name=name))


def _missing_parents(folder: Path) -> list[Path]:
    """List the parents that would have to be made, deepest first."""
    return [parent for parent in folder.parents if not parent.exists()]
