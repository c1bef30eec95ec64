"""Asks about several plans, and writes the reports of it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import date
from os import PathLike
from pathlib import Path
from typing import TYPE_CHECKING, Any

from respite.report.comparison_words import comparison_page
from respite.report.dose_words import dose_page, dose_rows
from respite.report.front import can_draw, require_drawing, to_patient, to_regimen
from respite.report.layout import Page
from respite.report.plans_page import PlansPage, plans_text

if TYPE_CHECKING:
    from respite.domain import DosingHistory, Patient, Regimen
    from respite.forecasting import DoseDuration, PlanComparison
    from respite.population import Progress
    from respite.report.picture import Picture


def compare(  # noqa: PLR0913 - each is a question a reader may ask by name
    patient: Patient | Mapping[str, Any],
    regimens: Sequence[Regimen | str],
    *,
    history: DosingHistory | PathLike[str] | str | None = None,
    start: str | None = None,
    threshold: str = "30%",
    confirm_days: int = 3,
    horizon_days: int = 180,
    draws: int = 4000,
    seed: int = 1,
    progress: Progress | None = None,
) -> PlanComparison:
    """Compare two to six plans on the same people.

    Parameters
    ----------
    patient
        The person, or the facts known about the person by name.
    regimens
        The plans, as regimens or as they are written; a placebo may be one of them.
    history
        The doses that were given before, or the file that lists them.
    start
        Date of the first planned dose, ``YYYY-MM-DD``.
    threshold
        What counts as relief: ``30%``, ``50%`` or ``2points``.
    confirm_days
        Days for which relief must stay lost before it counts as lost.
    horizon_days
        How far to look after the last dose [days].
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
    from respite import forecasting
    from respite.domain import Threshold, read_dosing_history
    from respite.literature import load_library
    from respite.safety import effects_of_plan

    is_file = isinstance(history, str) or hasattr(history, "__fspath__")
    given = read_dosing_history(history) if is_file else history  # pyright: ignore[reportArgumentType]
    who, plans = to_patient(patient), [to_regimen(regimen) for regimen in regimens]
    answer = forecasting.compare(
        who,
        plans,
        history=given,  # pyright: ignore[reportArgumentType]
        start=start,
        threshold=Threshold.parse(threshold),
        confirm_days=confirm_days,
        horizon_days=horizon_days,
        draws=draws,
        seed=seed,
        progress=progress,
    )
    of_day = [
        effects_of_plan(
            who,
            plan,
            history=given,  # pyright: ignore[reportArgumentType]
            on=date.today(),
            seed=seed,
            library=load_library(),
        )
        for plan in plans
    ]
    told = tuple(
        replace(
            plan,
            adverse_effects=found.effects,
            missing={**plan.missing}
            if found.missing is None
            else {**plan.missing, "adverse_effects": found.missing},
        )
        for plan, found in zip(answer.plans, of_day, strict=True)
    )
    return replace(answer, plans=told, draw=draw_plans)


def dose_duration(  # noqa: PLR0913 - each is a question a reader may ask by name
    patient: Patient | Mapping[str, Any],
    base: Regimen | str | None = None,
    *,
    threshold: str = "30%",
    horizon_days: int = 180,
    studies: int = 40,
    per_study: int = 100,
    seed: int = 1,
    progress: Progress | None = None,
) -> DoseDuration:
    """Find the expected days with relief against dose, hours, sessions, interval and route.

    Parameters
    ----------
    patient
        The person, or the facts known about the person by name.
    base
        The plan that one thing at a time is varied around; ten daily infusions by default.
    threshold
        What counts as relief: ``30%``, ``50%`` or ``2points``.
    horizon_days
        How far to look after the last dose of the longest plan [days].
    studies, per_study
        How many studies to draw, and how many people in each.
    seed
        Same seed, same answer.
    progress
        Told now and then what share of the work is done, from 0 to 1.
    """
    from respite import forecasting
    from respite.domain import Threshold

    return forecasting.dose_duration(
        to_patient(patient),
        None if base is None else to_regimen(base),
        threshold=Threshold.parse(threshold),
        horizon_days=horizon_days,
        studies=studies,
        per_study=per_study,
        seed=seed,
        progress=progress,
    )


def cited_of_plans(answer: PlanComparison | DoseDuration) -> tuple[str, ...]:
    """Cite the sources that an answer about plans used."""
    from respite.forecasting import DoseDuration
    from respite.literature import load_library
    from respite.report.citations import cite_all

    made = (
        [answer.provenance]
        if isinstance(answer, DoseDuration)
        else [plan.forecast.provenance for plan in answer.plans]
    )
    keys = dict.fromkeys(key for one in made for key in one.get("sources", ()))
    return cite_all(tuple(keys), load_library().sources)


def told_of(answer: PlanComparison | DoseDuration) -> PlansPage:
    """Say in words and tables what an answer about plans says."""
    from respite.forecasting import DoseDuration

    return dose_page(answer) if isinstance(answer, DoseDuration) else comparison_page(answer)


def draw_plans(answer: PlanComparison) -> str:
    """Draw a comparison for a notebook: with its figure where figures can be drawn."""
    from respite.report.html import plans_fragment, preformatted

    if not can_draw():
        return preformatted(plans_text(told_of(answer), page=Page()))
    return plans_fragment(told_of(answer), pictures=_pictures(answer))


def write_plans(answer: PlanComparison | DoseDuration, folder: Path) -> Path:
    """Write an answer about plans as a page with its figure, whole or not at all.

    Parameters
    ----------
    answer
        The answer.
    folder
        Where ``compare.html`` or ``dose-duration.html`` and the figure go; made where it
        does not exist.

    Returns
    -------
    The page.
    """
    require_drawing()
    from respite.forecasting import DoseDuration
    from respite.report.folder import write_folder
    from respite.report.html import plans_page
    from respite.report.plain import csv_text

    pictures = _pictures(answer)
    page = plans_page(told_of(answer), pictures=pictures, citations=cited_of_plans(answer))
    files = {f"{picture.name}.png": picture.png for picture in pictures}
    name = "compare.html"
    if isinstance(answer, DoseDuration):
        name = "dose-duration.html"
        files["dose-duration.csv"] = csv_text(dose_rows(answer)).encode()
    write_folder(folder, {**files, name: page.encode()})
    return folder / name


def _pictures(answer: PlanComparison | DoseDuration) -> tuple[Picture, ...]:
    from respite.forecasting import DoseDuration

    if isinstance(answer, DoseDuration):
        from respite.report.dose_figure import dose_picture

        return (dose_picture(answer),)
    from respite.report.comparison_figure import comparison_picture

    return (comparison_picture(answer),)
