"""A forecast in plain words for the person it is about: short sentences and honest doubt."""

from __future__ import annotations

from typing import TYPE_CHECKING

from respite.domain import translate as _
from respite.report.dates import date_after_last_dose
from respite.report.numerals import exists
from respite.report.tables import outcome_parts

if TYPE_CHECKING:
    from respite.forecasting import Forecast

FEW = 10
"""Of a hundred: fewer are told as hardly anyone; ours."""


def words_for_patient(forecast: Forecast) -> tuple[str, ...]:
    """Say a forecast to the patient: how likely relief is, how long it may last, and the doubt.

    Parameters
    ----------
    forecast
        The answer, which a clinician has read first.

    Returns
    -------
    Plain sentences, none of which says what to take.
    """
    return (_chance(forecast), *_length(forecast), *_doubt())


def _chance(forecast: Forecast) -> str:
    lasting = sum(outcome_parts(forecast.time_to_pain_return)[3:])
    if lasting < FEW:
        return _("Of 100 people like you, fewer than {n} feel better for a day or more.").format(
            n=FEW
        )
    if lasting > 100 - FEW:
        return _("Of 100 people like you, more than {n} feel better for a day or more.").format(
            n=100 - FEW
        )
    return _("Of 100 people like you, about {n} feel better for a day or more.").format(n=lasting)


def _length(forecast: Forecast) -> tuple[str, ...]:
    times = forecast.time_to_pain_return
    if not exists(times.median_days) or times.interval80_days is None:
        return (_("We cannot say yet how long this may last for you."),)
    low, high = times.interval80_days
    day = date_after_last_dose(forecast, times.median_days)
    text = _("When it fades, that is often about {n} days after the last dose.")
    if forecast.start is not None:
        text = _("When it fades, that is often about {n} days after the last dose of your plan.")
    about = text.format(n=round(times.median_days))
    when = () if day is None else (_("For you that is near {date}.").format(date=day),)
    spread = _("But it can be as short as {low} days, or as long as {high} days.").format(
        low=round(low), high=round(high)
    )
    beyond = outcome_parts(times)[4]
    held = _("About {n} of the 100 still feel better after {days} days.").format(
        n=beyond, days=forecast.horizon_days
    )
    return (about, *when, spread, *((held,) if beyond else ()))


def _doubt() -> tuple[str, ...]:
    return (
        _("No one can know how it will be for you. Your own days may be better or worse."),
        _("Few people have been studied for long, so these numbers may be wrong."),
        _("Your diary helps. The more you write, the more we learn."),
    )
