"""Marks that figures of pain share: doses, the threshold, the day relief is expected to fade."""

# pyright: reportUnknownMemberType=false
# The plotting library leaves the type of its keywords open.
from __future__ import annotations

from datetime import date, datetime, timedelta
from math import ceil, floor
from typing import TYPE_CHECKING

from respite.domain import translate as _
from respite.report import figure_style as style
from respite.report.figure_window import Window
from respite.report.learnt_sentences import course_name
from respite.report.numerals import days, span
from respite.report.phrases import threshold_words

if TYPE_CHECKING:
    from matplotlib.axes import Axes

    from respite.forecasting import Forecast


def pain_threshold(start: float, threshold: str) -> float:
    """Give the pain score that just counts as relief, for a person of average pain."""
    if threshold.endswith("%"):
        return start * (1 - float(threshold.removesuffix("%")) / 100)
    return start - float(threshold.removesuffix("points"))


def mark_threshold(axes: Axes, forecast: Forecast) -> None:
    """Draw the pain below which relief counts."""
    axes.axhline(
        pain_threshold(forecast.pain.mean[0], forecast.threshold),
        color=style.QUIET, linewidth=style.THIN, linestyle=":",
        label=_("threshold: {relief}").format(relief=threshold_words(forecast.threshold)),
    )  # fmt: skip


def mark_doses(axes: Axes, forecast: Forecast, window: Window) -> None:
    """Mark the start of each dose above the axes."""
    places = [dose.day for dose in forecast.doses if window.holds(dose.day)]
    axes.plot(
        places, [style.ABOVE] * len(places), transform=axes.get_xaxis_transform(), clip_on=False,
        marker="v", linestyle="none", color=style.INK, markersize=4, label=_("dose"),
    )  # fmt: skip


def mark_courses(axes: Axes, forecast: Forecast, window: Window) -> None:
    """Draw a line where each course begins, with its number where there is room."""
    starts = {dose.course: dose.day for dose in reversed(forecast.doses)}
    shown = sorted((day, number) for number, day in starts.items() if window.holds(day))
    for day, number in shown:
        axes.axvline(day, color=style.QUIET, linewidth=style.HAIR, linestyle=(0, (1, 3)))
        if len(starts) > 1 and len(shown) <= style.MOST_NAMES:
            axes.text(
                day, style.BELOW_TOP, f" {course_name(number)}", fontsize=style.SMALL,
                color=style.QUIET, transform=axes.get_xaxis_transform(), va="top",
            )  # fmt: skip


def add_dates(axes: Axes, forecast: Forecast, window: Window) -> None:
    """Add a second axis with dates, where the first dose has one."""
    if forecast.first_dose is None:
        return
    first = datetime.fromisoformat(forecast.first_dose).replace(tzinfo=None)
    places = date_ticks(first, window)
    dates = axes.secondary_xaxis(style.DATES_AT)
    dates.set_xticks(list(places.values()), list(places), fontsize=style.SMALL)
    dates.spines["bottom"].set_visible(False)
    dates.tick_params(length=0, pad=1)
    axes.xaxis.labelpad = style.BELOW_DATES


def date_ticks(first: datetime, window: Window) -> dict[str, float]:
    """Give about six dates of a window, each with its day from the first dose.

    They are Mondays, or first days of months where the window is long.

    Examples
    --------
    >>> date_ticks(datetime(2026, 1, 12, 12), Window(-7, 14))
    {'2026-01-12': -0.5, '2026-01-19': 6.5, '2026-01-26': 13.5}
    >>> list(date_ticks(datetime(2026, 1, 12, 12), Window(0, 1000)))[:3]
    ['2026-07-01', '2027-01-01', '2027-07-01']
    """
    days = (
        first.date() + timedelta(days=number)
        for number in range(floor(window.first) - 1, ceil(window.last) + 2)
    )
    months = style.month_step(window.length)
    chosen = [
        day for day in days if (day.weekday() == 0 if months == 0 else _begins_month(day, months))
    ]
    midnights = {
        day.isoformat(): (datetime(day.year, day.month, day.day) - first) / timedelta(days=1)
        for day in chosen
    }
    shown = {name: day for name, day in midnights.items() if window.holds(day)}
    step = -(-len(shown) // style.MOST_DATES) or 1
    return dict(list(shown.items())[::step])


def _begins_month(day: date, step: int) -> bool:
    return day.day == 1 and (day.month - 1) % step == 0


def mark_fade(axes: Axes, forecast: Forecast) -> None:
    """Mark the day on which relief is expected to fade, with its interval."""
    times = forecast.time_to_pain_return
    if times.median_days is None:
        return
    end = forecast.last_dose_end_day
    at = end + times.median_days
    words = _("fades: median {length}").format(length=days(times.median_days))
    if times.interval80_days is not None:
        low, high = times.interval80_days
        words = _("fades: median {length}, 80% {span}").format(
            length=days(times.median_days), span=span(low, high)
        )
        axes.plot([end + low, end + high], [0.5, 0.5], color=style.INK, linewidth=style.WIDE)
    axes.plot([at], [0.5], marker="D", color=style.INK, linestyle="-", label=words)
