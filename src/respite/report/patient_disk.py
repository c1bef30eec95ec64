"""A file for a library that cannot bear a full disk."""

from __future__ import annotations

import io
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from _typeshed import ReadableBuffer, WriteableBuffer


class PatientDisk(io.RawIOBase):
    """A new file that keeps an error to itself until it is asked.

    The library under NetCDF prints a page of complaints for every array it
    still holds when a disk is full. Here it may go on writing, to nowhere,
    and whoever opened the file asks after each step whether all went well.

    Parameters
    ----------
    path
        Where the file goes.
    """

    def __init__(self, path: Path) -> None:
        super().__init__()
        self._file = path.open("w+b", buffering=0)
        self._error: OSError | None = None

    def write(self, data: ReadableBuffer, /) -> int:
        """Write to the disk, or to nowhere once a write has failed."""
        view = memoryview(data).cast("B")
        done = 0
        try:
            while self._error is None and done < len(view):
                done += self._file.write(view[done:]) or 0
        except OSError as error:
            self._error = error
        return len(view)

    def raise_if_failed(self) -> None:
        """Raise the first error there was.

        Raises
        ------
        OSError
            If something could not be written.
        """
        if self._error is not None:
            raise self._error

    def readinto(self, buffer: WriteableBuffer, /) -> int | None:
        """Read what was written."""
        return self._file.readinto(buffer)

    def seek(self, offset: int, whence: int = 0, /) -> int:
        """Go to a place in the file."""
        return self._file.seek(offset, whence)

    def tell(self) -> int:
        """Give the place in the file."""
        return self._file.tell()

    def truncate(self, size: int | None = None, /) -> int:
        """Cut or lengthen the file."""
        try:
            return self._file.truncate(size)
        except OSError as error:
            self._error = self._error or error
            return size or 0

    def close(self) -> None:
        """Close the file."""
        self._file.close()
        super().close()

    def readable(self) -> bool:
        """Say that it can be read."""
        return True

    def writable(self) -> bool:
        """Say that it can be written."""
        return True

    def seekable(self) -> bool:
        """Say that any place in it can be reached."""
        return True
