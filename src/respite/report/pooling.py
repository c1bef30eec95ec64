"""Asks what trials say together, and writes the report of it."""

from __future__ import annotations

from dataclasses import replace
from os import PathLike
from pathlib import Path
from typing import TYPE_CHECKING

from respite.report.front import can_draw, require_drawing
from respite.report.layout import Page
from respite.report.pooling_text import pool_text

if TYPE_CHECKING:
    from respite.evidence import Pool


def pool(
    measure: str = "mean_pain",
    *,
    at: str | float = "14d",
    condition: str | None = None,
    trials: str | PathLike[str] | None = None,
) -> Pool:
    """Pool what randomised trials saw with ketamine and with placebo.

    Parameters
    ----------
    measure
        ``mean_pain`` or ``responders``.
    at
        Time from the first dose, such as ``14d``.
    condition
        Only trials of this condition.
    trials
        A table of trials to add.

    Returns
    -------
    The answer; a notebook draws it, and ``to_dict`` gives it as plain data.
    """
    from respite import evidence

    answer = evidence.pool(measure, at=at, condition=condition, trials=trials)
    return replace(answer, draw=draw_pool)


def draw_pool(answer: Pool) -> str:
    """Draw the answer for a notebook: with its forest plot where figures can be drawn."""
    from respite.report.html import pool_fragment, preformatted

    if not can_draw():
        return preformatted(pool_text(answer, page=Page()))
    from respite.report.forest_figure import forest_picture

    return pool_fragment(answer, pictures=(forest_picture(answer),))


def write_pool(answer: Pool, folder: Path) -> Path:
    """Write the answer as a page with its forest plot, whole or not at all.

    Parameters
    ----------
    answer
        The answer.
    folder
        Where ``pool.html``, the figure and ``pool.csv`` go; made where it does not exist.

    Returns
    -------
    The page.
    """
    require_drawing()
    from respite.report.folder import write_folder
    from respite.report.forest_figure import forest_picture
    from respite.report.html import pool_page
    from respite.report.plain import csv_text
    from respite.report.pooling_tables import pool_rows

    picture = forest_picture(answer)
    files = {
        f"{picture.name}.png": picture.png,
        "pool.html": pool_page(answer, pictures=(picture,)).encode(),
        "pool.csv": csv_text(pool_rows(answer)).encode(),
    }
    write_folder(folder, files)
    return folder / "pool.html"
