"""Pain over time, with what placebo would do beside it."""

# pyright: reportUnknownMemberType=false
# The plotting library leaves the type of its keywords open.
from __future__ import annotations

from typing import TYPE_CHECKING

from matplotlib.ticker import MaxNLocator, MultipleLocator

from respite.domain import translate as _
from respite.report import figure_style as style
from respite.report.numerals import brief, days, span
from respite.report.phrases import threshold_words
from respite.report.picture import Picture, png_of
from respite.report.tables import pain_table

if TYPE_CHECKING:
    from matplotlib.axes import Axes

    from respite.forecasting import Forecast


def pain_picture(forecast: Forecast) -> Picture:
    """Draw pain over time, with what placebo alone would do beside it."""
    pain = forecast.pain
    start = pain.mean[0]
    line = pain_threshold(start, forecast.threshold)

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
        axes.axhline(
            line, color=style.QUIET, linewidth=style.THIN, linestyle=":",
            label=_("threshold: {relief}").format(relief=threshold_words(forecast.threshold)),
        )  # fmt: skip
        _mark_fade(axes, forecast)
        _mark_doses(axes, forecast)
        axes.set(
            xlim=(0, day[-1]), ylim=(0, 10),
            xlabel=_("days from the first dose"), ylabel=_("pain (0-10)"),
        )  # fmt: skip
        axes.xaxis.set_major_locator(MultipleLocator(style.week_step(day[-1])))
        axes.yaxis.set_major_locator(MaxNLocator(integer=True))

    title = _("Pain over time, just before any dose of the day")
    end = forecast.last_dose_end_day
    shown = tuple(range(15)) + tuple(range(21, round(pain.day[-1]) + 1, 7))
    lowest = min(range(len(pain.mean)), key=pain.mean.__getitem__)
    alt = _(
        "Line chart of pain from 0 to 10 over {last} days. Mean pain starts at {start}, is lowest"
        " at {low} on day {low_day}, and is {final} on the last day. The last dose ends on day"
        " {end}. Bands show expected pain and written scores of 80% of people."
    ).format(
        last=brief(pain.day[-1]),
        start=f"{start:.1f}",
        low=f"{pain.mean[lowest]:.1f}",
        low_day=brief(pain.day[lowest]),
        final=f"{pain.mean[-1]:.1f}",
        end=brief(end),
    )
    return Picture(
        name="pain", title=title, alt=alt, png=png_of(draw, title, below=True),
        table=pain_table(forecast, shown),
    )  # fmt: skip


def pain_threshold(start: float, threshold: str) -> float:
    """Give the pain score that just counts as relief, for a person of average pain."""
    if threshold.endswith("%"):
        return start * (1 - float(threshold.removesuffix("%")) / 100)
    return start - float(threshold.removesuffix("points"))


def _mark_doses(axes: Axes, forecast: Forecast) -> None:
    places = [dose.day for dose in forecast.doses]
    axes.plot(
        places, [style.ABOVE] * len(places), transform=axes.get_xaxis_transform(), clip_on=False,
        marker="v", linestyle="none", color=style.INK, markersize=4, label=_("dose"),
    )  # fmt: skip


def _mark_fade(axes: Axes, forecast: Forecast) -> None:
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
