"""Chooses what is known of other treatments in one condition, and sets it in order."""

from __future__ import annotations

from collections.abc import Iterator

from respite.domain import VERSION, Condition, RespiteError
from respite.domain import translate as _
from respite.evidence.comparators.answer import ComparatorTable, ComparedRow
from respite.literature import Library, load_library

ACUTE = "acute"
"""Asks for single doses against short pain, which is no condition of a patient file."""

LASTING = "chronic-non-cancer"
NERVE = "neuropathic"

WIDER: dict[str, tuple[str, ...]] = {
    Condition.CRPS: (LASTING,),
    Condition.NEUROPATHIC: (LASTING,),
    Condition.FIBROMYALGIA: (LASTING,),
    Condition.PHANTOM_LIMB: (NERVE, LASTING),
    Condition.SPINAL_CORD_INJURY: (NERVE, LASTING),
    Condition.POST_HERPETIC: (NERVE, LASTING),
    Condition.MIGRAINE: (),
    Condition.CANCER: (),
    Condition.MIXED: (LASTING,),
    Condition.DEPRESSION: (),
}
"""Wider groups of pain that trials report and that contain a condition."""


def comparators_for(
    condition: str | None = None, *, library: Library | None = None
) -> ComparatorTable:
    """Give what other treatments of pain do, beside ketamine.

    Parameters
    ----------
    condition
        A condition of a patient, or ``acute``; by default every figure there is.
    library
        Where the figures come from; the one that is shipped by default.

    Returns
    -------
    The figures by class of treatment and by name: in the order of the alphabet, since trials of
    different size and blinding carry no order of effect.

    Raises
    ------
    RespiteError
        If the condition is unknown.

    Examples
    --------
    >>> comparators_for("cancer").rows[0].figure.treatment
    'SC ketamine'
    """
    refuse_unknown(condition)
    library = library or load_library()
    every = tuple(_rows(library))
    rows = tuple(row for row in every if condition is None or _fits(row, condition))
    return ComparatorTable(
        condition=condition,
        also_shown=() if condition in (None, ACUTE) else WIDER[condition],
        rows=rows,
        nothing_found=() if condition is None else _absent(every, condition),
        provenance={
            "respite": VERSION,
            "library_digest": library.digest(),
            "sources": sorted({row.figure.source for row in rows} - {""}),
        },
    )


def refuse_unknown(condition: str | None) -> None:
    """Refuse a condition that nobody can have.

    Raises
    ------
    RespiteError
        If it is neither a condition of a patient nor ``acute``.
    """
    if condition is None or condition == ACUTE or condition in frozenset(Condition):
        return
    raise RespiteError(
        _("The condition is '{word}'.").format(word=condition),
        _("one of {words}.").format(words=", ".join((*Condition, ACUTE))),
        _("--condition neuropathic, or leave it out to see everything."),
    )


def _rows(library: Library) -> Iterator[ComparedRow]:
    """Go through every figure, by class, treatment and condition; times stay as in the file."""
    for one in sorted(library.comparators.values(), key=lambda each: each.title.casefold()):
        figures = sorted(
            one.figures, key=lambda each: (each.setting, each.treatment.casefold(), each.condition)
        )
        for figure in figures:
            yield ComparedRow(treatment_class=one.title, kind=one.kind, figure=figure)


def _fits(row: ComparedRow, condition: str) -> bool:
    if condition == ACUTE:
        return row.figure.setting == "acute_single_dose"
    return row.figure.condition in (condition, *WIDER[condition])


def _absent(every: tuple[ComparedRow, ...], condition: str) -> tuple[str, ...]:
    """List the classes without a figure in the condition itself, wider groups left out."""
    present = {
        row.treatment_class
        for row in every
        if row.figure.condition == condition
        or (condition == ACUTE and row.figure.setting == "acute_single_dose")
    }
    other = dict.fromkeys(row.treatment_class for row in every if row.kind != "placebo")
    return tuple(name for name in other if name not in present)
