"""A door that opens each of its files when something behind it is first asked for."""

from __future__ import annotations

import sys
from collections.abc import Callable, Mapping
from importlib import import_module
from typing import Any


def lazy_door(package: str, homes: Mapping[str, str]) -> Callable[[str], Any]:
    """Make the ``__getattr__`` of a package that loads its names one file at a time.

    Whoever asks one thing of a room then does not pay for the others.

    Parameters
    ----------
    package
        Name of the package.
    homes
        For each of its files the names that are offered, apart by spaces. No
        name may be that of a file: the file would stand in its place.

    Returns
    -------
    A function for the package to call ``__getattr__``.
    """
    home_of = {name: file for file, names in homes.items() for name in names.split()}

    def load(name: str) -> Any:
        if name not in home_of:
            raise AttributeError(f"module {package!r} has no attribute {name!r}", name=name)
        value = getattr(import_module(f"{package}.{home_of[name]}"), name)
        setattr(sys.modules[package], name, value)
        return value

    return load
