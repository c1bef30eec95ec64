"""Where claims come from, as a reader meets it: a number, how it is known, and the citation."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING

from respite.domain import translate as _
from respite.domain import translate_plural
from respite.literature import load_library
from respite.report.citations import citation
from respite.report.library import count_statuses
from respite.report.topics.sourced import Origin, read_in

if TYPE_CHECKING:
    from respite.literature import Model


@dataclass(frozen=True, kw_only=True)
class Mark:
    """What stands beside a claim and leads to where it comes from.

    Attributes
    ----------
    origin
        Where that is.
    label
        Number of the source, or of the model after an M.
    known
        How it is known, in a few words.
    citation
        The source in a line.
    """

    origin: Origin
    label: str
    known: str
    citation: str


@dataclass(frozen=True, kw_only=True)
class SourceEntry:
    """A source as the list of sources shows it."""

    mark: Mark
    link: str
    people: str
    note: str
    used_by: tuple[str, ...]


@dataclass(frozen=True, kw_only=True)
class ModelEntry:
    """A model as the list of sources shows it: what it rests on, and what of it is assumed."""

    mark: Mark
    title: str
    numbers: str
    sources: tuple[Mark, ...]
    assumed: tuple[str, ...]
    problems: tuple[str, ...]


def read_words(read: str) -> str:
    """Say in a few words how a source was seen."""
    words = {
        "full_text": _("read in full"),
        "abstract": _("seen as an abstract"),
        "table": _("seen as a table"),
        "secondary_transcription": _("second hand"),
        "recalled": _("recalled, not seen"),
        "derived": _("worked out"),
        "assumed": _("assumed"),
    }
    return words.get(read, read)


def marks_explained() -> tuple[tuple[str, str, str], ...]:
    """Say what each mark beside a claim means: its name, its words, and what they mean."""
    told = {
        "full_text": _("Somebody read the whole text."),
        "abstract": _("Only the summary of the paper was seen."),
        "table": _("Only a table of it was seen."),
        "secondary_transcription": _("It was seen in a text about it."),
        "recalled": _(
            "It is remembered and was not seen again; it may be wrong, and must be checked."
        ),
        "derived": _("It follows by simple sums from numbers that were read."),
        "assumed": _("Nobody published it. It is our choice, and it says why."),
    }
    return (
        *((name, read_words(name), text) for name, text in told.items()),
        (
            "model",
            _("model"),
            _("A model of the library works it out. Its entry says what the model rests on."),
        ),
        (
            "pooled",
            status_words("pooled"),
            _("A number of a model that was fitted to trials, by a script that anybody can run."),
        ),
    )


@cache
def numbers() -> dict[Origin, str]:
    """Number every source and every model, by the alphabet of their keys."""
    library = load_library()
    sources = {Origin("source", key): str(n) for n, key in enumerate(library.sources, start=1)}
    return sources | {
        Origin("model", key): f"M{n}" for n, key in enumerate(library.models, start=1)
    }


@cache
def mark_of(origin: Origin) -> Mark:
    """Give what stands beside a claim from there."""
    if origin.kind == "mark":
        known = read_words(origin.id)
        return Mark(origin=origin, label="–", known=known, citation=known)
    library = load_library()
    label = numbers()[origin]
    if origin.kind == "model":
        model = library.assembled(origin.id)
        return Mark(origin=origin, label=label, known=_("model"), citation=model.title)
    source = library.source(origin.id)
    return Mark(
        origin=origin, label=label, known=read_words(source.read), citation=citation(source)
    )


def source_entries() -> tuple[SourceEntry, ...]:
    """Give every source of the library, by number."""
    used = _uses()
    return tuple(
        SourceEntry(
            mark=mark_of(Origin("source", source.id)),
            link=source.link,
            people=_words_of(source.population),
            note=source.note,
            used_by=tuple(used.get(source.id, ())),
        )
        for source in load_library().sources.values()
    )


def model_entries() -> tuple[ModelEntry, ...]:
    """Give every model of the library, by number."""
    library = load_library()
    return tuple(_entry(library.assembled(key)) for key in library.models)


def _entry(model: Model) -> ModelEntry:
    counts = count_statuses([model])
    return ModelEntry(
        mark=mark_of(Origin("model", model.id)),
        title=model.title,
        numbers=_(", ").join(_counted(status, n) for status, n in counts.items()),
        sources=tuple(map(mark_of, read_in(*_known(model.sources())))),
        assumed=assumed_of(model),
        problems=model.known_problems,
    )


def assumed_of(model: Model) -> tuple[str, ...]:
    """Say every number of a model that nobody published, with the reason for it."""
    return tuple(
        _("{words}, {printed}: {because}").format(
            words=number.words or name.replace("_", " "),
            printed=number.printed,
            because=number.because,
        )
        for name, number in model.parameters.items()
        if number.status == "assumed"
    )


def status_words(status: str) -> str:
    """Say how a number came to be."""
    words = {
        "published": _("published"),
        "digitised": _("read off a figure"),
        "derived": _("worked out"),
        "pooled": _("calibrated to trials"),
        "assumed": _("assumed"),
    }
    return words.get(status, status)


def _counted(status: str, n: int) -> str:
    return translate_plural("{n} number {status}", "{n} numbers {status}", n).format(
        n=n, status=status_words(status)
    )


def _known(keys: tuple[str, ...]) -> tuple[str, ...]:
    sources = load_library().sources
    return tuple(key for key in keys if key in sources)


def _words_of(text: str) -> str:
    return "" if text == "not_reported" else text


@cache
def _uses() -> dict[str, list[str]]:
    """Name by source what rests on it."""
    library, found = load_library(), dict[str, dict[str, None]]()

    def add(key: str, what: str) -> None:
        found.setdefault(key, {})[what] = None

    for model in library.models.values():
        for key in model.sources():
            add(key, model.title)
    for study in library.studies.values():
        add(study.source, study.title)
    for claim in library.claims.values():
        add(claim.source, claim.words)
    for item in library.surveillance.values():
        for key in item.sources:
            add(key, item.title)
    for table in library.comparators.values():
        for figure in table.figures:
            add(figure.source, table.title)
    return {key: list(what) for key, what in found.items()}
