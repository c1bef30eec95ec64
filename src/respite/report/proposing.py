"""Asks what to propose, and writes the page of it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import date
from functools import partial
from os import PathLike
from pathlib import Path
from typing import TYPE_CHECKING, Any

from respite.report.front import can_draw, require_drawing, to_patient
from respite.report.layout import Page

if TYPE_CHECKING:
    from respite.domain import Diary, DosingHistory, Patient, Sessions
    from respite.planning import Plan
    from respite.population import Progress
    from respite.safety import Facts

File = PathLike[str] | str


def plan(  # noqa: PLR0913 - each is a question a reader may ask by name
    patient: Patient | Mapping[str, Any],
    *,
    history: DosingHistory | File | None = None,
    diary: Diary | File | None = None,
    sessions: Sessions | File | None = None,
    facts: Facts | File | None = None,
    start: str | None = None,
    at: date | None = None,
    threshold: str = "30%",
    horizon_days: int = 90,
    draws: int = 500,
    seed: int = 1,
    progress: Progress | None = None,
) -> Plan:
    """Propose what is defensible for one person, with relief and harm side by side.

    Parameters
    ----------
    patient
        The person, or the facts known about the person by name.
    history, diary, sessions
        What was given, what the patient wrote, and the record of the last sessions: records,
        or the files that hold them.
    facts
        Facts for the rules of safety, or the file that holds them.
    start
        Date of the first planned dose, ``YYYY-MM-DD``.
    at
        The day on which is asked; today by default.
    threshold
        What counts as relief: ``30%``, ``50%`` or ``2points``.
    horizon_days
        Days from the first planned dose in which relief counts.
    draws
        How many people to draw who fit what is known.
    seed
        Same seed, same answer.
    progress
        Told now and then what share of the work is done, from 0 to 1.

    Returns
    -------
    The answer; a notebook draws it, and ``to_dict`` gives it as plain data.
    """
    from respite import planning
    from respite.domain import Threshold, read_diary, read_dosing_history, read_sessions
    from respite.safety import read_facts

    answer = planning.plan(
        to_patient(patient),
        history=_read(history, read_dosing_history),
        diary=_read(diary, read_diary),
        sessions=_read(sessions, read_sessions),
        facts=_read(facts, partial(read_facts, on=at or date.today())),
        start=start,
        at=at,
        threshold=Threshold.parse(threshold),
        horizon_days=horizon_days,
        draws=draws,
        seed=seed,
        progress=progress,
    )
    return replace(answer, draw=draw_proposals)


def _read(given: Any, read: Any) -> Any:
    """Read a file where one was named; a record stays as it is."""
    return read(given) if isinstance(given, str | PathLike) else given


def cited_by_plan(answer: Plan) -> tuple[str, ...]:
    """Cite the sources that an answer used."""
    from respite.literature import load_library
    from respite.report.citations import cite_all

    keys = dict.fromkeys(answer.provenance.get("sources", ()))
    return cite_all(tuple(keys), load_library().sources)


def draw_proposals(answer: Plan) -> str:
    """Draw proposals for a notebook: with the figure where figures can be drawn."""
    from respite.report.html import literature_fragment, preformatted
    from respite.report.literature_text import literature_text
    from respite.report.proposal_words import proposal_words

    words = proposal_words(answer)
    if not can_draw():
        return preformatted(literature_text(words, page=Page()))
    from respite.report.proposal_figure import proposal_picture

    return literature_fragment(words, pictures=(proposal_picture(answer),) if answer.tried else ())


def write_proposals(answer: Plan, folder: Path, *, pdf: bool = False) -> Path:
    """Write the plan for the clinician and the leaflet for the patient, whole or not at all.

    Parameters
    ----------
    answer
        The answer.
    folder
        Where ``plan.html``, ``leaflet.html`` and the figure go; made where it does not exist.
    pdf
        Whether to write both as PDF as well: ``plan.pdf`` and ``leaflet.pdf``.

    Returns
    -------
    The page of the clinician.
    """
    require_drawing()
    from respite.report.folder import write_folder
    from respite.report.html import literature_page
    from respite.report.leaflet_words import leaflet_words
    from respite.report.pdf import as_files
    from respite.report.proposal_figure import proposal_picture
    from respite.report.proposal_words import proposal_words

    # Where every plan was refused there is nothing to draw.
    pictures = (proposal_picture(answer),) if answer.tried else ()
    page = literature_page(
        proposal_words(answer), pictures=pictures, citations=cited_by_plan(answer)
    )
    leaflet = literature_page(leaflet_words(answer))
    files = as_files({"plan": page, "leaflet": leaflet}, pdf=pdf)
    files |= {f"{picture.name}.png": picture.png for picture in pictures}
    write_folder(folder, files)
    return folder / "plan.html"
