"""One question becomes one answer, with everything that a page will say of it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

from respite.clinic.forecasts.inputs import DRAWS, Question, refusal_of
from respite.clinic.forecasts.plain import plain
from respite.domain import RespiteError, translate_plural
from respite.forecasting import Forecast, forecast, what_a_score_needs
from respite.report import (
    cited,
    forecast_words,
    logged,
    score_lines,
    track_record_words,
    words_for_patient,
)

POINT_DECIMALS = 4
"""Of a point of pain on a curve; draws tell a hundredth at best."""


@dataclass(frozen=True)
class Answered:
    """What is kept of an answer; see ``ForecastRecord``."""

    answer: dict[str, Any]
    words: dict[str, Any]
    line: dict[str, Any]
    refusal: dict[str, str]


def work_out(question: Question, past: Sequence[dict[str, Any]], made_at: datetime) -> Answered:
    """Ask the library; what it refuses is an answer too.

    Parameters
    ----------
    question
        What is asked.
    past
        Lines of the forecasts that were made before, the earliest first.
    made_at
        Now.
    """
    try:
        found = _answer(question)
    except RespiteError as error:
        return Answered({}, {}, {}, refusal_of(error))
    line = logged(
        found, made_at=made_at, patient=question.patient, regimen=question.regimen,
        history=question.history, diary=question.diary,
    )  # fmt: skip
    words = {
        **forecast_words(found),
        "citations": cited(found),
        "for_patient": words_for_patient(found),
        "track_record": _track_record(question, past),
    }
    return Answered(_kept(found), plain(words), plain(what_a_score_needs(line)), {})


def _kept(found: Forecast) -> dict[str, Any]:
    """Give an answer as plain data; curves, half of all that is kept, without idle digits."""
    answer = plain(found.to_dict())
    curves = {
        name: [round(value, POINT_DECIMALS) for value in values]
        for name, values in answer["pain"].items()
    }
    return answer | {"pain": curves}


def _answer(question: Question) -> Forecast:
    found = forecast(
        question.patient,
        question.regimen,
        history=question.history,
        diary=question.diary,
        start=question.start,
        threshold=question.threshold,
        draws=DRAWS,
        seed=question.seed,
    )
    given = question.given
    if given is None or not question.to_come:
        return found
    # The library was told of the doses to come as dated ones; people read of them as a plan.
    count = len(question.to_come)
    to_come = translate_plural("{n} dose to come", "{n} doses to come", count).format(n=count)
    summary = {
        "doses": len(given.doses),
        "first": given.doses[0].start.isoformat(),
        "last": given.doses[-1].start.isoformat(),
    }
    return replace(
        found,
        regimen=f"{question.plan_words} ({to_come})",
        start=question.to_come[0].start.date().isoformat(),
        history=summary,
    )


def _track_record(question: Question, past: Sequence[dict[str, Any]]) -> dict[str, Any]:
    """Hold past forecasts against what was written since; empty where nothing can be."""
    if not past or question.diary is None:
        return {}
    try:
        return track_record_words(score_lines(past, question.diary, question.given))
    except RespiteError as error:
        return {"headline": (error.found,), "tables": (), "notes": ()}
