"""Where numbers come from: citations of the sources that an answer used."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import TYPE_CHECKING

from respite.domain import translate as _

if TYPE_CHECKING:
    from respite.literature import Source

OTHERS = "and others"
"""Stands among the authors of a source for those who were not seen."""

ESCAPED = {letter: f"\\{letter}" for letter in "{}%&#_$"}


def authors_briefly(authors: tuple[str, ...] | str) -> str:
    """Name the first author, and *et al.* for more than two.

    Examples
    --------
    >>> authors_briefly(("Doe J", "Roe R", "Poe E"))
    'Doe J et al.'
    """
    if isinstance(authors, str):
        return _("Authors not reported")
    first, *others = authors
    if len(others) > 1 or OTHERS in others:
        return _("{first} et al.").format(first=first)
    return _(" and ").join(authors)


def citation(source: Source) -> str:
    """Cite a source in one line: who, when, what, and where to find it."""
    year = _("year not reported") if isinstance(source.year, str) else source.year
    journal = "" if source.journal == "not_reported" else f" {source.journal}."
    title = f"[{source.about}]" if source.title == "not_reported" else source.title
    text = f"{authors_briefly(source.authors)} ({year}). {title.rstrip('.')}.{journal}"
    return f"{text} {source.link}".rstrip()


def cite_all(keys: Iterable[str], sources: Mapping[str, Source]) -> tuple[str, ...]:
    """Cite each source once, in the order in which it is first named."""
    return tuple(
        f"[{key}] {citation(sources[key])}" if key in sources else f"[{key}]"
        for key in dict.fromkeys(keys)
    )


def bibtex(source: Source) -> str:
    """Write a source as a BibTeX entry."""
    named = () if isinstance(source.authors, str) else source.authors
    authors = " and ".join(name.removeprefix("and ") for name in named)
    journal = "" if source.journal == "not_reported" else source.journal
    title = "" if source.title == "not_reported" else f"{{{_escaped(source.title)}}}"
    fields = {
        "author": _escaped(authors),
        "title": title,
        "journal": _escaped(journal),
        "year": "" if isinstance(source.year, str) else str(source.year),
        "doi": source.doi,
        "pmid": source.pmid,
        "url": "" if source.doi else source.link,
    }
    lines = [f"  {name} = {{{value}}}," for name, value in fields.items() if value]
    kind = "article" if journal else "misc"
    return "\n".join([f"@{kind}{{{source.id},", *lines, "}"])


def _escaped(text: str) -> str:
    return "".join(ESCAPED.get(letter, letter) for letter in text)
