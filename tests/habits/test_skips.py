"""Nothing is skipped silently."""

from __future__ import annotations

import ast
import re

SKIPS = {"skip", "skipif", "xfail", "importorskip", "skipTest"}
AN_ISSUE = re.compile(r"#\d+")


def test_a_skipped_test_names_an_issue(tests):
    silent = []
    for file in tests:
        nodes = file.nodes
        marks = [n for n in nodes if isinstance(n, ast.Attribute) and n.attr in SKIPS]
        reasons = {
            node.func: ast.get_source_segment(file.text, node) or ""
            for node in (nodes if marks else ())
            if isinstance(node, ast.Call)
        }
        silent += [
            f"{file.place}:{mark.lineno} say which issue, such as reason='#12'"
            for mark in marks
            if not AN_ISSUE.search(reasons.get(mark, ""))
        ]
    assert not silent, "\n".join(silent)


def test_a_skipped_example_names_an_issue(source, project_files, root):
    texts = {file.place: file.text for file in source}
    pages = [path for path in project_files if path.suffix == ".md"]
    texts |= {path.relative_to(root).as_posix(): path.read_text("utf-8") for path in pages}
    silent = [
        f"{place}: {line.strip()}"
        for place, text in texts.items()
        for line in text.splitlines()
        if re.search(r"doctest:\s*\+SKIP|<!-+\s*skip", line) and not AN_ISSUE.search(line)
    ]
    assert not silent, "\n".join(silent)
