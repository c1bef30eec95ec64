"""Every figure of an answer; the one door to the plotting library."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING

from respite.report.level_figure import level_picture
from respite.report.mood_figure import mood_picture
from respite.report.pain_figure import history_picture, pain_picture
from respite.report.picture import Picture
from respite.report.relief_figure import relief_picture
from respite.report.status_figure import status_picture

if TYPE_CHECKING:
    from respite.forecasting import Forecast

__all__ = ["Picture", "forecast_pictures", "level_picture", "pain_picture"]


def forecast_pictures(forecast: Forecast, statuses: Mapping[str, int]) -> tuple[Picture, ...]:
    """Draw every figure of a forecast.

    Parameters
    ----------
    forecast
        The answer.
    statuses
        How many numbers of each status the answer rests on; no figure where it is empty.
    """
    history = history_picture(forecast)
    pictures = [pain_picture(forecast), *([history] if history else []), relief_picture(forecast)]
    mood = None if forecast.mood is None else mood_picture(forecast.mood)
    if mood is not None:
        pictures.append(mood)
    if forecast.levels:
        pictures.append(level_picture(forecast.levels))
    if statuses:
        pictures.append(status_picture(statuses))
    return tuple(pictures)
