"""Writes the page that holds every prediction against what its trial saw."""

from __future__ import annotations

from collections.abc import Iterator

from model_pages import table
from respite.evidence import Agreement
from respite.report import agreement_pictures, words_of_agreement

PICTURES = "agreement-{role}.png"


def page(answer: Agreement, note: str) -> str:
    """Write the whole page.

    Parameters
    ----------
    answer
        How predictions agree with trials.
    note
        Says that the page is written, and not to be edited.
    """
    return "\n".join(_lines(answer, note)) + "\n"


def _lines(answer: Agreement, note: str) -> Iterator[str]:
    words = words_of_agreement(answer)
    yield f"# {words.title}\n\n*For clinicians and researchers.*\n\n{note.rstrip()}\n"
    yield from (f"{line}\n" for line in words.lead)
    yield from (f"- **{label}**: {text}" for label, text in words.question)
    yield (
        "\nWhat each study gave and saw is in [Trials](trials.md), with its source; how the fit is"
        " made in [How trials teach the model](../explanation/how-trials-teach-the-model.md); the"
        " same as data: `respite evidence validate --format json`.\n"
    )
    drawn = {picture.name: picture for picture in agreement_pictures(answer)}
    roles = iter(dict.fromkeys(one.role for one in answer.figures))
    for part in words.parts:
        yield f"## {part.heading}\n"
        yield from (f"{line}\n" for line in part.paragraphs)
        for shown in part.tables:
            yield f"{shown.caption}\n\n{table(shown.head, shown.rows)}"
        if part.heading.startswith("Studies"):
            picture = drawn.get(f"agreement-{next(roles)}")
            if picture is not None:
                yield f"![{picture.alt}](../pictures/{picture.name}.png)\n"
    yield f"## {words.notes_heading}\n"
    yield from (f"- {line}" for line in words.notes)


def pictures(answer: Agreement) -> Iterator[tuple[str, bytes]]:
    """Give the pictures of the page, by their file names.

    Parameters
    ----------
    answer
        How predictions agree with trials.
    """
    for picture in agreement_pictures(answer):
        yield f"{picture.name}.png", picture.png
