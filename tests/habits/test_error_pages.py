"""Every error a person can cause has a page, and every such page an error."""

from __future__ import annotations

import importlib
import pkgutil

import respite
from respite.domain import RespiteError


def family(error: type[RespiteError]) -> set[type[RespiteError]]:
    children = {child for kind in error.__subclasses__() for child in family(kind)}
    return {error} | children


def test_every_error_has_its_page_and_every_page_its_error(root):
    for module in pkgutil.walk_packages(respite.__path__, "respite."):
        if not module.name.endswith("__main__"):
            importlib.import_module(module.name)
    slugs = {error.page for error in family(RespiteError)}
    pages = {path.stem for path in (root / "docs" / "reference" / "errors").glob("*.md")}
    assert slugs == pages - {"index"}
