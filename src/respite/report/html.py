"""An answer as a page of HTML that needs nothing but itself."""

from __future__ import annotations

import base64
import html
import struct
from collections.abc import Iterable, Mapping
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

from respite.domain import language
from respite.domain import translate as _
from respite.report import basis, levels, pooling_sentences, returns_sentences
from respite.report.beside import beside_tables
from respite.report.check_words import check_mapping
from respite.report.forecast_parts import forecast_words
from respite.report.pooling_tables import pool_tables
from respite.report.returns_tables import returns_tables
from respite.report.tables import exposure_table

if TYPE_CHECKING:
    from jinja2 import Environment

    from respite.evidence import Pool, ReturnTimes
    from respite.forecasting import Forecast
    from respite.population import Simulation
    from respite.report.literature_words import LiteratureWords
    from respite.report.picture import Picture
    from respite.report.plans_page import PlansPage
    from respite.safety import Safety


def forecast_page(
    forecast: Forecast, *, pictures: Iterable[Picture] = (), citations: Iterable[str] = ()
) -> str:
    """Write a forecast as a whole page: answer, tables, figures, basis and sources."""
    return _render("forecast.html", forecast_words(forecast), pictures, tuple(citations))


def forecast_fragment(forecast: Forecast, *, pictures: Iterable[Picture] = ()) -> str:
    """Write a forecast as a piece of a page, for a notebook."""
    return _render("fragment.html", forecast_words(forecast), pictures)


def simulation_fragment(simulation: Simulation, *, pictures: Iterable[Picture] = ()) -> str:
    """Write a simulation as a piece of a page, for a notebook."""
    words = {
        "headline": (levels.peak(simulation),),
        "grade": "",
        "cautions": (),
        "question": levels.simulation_question(simulation),
        "tables": (
            exposure_table(simulation),
            *(beside_tables(simulation.beside) if simulation.beside else ()),
        ),
        "assumptions": basis.assumption_lines(simulation.assumed),
        "intended_use": basis.intended_use(),
    }
    return _render("fragment.html", words, pictures)


def returns_page(answer: ReturnTimes, *, pictures: Iterable[Picture] = ()) -> str:
    """Write when pain returned in a group as a whole page: answer, tables, figures, limits."""
    return _render("returns.html", _returns_words(answer), pictures)


def returns_fragment(answer: ReturnTimes, *, pictures: Iterable[Picture] = ()) -> str:
    """Write when pain returned in a group as a piece of a page, for a notebook."""
    return _render("fragment.html", _returns_words(answer), pictures)


def literature_page(
    words: LiteratureWords, *, pictures: Iterable[Picture] = (), citations: Iterable[str] = ()
) -> str:
    """Write what the literature says as a whole page: lead, parts with tables, figures, notes."""
    return _render("literature.html", words.to_mapping(), pictures, tuple(citations))


def literature_fragment(words: LiteratureWords, *, pictures: Iterable[Picture] = ()) -> str:
    """Write what the literature says as a piece of a page, for a notebook."""
    return _render("fragment.html", words.to_mapping(), pictures)


def plans_page(
    told: PlansPage, *, pictures: Iterable[Picture] = (), citations: Iterable[str] = ()
) -> str:
    """Write an answer about several plans as a whole page."""
    return _render("plans.html", told, pictures, tuple(citations))


def plans_fragment(told: PlansPage, *, pictures: Iterable[Picture] = ()) -> str:
    """Write an answer about several plans as a piece of a page, for a notebook."""
    return _render("fragment.html", told, pictures)


def pool_page(answer: Pool, *, pictures: Iterable[Picture] = ()) -> str:
    """Write what trials say together as a whole page: answer, certainty, forest plot, trials."""
    return _render("pool.html", _pool_words(answer), pictures)


def pool_fragment(answer: Pool, *, pictures: Iterable[Picture] = ()) -> str:
    """Write what trials say together as a piece of a page, for a notebook."""
    return _render("fragment.html", _pool_words(answer), pictures)


def check_page(answer: Safety, *, citations: Iterable[str] = ()) -> str:
    """Write a check as a whole page: verdict, rules that fire, questions, and everything else."""
    return _render("check.html", check_mapping(answer), (), tuple(citations))


def check_fragment(answer: Safety) -> str:
    """Write a check as a piece of a page, for a notebook."""
    return _render("fragment.html", check_mapping(answer), ())


def preformatted(text: str) -> str:
    """Set plain text in a notebook, where pages cannot be drawn."""
    return f"<pre>{html.escape(text)}</pre>"


def _returns_words(answer: ReturnTimes) -> dict[str, Any]:
    notes = returns_sentences.notes(answer)
    return {
        "headline": returns_sentences.headline(answer),
        "grade": "",
        "cautions": (),
        "question": returns_sentences.question(answer),
        "tables": returns_tables(answer),
        "assumptions": notes,
        "notes": notes,
        "intended_use": basis.intended_use(),
    }


def _pool_words(answer: Pool) -> dict[str, Any]:
    notes = pooling_sentences.notes(answer)
    grade, why = pooling_sentences.certainty(answer)
    assumed = basis.assumption_lines(answer.assumed) if answer.assumed else ()
    return {
        "headline": pooling_sentences.headline(answer),
        "grade": grade,
        "why": why,
        "cautions": (),
        "question": pooling_sentences.question(answer),
        "tables": pool_tables(answer),
        "assumptions": (*assumed, *notes),
        "notes": (*notes, *assumed),
        "intended_use": basis.intended_use(),
    }


def _render(
    template: str,
    answer: Mapping[str, Any] | PlansPage,
    pictures: Iterable[Picture],
    citations: tuple[str, ...] = (),
) -> str:
    shown = [
        {
            "title": picture.title,
            "alt": picture.alt,
            "table": picture.table,
            "data": base64.b64encode(picture.png).decode("ascii"),
            **_size(picture.png),
        }
        for picture in pictures
    ]
    return (
        _environment()
        .get_template(template)
        .render(answer=answer, pictures=shown, citations=citations, language=language(), _=_)
    )


def _size(png: bytes) -> dict[str, int]:
    """Read width and height from the header of a PNG."""
    width, height = struct.unpack(">II", png[16:24])
    return {"width": width, "height": height}


@cache
def _environment() -> Environment:
    from jinja2 import Environment, FileSystemLoader, StrictUndefined

    return Environment(
        loader=FileSystemLoader(Path(__file__).parent / "templates"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
