"""A terminal: what is typed, what is read, and how the command ends."""

from __future__ import annotations

from dataclasses import dataclass

import pytest

from respite.cli import main


@dataclass(frozen=True)
class Ended:
    """How a command ended."""

    status: int
    out: str
    err: str


@pytest.fixture
def typed(capsys):
    """Type a command, and read what it says."""

    def type_it(*words: str) -> Ended:
        with pytest.raises(SystemExit) as end:
            main(words)
        said = capsys.readouterr()
        return Ended(status=end.value.code, out=said.out, err=said.err)

    return type_it
