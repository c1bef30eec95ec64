"""What an answer rests on: which numbers are assumed, and which sources were used."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any

from respite.domain import VERSION
from respite.domain import translate as _
from respite.literature import Interaction, Library, Model, Parameter

PURE_NUMBERS = ("ratio", "fraction")
"""Units that say only that a number has none."""


def assumed_numbers(models: Iterable[Model], condition: str | None = None) -> tuple[str, ...]:
    """List, in words, every assumed number and every assumed spread behind an answer.

    Those of the routes that are used come first: they belong to this question.
    """
    of_routes: list[str] = []
    of_bodies: list[str] = []
    for model in models:
        numbers: Mapping[str, Parameter] = {**model.parameters, **model.residual}
        if condition is not None and condition in model.conditions:
            numbers = {**numbers, **model.in_condition(condition)}
        for name, number in numbers.items():
            lines = of_routes if name in model.on_paths else of_bodies
            lines.extend(_assumed_in(number, number.words or name.replace("_", " ")))
    return tuple(dict.fromkeys((*of_routes, *of_bodies)))


def assumed_factors(library: Library, interactions: Iterable[Interaction]) -> tuple[str, ...]:
    """List, in words, what is assumed about the factors that medicines and traits bring."""
    lines: list[str] = []
    for one in interactions:
        stand_in = one.extrapolated_from
        numbers = one.factors if stand_in is None else library.interaction(stand_in.of).factors
        if stand_in is not None:
            lines.append(
                _("{title}, its factors: {because}").format(
                    title=one.title, because=stand_in.because
                )
            )
        for name, number in numbers.items():
            lines.extend(_assumed_in(number, number.words or name))
    return tuple(dict.fromkeys(lines))


def _assumed_in(number: Parameter, words: str) -> Iterator[str]:
    if number.status == "assumed":
        printed = number.printed
        for unit in PURE_NUMBERS:
            printed = printed.removesuffix(f" {unit}")
        yield _("{words}, {printed}: {because}").format(
            words=words, printed=printed, because=number.because
        )
    for spread, sentence in (
        (number.between_patients, _("spread between people of the {words}: {because}")),
        (number.between_studies, _("spread between studies of the {words}: {because}")),
    ):
        if spread is not None and spread.status == "assumed":
            yield sentence.format(words=words, because=spread.because)


def provenance(
    library: Library,
    models: Sequence[Model],
    seed: int,
    condition: str | None = None,
    interactions: Sequence[Interaction] = (),
) -> dict[str, Any]:
    """Name what an answer was made with, so that it can be made again."""
    sources = [
        key
        for model in models
        for key in model.sources(condition if condition in model.conditions else None)
    ]
    sources += [key for one in interactions for key in one.sources]
    return {
        "respite": VERSION,
        "library_digest": library.digest(),
        "models": [model.id for model in models],
        "sources": list(dict.fromkeys(sources)),
        "seed": seed,
    }
