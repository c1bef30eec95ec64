"""Other treatments beside ketamine, in words: the same for a terminal and for a page."""

from __future__ import annotations

from typing import TYPE_CHECKING

from respite.domain import joined_by_and, listed
from respite.domain import translate as _
from respite.report.comparator_tables import (
    acute_tables,
    chronic_tables,
    condition_words,
    experimental_tables,
)
from respite.report.literature_words import LiteratureWords, PagePart

if TYPE_CHECKING:
    from respite.evidence import ComparatorTable


def comparator_words(answer: ComparatorTable) -> LiteratureWords:
    """Word the answer: what it cannot carry, lasting pain, then single doses apart from it."""
    parts = (
        PagePart(heading=_("Lasting pain"), paragraphs=(), tables=chronic_tables(answer)),
        PagePart(
            heading=_("Another question: one dose against short pain"),
            paragraphs=(settings_apart(),),
            tables=acute_tables(answer),
        ),
        PagePart(
            heading=_("Volunteers"), paragraphs=(settings_apart(),),
            tables=experimental_tables(answer),
        ),
    )  # fmt: skip
    return LiteratureWords(
        title=_("What else relieves pain, beside ketamine?"),
        lead=comparator_lead(answer),
        question=(),
        parts=tuple(part for part in parts if part.tables),
        notes=comparator_notes(answer),
        notes_heading=_("How to read this, and what it cannot tell"),
    )


def comparator_lead(answer: ComparatorTable) -> tuple[str, ...]:
    """Say first what these figures do not carry: an order."""
    where = _("all pain") if answer.condition is None else condition_words(answer.condition)
    return (
        _(
            "Other treatments beside ketamine, {where}: {count} figures, in the order of the"
            " alphabet."
        ).format(where=where, count=len(answer.rows)),
        _(
            "They are not ranked. Ketamine's larger effects come from small trials in which many"
            " people could guess what they were given; those of other medicines come mostly from"
            " larger trials that were easier to blind."
        ),
    )


def settings_apart() -> str:
    """Say why what follows must not be compared with what stands above."""
    return _(
        "What follows tells for how many hours one dose acts on pain that is short or made in a"
        " laboratory. Hours after surgery and weeks of relief from lasting pain say nothing about"
        " each other: do not compare them."
    )


def comparator_notes(answer: ComparatorTable) -> tuple[str, ...]:
    """Say how to read the figures, what is missing, and where each comes from."""
    notes = [
        _(
            "'For one to benefit' counts people treated for one more with relief than on placebo;"
            " fewer is better. 'More of 100' is the same, turned round; where its interval reaches"
            " 0, no benefit is compatible with the trial."
        ),
        _(
            "Trials counted relief in different people, at different times and against different"
            " placebos, so two figures that differ need not mean two treatments that differ."
        ),
        _(
            "Figures without a control group also hold the natural course and the hope of those"
            " treated."
        ),
        _("'Recalled' figures were not seen in a source and must be checked before use."),
        _("Sources are numbered below, each with its key: respite models cite KEY prints one."),
    ]
    if answer.also_shown:
        groups = joined_by_and(tuple(map(condition_words, answer.also_shown)))
        notes.insert(0, _("Wider groups of pain are shown too: {groups}.").format(groups=groups))
    if answer.nothing_found:
        missing = listed(answer.nothing_found)
        notes.insert(
            0,
            _("The library has no figure in exactly this pain for: {names}.").format(names=missing),
        )
    return tuple(notes)
