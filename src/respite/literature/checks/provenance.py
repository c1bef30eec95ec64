"""Rules of provenance: every number says where it comes from, and how it was seen."""

from __future__ import annotations

from collections.abc import Iterator

from msgspec import Struct

from respite.domain import RespiteError
from respite.domain import translate as _
from respite.literature.checks.walk import everything, parts
from respite.literature.derivation import agrees, recomputed
from respite.literature.library import Library
from respite.literature.model import Constants, Model
from respite.literature.number import Parameter
from respite.literature.source import Source


def sources_resolve(library: Library, record: Struct) -> Iterator[str]:
    """Check that every source that is named has a file."""
    for place, part in everything(record):
        source = getattr(part, "source", "")
        if source and source not in library.sources:
            yield _(
                "{place} names the source '{source}', and sources/{source}.toml does not exist."
            ).format(place=place, source=source)
    if isinstance(record, Source):
        for source in record.read_in:
            if source not in library.sources:
                yield _(
                    "read_in names '{source}', and sources/{source}.toml does not exist."
                ).format(source=source)


def published_numbers_have_a_place(_library: Library, record: Struct) -> Iterator[str]:
    """Check that a number from a source says where in the source it stands."""
    for place, part in everything(record):
        if getattr(part, "status", "") not in ("published", "digitised"):
            continue
        where = getattr(part, "at", None)
        read = getattr(part, "read", None) or getattr(record, "read", None)
        if where == "":
            yield _("{place} is {status} and has no 'at'.").format(
                place=place, status=getattr(part, "status", "")
            )
        if where == "not_reported" and read != "recalled":
            yield _('{place} may only have at = "not_reported" where read = "recalled".').format(
                place=place
            )


def assumed_numbers_say_why(_library: Library, record: Struct) -> Iterator[str]:
    """Check that a number nobody published says why it is what it is."""
    for place, part in everything(record):
        if getattr(part, "status", "") == "assumed" and not getattr(part, "because", ""):
            yield _("{place} is assumed and has no 'because'.").format(place=place)


def pooled_numbers_name_their_script(_library: Library, record: Struct) -> Iterator[str]:
    """Check that a number pooled or adjusted by us names the script that made it."""
    for place, number in parts(record, Parameter):
        if (number.status == "pooled" or number.calibrated_to) and not number.script:
            yield _("{place} is pooled or calibrated and names no 'script'.").format(place=place)


def derived_numbers_recompute(library: Library, record: Model | Constants) -> Iterator[str]:
    """Check that a derived number is what its rule gives, rounded as it is printed."""
    for place, number in parts(record, Parameter):
        if number.status != "derived":
            continue
        if number.rule is None or not number.from_:
            yield _("{place} is derived and has no 'rule' with 'from'.").format(place=place)
            continue
        try:
            computed = recomputed(number, lambda name: _value(library, record, name))
        except (RespiteError, KeyError) as error:
            yield _("{place} cannot be recomputed: {error}").format(place=place, error=error)
            continue
        if not agrees(number.typical.value, number.value, computed):
            yield _("{place} is {printed}, and its rule gives {computed:g} {unit}.").format(
                place=place, printed=number.printed, computed=computed, unit=number.unit
            )


def sources_can_be_found(_library: Library, source: Source) -> Iterator[str]:
    """Check that a source has a DOI or a PMID, or says why it has neither."""
    if not (source.doi or source.pmid or source.no_identifier_because):
        yield _("The source has no doi and no pmid, and no 'no_identifier_because'.")


def sources_have_a_title_or_say_what_they_are_about(
    _library: Library, source: Source
) -> Iterator[str]:
    """Check that a title that was not seen is replaced by our own words."""
    if source.title == "not_reported" and not source.about:
        yield _("The title is not_reported, and 'about' does not say what the source is about.")


def second_hand_reading_names_what_was_read(_library: Library, source: Source) -> Iterator[str]:
    """Check that a paper seen through another names that other."""
    if source.read == "secondary_transcription" and not source.read_in:
        yield _("The source was read as a secondary transcription, and 'read_in' names none.")


def _value(library: Library, record: Model | Constants, name: str) -> float:
    owner, dot, parameter = name.rpartition(".")
    if not dot:
        return record.parameters[parameter].value
    if owner in library.constants:
        return library.constants[owner].parameters[parameter].value
    return library.assembled(owner).parameters[parameter].value
