"""The names in a docstring are the names in the code."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator

Function = ast.FunctionDef | ast.AsyncFunctionDef


def names_in(docstring: str, section: str) -> list[str] | None:
    """Give the names a numpy docstring lists under a heading; None without the heading."""
    body = re.search(rf"^{section}\n-+\n(.*?)(?=^\S[^\n]*\n-+\n|\Z)", docstring, re.M | re.S)
    if body is None:
        return None
    entries = [line for line in body.group(1).splitlines() if line and not line.startswith(" ")]
    return [
        name.strip().lstrip("*")
        for entry in entries
        for name in entry.split(" : ")[0].split(",")
        if re.fullmatch(r"\s*\*{0,2}\w+\s*", name)
    ]


def arguments_of(function: Function) -> list[str]:
    """Give the names of the arguments, without the object itself."""
    told = function.args
    named = [*told.posonlyargs, *told.args, *([told.vararg] if told.vararg else [])]
    named += [*told.kwonlyargs, *([told.kwarg] if told.kwarg else [])]
    return [argument.arg for argument in named if argument.arg not in {"self", "cls"}]


def fields_of(node: ast.ClassDef) -> list[str]:
    """Give the annotated fields of a class, in order."""
    return [
        part.target.id
        for part in node.body
        if isinstance(part, ast.AnnAssign) and isinstance(part.target, ast.Name)
    ]


def everything_in(node: ast.ClassDef) -> set[str]:
    """Give every name that an object of the class may have."""
    functions = [part for part in node.body if isinstance(part, Function)]
    set_later = {
        part.attr
        for part in ast.walk(node)
        if isinstance(part, ast.Attribute) and getattr(part.value, "id", "") == "self"
    }
    assigned = {
        target.id
        for part in node.body
        if isinstance(part, ast.Assign)
        for target in part.targets
        if isinstance(target, ast.Name)
    }
    return {*fields_of(node), *set_later, *assigned, *(function.name for function in functions)}


def makers_arguments(node: ast.ClassDef) -> list[str]:
    """Give what is passed to make an object of the class."""
    makers = [p for p in node.body if isinstance(p, Function) and p.name == "__init__"]
    return arguments_of(makers[0]) if makers else fields_of(node)


def faults_in(tree: ast.Module) -> Iterator[tuple[int, str]]:
    for node in ast.walk(tree):
        if not isinstance(node, Function | ast.ClassDef):
            continue
        docstring = ast.get_docstring(node) or ""
        is_class = isinstance(node, ast.ClassDef)
        expected = makers_arguments(node) if is_class else arguments_of(node)
        parameters = names_in(docstring, "Parameters")
        if parameters is not None and sorted(parameters) != sorted(expected):
            yield node.lineno, f"{node.name} takes {expected} and documents {parameters}"
        inherits = is_class and bool(node.bases)
        attributes = names_in(docstring, "Attributes")
        if is_class and attributes and not inherits:
            unknown = set(attributes) - everything_in(node)
            if unknown:
                yield node.lineno, f"{node.name} documents {sorted(unknown)}, which it lacks"


def test_docstrings_name_the_parameters_that_exist(source, tools):
    faults = [
        f"{file.place}:{line} {fault}"
        for file in [*source, *tools]
        for line, fault in faults_in(file.tree)
    ]
    assert not faults, "\n".join(faults)
