"""Other array libraries: the same people and the same text, traced, compiled, or on another device.

People are always drawn in NumPy, so that they are the same people everywhere;
then their arrays move. Nothing here loads a library that was not asked for.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import fields, is_dataclass, replace
from importlib import import_module
from typing import Any, TypeVar, cast

from respite.domain import RespiteError
from respite.domain import translate as _
from respite.engine import Array

Value = TypeVar("Value")
Result = TypeVar("Result")


def array_library(name: str) -> Any:
    """Give an array library by name.

    Parameters
    ----------
    name
        ``numpy``, or ``jax``, which is switched to double precision.

    Returns
    -------
    Its namespace, for ``group.on(...)``.

    Raises
    ------
    RespiteError
        If there is no such library here.
    """
    if name == "numpy":
        return import_module("numpy")
    if name == "jax":
        return _jax().numpy
    raise RespiteError(
        _("The array library is {name}.").format(name=name),
        _("numpy or jax."),
        _("jax, where many people or gradients are wanted."),
    )


def _jax() -> Any:
    try:
        jax = import_module("jax")
    except ImportError as missing:
        raise RespiteError(
            _("JAX is not installed."),
            _("it, where arrays are to move to JAX."),
            _("installing Respite with its part `population`."),
        ) from missing
    # Without this JAX rounds to seven digits, and clocks of seconds and months need more.
    jax.config.update("jax_enable_x64", True)
    return jax


def compiled(work: Callable[[Value], Result], like: Value) -> Callable[[Value], Result]:
    """Compile work on drawn people with JAX.

    What is compiled takes the arrays; all else, such as doses, times and which
    mode is which, is fixed. JAX finds the device.

    Parameters
    ----------
    work
        A function of a frozen value, such as a group or its dosing, that gives arrays.
    like
        A value with arrays of the shapes that will be asked about.

    Returns
    -------
    The same function, for values that differ from ``like`` in their arrays alone.
    """

    def on_arrays(arrays: list[Array]) -> Result:
        left = iter(arrays)
        return work(with_arrays(like, lambda _: next(left)))

    run = _jax().jit(on_arrays)
    return lambda value: run(arrays_within(value))


def arrays_within(value: Any) -> list[Array]:
    """List the arrays that a frozen value holds, in a fixed order."""
    found: list[Array] = []

    def note(array: Array) -> Array:
        found.append(array)
        return array

    with_arrays(value, note)
    return found


def with_arrays(value: Value, change: Callable[[Array], Array]) -> Value:
    """Give a frozen value with each array in it changed.

    Parameters
    ----------
    value
        Dataclasses, mappings and tuples, with arrays somewhere in them.
    change
        What becomes of an array.

    Returns
    -------
    A value of the same kind; parts without arrays are the very same.
    """
    return cast("Value", _changed(value, change))


def _changed(value: Any, change: Callable[[Array], Array]) -> Any:
    if hasattr(value, "__array_namespace__"):
        return change(value)
    if isinstance(value, Mapping):
        mapping = cast("Mapping[Any, Any]", value)
        parts = {key: _changed(part, change) for key, part in mapping.items()}
        return parts if any(parts[key] is not mapping[key] for key in parts) else mapping
    if isinstance(value, tuple):
        items = cast("tuple[Any, ...]", value)
        changed = tuple(_changed(part, change) for part in items)
        return changed if any(a is not b for a, b in zip(changed, items, strict=True)) else items
    if is_dataclass(value) and not isinstance(value, type):
        parts = {field.name: getattr(value, field.name) for field in fields(value) if field.init}
        changed = {name: _changed(part, change) for name, part in parts.items()}
        moved = {name: part for name, part in changed.items() if part is not parts[name]}
        return replace(value, **moved) if moved else value
    return value
