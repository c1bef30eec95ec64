"""No published number lives in Python."""

from __future__ import annotations

import ast

PLAIN = {0, 0.5, 1, 2, 100}
HOMES = {
    "src/respite/engine/settings.py": "numerical tolerances, each with its reason",
    "src/respite/report/figure_style.py": "sizes and shades of figures",
    "src/respite/domain/units.py": "units, exact by definition",
}
"""Files that may hold other numbers, and what kind; this list only shrinks."""


def test_no_published_number_lives_in_python(source):
    stray = [
        f"{file.place}:{node.lineno} {node.value}: give this a source"
        for file in source
        if file.place not in HOMES and file.room != "clinic"
        for node in file.nodes
        if isinstance(node, ast.Constant)
        and isinstance(node.value, float)
        and node.value not in PLAIN
    ]
    assert not stray, "\n".join(stray)


def test_every_home_of_numbers_exists(root):
    assert not [place for place in HOMES if not (root / place).exists()]
