"""How long will ketamine pain relief last, how sure is that, and where does each number come from?

Ask at a prompt::

    import respite
    respite.forecast({"age": 45, "weight": 70}, "ketamine 0.5 mg/kg iv over 40 min daily x10")

Everything is loaded when it is first asked for, so that importing costs nothing.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from respite import evidence
    from respite.domain import Patient, Regimen
    from respite.report import check, compare, curves, forecast, plan, simulate

    __version__: str

ROOMS = {
    "Patient": "respite.domain",
    "Regimen": "respite.domain",
    "check": "respite.report",
    "compare": "respite.report",
    "curves": "respite.report",
    "forecast": "respite.report",
    "plan": "respite.report",
    "simulate": "respite.report",
}
"""Which room each name of the front door lives in."""

OPEN_ROOMS = ("evidence",)
"""Rooms that the front door shows as a whole."""

__all__ = [
    "Patient",
    "Regimen",
    "__version__",
    "check",
    "compare",
    "curves",
    "evidence",
    "forecast",
    "plan",
    "simulate",
]


def __getattr__(name: str) -> Any:
    """Load a name of the front door when it is first asked for."""
    if name in ROOMS:
        value = getattr(import_module(ROOMS[name]), name)
    elif name in OPEN_ROOMS:
        value = import_module(f"respite.{name}")
    elif name == "__version__":
        value = import_module("respite.domain").VERSION
    else:
        raise AttributeError(f"module 'respite' has no attribute {name!r}", name=name)
    globals()[name] = value
    return value


def __dir__() -> list[str]:
    """List the names of the front door."""
    return sorted({*globals(), *__all__})
