"""The files that the habits are about."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
LEFT_OUT = {"__pycache__", "build", "dist", "site", "node_modules"}
HIDDEN_BUT_OURS = {
    ".ci",
    ".editorconfig",
    ".github",
    ".gitignore",
    ".pre-commit-config.yaml",
}


@dataclass(frozen=True)
class PythonFile:
    """A Python file of the project: where it stands, and what it says."""

    path: Path

    @property
    def place(self) -> str:
        """Path from the root of the project, with forward slashes."""
        return self.path.relative_to(ROOT).as_posix()

    @property
    def room(self) -> str | None:
        """The room of ``respite`` that the file belongs to, if any."""
        parts = self.place.removeprefix("src/respite/").split("/")
        return parts[0] if self.place.startswith("src/respite/") and len(parts) > 1 else None

    @cached_property
    def text(self) -> str:
        return self.path.read_text("utf-8")

    @cached_property
    def tree(self) -> ast.Module:
        return ast.parse(self.text)

    @cached_property
    def nodes(self) -> tuple[ast.AST, ...]:
        """Every node of the tree: many habits ask, and a walk through all files takes seconds."""
        return tuple(ast.walk(self.tree))


def files_below(folder: Path) -> Iterator[Path]:
    """Give every file that belongs to the project: no environment, cache or build."""
    for path in sorted(folder.iterdir()):
        is_hidden = path.name.startswith(".") and path.name not in HIDDEN_BUT_OURS
        if is_hidden or path.name in LEFT_OUT or path.name.endswith(".egg-info"):
            continue
        if path.is_dir():
            yield from files_below(path)
        else:
            yield path


def python_below(*folders: str) -> list[PythonFile]:
    found = [path for folder in folders for path in files_below(ROOT / folder)]
    return [PythonFile(path) for path in found if path.suffix == ".py"]


@pytest.fixture(scope="session")
def root() -> Path:
    return ROOT


@pytest.fixture(scope="session")
def project_files() -> list[Path]:
    return list(files_below(ROOT))


@pytest.fixture(scope="session")
def source() -> list[PythonFile]:
    return python_below("src/respite")


@pytest.fixture(scope="session")
def tools() -> list[PythonFile]:
    return python_below("tools")


@pytest.fixture(scope="session")
def tests() -> list[PythonFile]:
    return python_below("tests")
