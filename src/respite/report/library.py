"""The library as plain data: which models there are, what they hold, whether they hold good."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import asdict
from typing import TYPE_CHECKING, Any

from respite.report.citations import bibtex, citation

if TYPE_CHECKING:
    from respite.literature import Finding, Library, Model, Parameter, Source
    from respite.population import AnchorResult

STATUSES = ("published", "digitised", "derived", "pooled", "assumed")
"""How a number came to be, from the surest to the least."""


def statuses_of(library: Library, models: Iterable[str]) -> dict[str, int]:
    """Count the numbers of some models by status; those they take from a base count too."""
    known = [library.assembled(name) for name in models if name in library.models]
    return count_statuses(known)


def count_statuses(models: Iterable[Model]) -> dict[str, int]:
    """Count the numbers of some models by status, surest first."""
    found = Counter(
        entry.status
        for model in models
        for entry in (
            *(number for _name, number in named_numbers(model)),
            *model.covariate_effects,
        )
    )
    return {status: found[status] for status in STATUSES if found[status]}


def named_numbers(model: Model) -> tuple[tuple[str, Parameter], ...]:
    """List the numbers of a model by name: typical values, residual, then each condition's."""
    return (
        *model.parameters.items(),
        *((f"residual {name}", number) for name, number in model.residual.items()),
        *(
            (f"{condition}: {name}", number)
            for condition, held in model.conditions.items()
            for name, number in held.parameters.items()
        ),
    )


def model_rows(library: Library) -> list[dict[str, Any]]:
    """Describe every model of the library, one flat row each."""
    return [_row(library.assembled(name)) for name in library.models]


def _row(model: Model) -> dict[str, Any]:
    counts = count_statuses([model])
    return {
        "id": model.id,
        "kind": model.kind,
        "title": model.title,
        "site": model.sampling.site if model.sampling else None,
        "read": model.read,
        "role": model.role,
        "source": model.source,
        **{status: counts.get(status, 0) for status in STATUSES},
    }


def models_data(library: Library) -> dict[str, Any]:
    """Give the list of models as plain data."""
    return {
        "schema": "respite.models/1",
        "library_digest": library.digest(),
        "models": model_rows(library),
    }


def model_data(library: Library, name: str) -> dict[str, Any]:
    """Give one model as plain data, joined to the base it is built on."""
    import msgspec

    model = library.assembled(name)
    return {
        "schema": "respite.model/1",
        "library_digest": library.digest(),
        "model": msgspec.to_builtins(model),
        "citations": {key: citation(library.source(key)) for key in model.sources()},
    }


def check_data(
    library: Library, findings: Sequence[Finding], anchors: Sequence[AnchorResult]
) -> dict[str, Any]:
    """Give the outcome of the library's checks as plain data."""
    return {
        "schema": "respite.library-check/1",
        "library_digest": library.digest(),
        "passed": not findings and all(anchor.met for anchor in anchors),
        "findings": [
            {"file": found.file, "rule": found.rule, "message": found.message} for found in findings
        ],
        "anchors": [asdict(anchor) for anchor in anchors],
    }


def cited_sources(library: Library, name: str) -> tuple[Source, ...]:
    """Find what to cite for a name: one source, or every source of a model's numbers.

    Raises
    ------
    LibraryFault
        Where neither a model nor a source has that name.
    """
    if name in library.sources:
        return (library.source(name),)
    model = library.assembled(name)
    return tuple(library.source(key) for key in model.sources())


def cite_data(name: str, sources: Sequence[Source]) -> Mapping[str, Any]:
    """Give citations as plain data."""
    return {
        "schema": "respite.citation/1",
        "name": name,
        "sources": [
            {"key": source.id, "citation": citation(source), "bibtex": bibtex(source)}
            for source in sources
        ],
    }
