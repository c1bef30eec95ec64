"""A room is entered by its package, never by a file inside it."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from functools import cache
from pathlib import Path

ALSO_CALLED = {"library": "literature"}
"""Tests of the library are tests of the room that reads it."""


@cache
def names_offered(door: Path) -> set[str]:
    """Give what the door of a room lists in ``__all__``."""
    for node in ast.parse(door.read_text("utf-8")).body:
        if isinstance(node, ast.Assign) and getattr(node.targets[0], "id", "") == "__all__":
            return set(ast.literal_eval(node.value))
    return set()


def imported_modules(file) -> Iterator[tuple[int, str]]:
    """Give each module or name a file imports, in full, with its line."""
    package = file.place.removeprefix("src/").removesuffix(".py").split("/")[:-1]
    for node in file.nodes:
        if isinstance(node, ast.Import):
            yield from ((node.lineno, alias.name) for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            above = package[: len(package) - node.level + 1] if node.level else []
            module = ".".join([*above, *(node.module or "").split(".")]).strip(".")
            yield from ((node.lineno, f"{module}.{alias.name}") for alias in node.names)


@cache
def file_entered(root: Path, full_name: str) -> tuple[str, str] | None:
    """Give the room and the module of an import that passes by the door."""
    parts = full_name.split(".")
    if parts[0] != "respite" or len(parts) < 3:
        return None
    room = root / "src" / "respite" / parts[1]
    if not (room / "__init__.py").exists():
        return None
    is_inner = (room / f"{parts[2]}.py").exists() or (room / parts[2] / "__init__.py").exists()
    if is_inner and (len(parts) > 3 or parts[2] not in names_offered(room / "__init__.py")):
        return parts[1], ".".join(parts[:3])
    return None


def may_enter(file, room: str) -> bool:
    """Say whether a file belongs to the room: inside it, or a test that names it."""
    if file.room is not None:
        return file.room == room
    words = {ALSO_CALLED.get(word, word) for word in re.split(r"[/_.]", file.place)}
    return file.place.startswith("tests/") and room in words


def test_every_room_is_entered_by_its_door(root, source, tests, tools):
    faults = []
    for file in [*source, *tests, *tools]:
        for line, name in imported_modules(file):
            entered = file_entered(root, name)
            if entered and not may_enter(file, entered[0]):
                room, module = entered
                faults.append(f"{file.place}:{line} import {room} by its door, not {module}")
    assert not faults, "\n".join(faults)


def test_a_door_offers_about_a_dozen_names_each_of_them_there(root):
    for door in sorted((root / "src" / "respite").glob("*/__init__.py")):
        missing = names_offered(door) - set(re.findall(r"\w+", door.read_text("utf-8")))
        assert not missing, f"{door.parent.name} lists {missing} and does not import it"


def test_a_door_that_opens_file_by_file_knows_where_each_name_lives(root):
    for door in sorted((root / "src" / "respite").glob("*/__init__.py")):
        text = door.read_text("utf-8")
        if "lazy_door(__name__" not in text:
            continue
        package, homes = f"respite.{door.parent.name}", None
        typed: dict[str, set[str]] = {}
        for node in ast.walk(ast.parse(text)):
            if isinstance(node, ast.If) and getattr(node.test, "id", "") == "TYPE_CHECKING":
                for line in node.body:
                    assert isinstance(line, ast.ImportFrom)
                    assert line.module
                    typed[line.module] = {alias.name for alias in line.names}
            if isinstance(node, ast.Assign) and getattr(node.targets[0], "id", "") == "HOMES":
                homes = ast.literal_eval(node.value)
        assert homes
        named = {f"{package}.{file}": set(names.split()) for file, names in homes.items()}
        assert named == typed, door
        assert not set(homes) & {name for names in named.values() for name in names}, door


def test_every_room_says_at_its_door_what_it_answers(root):
    for door in sorted((root / "src" / "respite").glob("*/__init__.py")):
        assert ast.get_docstring(ast.parse(door.read_text("utf-8"))), door.parent.name
