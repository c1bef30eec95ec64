"""What a diary is, how it was used, and how far that can be trusted, in sentences."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from respite.domain import translate as _
from respite.domain import translate_plural
from respite.report.dates import date_or_day
from respite.report.numerals import brief

if TYPE_CHECKING:
    from respite.forecasting import Forecast


FEWEST_WORTH = 200
"""Fewer independent draws than this leave the ends of an 80 % interval uncertain; ours."""


def has_learnt(forecast: Forecast) -> bool:
    """Tell whether a diary with scores shaped the answer."""
    return forecast.diary is not None and forecast.diary["scores"] > 0


def history_in_short(history: Mapping[str, Any]) -> str:
    """Say how many doses were given, and when."""
    first, last = str(history["first"])[:10], str(history["last"])[:10]
    if history["doses"] == 1:
        return _("1 dose on {date}").format(date=first)
    return _("{n} doses from {first} to {last}").format(n=history["doses"], first=first, last=last)


def diary_in_short(forecast: Forecast, diary: Mapping[str, Any]) -> str:
    """Say what a diary holds, and what of it was used."""
    return "; ".join([_scores(forecast, diary), *_rest(diary)])


def _scores(forecast: Forecast, diary: Mapping[str, Any]) -> str:
    if diary["scores"] == 0:
        return _("it holds no score, so this is the forecast without a diary")
    first, last = (date_or_day(forecast, diary["day"][place]) for place in (0, -1))
    return translate_plural(
        "{n} score, {first}", "{n} scores from {first} to {last}", diary["scores"]
    ).format(n=diary["scores"], first=first, last=last)


def _rest(diary: Mapping[str, Any]) -> list[str]:
    parts: list[str] = []
    if diary["blank"]:
        text = translate_plural(
            "{n} line without a score", "{n} lines without a score", diary["blank"]
        )
        parts.append(text.format(n=diary["blank"]))
    if diary["late"]:
        text = translate_plural(
            "{n} written late, which counts for less",
            "{n} written late, which count for less",
            diary["late"],
        )
        parts.append(text.format(n=diary["late"]))
    mood = diary["phq9"]
    if mood is not None:
        text = translate_plural(
            "PHQ-9 {first} once, not used in the forecast",
            "PHQ-9 from {first} to {last}, not used in the forecast",
            mood["n"],
        )
        parts.append(text.format(first=mood["first"], last=mood["last"]))
    return parts


def how_found(forecast: Forecast) -> tuple[str, ...]:
    """Say how draws that fit a diary or measured levels were found, in parts of a sentence."""
    found = forecast.diagnostics
    if found.get("method") == "bank":
        how = _("drawn without regard to the records, then weighed by them")
    elif found.get("method") == "sir":
        how = _("drawn near what fits the records, then weighed by them (round {n})").format(
            n=found.get("round", 1)
        )
    else:
        return ()
    worth = _("worth {ess} independent draws").format(ess=f"{found['ess']:.0f}")
    k = found["pareto_k"]
    if k is None:
        return (how, worth, _("Pareto k not known: too few weights differ"))
    return (how, worth, _("Pareto k {k}").format(k=brief(k)))


def cautions(forecast: Forecast) -> tuple[str, ...]:
    """Warn where draws that fit a diary or measured levels were hard to find."""
    if forecast.diagnostics.get("method") not in {"sir", "bank"}:
        return ()
    from respite.forecasting import GOOD_K

    found = forecast.diagnostics
    lines: list[str] = []
    if found["method"] == "bank":
        lines.append(
            _(
                "These records are unlike what the model expects, so draws that fit them had to be"
                " picked from many that do not. Take the answer as rough."
            )
        )
    k = found["pareto_k"]
    if found["ess"] < FEWEST_WORTH or (k is not None and k > GOOD_K):
        lines.append(
            _(
                "A few draws carry much of this answer: worth {ess} independent draws, Pareto k"
                " {k} (above {limit} is poor). Take the ends of its intervals as rough; more draws"
                " would tell them better."
            ).format(ess=f"{found['ess']:.0f}", k=brief(k), limit=GOOD_K)
        )
    return tuple(lines)
