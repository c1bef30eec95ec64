"""A diary and the forecast that was learnt from it, in one figure.

What has passed is solid, what is to come is dashed and hatched, so that the
two can be told apart in grey.
"""

# pyright: reportUnknownMemberType=false
# The plotting library leaves the type of its keywords open.
from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from matplotlib.ticker import MaxNLocator, MultipleLocator

from respite.domain import translate as _
from respite.report import figure_style as style
from respite.report.dates import date_on, date_or_day
from respite.report.figure_marks import (
    add_dates,
    mark_courses,
    mark_doses,
    mark_fade,
    mark_threshold,
)
from respite.report.figure_window import Window
from respite.report.numerals import brief
from respite.report.picture import Picture, png_of
from respite.report.tables import Table

if TYPE_CHECKING:
    from matplotlib.axes import Axes

    from respite.forecasting import Forecast


def diary_picture(forecast: Forecast, window: Window, *, name: str, title: str) -> Picture:
    """Draw the scores, the course fitted to them, and the forecast from the last one on.

    Parameters
    ----------
    forecast
        An answer that a diary shaped.
    window
        The days to show.
    name, title
        Of the picture.
    """
    diary = forecast.diary or {}
    written = zip(diary["day"], diary["pain"], strict=True)
    shown = [(day, score) for day, score in written if window.holds(day)]

    def draw(axes: Axes) -> None:
        _draw_courses_of_pain(axes, forecast, diary["day"][-1])
        axes.plot(
            [day for day, _score in shown], [score for _day, score in shown], linestyle="none",
            marker="o", markersize=style.dot_size(window.length), color=style.INK, clip_on=False,
            zorder=style.IN_FRONT, label=_("score as written"),
        )  # fmt: skip
        mark_threshold(axes, forecast)
        mark_fade(axes, forecast)
        mark_courses(axes, forecast, window)
        mark_doses(axes, forecast, window)
        axes.set(
            xlim=(window.first, window.last), ylim=(0, 10),
            xlabel=_("days from the first dose"), ylabel=_("pain (0-10)"),
        )  # fmt: skip
        axes.xaxis.set_major_locator(MultipleLocator(style.week_step(window.length)))
        axes.yaxis.set_major_locator(MaxNLocator(integer=True))
        add_dates(axes, forecast, window)

    return Picture(
        name=name,
        title=title,
        alt=_alt(forecast, window, diary),
        png=png_of(
            draw,
            title,
            size=style.TALL if window.length <= style.MUCH_DAYS else style.BROAD,
            below=True,
        ),
        table=_table(forecast, window, diary),
    )


def _draw_courses_of_pain(axes: Axes, forecast: Forecast, last_score: float) -> None:
    pain = forecast.pain
    past = sum(day <= last_score for day in pain.day)
    before, after = slice(past), slice(max(past - 1, 0), None)
    axes.fill_between(
        pain.day[before], pain.q10[before], pain.q90[before], color=style.BLUE,
        alpha=style.EXPECTED_BAND, linewidth=0, label=_("expected so far, 80%"),
    )  # fmt: skip
    axes.plot(
        pain.day[before], pain.mean[before], color=style.BLUE, linewidth=style.WIDE,
        label=_("mean so far"),
    )  # fmt: skip
    axes.fill_between(
        pain.day[after], pain.score_q10[after], pain.score_q90[after], color=style.SKY,
        alpha=style.WRITTEN_BAND, linewidth=0, label=_("forecast of a written score, 80%"),
    )  # fmt: skip
    axes.fill_between(
        pain.day[after], pain.q10[after], pain.q90[after], facecolor="none",
        edgecolor=style.BLUE, hatch="////", linewidth=0, alpha=style.HATCH,
        label=_("forecast of expected pain, 80%"),
    )  # fmt: skip
    axes.plot(
        pain.day[after], pain.mean[after], color=style.BLUE, linewidth=style.WIDE, linestyle="--",
        label=_("forecast mean"),
    )  # fmt: skip
    date = date_on(forecast, last_score)
    label = _("last score, {date}").format(date=date) if date else _("last score")
    axes.axvline(
        last_score, color=style.INK, linewidth=style.HAIR, linestyle="-", label=label
    )  # fmt: skip


def _alt(forecast: Forecast, window: Window, diary: Mapping[str, Any]) -> str:
    shown = [day for day in diary["day"] if window.holds(day)]
    times, pain = forecast.time_to_pain_return, forecast.pain
    now = max(sum(day <= diary["day"][-1] for day in pain.day) - 1, 0)
    parts = [
        _(
            "Chart of pain from 0 to 10, day {first} to {last} from the first dose. Dots show {n}"
            " scores, the last of them {score} on {when}. A solid line follows expected pain so"
            " far, to {now}; a dashed line with a hatched band is the forecast, {final} at its end."
        ).format(
            first=brief(window.first),
            last=brief(window.last),
            n=len(shown),
            score=f"{diary['pain'][-1]:g}",
            when=date_or_day(forecast, diary["day"][-1]),
            now=f"{pain.mean[now]:.1f}",
            final=f"{pain.mean[-1]:.1f}",
        ),
        _("The last dose ends on {when}.").format(
            when=date_or_day(forecast, forecast.last_dose_end_day)
        ),
    ]
    if times.median_days is not None:
        fades = forecast.last_dose_end_day + times.median_days
        text = _("A diamond marks where relief is expected to fade, {when}.")
        parts.append(text.format(when=date_or_day(forecast, fades)))
    return " ".join(parts)


def _table(forecast: Forecast, window: Window, diary: Mapping[str, Any]) -> Table:
    """Show what is drawn: days with a score, and one day of each week."""
    pain = forecast.pain
    written = dict(zip((int(day // 1) for day in diary["day"]), diary["pain"], strict=True))
    expected = {int(day): place for place, day in enumerate(pain.day) if day == int(day)}
    days = {day for day in range(round(window.first), round(window.last) + 1) if day % 7 == 0}
    if window.length <= style.MUCH_DAYS:
        days |= {day for day in written if window.holds(day)}
    rows = tuple(
        (
            date_or_day(forecast, day),
            _score(written.get(day)),
            *_course(forecast, expected.get(day)),
        )
        for day in sorted(days)
        if day in written or day in expected
    )
    return Table(
        caption=_("Pain (0-10): scores, and what was and is expected"),
        head=(
            _("When"),
            _("score"),
            _("mean"),
            _("expected pain, 10%"),
            _("expected pain, 90%"),
            _("written score, 10%"),
            _("written score, 90%"),
        ),
        rows=rows,
    )


def _score(score: float | None) -> str:
    return "-" if score is None else f"{score:g}"


def _course(forecast: Forecast, place: int | None) -> tuple[str, ...]:
    pain = forecast.pain
    columns = (pain.mean, pain.q10, pain.q90, pain.score_q10, pain.score_q90)
    return tuple("-" if place is None else f"{column[place]:.1f}" for column in columns)
