"""The front door: ask, and get an answer that can draw itself."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar

from respite.domain import translate as _
from respite.report.citations import cite_all
from respite.report.forecast_text import forecast_text
from respite.report.layout import Page
from respite.report.simulation_text import simulation_text

if TYPE_CHECKING:
    from os import PathLike

    from respite.domain import Diary, DosingHistory, MeasuredLevels, Patient, Regimen
    from respite.evidence import Mechanism
    from respite.forecasting import Forecast
    from respite.population import Progress, Simulation

Value = TypeVar("Value")


def forecast(  # noqa: PLR0913 - each is a question a reader may ask by name
    patient: Patient | Mapping[str, Any],
    regimen: Regimen | str | None = None,
    *,
    history: DosingHistory | PathLike[str] | str | None = None,
    diary: Diary | PathLike[str] | str | None = None,
    levels: MeasuredLevels | PathLike[str] | str | None = None,
    start: str | None = None,
    threshold: str = "30%",
    confirm_days: int = 3,
    horizon_days: int = 180,
    at: Iterable[str] = (),
    draws: int = 4000,
    seed: int = 1,
    with_levels: bool = True,
    since_h: float | None = None,
) -> Forecast:
    """Forecast how long relief will last for one person.

    Parameters
    ----------
    patient
        The person, or the facts known about the person by name.
    regimen
        The doses that are planned, as a regimen or as it is written; none by default.
    history
        The doses that were given, or the file that lists them.
    diary
        What the patient wrote, or the file that holds it.
    levels
        What a laboratory measured in blood, or the file that holds it.
    start
        Date of the first planned dose, ``YYYY-MM-DD``; by default the day
        after the last dose or diary entry, whichever is later.
    threshold
        What counts as relief: ``30%``, ``50%`` or ``2points``.
    confirm_days
        Days for which relief must stay lost before it counts as lost.
    horizon_days
        How far to look after the last dose [days].
    at
        Times from the first dose at which to report relief, such as ``0.25h`` or ``7d``.
    draws
        How many people to draw who fit what is known.
    seed
        Same seed, same answer.
    with_levels
        Whether to work out the levels as well, for the figure of a report.
    since_h
        Scores after this time are new, and what they moved is said [h from the
        first dose]; by default those of the last week.

    Returns
    -------
    The answer; a notebook draws it, and ``to_dict`` gives it as plain data.
    """
    from respite import forecasting
    from respite.domain import Threshold, read_diary, read_dosing_history, read_levels

    answer = forecasting.forecast(
        to_patient(patient),
        None if regimen is None else to_regimen(regimen),
        history=_read(history, read_dosing_history),
        diary=_read(diary, read_diary),
        levels=_read(levels, read_levels),
        start=start,
        threshold=Threshold.parse(threshold),
        confirm_days=confirm_days,
        horizon_days=horizon_days,
        at=tuple(at),
        draws=draws,
        seed=seed,
        with_levels=with_levels,
        since_h=since_h,
    )
    return replace(answer, draw=draw_forecast)


def simulate(  # noqa: PLR0913 - each is a question a reader may ask by name
    patient: Patient | Mapping[str, Any],
    regimen: Regimen | str,
    *,
    patients: int = 1000,
    model: str | None = None,
    site: str | None = None,
    at: Iterable[str] = (),
    beside: bool = False,
    seed: int = 1,
    progress: Progress | None = None,
) -> Simulation:
    """Simulate what levels a regimen gives in a group of virtual patients.

    Parameters
    ----------
    patient
        Whom the group resembles, or the facts known about the person by name.
    regimen
        The doses, as a regimen or as it is written.
    patients
        How many virtual patients.
    model
        Which kinetic model of the library; by default the core.
    site
        Where the blood is drawn: ``venous`` or ``arterial``; by default as in the model.
    at
        Times from the first dose at which to report levels, such as ``0.5h``.
    beside
        Whether to put beside it what other models of the library give.
    seed
        Same seed, same answer.
    progress
        Told now and then what share of the work is done, from 0 to 1.

    Returns
    -------
    The answer; a notebook draws it, and ``to_dict`` gives it as plain data.
    """
    from respite import population

    who, given = to_patient(patient), to_regimen(regimen)
    answer = population.simulate(
        who,
        given,
        patients=patients,
        model=model,
        site=site,
        at=tuple(at),
        seed=seed,
        progress=progress,
    )
    if beside:
        answer = population.beside_other_models(answer, who, given, progress=progress)
    return replace(answer, draw=draw_simulation)


def cited(answer: Forecast | Simulation | Mechanism) -> tuple[str, ...]:
    """Cite the sources that an answer used."""
    from respite.literature import load_library

    return cite_all(answer.provenance.get("sources", ()), load_library().sources)


def draw_forecast(answer: Forecast) -> str:
    """Draw a forecast for a notebook: with its figure where figures can be drawn."""
    from respite.report.html import forecast_fragment, preformatted

    if not can_draw():
        return preformatted(forecast_text(answer, page=Page()))
    from respite.report.figures import pain_picture

    return forecast_fragment(answer, pictures=[pain_picture(answer)])


def draw_simulation(answer: Simulation) -> str:
    """Draw a simulation for a notebook: with its figure where figures can be drawn."""
    from respite.report.html import preformatted, simulation_fragment

    if not can_draw():
        return preformatted(simulation_text(answer, page=Page()))
    from respite.report.figures import level_picture

    return simulation_fragment(
        answer, pictures=[level_picture(answer.curves)] if answer.curves else []
    )


def write_report(answer: Forecast, folder: Path) -> Path:
    """Write a forecast as a page with its figures, whole or not at all.

    Parameters
    ----------
    answer
        The forecast.
    folder
        Where ``forecast.html`` and the figures go; made where it does not exist.

    Returns
    -------
    The page.
    """
    require_drawing()
    from respite.literature import load_library
    from respite.report.figures import forecast_pictures
    from respite.report.folder import write_folder
    from respite.report.html import forecast_page
    from respite.report.library import statuses_of

    statuses = statuses_of(load_library(), answer.provenance.get("models", ()))
    pictures = forecast_pictures(answer, statuses)
    page = forecast_page(answer, pictures=pictures, citations=cited(answer))
    files = {f"{picture.name}.png": picture.png for picture in pictures}
    write_folder(folder, {**files, "forecast.html": page.encode()})
    return folder / "forecast.html"


def can_draw() -> bool:
    """Tell whether the libraries that draw figures and pages are installed."""
    from importlib.util import find_spec

    return all(find_spec(name) is not None for name in ("matplotlib", "jinja2"))


def require_drawing() -> None:
    """Refuse a report in words where the libraries that draw it are missing."""
    if can_draw():
        return
    from respite.domain import RespiteError

    raise RespiteError(
        _("A report was asked for, but the libraries that draw it are not installed."),
        _("matplotlib and Jinja2, which come with the optional part 'report' of Respite."),
        _("install that part, or leave out --report."),
    )


def to_patient(given: Patient | Mapping[str, Any]) -> Patient:
    """Read a patient, where only the facts are given."""
    from respite.domain import Patient

    return Patient.from_mapping(given) if isinstance(given, Mapping) else given


def to_regimen(given: Regimen | str) -> Regimen:
    """Read a regimen, where it is given as it is written."""
    from respite.domain import Regimen

    return Regimen.parse(given) if isinstance(given, str) else given


def _read(
    given: Value | PathLike[str] | str | None, read: Callable[[str | PathLike[str]], Value]
) -> Value | None:
    """Read a file, where one is given and not what it holds."""
    if isinstance(given, str) or hasattr(given, "__fspath__"):
        return read(given)  # pyright: ignore[reportArgumentType]
    return given  # pyright: ignore[reportReturnType]
