"""Where numbers come from: citations of the sources that an answer used."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import TYPE_CHECKING

from respite.report.words import _

if TYPE_CHECKING:
    from respite.literature import Source

TRANSLITERATED = {"{": r"\{", "}": r"\}", "%": r"\%", "&": r"\&", "#": r"\#", "_": r"\_"}


def authors_briefly(authors: Iterable[str] | str) -> str:
    """Name the first author, and *et al.* for more than two.

    Examples
    --------
    >>> authors_briefly(["Doe J", "Roe R", "Poe E"])
    'Doe J et al.'
    """
    names = [authors] if isinstance(authors, str) else list(authors)
    if len(names) > 2:
        return _("{first} et al.").format(first=names[0])
    return _(" and ").join(names)


def citation(source: Source) -> str:
    """Cite a source in one line: who, when, what, where to find it."""
    place = ""
    if source.doi:
        place = f" doi:{source.doi}"
    elif source.pmid:
        place = f" PMID {source.pmid}"
    who, title = authors_briefly(source.authors), source.title.rstrip(".")
    return f"{who} ({source.year}). {title}.{place}"


def cite_all(keys: Iterable[str], sources: Mapping[str, Source]) -> tuple[str, ...]:
    """Cite each source once, in the order of their keys' first use."""
    return tuple(
        f"[{key}] {citation(sources[key])}" if key in sources else f"[{key}]"
        for key in dict.fromkeys(keys)
    )


def bibtex(source: Source) -> str:
    """Write a source as a BibTeX entry."""
    names = [source.authors] if isinstance(source.authors, str) else list(source.authors)
    fields = {
        "author": " and ".join(names),
        "title": source.title,
        "year": str(source.year),
        "doi": source.doi or "",
        "pmid": str(source.pmid or ""),
    }
    lines = [
        f"  {name} = {{{_safe(value) if name in ('author', 'title') else value}}},"
        for name, value in fields.items()
        if value
    ]
    return "\n".join([f"@article{{{source.key},", *lines, "}"])


def _safe(text: str) -> str:
    return "".join(TRANSLITERATED.get(letter, letter) for letter in text)
