"""Asks whether predictions agree with trials, and writes the report of it."""

from __future__ import annotations

from os import PathLike
from pathlib import Path
from typing import TYPE_CHECKING

from respite.report.agreement_words import words_of_agreement
from respite.report.front import require_drawing

if TYPE_CHECKING:
    from respite.evidence import Agreement
    from respite.report.picture import Picture


def validate(
    *,
    condition: str | None = None,
    trials: str | PathLike[str] | None = None,
    seed: int = 1,
) -> Agreement:
    """Hold predictions against trials.

    Parameters
    ----------
    condition
        Only trials of this condition.
    trials
        A table of trials of one's own, predicted beside the others.
    seed
        Seed of what predicts them.
    """
    from respite import evidence

    own = None if trials is None else Path(trials)
    return evidence.validate(condition=condition, trials=own, seed=seed)


def agreement_pictures(answer: Agreement) -> tuple[Picture, ...]:
    """Draw every role that has numbers."""
    from respite.report.agreement_figure import agreement_picture

    roles = dict.fromkeys(one.role for one in answer.figures)
    drawn = (agreement_picture(answer, role) for role in roles)
    return tuple(picture for picture in drawn if picture is not None)


def write_agreement(answer: Agreement, folder: Path) -> Path:
    """Write the answer as a page with its figures, whole or not at all.

    Parameters
    ----------
    answer
        The answer.
    folder
        Where ``agreement.html``, its figures and ``agreement.csv`` go; made where it does not
        exist.

    Returns
    -------
    The page.
    """
    require_drawing()
    from respite.report.agreement_tables import agreement_rows
    from respite.report.folder import write_folder
    from respite.report.html import literature_page
    from respite.report.plain import csv_text

    pictures = agreement_pictures(answer)
    files = {f"{picture.name}.png": picture.png for picture in pictures}
    page = literature_page(words_of_agreement(answer), pictures=pictures)
    files["agreement.html"] = page.encode()
    files["agreement.csv"] = csv_text(agreement_rows(answer)).encode()
    write_folder(folder, files)
    return folder / "agreement.html"
