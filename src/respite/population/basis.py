"""What an answer rests on: which numbers are assumed, and which sources were used."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from importlib.metadata import version
from typing import Any

from respite.literature import Library, Model, Parameter


def assumed_numbers(models: Iterable[Model], condition: str | None = None) -> tuple[str, ...]:
    """List, in words, every assumed number and every assumed spread behind an answer."""
    lines: list[str] = []
    for model in models:
        numbers: Mapping[str, Parameter] = model.parameters
        if condition is not None and condition in model.conditions:
            numbers = model.in_condition(condition)
        for name, number in numbers.items():
            words = name.replace("_", " ")
            if number.status == "assumed":
                lines.append(f"{words} {number.printed}: {number.because}")
            for level in ("between_patients", "between_studies"):
                spread = getattr(number, level)
                if spread is not None and spread.status == "assumed":
                    where = level.replace("_", " ")
                    lines.append(f"spread of {words} {where}: {spread.because}")
    return tuple(dict.fromkeys(lines))


def provenance(library: Library, models: Sequence[Model], seed: int) -> dict[str, Any]:
    """Name what an answer was made with, so that it can be made again."""
    sources = {
        number.source or model.source for model in models for number in model.parameters.values()
    }
    return {
        "respite": version("respite-ketamine"),
        "library_digest": library.digest(),
        "models": [model.id for model in models],
        "sources": sorted(sources | {model.source for model in models}),
        "seed": seed,
    }
