"""Pain over time, with what placebo would do beside it."""

# pyright: reportUnknownMemberType=false
# The plotting library leaves the type of its keywords open.
from __future__ import annotations

from typing import TYPE_CHECKING

from matplotlib.ticker import MaxNLocator, MultipleLocator

from respite.domain import translate as _
from respite.report import figure_style as style
from respite.report.diary_figure import diary_picture
from respite.report.diary_sentences import has_learnt
from respite.report.figure_marks import (
    add_dates,
    mark_doses,
    mark_fade,
    mark_threshold,
)
from respite.report.figure_window import Window, latest, whole
from respite.report.numerals import brief
from respite.report.picture import Picture, png_of
from respite.report.tables import pain_table

if TYPE_CHECKING:
    from matplotlib.axes import Axes

    from respite.forecasting import Forecast


def pain_picture(forecast: Forecast) -> Picture:
    """Draw pain over time: of a long history, the latest course and what follows."""
    window = latest(forecast)
    if has_learnt(forecast):
        title = _("The diary so far, and what to expect")
        return diary_picture(forecast, window, name="pain", title=title)
    return _course_picture(forecast, window)


def history_picture(forecast: Forecast) -> Picture | None:
    """Draw a long history whole; nothing where the other figure shows all of it."""
    everything = whole(forecast)
    if everything == latest(forecast) or not has_learnt(forecast):
        return None
    title = _("The whole diary, and what to expect")
    return diary_picture(forecast, everything, name="history", title=title)


def _course_picture(forecast: Forecast, window: Window) -> Picture:
    """Draw pain over time, with what placebo alone would do beside it."""
    pain = forecast.pain

    def draw(axes: Axes) -> None:
        day = pain.day
        axes.fill_between(
            day, pain.score_q10, pain.score_q90, color=style.SKY, alpha=style.WRITTEN_BAND,
            linewidth=0, label=_("a score as written, 80% of people"),
        )  # fmt: skip
        axes.fill_between(
            day, pain.q10, pain.q90, color=style.BLUE, alpha=style.EXPECTED_BAND,
            linewidth=0, label=_("expected pain, 80% of people"),
        )  # fmt: skip
        axes.plot(day, pain.mean, color=style.BLUE, linewidth=style.WIDE, label=_("mean"))
        axes.plot(
            day, pain.placebo_mean, color=style.ORANGE, linewidth=style.THIN, linestyle="--",
            label=_("mean on placebo"),
        )  # fmt: skip
        mark_threshold(axes, forecast)
        mark_fade(axes, forecast)
        mark_doses(axes, forecast, window)
        axes.set(
            xlim=(window.first, window.last), ylim=(0, 10),
            xlabel=_("days from the first dose"), ylabel=_("pain (0-10)"),
        )  # fmt: skip
        axes.xaxis.set_major_locator(MultipleLocator(style.week_step(window.length)))
        axes.yaxis.set_major_locator(MaxNLocator(integer=True))
        add_dates(axes, forecast, window)

    title = _("Pain over time, just before any dose of the day")
    start, last = round(window.first), round(window.last)
    shown = tuple(range(start, start + 15)) + tuple(range(start + 21, last + 1, 7))
    places = [place for place, day in enumerate(pain.day) if window.holds(day)]
    lowest = min(places, key=pain.mean.__getitem__)
    alt = _(
        "Line chart of pain from 0 to 10 over {last} days. Mean pain starts at {start}, is lowest"
        " at {low} on day {low_day}, and is {final} on the last day. The last dose ends on day"
        " {end}. Bands show expected pain and written scores of 80% of people."
    ).format(
        last=brief(window.length),
        start=f"{pain.mean[places[0]]:.1f}",
        low=f"{pain.mean[lowest]:.1f}",
        low_day=brief(pain.day[lowest]),
        final=f"{pain.mean[-1]:.1f}",
        end=brief(forecast.last_dose_end_day),
    )
    return Picture(
        name="pain", title=title, alt=alt, png=png_of(draw, title, below=True),
        table=pain_table(forecast, shown),
    )  # fmt: skip
