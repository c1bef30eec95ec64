"""Asks whether a plan may be given, and writes the page of it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any

from respite.report.check_text import check_text
from respite.report.citations import cite_all
from respite.report.front import can_draw, require_drawing, to_patient, to_regimen
from respite.report.layout import Page

if TYPE_CHECKING:
    from os import PathLike

    from respite.domain import DosingHistory, Patient, Regimen
    from respite.safety import Facts, Safety


def check(  # noqa: PLR0913 - each is a question a reader may ask by name
    patient: Patient | Mapping[str, Any],
    regimen: Regimen | str | None = None,
    *,
    facts: Facts | Mapping[str, Any] | PathLike[str] | str | None = None,
    history: DosingHistory | PathLike[str] | str | None = None,
    phase: str | Sequence[str] | None = None,
    on: date | None = None,
    seed: int = 1,
) -> Safety:
    """Check whether a plan may be given to a patient, and what must be asked first.

    Parameters
    ----------
    patient
        The person, or the facts known about the person by name.
    regimen
        The doses that are planned, as a regimen or as it is written; none by default.
    facts
        What else is known, as facts, as a mapping, or the TOML file that holds it.
    history
        The doses that were given, or the file that lists them.
    phase
        Phases to look at, such as ``before``; by default ``evaluation`` and ``plan``.
    on
        The day on which is asked; today by default.
    seed
        Kept with the answer; nothing is drawn at random here.

    Returns
    -------
    The answer; a notebook draws it, and ``to_dict`` gives it as plain data.

    Examples
    --------
    >>> check({"age": 45}, "esketamine 1 mg/kg iv over 40 min").verdict
    'stop'
    """
    from respite import safety
    from respite.domain import DosingHistory, read_dosing_history

    day = on or date.today()
    known = facts
    if known is not None and not isinstance(known, safety.Facts):
        known = safety.read_facts(known, on=day)
    given = history
    if given is not None and not isinstance(given, DosingHistory):
        given = read_dosing_history(given)
    answer = safety.check(
        to_patient(patient),
        None if regimen is None else to_regimen(regimen),
        facts=known,
        history=given,
        phase=phase,
        at=day,
        seed=seed,
    )
    return replace(answer, draw=draw_check)


def cited_by_rules(keys: Iterable[str]) -> tuple[str, ...]:
    """Cite the sources of rules."""
    from respite.literature import load_library

    return cite_all(keys, load_library().sources)


def sources_of(answer: Safety, *, every: bool = False) -> tuple[str, ...]:
    """Cite the sources of the rules that fire, or of every rule that was looked at.

    Parameters
    ----------
    answer
        The check.
    every
        Whether rules that do not fire count too.
    """
    shown = answer.findings if every else answer.of("fires")
    return cited_by_rules(key for one in shown for key in one.data.sources)


def draw_check(answer: Safety) -> str:
    """Draw a check for a notebook."""
    from respite.report.html import check_fragment, preformatted

    if not can_draw():
        return preformatted(check_text(answer, page=Page()))
    return check_fragment(answer)


def write_check(answer: Safety, folder: Path, *, pdf: bool = False) -> Path:
    """Write a check as one page, whole or not at all.

    Parameters
    ----------
    answer
        The check.
    folder
        Where ``check.html`` goes; made where it does not exist.
    pdf
        Whether to write it as ``check.pdf`` as well.

    Returns
    -------
    The page.
    """
    require_drawing()
    from respite.report.folder import write_folder
    from respite.report.html import check_page
    from respite.report.pdf import as_files

    page = check_page(answer, citations=sources_of(answer, every=True))
    write_folder(folder, as_files({"check": page}, pdf=pdf))
    return folder / "check.html"
