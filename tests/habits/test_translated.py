"""What people read goes through the catalogue."""

from __future__ import annotations

import ast
import re
import subprocess
import sys
from collections.abc import Iterator

import pytest
from babel.messages.pofile import read_po

SAYS = {"_", "translate", "translate_plural"}
WORDS = re.compile(r"[A-Za-z]{2}")


@pytest.fixture
def catalogue(root):
    return root / "src" / "respite" / "locale" / "respite.pot"


def name_of(node: ast.expr | None) -> str:
    """Give the last name in an expression, such as a class that is called or returned."""
    if isinstance(node, ast.Constant):
        return str(node.value)
    return getattr(node, "attr", "") or getattr(node, "id", "")


def errors_in(source) -> set[str]:
    """Give the name of every error that people can cause."""
    classes = [n for file in source for n in file.nodes if isinstance(n, ast.ClassDef)]
    family = {"RespiteError"}
    while (
        more := {node.name for node in classes if {name_of(base) for base in node.bases} & family}
        - family
    ):
        family |= more
    return family


def makers_of(source, family: set[str]) -> set[str]:
    """Give the name of every function that makes such an error from words."""
    return {
        node.name
        for file in source
        for node in file.nodes
        if isinstance(node, ast.FunctionDef) and name_of(node.returns) in family
    }


def untranslated(node: ast.AST) -> Iterator[str]:
    """Give the English in an expression that is not said through the catalogue."""
    if isinstance(node, ast.Call) and name_of(node.func) in SAYS:
        return
    if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute):
        # What fills the places of a sentence is names and numbers.
        yield from untranslated(node.func.value)
    elif isinstance(node, ast.JoinedStr):
        text = "".join(str(part.value) for part in node.values if isinstance(part, ast.Constant))
        if WORDS.search(text):
            yield text
    elif isinstance(node, ast.Constant) and isinstance(node.value, str):
        yield node.value
    elif isinstance(node, ast.IfExp):
        yield from untranslated(node.body)
        yield from untranslated(node.orelse)
    elif isinstance(node, ast.BinOp | ast.BoolOp):
        for part in ast.iter_child_nodes(node):
            yield from untranslated(part)


def arguments_of(call: ast.Call) -> list[ast.expr]:
    return [*call.args, *(keyword.value for keyword in call.keywords)]


@pytest.mark.thorough
def test_errors_are_said_through_the_catalogue(source):
    family = errors_in(source)
    makers = makers_of(source, family)
    faults = [
        f'{file.place}:{call.lineno} say _("...") for {text!r}'
        for file in source
        for call in file.nodes
        if isinstance(call, ast.Call) and name_of(call.func) in family | makers
        for argument in arguments_of(call)
        for text in untranslated(argument)
        # A function that makes an error may also be told a name, such as that of a column.
        if name_of(call.func) in family or " " in text
    ]
    assert not faults, "\n".join(faults)


def test_findings_about_the_library_are_said_through_the_catalogue(source):
    checks = [file for file in source if file.place.startswith("src/respite/literature/checks/")]
    faults = [
        f'{file.place}:{node.lineno} say _("...") for {text!r}'
        for file in checks
        for node in file.nodes
        if isinstance(node, ast.Yield) and node.value is not None
        for text in untranslated(node.value)
    ]
    assert checks
    assert not faults, "\n".join(faults)


def test_a_sentence_is_whole_when_it_is_looked_up(source):
    faults = [
        f"{file.place}:{call.lineno} fill the places of a sentence by format, after it is said"
        for file in source
        for call in file.nodes
        if isinstance(call, ast.Call) and name_of(call.func) in SAYS
        for argument in call.args
        if isinstance(argument, ast.JoinedStr | ast.BinOp)
    ]
    assert not faults, "\n".join(faults)


def test_the_catalogue_holds_what_the_code_says(root):
    done = subprocess.run(
        [sys.executable, "tools/write_messages.py", "--check"],
        cwd=root,
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stdout + done.stderr


def test_places_in_a_sentence_have_names(catalogue):
    with catalogue.open("rb") as file:
        sentences = [str(message.id) for message in read_po(file)]
    assert len(sentences) > 100
    assert not [sentence for sentence in sentences if re.search(r"\{[:!}]", sentence)]


def test_the_catalogue_changes_only_where_a_sentence_does(catalogue):
    text = catalogue.read_text("utf-8")
    assert "Date:" not in text
    assert not re.search(r"^#: .*:\d", text, re.M)
