"""Asks when pain returned in a group seen at visits, and writes the report of it."""

from __future__ import annotations

from dataclasses import replace
from os import PathLike
from pathlib import Path
from typing import TYPE_CHECKING

from respite.report.front import can_draw, require_drawing
from respite.report.layout import Page
from respite.report.returns_text import returns_text

if TYPE_CHECKING:
    from respite.domain import Visits
    from respite.evidence import ReturnTimes
    from respite.population import Progress


def return_times(
    visits: Visits | str | PathLike[str],
    *,
    resamples: int = 1000,
    seed: int = 1,
    progress: Progress | None = None,
) -> ReturnTimes:
    """Find when pain returned in a group of patients who were seen at visits.

    Parameters
    ----------
    visits
        What was seen, a path to a table of it, or the table as text.
    resamples
        How many groups are drawn for limits, where they have to be drawn.
    seed
        Same seed, same answer.
    progress
        Told now and then what share of the work is done, from 0 to 1.

    Returns
    -------
    The answer; a notebook draws it, and ``to_dict`` gives it as plain data.
    """
    from respite import evidence

    answer = evidence.return_times(visits, resamples=resamples, seed=seed, progress=progress)
    return replace(answer, draw=draw_returns)


def draw_returns(answer: ReturnTimes) -> str:
    """Draw the answer for a notebook: with its figure where figures can be drawn."""
    from respite.report.html import preformatted, returns_fragment

    if not can_draw():
        return preformatted(returns_text(answer, page=Page()))
    from respite.report.returns_figure import returns_pictures

    return returns_fragment(answer, pictures=returns_pictures(answer)[:1])


def write_returns(answer: ReturnTimes, folder: Path) -> Path:
    """Write the answer as a page with its figures, whole or not at all.

    Parameters
    ----------
    answer
        The answer.
    folder
        Where ``return-times.html``, the figures and ``curve.csv`` go; made
        where it does not exist.

    Returns
    -------
    The page.
    """
    require_drawing()
    from respite.report.folder import write_folder
    from respite.report.html import returns_page
    from respite.report.plain import csv_text
    from respite.report.returns_figure import returns_pictures
    from respite.report.returns_tables import curve_rows

    pictures = returns_pictures(answer)
    files = {f"{picture.name}.png": picture.png for picture in pictures}
    files["return-times.html"] = returns_page(answer, pictures=pictures).encode()
    files["curve.csv"] = csv_text(curve_rows(answer)).encode()
    write_folder(folder, files)
    return folder / "return-times.html"
