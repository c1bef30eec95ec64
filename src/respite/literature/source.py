"""A source: the paper, table or code in which a number was seen."""

from __future__ import annotations

from datetime import date

from msgspec import Struct

from respite.domain import translate as _
from respite.literature.number import NotReported, Read


class Source(Struct, frozen=True, forbid_unknown_fields=True):
    """Where numbers were seen, and how.

    Attributes
    ----------
    id
        Key by which other files name it.
    title, authors, year, journal
        As the source prints them; the word ``not_reported`` where that was not seen.
    about
        What the source is about in our words, where its printed title was not seen.
    doi, pmid, pmcid, url
        Identifiers. A source without DOI and PMID says why in ``no_identifier_because``.
    read, read_in
        How the source was seen, and the key of the source it was seen through, if not itself.
    population
        Whom it studied, in one sentence.
    date_read
        When it was seen.
    licence
        Under which licence its figures were carried.
    note
        What looked doubtful.
    """

    id: str
    title: str
    authors: tuple[str, ...] | NotReported
    year: int | NotReported
    read: Read
    population: str
    date_read: date
    licence: str
    about: str = ""
    journal: str | NotReported = "not_reported"
    doi: str = ""
    pmid: str = ""
    pmcid: str = ""
    url: str = ""
    no_identifier_because: str = ""
    read_in: tuple[str, ...] = ()
    note: str = ""

    @property
    def link(self) -> str:
        """The best address a reader can follow, or nothing."""
        if self.doi:
            return f"https://doi.org/{self.doi}"
        if self.pmid:
            return f"https://pubmed.ncbi.nlm.nih.gov/{self.pmid}/"
        if self.pmcid:
            return f"https://pmc.ncbi.nlm.nih.gov/articles/{self.pmcid}/"
        return self.url

    @property
    def citation(self) -> str:
        """One line naming authors, year, title, journal and identifier."""
        named = not isinstance(self.authors, str)
        authors = ", ".join(self.authors) if named else _("Authors not reported")
        year = _("year not reported") if isinstance(self.year, str) else str(self.year)
        journal = "" if self.journal == "not_reported" else f" {self.journal}."
        title = f"[{self.about}]" if self.title == "not_reported" else self.title
        return f"{authors} ({year}). {title}.{journal} {self.link}".rstrip()
