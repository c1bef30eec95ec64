"""One idea per file, named by the idea."""

from __future__ import annotations

import re

LONGEST = 400
REFUSED = {"util", "helper", "common", "misc", "base", "manager", "service"}

FOLDER_OF_A_COMMAND = "tests/services/"
"""What `make test-services` runs: services of the machine, not a kind of class."""


def test_no_file_is_long(source, tools):
    long = [
        f"{file.place} has {len(file.text.splitlines())} lines: look for its second idea"
        for file in [*source, *tools]
        if len(file.text.splitlines()) > LONGEST
    ]
    assert not long, "\n".join(long)


def test_every_file_is_named_by_its_idea(source, tools, tests):
    vague = [
        f"{file.place}: name it by what it holds"
        for file in [*source, *tools, *tests]
        for word in re.split(r"[/_.]", file.place.removeprefix(FOLDER_OF_A_COMMAND))
        if word.removesuffix("s") in REFUSED
    ]
    assert not vague, "\n".join(vague)
