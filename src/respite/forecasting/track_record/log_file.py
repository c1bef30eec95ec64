"""A log of forecasts on disk: one line is added at a time, and none is ever written again."""

from __future__ import annotations

import os
import stat
import sys
from collections.abc import Generator, Mapping
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Any

from respite.domain import FileNotUnderstood
from respite.domain import translate as _
from respite.forecasting.track_record.log_chain import (
    ChainEnd,
    LogNotUnderstood,
    followed,
    lines_of,
    sealed,
)
from respite.forecasting.track_record.log_line import LoggedForecast, read_line

LARGEST_BYTES = 100_000_000
"""Some thousand forecasts; ours."""

_LOCKED_BYTE = 2**40
"""On Windows a lock hides its bytes from readers, so one is locked far behind the end."""


def append_line(path: Path, body: Mapping[str, Any]) -> ChainEnd:
    """Add one line to a log, and return when it is safe on disk.

    Two writers wait for each other. Earlier lines are read and held against their chain, and
    never written again; a line that cannot be written whole is taken back.

    Parameters
    ----------
    path
        The log; made where it does not exist.
    body
        What the line says, from ``line_of``.

    Returns
    -------
    How many lines the log now has, and the fingerprint of the new one.

    Raises
    ------
    LogNotUnderstood
        Where the chain of the log is broken, its last line is cut, or it is too long.
    FileNotUnderstood
        Where the log cannot be written.
    """
    _refuse_no_file(path)
    try:
        with _opened(path) as descriptor, _alone(descriptor):
            content = _all_of(descriptor)
            end = followed(content)
            line = sealed(body, end.digest)
            if len(content) + len(line) > LARGEST_BYTES:
                raise _too_long(path)
            read_line(line[:-1], end.lines + 1)
            _write_whole(descriptor, line, len(content))
    except (OSError, ValueError) as error:
        raise _not_written(path, error) from error
    _settle_name(path.parent)
    return _one_more(end, line)


def check_log(path: Path) -> None:
    """Find out before a long question whether its answer could be logged.

    Parameters
    ----------
    path
        The log; it may still be missing, its folder may not.

    Raises
    ------
    LogNotUnderstood, FileNotUnderstood
        As ``append_line`` would.
    """
    _refuse_no_file(path)
    try:
        content = path.read_bytes() if path.exists() else b""
        if not path.parent.is_dir():
            raise NotADirectoryError(None, _("its folder does not exist"))
    except (OSError, ValueError) as error:
        raise _not_written(path, error) from error
    if len(content) > LARGEST_BYTES:
        raise _too_long(path)
    followed(content)


def read_log(path: Path) -> tuple[LoggedForecast, ...]:
    """Read a log whose chain is whole.

    Parameters
    ----------
    path
        The log.

    Returns
    -------
    Its forecasts, in the order in which they were made.

    Raises
    ------
    LogNotUnderstood
        Where it was changed, cannot be read, or holds no forecast.
    FileNotUnderstood
        Where there is no such file.
    """
    try:
        if not stat.S_ISREG(path.stat().st_mode):
            raise OSError(None, _("it is no file"))
        if path.stat().st_size > LARGEST_BYTES:
            raise _too_long(path)
        with path.open("rb") as file, _alone_if_possible(file.fileno()):
            content = file.read()
    except (OSError, ValueError) as error:
        raise FileNotUnderstood(
            _("The log {path} cannot be opened: {reason}.").format(
                path=path, reason=_reason(error)
            ),
            _("a log that respite forecast --log has written."),
            _("check the name and the folder."),
        ) from error
    return read_lines(content)


def read_lines(content: bytes) -> tuple[LoggedForecast, ...]:
    """Read the text of a log; see ``read_log``."""
    if not content:
        raise LogNotUnderstood(
            _("The log holds no forecast."),
            _("one line for each forecast."),
            _("respite forecast ... --log FILE.jsonl, which adds one."),
        )
    followed(content)
    lines = enumerate(lines_of(content), start=1)
    return tuple(read_line(line, number) for number, line in lines)


@contextmanager
def _opened(path: Path) -> Generator[int]:
    binary = getattr(os, "O_BINARY", 0)
    descriptor = os.open(path, os.O_RDWR | os.O_APPEND | os.O_CREAT | binary, 0o666)
    try:
        yield descriptor
    finally:
        os.close(descriptor)


@contextmanager
def _alone(descriptor: int) -> Generator[None]:
    """Hold the log alone, until other writers and this one are done with it."""
    if sys.platform == "win32":
        import msvcrt

        os.lseek(descriptor, _LOCKED_BYTE, os.SEEK_SET)
        while True:
            # Each call gives up after ten seconds.
            with suppress(OSError):
                msvcrt.locking(descriptor, msvcrt.LK_LOCK, 1)
                break
        try:
            yield
        finally:
            os.lseek(descriptor, _LOCKED_BYTE, os.SEEK_SET)
            msvcrt.locking(descriptor, msvcrt.LK_UNLCK, 1)
    else:
        import fcntl

        fcntl.flock(descriptor, fcntl.LOCK_EX)
        try:
            yield
        finally:
            fcntl.flock(descriptor, fcntl.LOCK_UN)


@contextmanager
def _alone_if_possible(descriptor: int) -> Generator[None]:
    """Wait for a writer, where the file system knows locks at all."""
    if sys.platform == "win32":
        yield
        return
    import fcntl

    with suppress(OSError):
        fcntl.flock(descriptor, fcntl.LOCK_SH)
    yield


def _all_of(descriptor: int) -> bytes:
    os.lseek(descriptor, 0, os.SEEK_SET)
    parts: list[bytes] = []
    while part := os.read(descriptor, 1 << 20):
        parts.append(part)
    return b"".join(parts)


def _write_whole(descriptor: int, line: bytes, length: int) -> None:
    """Write a line and wait for the disk; take back what is not whole."""
    try:
        written = 0
        while written < len(line):
            written += os.write(descriptor, line[written:])
        os.fsync(descriptor)
    except BaseException:
        with suppress(OSError):
            os.ftruncate(descriptor, length)
        raise


def _one_more(end: ChainEnd, line: bytes) -> ChainEnd:
    return ChainEnd(end.lines + 1, line[-67:-3].decode())


def _settle_name(folder: Path) -> None:
    """Make sure that the name of a new file survives a power cut; Windows needs no such step."""
    if sys.platform != "win32":
        with suppress(OSError):
            descriptor = os.open(folder, os.O_RDONLY)
            try:
                os.fsync(descriptor)
            finally:
                os.close(descriptor)


def _refuse_no_file(path: Path) -> None:
    """Refuse a folder or a device; opening some of them would never end."""
    try:
        mode = path.stat().st_mode
    except (OSError, ValueError):
        return
    if not stat.S_ISREG(mode):
        raise _not_written(path, OSError(None, _("it is no file")))


def _too_long(path: Path) -> LogNotUnderstood:
    return LogNotUnderstood(
        _("The log {path} is larger than {most:,} bytes.").format(path=path, most=LARGEST_BYTES),
        _("the forecasts of one person."),
        _("begin a new log."),
    )


def _not_written(path: Path, error: OSError | ValueError) -> FileNotUnderstood:
    return FileNotUnderstood(
        _("The log {path} cannot be written: {reason}.").format(path=path, reason=_reason(error)),
        _("a file that may be written, in a folder that exists."),
        _("another name, such as --log forecasts.jsonl."),
    )


def _reason(error: OSError | ValueError) -> str:
    return (isinstance(error, OSError) and error.strerror) or str(error)
