"""How predictions agree with trials, as the words of a page about the literature."""

from __future__ import annotations

from typing import TYPE_CHECKING

from respite.domain import translate as _
from respite.report import agreement_sentences as sentences
from respite.report.agreement_tables import (
    coverage_table,
    figures_table,
    numbers_table,
    structures_table,
)
from respite.report.literature_words import LiteratureWords, PagePart

if TYPE_CHECKING:
    from respite.evidence import Agreement


def words_of_agreement(answer: Agreement) -> LiteratureWords:
    """Word the answer: how often predictions held, every figure, every miss.

    Parameters
    ----------
    answer
        The answer.
    """
    return LiteratureWords(
        title=_("Do predictions agree with trials?"),
        lead=sentences.headline(answer),
        question=sentences.question(answer),
        parts=tuple(part for part in _parts(answer) if part.paragraphs or part.tables),
        notes=tuple(sentences.notes(answer)),
        notes_heading=_("What to mind"),
    )


def _parts(answer: Agreement) -> tuple[PagePart, ...]:
    roles = tuple(dict.fromkeys(one.role for one in answer.figures))
    return (
        PagePart(heading=_("How often"), paragraphs=(), tables=(coverage_table(answer),)),
        *(
            PagePart(
                heading=_("Studies {role}").format(role=sentences.role_words(role)),
                paragraphs=sentences.about_role(role),
                tables=(figures_table(answer, role),),
            )
            for role in roles
        ),
        PagePart(
            heading=_("Where predictions miss"),
            paragraphs=tuple(sentences.misses(answer)),
            tables=(),
        ),
        PagePart(
            heading=_("Three, five and seven days"),
            paragraphs=tuple(sentences.orders(answer)),
            tables=(),
        ),
        PagePart(
            heading=_("What the trials taught"),
            paragraphs=tuple(sentences.numbers(answer)),
            tables=(numbers_table(answer),),
        ),
        PagePart(
            heading=_("Other structures of the model"),
            paragraphs=(sentences.about_structures(answer),),
            tables=(structures_table(answer),),
        ),
    )
