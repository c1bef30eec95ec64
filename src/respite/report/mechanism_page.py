"""Asks what a regimen takes hold of, and writes the report of it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

from respite.report.front import can_draw, cited, require_drawing, to_patient, to_regimen
from respite.report.layout import Page
from respite.report.literature_text import literature_text
from respite.report.mechanism_words import mechanism_words

if TYPE_CHECKING:
    from respite.domain import Patient, Regimen
    from respite.evidence import Mechanism


def explain_mechanism(
    patient: Patient | Mapping[str, Any],
    regimen: Regimen | str,
    *,
    patients: int = 500,
    seed: int = 1,
) -> Mechanism:
    """Show what a regimen takes hold of in the body, how much of it, and for how long.

    Parameters
    ----------
    patient
        The person, or the facts known about the person by name.
    regimen
        The doses, as a regimen or as it is written.
    patients
        How many virtual patients.
    seed
        Same seed, same answer.

    Returns
    -------
    The answer; a notebook draws it, and ``to_dict`` gives it as plain data.
    """
    from respite import evidence

    answer = evidence.mechanism_of(
        to_patient(patient), to_regimen(regimen), patients=patients, seed=seed
    )
    return replace(answer, draw=draw_mechanism)


def draw_mechanism(answer: Mechanism) -> str:
    """Draw the answer for a notebook: with its figures where figures can be drawn."""
    from respite.report.html import literature_fragment, preformatted

    words = mechanism_words(answer)
    if not can_draw():
        return preformatted(literature_text(words, page=Page()))
    from respite.report.mechanism_figures import mechanism_pictures

    return literature_fragment(words, pictures=mechanism_pictures(answer)[:1])


def occupancy_rows(answer: Mechanism) -> list[dict[str, Any]]:
    """Give occupancy as rows of a table: one for each target and time."""
    return [
        {
            "target": one.target.id,
            "time_h": hour,
            **{
                name: getattr(one.occupancy, name)[place]
                for name in ("q05", "q50", "q95", "least", "most")
            },
        }
        for one in answer.targets
        if one.occupancy is not None
        for place, hour in enumerate(answer.time_h)
    ]


def write_mechanism(answer: Mechanism, folder: Path) -> Path:
    """Write the answer as a page with its figures and its table, whole or not at all.

    Parameters
    ----------
    answer
        The answer.
    folder
        Where ``mechanism.html``, its figures and ``occupancy.csv`` go.

    Returns
    -------
    The page.
    """
    require_drawing()
    from respite.report.folder import write_folder
    from respite.report.html import literature_page
    from respite.report.mechanism_figures import mechanism_pictures
    from respite.report.plain import csv_text

    pictures = mechanism_pictures(answer)
    page = literature_page(mechanism_words(answer), pictures=pictures, citations=cited(answer))
    files = {f"{picture.name}.png": picture.png for picture in pictures}
    files["mechanism.html"] = page.encode()
    files["occupancy.csv"] = csv_text(occupancy_rows(answer)).encode()
    write_folder(folder, files)
    return folder / "mechanism.html"
