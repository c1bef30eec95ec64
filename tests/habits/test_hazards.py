"""Every control in the hazard log is held by a test that exists."""

from __future__ import annotations

import ast
import re

A_TEST = re.compile(r"`(tests/[\w/]+\.py)::(\w+)`")


def rows_of(text: str) -> list[str]:
    return [line for line in text.splitlines() if re.match(r"\| H\d+ ", line)]


def test_every_hazard_names_a_test(root):
    rows = rows_of((root / "docs/policies/hazards.md").read_text("utf-8"))
    assert rows
    assert not [row[:60] for row in rows if not A_TEST.search(row)]


def test_every_test_named_in_the_hazard_log_exists(root):
    text = (root / "docs/policies/hazards.md").read_text("utf-8")
    missing = []
    for place, name in A_TEST.findall(text):
        path = root / place
        tree = ast.parse(path.read_text("utf-8")) if path.exists() else ast.Module([], [])
        if name not in {getattr(node, "name", "") for node in ast.walk(tree)}:
            missing.append(f"{place}::{name}")
    assert not missing, "\n".join(missing)
